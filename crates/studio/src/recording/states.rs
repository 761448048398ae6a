//! The state of each task of a recording, event by event.

use crate::event::{Event, EventKind};

/// What a task does, as `docs/recording.md` defines it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum RecordedState {
    /// It has not been made.
    #[default]
    Absent,
    /// It can be polled, and is not.
    Ready,
    /// A thread polls it.
    Running,
    /// A thread polls it, and sleeps with it.
    Blocking,
    /// It waits for a wake.
    Waiting,
    /// It has ended.
    Done,
}

impl RecordedState {
    /// Whether a thread polls it.
    #[must_use]
    pub fn is_polled(self) -> bool {
        matches!(self, Self::Running | Self::Blocking)
    }
}

/// The states of a run's tasks at a moment. It takes the events of the run, one after another.
///
/// ```
/// use paintdry_studio::{Event, EventKind, RecordedState, States};
///
/// let mut states = States::new(1);
/// states.take(&Event { ns: 0, task: 0, what: EventKind::Spawn { by: None } });
/// let poll = EventKind::Poll { thread: Some(0) };
/// let before = states.take(&Event { ns: 7, task: 0, what: poll });
/// assert_eq!((before, states.of(0)), (RecordedState::Ready, RecordedState::Running));
/// assert_eq!(states.thread(0), Some(0));
/// ```
#[derive(Debug, Clone)]
pub struct States {
    tasks: Vec<Task>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Task {
    state: RecordedState,
    thread: Option<u32>,
    /// It yielded or was woken since its poll began.
    is_woken: bool,
}

impl States {
    /// Before the first event of a run with this number of tasks.
    #[must_use]
    pub fn new(tasks: usize) -> Self {
        Self { tasks: vec![Task::default(); tasks] }
    }

    /// Takes the next event, and returns the state of its task before it. An event of a task beyond the number of tasks
    /// changes nothing.
    pub fn take(&mut self, event: &Event) -> RecordedState {
        use RecordedState::{Blocking, Done, Ready, Running, Waiting};
        let Some(task) = self.tasks.get_mut(event.task as usize) else { return RecordedState::Absent };
        let before = task.state;
        match event.what {
            EventKind::Spawn { .. } => task.state = Ready,
            EventKind::Poll { thread } => *task = Task { state: Running, thread, is_woken: false },
            EventKind::Wake(_) if before == Waiting => task.state = Ready,
            EventKind::Yield | EventKind::Wake(_) => task.is_woken = true,
            EventKind::Block => task.state = Blocking,
            EventKind::Unblock => task.state = Running,
            EventKind::Pending => task.state = if task.is_woken { Ready } else { Waiting },
            EventKind::Complete | EventKind::Panic(_) | EventKind::Cancel => task.state = Done,
            EventKind::Line(_)
            | EventKind::Note(_)
            | EventKind::Timer { .. }
            | EventKind::Join { .. }
            | EventKind::Fire { .. }
            | EventKind::Wait { .. }
            | EventKind::Notify { .. }
            | EventKind::Leave { .. }
            | EventKind::Take { .. }
            | EventKind::Release { .. }
            | EventKind::Send { .. }
            | EventKind::Receive { .. }
            | EventKind::Close { .. }
            | EventKind::Signal { .. }
            | EventKind::Hear { .. } => {}
        }
        before
    }

    /// The state of this task, or `Absent` if there is no such task.
    #[must_use]
    pub fn of(&self, task: u32) -> RecordedState {
        self.tasks.get(task as usize).map_or(RecordedState::Absent, |task| task.state)
    }

    /// The thread that polls this task, if one does and the recording knows which.
    #[must_use]
    pub fn thread(&self, task: u32) -> Option<u32> {
        self.tasks.get(task as usize).filter(|task| task.state.is_polled())?.thread
    }
}

#[cfg(test)]
mod tests {
    use super::RecordedState::{Absent, Blocking, Done, Ready, Running, Waiting};
    use super::*;
    use crate::event::WakeSource;

    /// The states after each of these events of one task.
    fn after(events: &[EventKind]) -> Vec<RecordedState> {
        let mut states = States::new(1);
        let take = |what: &EventKind| {
            states.take(&Event { ns: 0, task: 0, what: what.clone() });
            states.of(0)
        };
        events.iter().map(take).collect()
    }

    #[test]
    fn a_task_is_ready_after_a_poll_in_which_it_yielded_or_was_woken() {
        let (spawn, poll, wake) =
            (EventKind::Spawn { by: None }, EventKind::Poll { thread: Some(3) }, EventKind::Wake(WakeSource::Timer));
        let states = [spawn.clone(), poll.clone(), EventKind::Yield, EventKind::Pending, poll.clone()];
        assert_eq!(after(&states), [Ready, Running, Running, Ready, Running]);
        let states = [spawn.clone(), poll.clone(), wake.clone(), EventKind::Pending, wake.clone()];
        assert_eq!(after(&states), [Ready, Running, Running, Ready, Ready]);
        let states = [spawn, poll.clone(), EventKind::Pending, wake, poll, EventKind::Pending];
        assert_eq!(
            after(&states),
            [Ready, Running, Waiting, Ready, Running, Waiting],
            "the wake is over with the poll"
        );
    }

    #[test]
    fn a_wake_while_the_thread_sleeps_is_not_forgotten() {
        let events = [
            EventKind::Poll { thread: Some(0) },
            EventKind::Block,
            EventKind::Wake(WakeSource::Thread),
            EventKind::Unblock,
            EventKind::Pending,
            EventKind::Complete,
        ];
        assert_eq!(after(&events), [Running, Blocking, Blocking, Running, Ready, Done]);
    }

    #[test]
    fn a_task_that_is_not_there_is_absent() {
        let mut states = States::new(1);
        assert_eq!(states.take(&Event { ns: 0, task: 1, what: EventKind::Poll { thread: Some(0) } }), Absent);
        assert_eq!((states.of(0), states.of(1), states.thread(1)), (Absent, Absent, None));
    }
}
