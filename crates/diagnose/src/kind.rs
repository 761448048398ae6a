//! The faults that can be named, and where the book cures them.

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The program did not do what it should.
    Fault,
    /// It did, and later than it could.
    Delay,
    /// It may be meant: sound programs do this as well.
    Hint,
}

/// Which fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A task panicked, or the run ended with an error.
    Failed,
    /// Tasks wait for each other's ends, in a circle.
    JoinCycle,
    /// A task waits for something that it holds itself, in a future that it no longer polls.
    Futurelock,
    /// A wake went to a task that no longer waited for it, and the one that waits is never woken.
    StaleWaker,
    /// Several tasks wait for wakes that never come.
    Deadlock,
    /// A task waits for room in a channel that no task empties.
    FullChannel,
    /// A task waits for a wake that never comes.
    LostWake,
    /// A task was spawned, and the run ended before it was polled.
    NeverPolled,
    /// A task put its thread to sleep while others needed that thread.
    BlockedThread,
    /// A poll took so long that another task was late.
    LongPoll,
    /// One task did the work of several, and other threads had nothing to do.
    OneTaskForAll,
    /// Tasks take turns, and the program does not end.
    Livelock,
    /// A task was polled again and again and did nothing.
    BusyLoop,
    /// A task was ready, and another one was polled very many times before it.
    Starvation,
    /// A task was left behind when the run ended.
    LeftBehind,
    /// A task was dropped before its end.
    DroppedTask,
    /// A lock was held across an await, and others waited for it.
    LockHeld,
    /// A wait began again from its start each time that something else ended it.
    RestartedWait,
    /// A task waited several times, one after another, and nothing else happened meanwhile.
    WaitsInARow,
    /// A task asked again and again whether something had happened.
    Polling,
    /// Tasks were ready, and waited long for a thread.
    QueueTime,
}

impl Kind {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 21] = [
        Self::JoinCycle,
        Self::Futurelock,
        Self::StaleWaker,
        Self::Deadlock,
        Self::FullChannel,
        Self::LostWake,
        Self::Livelock,
        Self::BlockedThread,
        Self::Failed,
        Self::NeverPolled,
        Self::LongPoll,
        Self::OneTaskForAll,
        Self::BusyLoop,
        Self::Starvation,
        Self::DroppedTask,
        Self::LeftBehind,
        Self::LockHeld,
        Self::RestartedWait,
        Self::WaitsInARow,
        Self::Polling,
        Self::QueueTime,
    ];

    /// Its name, as the JSON has it: `lost-wake`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::JoinCycle => "join-cycle",
            Self::Futurelock => "futurelock",
            Self::StaleWaker => "stale-waker",
            Self::Deadlock => "deadlock",
            Self::FullChannel => "full-channel",
            Self::LostWake => "lost-wake",
            Self::NeverPolled => "never-polled",
            Self::BlockedThread => "blocked-thread",
            Self::LongPoll => "long-poll",
            Self::OneTaskForAll => "one-task-for-all",
            Self::Livelock => "livelock",
            Self::BusyLoop => "busy-loop",
            Self::Starvation => "starvation",
            Self::LeftBehind => "left-behind",
            Self::DroppedTask => "dropped-task",
            Self::LockHeld => "lock-held",
            Self::RestartedWait => "restarted-wait",
            Self::WaitsInARow => "waits-in-a-row",
            Self::Polling => "polling",
            Self::QueueTime => "queue-time",
        }
    }

    /// What it is, in a few words: `a lost wake`.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Failed => "a failure",
            Self::JoinCycle => "a circle of joins",
            Self::Futurelock => "a futurelock",
            Self::StaleWaker => "a stale waker",
            Self::Deadlock => "a deadlock",
            Self::FullChannel => "a full channel",
            Self::LostWake => "a lost wake",
            Self::NeverPolled => "a task that was never polled",
            Self::BlockedThread => "a blocked thread",
            Self::LongPoll => "a poll that is too long",
            Self::OneTaskForAll => "a join where tasks were meant",
            Self::Livelock => "a livelock",
            Self::BusyLoop => "a busy loop",
            Self::Starvation => "starvation",
            Self::LeftBehind => "a task that was left behind",
            Self::DroppedTask => "a dropped handle",
            Self::LockHeld => "a lock that is held for longer than needed",
            Self::RestartedWait => "a wait that starts over",
            Self::WaitsInARow => "awaits in a row that could overlap",
            Self::Polling => "polling where a wake would do",
            Self::QueueTime => "more work than the threads can do in time",
        }
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Failed
            | Self::JoinCycle
            | Self::Futurelock
            | Self::StaleWaker
            | Self::Deadlock
            | Self::FullChannel
            | Self::LostWake
            | Self::Livelock
            | Self::NeverPolled => Severity::Fault,
            Self::BlockedThread | Self::LongPoll | Self::OneTaskForAll | Self::BusyLoop | Self::Starvation => {
                Severity::Delay
            }
            Self::LeftBehind
            | Self::DroppedTask
            | Self::LockHeld
            | Self::RestartedWait
            | Self::WaitsInARow
            | Self::Polling
            | Self::QueueTime => Severity::Hint,
        }
    }

    /// The page of the book that shows the cure, and its section.
    #[must_use]
    pub const fn chapter(self) -> &'static str {
        match self {
            Self::Failed => "10-cancellation-and-structure.md",
            Self::JoinCycle | Self::Deadlock | Self::Livelock => "10b-every-schedule.md",
            Self::Futurelock => "09c-pitfalls-dropped-or-held.md#13-futurelock-a-lent-future-holds-the-lock",
            Self::FullChannel => "13-channels-and-streams.md#a-deadlock-by-a-full-channel",
            Self::LockHeld => "09c-pitfalls-dropped-or-held.md#12-a-std-guard-across-an-await",
            Self::StaleWaker | Self::LostWake => {
                "09-pitfalls-too-late.md#6-pending-without-a-waker-or-with-a-stale-one"
            }
            Self::NeverPolled | Self::LeftBehind => "09-pitfalls-too-late.md#5-spawned-work-seems-not-to-run",
            Self::BlockedThread | Self::LongPoll => "09-pitfalls-too-late.md#3-a-task-that-blocks-holds-up-the-others",
            Self::OneTaskForAll => "09-pitfalls-too-late.md#2-join-is-not-parallel",
            Self::BusyLoop | Self::Polling => "06-futures-and-wakers.md",
            Self::Starvation => "07-function-colour.md#work-also-holds-the-thread",
            Self::DroppedTask => "09c-pitfalls-dropped-or-held.md#11-a-dropped-handle-smol-cancels-tokio-detaches",
            Self::RestartedWait => "09c-pitfalls-dropped-or-held.md#10-select-loses-what-the-loser-holds",
            Self::WaitsInARow => "09-pitfalls-too-late.md#1-awaits-in-one-block-run-in-a-row",
            Self::QueueTime => "11-measuring.md",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_is_listed_once_and_the_worst_come_first() {
        let names: HashSet<_> = Kind::ALL.map(Kind::name).into();
        assert_eq!(names.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_string(&kind).expect("it is a text"), format!("{:?}", kind.name()));
        }
    }
}
