//! Makes the events of a recording from what the threads noted.

use crate::end::{End, ends};
use crate::log::Snapshot;
use crate::merge::{Merged, Noted};
use crate::record::{NO_TASK, Record, Waker, What};
use crate::resources::Resources;
use crate::seen::{Resource, Task};
use crate::start::starts;
use paintdry_studio::{Event, EventKind, WakeSource};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// The events, in which tasks have the layer's numbers, and the tasks and resources that have any.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) events: Vec<Event>,
    pub(crate) resources: Vec<Arc<Resource>>,
    pub(crate) tasks: HashMap<u32, Arc<Task>>,
}

/// Makes the events. Their times count from the start of the recording.
pub(crate) fn events(snapshot: &Snapshot, merged: &Merged) -> Made {
    let ends = ends(&merged.noted);
    let is_unknown = |task| ends.get(&task).is_some_and(|end| end.is_unknown);
    let mut maker = Maker { from_ns: merged.from_ns, ..Maker::default() };
    for event in starts(snapshot, merged) {
        if !is_unknown(event.task) {
            maker.start(event);
        }
    }
    let mut resources = Resources::new(&merged.noted);
    for (at, noted) in merged.noted.iter().enumerate() {
        let events = resources.events(&noted.record);
        maker.made.events.extend(events.into_iter().filter(|(task, _)| !is_unknown(*task)).map(|(task, what)| Event {
            ns: noted.record.ns - merged.from_ns,
            task,
            what,
        }));
        if noted.record.task != NO_TASK && !is_unknown(noted.record.task) {
            let end = ends.get(&noted.record.task).copied().unwrap_or_default();
            maker.note(at, noted, end);
        }
    }
    let is_there = |task: &Arc<Task>| maker.states.contains_key(&task.number);
    let alive: Vec<_> = snapshot.alive.values().filter(|task| is_there(task)).cloned().collect();
    maker.made.resources = resources.listed;
    maker.made.tasks.extend(alive.into_iter().map(|task| (task.number, task)));
    maker.made
}

#[derive(Default)]
struct Maker {
    from_ns: u64,
    /// The numbers of the threads, as they first poll.
    threads: HashMap<u32, u32>,
    states: HashMap<u32, State>,
    made: Made,
}

/// What is known of a task so far.
#[derive(Debug, Default)]
struct State {
    is_running: bool,
    has_ended: bool,
    /// The sleeps that it has set, by their numbers.
    timers: HashSet<u32>,
}

impl Maker {
    fn start(&mut self, event: Event) {
        let what = match event.what {
            EventKind::Poll { thread } => EventKind::Poll { thread: thread.map(|thread| self.thread(thread)) },
            what => what,
        };
        self.states.entry(event.task).or_default().is_running = matches!(what, EventKind::Poll { .. });
        self.made.events.push(Event { what, ..event });
    }

    fn note(&mut self, at: usize, Noted { thread, record, .. }: &Noted, end: End) {
        let is_drop = end.dropped_from.is_some_and(|from| from <= at);
        match &record.what {
            What::Spawn(task) => {
                self.made.tasks.insert(task.number, Arc::clone(task));
                self.add(record, EventKind::Spawn { by: task.by });
            }
            What::Close { task, .. } => drop(self.made.tasks.insert(task.number, Arc::clone(task))),
            What::Wake(waker) => self.add(record, EventKind::Wake(source(*waker))),
            _ if is_drop => {}
            What::Enter => self.enter(record, *thread),
            What::Exit if end.completes_at == Some(at) => self.exit(record, EventKind::Complete),
            What::Exit => self.exit(record, EventKind::Pending),
            What::Panic(message) => self.exit(record, EventKind::Panic(message.clone())),
            What::Sets(sleep, ms) => self.set(record, sleep, *ms),
            What::Polled(claim, is_ready) => self.polled(record, &claim.resource, *is_ready),
            What::Notified(_) | What::Dropped(_) | What::Changed(..) => {}
        }
        if end.cancelled_at == Some(at) {
            self.add(record, EventKind::Cancel);
        }
    }

    fn enter(&mut self, record: &Record, thread: u32) {
        let state = self.states.entry(record.task).or_default();
        if !std::mem::replace(&mut state.is_running, true) {
            let thread = Some(self.thread(thread));
            self.add(record, EventKind::Poll { thread });
        }
    }

    fn exit(&mut self, record: &Record, what: EventKind) {
        let state = self.states.entry(record.task).or_default();
        if std::mem::take(&mut state.is_running) {
            self.add(record, what);
        }
    }

    fn set(&mut self, record: &Record, sleep: &Resource, ms: u32) {
        self.states.entry(record.task).or_default().timers.insert(sleep.number);
        let due_ns = (record.ns - self.from_ns).saturating_add(u64::from(ms) * 1_000_000);
        self.add(record, EventKind::Timer { timer: sleep.number, due_ns });
    }

    fn polled(&mut self, record: &Record, resource: &Resource, is_ready: bool) {
        let state = self.states.entry(record.task).or_default();
        if is_ready && resource.is_sleep() && state.timers.remove(&resource.number) {
            self.add(record, EventKind::Fire { timer: resource.number });
        }
    }

    /// Adds an event of a task that has not ended.
    fn add(&mut self, record: &Record, what: EventKind) {
        let state = self.states.entry(record.task).or_default();
        if !state.has_ended {
            state.has_ended = what.is_end();
            self.made.events.push(Event { ns: record.ns - self.from_ns, task: record.task, what });
        }
    }

    fn thread(&mut self, thread: u32) -> u32 {
        let next = u32::try_from(self.threads.len()).unwrap_or(u32::MAX);
        *self.threads.entry(thread).or_insert(next)
    }
}

/// tokio does not tell which timer or socket has called a waker, so all that a polling thread wakes between two polls is the
/// runtime's.
fn source(waker: Waker) -> WakeSource {
    match waker {
        Waker::Task(task) => WakeSource::Task(task),
        Waker::PollingThread => WakeSource::Runtime,
        Waker::OtherThread => WakeSource::Thread,
    }
}
