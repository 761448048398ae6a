//! Threads that were held while others needed them: by a sleep that blocks, by a long poll, or by one task that does all.

use crate::facts::{Block, Cause, Facts, Poll};
use crate::finding::Confidence::{Is, LooksLike};
use crate::kind::{Kind, Severity};
use crate::report::Found;
use crate::words::{and, name, time, times};
use paintdry_studio::{Clock, RecordedState};
use std::collections::{BTreeMap, BTreeSet};

/// At most this many polls that overlap with a wait are looked at. More only share the blame.
const MOST_OVERLAPPING: usize = 1_000;

/// At most this many of them are blamed.
const MOST_TO_BLAME: usize = 32;

/// At most this many of the tasks that were late are listed.
const MOST_VICTIMS: usize = 1_000;

pub(crate) fn find(facts: &Facts<'_>, found: &mut Vec<Found>) {
    if !facts.takes_turns {
        return; // each task is one poll, on a thread that may block
    }
    let waits = waits(facts);
    blocked(facts, &waits, found);
    long_polls(facts, &waits, found);
    one_for_all(facts, found);
}

/// A task that needed a thread, from then until it was polled. If the recording does not know which thread, nothing is to blame.
struct Wait {
    task: u32,
    thread: Option<u32>,
    from_ns: u64,
    to_ns: u64,
    cause: Cause,
}

impl Wait {
    fn overlap(&self, from_ns: u64, to_ns: u64) -> u64 {
        self.to_ns.min(to_ns).saturating_sub(self.from_ns.max(from_ns))
    }
}

fn waits(facts: &Facts<'_>) -> Vec<Wait> {
    let of = |poll: &Poll| {
        let Poll { task, thread, from_ns: to_ns, cause, .. } = *poll;
        Wait { task, thread, from_ns: facts.needed_since(poll), to_ns, cause }
    };
    let polled = facts.polls.iter().map(of);
    let left = facts.numbers().filter(|task| facts.task(*task).state == RecordedState::Ready);
    let left = left.filter_map(|task| {
        let last = facts.polls_of(task).next_back()?;
        Some(Wait { task, thread: last.thread, from_ns: last.to_ns, to_ns: facts.end_ns, cause: Cause::Other })
    });
    polled.chain(left).filter(|wait| wait.to_ns - wait.from_ns >= facts.noticeable_ns()).collect()
}

/// What the task with this number did to others.
#[derive(Default)]
struct Harm {
    victims: BTreeSet<u32>,
    /// For each stretch, by its first event: the longest delay of another.
    costs: BTreeMap<usize, u64>,
}

impl Harm {
    fn add(&mut self, at: usize, ns: u64, victim: u32) {
        self.victims.insert(victim);
        let cost = self.costs.entry(at).or_default();
        *cost = ns.max(*cost);
    }

    fn worst(&self) -> usize {
        self.costs.iter().max_by_key(|(at, ns)| (**ns, std::cmp::Reverse(**at))).map_or(0, |(at, _)| *at)
    }

    fn cost(&self) -> u64 {
        self.costs.values().copied().fold(0, u64::saturating_add)
    }

    fn names(&self, facts: &Facts<'_>) -> Vec<String> {
        self.victims.iter().map(|task| name(facts.run, *task)).collect()
    }
}

fn blocked(facts: &Facts<'_>, waits: &[Wait], found: &mut Vec<Found>) {
    let mut on_thread: BTreeMap<u32, Vec<&Block>> = BTreeMap::new();
    for block in &facts.blocks {
        if let Some(thread) = block.thread {
            on_thread.entry(thread).or_default().push(block);
        }
    }
    let mut harms: BTreeMap<u32, Harm> = BTreeMap::new();
    for wait in waits {
        let Some(blocks) = wait.thread.and_then(|thread| on_thread.get(&thread)) else { continue };
        let first = blocks.partition_point(|block| block.to_ns <= wait.from_ns);
        let overlapping = blocks[first..].iter().take_while(|block| block.from_ns < wait.to_ns).take(MOST_OVERLAPPING);
        for block in overlapping.filter(|block| block.task != wait.task) {
            let ns = wait.overlap(block.from_ns, block.to_ns);
            if ns >= facts.noticeable_ns() {
                harms.entry(block.task).or_default().add(block.at, ns, wait.task);
            }
        }
    }
    // Another future of the same task may need the thread as well.
    for timer in facts.timers.iter().filter(|timer| !timer.is_of_a_thread && timer.fired.is_some()) {
        let blocks = facts.blocks.partition_point(|block| block.from_ns <= timer.due_ns);
        let around = facts.blocks[..blocks].iter().rev().take(MOST_OVERLAPPING);
        let mut around = around.filter(|block| block.task == timer.task && block.to_ns > timer.due_ns);
        if let Some(block) = around.next().filter(|block| timer.set < block.at) {
            let polls = &facts.task(block.task).polls;
            let around = polls.get(polls.partition_point(|poll| facts.polls[*poll].to <= block.at));
            let end = around.map_or(block.to_ns, |poll| facts.polls[*poll].to_ns);
            harms.entry(block.task).or_default().add(block.at, end.saturating_sub(timer.due_ns), block.task);
        }
    }
    if let Some((task, worst)) = harms.iter().max_by_key(|(_, harm)| harm.cost()) {
        found.push(of_blocks(facts, &harms, *task, worst.worst()));
    }
}

/// One finding for all tasks that block: they mostly do it at the same place.
fn of_blocks(facts: &Facts<'_>, harms: &BTreeMap<u32, Harm>, worst: u32, at: usize) -> Found {
    let who: Vec<_> = harms.keys().map(|task| name(facts.run, *task)).collect();
    let blocks = || facts.blocks.iter().filter(|block| harms.contains_key(&block.task));
    let total = blocks().map(|block| block.to_ns - block.from_ns).fold(0, u64::saturating_add);
    let how_often = match blocks().count() as u64 {
        1 => String::new(),
        count => format!(", {}", times(count)),
    };
    let mut others: BTreeSet<u32> = harms.values().flat_map(|harm| harm.victims.iter().copied()).collect();
    others.retain(|task| !harms.contains_key(task));
    let others: Vec<_> = others.into_iter().collect();
    let names: Vec<_> = others.iter().map(|task| name(facts.run, *task)).collect();
    let needed = match names.as_slice() {
        [] if harms.len() == 1 => "another future of the same task needs it".to_owned(),
        [] => "each other needs it".to_owned(),
        [one] => format!("{one} needs it"),
        several => format!("{} need it", and(several)),
    };
    let (put, their) = if who.len() == 1 { ("puts", "its") } else { ("put", "their") };
    let blockers = harms.keys().copied().filter(|task| *task != worst);
    let tasks = [worst].into_iter().chain(blockers).chain(others).collect();
    // A task that holds up nothing but itself cannot continue either.
    let severity = (names.is_empty() && harms.len() == 1).then_some(Severity::Fault);
    let found = Found { severity, ..Found::new(Kind::BlockedThread, Is, tasks, at) };
    found
        .what(format!("{} {put} {their} thread to sleep for {}{how_often}, while {needed}", and(&who), time(total)))
        .why(
            "A runtime does not take the thread away from a task. Use the runtime's own sleep or lock, and await it, or give the \
             call to a thread of its own.",
        )
        .cost(harms.values().map(Harm::cost).fold(0, u64::saturating_add))
}

fn long_polls(facts: &Facts<'_>, waits: &[Wait], found: &mut Vec<Found>) {
    let has_block: BTreeSet<usize> = blocking_polls(facts);
    let mut longest = vec![0; facts.tasks.len()];
    let mut on_thread: BTreeMap<u32, Vec<(usize, &Poll)>> = BTreeMap::new();
    for (number, poll) in facts.polls.iter().enumerate() {
        longest[poll.task as usize] = poll.length().max(longest[poll.task as usize]);
        if let Some(thread) = poll.thread
            && poll.length() >= facts.noticeable_ns()
            && !has_block.contains(&number)
        {
            on_thread.entry(thread).or_default().push((number, poll));
        }
    }
    let mut harms: BTreeMap<u32, Harm> = BTreeMap::new();
    for wait in waits {
        let Some(polls) = wait.thread.and_then(|thread| on_thread.get(&thread)) else { continue };
        let first = polls.partition_point(|(_, poll)| poll.to_ns <= wait.from_ns);
        let overlapping = polls[first..].iter().map(|(_, poll)| *poll).take_while(|poll| poll.from_ns < wait.to_ns);
        let holds_up = |poll: &&Poll| {
            let is_longer = poll.length() / 2 >= longest[wait.task as usize];
            poll.task != wait.task && is_longer && wait.overlap(poll.from_ns, poll.to_ns) >= late(facts, wait)
        };
        for poll in overlapping.take(MOST_OVERLAPPING).filter(holds_up).take(MOST_TO_BLAME) {
            harms.entry(poll.task).or_default().add(poll.from, wait.overlap(poll.from_ns, poll.to_ns), wait.task);
        }
    }
    for (task, harm) in harms {
        let this = name(facts.run, task);
        let at = harm.worst();
        let worst = facts.polls_of(task).find(|poll| poll.from == at);
        let length = worst.map_or(0, Poll::length);
        let others = harm.names(facts);
        let mut tasks = vec![task];
        tasks.extend(harm.victims.iter().take(MOST_VICTIMS));
        let confidence = if worst.is_some_and(|_| facts.noticeable_ns() == 1) { Is } else { LooksLike };
        found.push(
            Found::new(Kind::LongPoll, confidence, tasks, at)
                .what(format!("{this} works for {} without an await, and {} late", time(length), are(&others)))
                .why("No other task runs on that thread until the poll ends. Cut the work into pieces and yield after each, or give it to a thread of its own.")
                .cost(harm.cost()),
        );
    }
}

fn are(names: &[String]) -> String {
    format!("{} {}", and(names), if names.len() == 1 { "is" } else { "are" })
}

/// How long a poll must hold up this wait to be blamed: a third of the sleep that ended late, or in real time without a sleep a
/// quarter of the run.
fn late(facts: &Facts<'_>, wait: &Wait) -> u64 {
    let share = match wait.cause {
        Cause::Timer(timer) => facts.timers[timer].length() / 3,
        // In virtual time a painting of a second is no fault by itself.
        Cause::Task(_) | Cause::Other if facts.clock == Clock::Real => facts.end_ns / 4,
        Cause::Task(_) | Cause::Other | Cause::Spawn | Cause::Itself | Cause::Yield => u64::MAX,
    };
    share.max(facts.noticeable_ns())
}

/// The polls in which a thread was put to sleep: they are found as such.
fn blocking_polls(facts: &Facts<'_>) -> BTreeSet<usize> {
    let of = |block: &Block| {
        let polls = &facts.task(block.task).polls;
        let begun = polls.partition_point(|poll| facts.polls[*poll].from < block.at);
        begun.checked_sub(1).map(|last| polls[last])
    };
    facts.blocks.iter().filter_map(of).collect()
}

/// A task whose own timers were late because it worked itself, while other threads had nothing to do.
fn one_for_all(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let Some(threads) = facts.run.threads.filter(|threads| *threads >= 2) else { return };
    let has_block = blocking_polls(facts);
    let mut harms: BTreeMap<u32, Harm> = BTreeMap::new();
    for timer in facts.timers.iter().filter(|timer| !timer.is_of_a_thread && timer.fired.is_some()) {
        let polls = &facts.task(timer.task).polls;
        let begun = polls.partition_point(|poll| facts.polls[*poll].from_ns <= timer.due_ns);
        let around = begun.checked_sub(1).map(|last| polls[last]).filter(|poll| !has_block.contains(poll));
        // A poll that the timer itself has caused is not late.
        let is_late = |poll: &Poll| poll.to_ns > timer.due_ns && timer.fired.is_some_and(|fired| fired > poll.from);
        let Some(poll) = around.map(|poll| facts.polls[poll]).filter(is_late) else { continue };
        let ns = poll.to_ns - timer.due_ns;
        if ns >= facts.noticeable_ns() && is_alone(facts, &poll, timer.due_ns) {
            harms.entry(timer.task).or_default().add(poll.from, ns, timer.task);
        }
    }
    for (task, harm) in harms.into_iter().filter(|(_, harm)| harm.cost() >= facts.end_ns / 10) {
        let this = name(facts.run, task);
        found.push(
            Found::new(Kind::OneTaskForAll, LooksLike, vec![task], harm.worst())
                .what(format!("{this} does the work of several futures, and no other thread helps"))
                .why(format!(
                    "A timer of {this} was due while {this} itself was at work. Futures that are joined share one task, and one \
                     thread at a time polls a task: spawn them, and {threads} threads can work."
                ))
                .cost(harm.cost()),
        );
    }
}

/// Whether no other task is polled between this time and the end of the poll.
fn is_alone(facts: &Facts<'_>, poll: &Poll, since_ns: u64) -> bool {
    let begun = facts.polls.partition_point(|other| other.from_ns < poll.to_ns);
    let recent = facts.polls[..begun].iter().rev().take(MOST_OVERLAPPING);
    let mut others = recent.filter(|other| other.task != poll.task);
    !others.any(|other| other.to_ns > since_ns && other.length() > 0)
}
