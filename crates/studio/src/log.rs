//! What each thread writes down for itself: the tasks that it made, and the events that it saw.
//!
//! A thread writes to its own log only, so that recording makes no thread wait for another. The lock of a log is there
//! for the collector at the end.

use crate::clock::Time;
use crate::event::{Event, EventKind, WakeSource};
use crate::facts::TaskFacts;
use crate::primitives::thread::{self, ThreadId};
use crate::primitives::{AtomicBool, AtomicU32, AtomicU64, Mutex, MutexGuard, thread_local};
use crate::recording::limits::shortened;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::mem;
use std::sync::atomic::{self, Ordering::Relaxed};
use std::sync::{Arc, OnceLock, PoisonError};

/// How far a thread counts by itself.
const OWN_NUMBERS: u64 = 1 << 20;

thread_local! {
    /// This thread's log of the run that it last worked for.
    static OWN: RefCell<Option<Arc<ThreadLog>>> = const { RefCell::new(None) };
}

/// The logs of all threads of one run.
pub(crate) struct Logs {
    /// The run's number in this process: a thread may work for several.
    pub(crate) run: u64,
    pub(crate) is_recording: bool,
    /// From the start to the end of the run.
    is_open: AtomicBool,
    sequence: AtomicU64,
    /// How many threads have polled.
    polling_threads: AtomicU32,
    of_threads: Mutex<ThreadLogs>,
}

/// The logs in the order in which their threads first wrote. A program may start very many threads one after another, so a thread
/// finds its log without a search.
#[derive(Default)]
struct ThreadLogs {
    in_order: Vec<Arc<ThreadLog>>,
    positions: HashMap<Owner, usize>,
}

/// The thread that a log belongs to.
struct Owner(ThreadId);

impl Hash for Owner {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl PartialEq for Owner {
    fn eq(&self, other: &Self) -> bool {
        #[cfg(test)]
        tests::COMPARISONS.fetch_add(1, Relaxed);
        self.0 == other.0
    }
}

impl Eq for Owner {}

struct ThreadLog {
    run: u64,
    /// The thread's number, from its first poll on.
    thread: OnceLock<u32>,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    tasks: Vec<Arc<TaskFacts>>,
    events: Vec<(u64, Event)>,
    /// The number of the last event.
    number: u64,
}

impl Logs {
    pub(crate) fn new(is_recording: bool) -> Self {
        static RUNS: atomic::AtomicU64 = atomic::AtomicU64::new(0);
        Self {
            run: RUNS.fetch_add(1, Relaxed),
            is_recording,
            is_open: AtomicBool::new(true),
            sequence: AtomicU64::new(1),
            polling_threads: AtomicU32::new(0),
            of_threads: Mutex::default(),
        }
    }

    /// Notes a new task, and that it was made.
    pub(crate) fn record_spawn(&self, task: &Arc<TaskFacts>, clock: &Time, by: Option<u32>) {
        if self.is_open.load(Relaxed) {
            self.with_own(|log| {
                let mut entries = lock(&log.entries);
                entries.tasks.push(Arc::clone(task));
                self.note(&mut entries, task.number, clock, EventKind::Spawn { by });
            });
        }
    }

    pub(crate) fn record(&self, task: u32, clock: &Time, what: EventKind) {
        if self.is_recording() {
            self.with_own(|log| self.note(&mut lock(&log.entries), task, clock, what));
        }
    }

    pub(crate) fn record_poll(&self, task: u32, clock: &Time) {
        if self.is_recording() {
            self.with_own(|log| {
                let thread = Some(*log.thread.get_or_init(|| self.polling_threads.fetch_add(1, Relaxed)));
                self.note(&mut lock(&log.entries), task, clock, EventKind::Poll { thread });
            });
        }
    }

    /// Notes a wake that no task and no timer can be named for.
    pub(crate) fn record_wake_from_outside(&self, task: u32, clock: &Time) {
        if self.is_recording() {
            self.with_own(|log| {
                let by = if log.thread.get().is_some() { WakeSource::Runtime } else { WakeSource::Thread };
                self.note(&mut lock(&log.entries), task, clock, EventKind::Wake(by));
            });
        }
    }

    pub(crate) fn is_recording(&self) -> bool {
        self.is_recording && self.is_open.load(Relaxed)
    }

    /// Notes an event with a number that is higher than those of its causes: so events that one reading of the clock
    /// cannot tell apart come into their order. In virtual time these are most.
    ///
    /// A number from the counter that all threads share is higher than all before it, but taking one makes threads wait
    /// for each other's caches. In real time it is taken only for what another thread can have caused; until the next of
    /// these a thread counts on by itself.
    fn note(&self, entries: &mut Entries, task: u32, clock: &Time, what: EventKind) {
        if !self.is_recording {
            return;
        }
        let ns = clock.now_ns();
        let is_full = entries.number % OWN_NUMBERS == OWN_NUMBERS - 1;
        entries.number = if is_full || clock.is_virtual() || what.may_be_caused_elsewhere() {
            self.sequence.fetch_add(1, Relaxed) * OWN_NUMBERS
        } else {
            entries.number + 1
        };
        let number = entries.number;
        entries.events.push((number, Event { ns, task, what }));
    }

    /// The tasks that have events, in the order of their numbers.
    pub(crate) fn tasks(&self) -> Vec<Arc<TaskFacts>> {
        let logs = lock(&self.of_threads);
        let mut tasks: Vec<_> = logs.in_order.iter().flat_map(|log| lock(&log.entries).tasks.clone()).collect();
        tasks.sort_by_key(|task| task.number);
        tasks
    }

    /// Ends it at this time: gives the names of all tasks, and all events until then, in their order. What tasks do that
    /// are left behind is not noted any more.
    pub(crate) fn end(&self, ns: u64) -> (Vec<String>, Vec<Event>) {
        self.is_open.store(false, Relaxed);
        let (mut tasks, mut names, mut events) = (Vec::new(), Vec::new(), Vec::new());
        for log in &lock(&self.of_threads).in_order {
            // Both at once: of a task that is made at this very moment there would be events and no name.
            let entries = mem::take(&mut *lock(&log.entries));
            tasks.extend(entries.tasks);
            events.extend(entries.events.into_iter().filter(|(_, event)| event.ns <= ns));
        }
        tasks.sort_by_key(|task| task.number);
        for task in tasks {
            // A task that was made too late has a number, and may be in no log.
            names.resize_with(task.number as usize, || "a task made too late".to_owned());
            names.push(shortened(task.name()));
        }
        events.sort_unstable_by_key(|(number, event)| (event.ns, *number));
        let mut ended = HashSet::new();
        // What a destructor does after the end of its task, and a wake that another thread sends meanwhile, are no events of the
        // task any more. But what the task held is given back then.
        events.retain(|(_, event)| {
            event.what.resource().is_some()
                || !ended.contains(&event.task) && (!event.what.is_end() || ended.insert(event.task))
        });
        let events = events.into_iter().map(|(_, event)| event.shortened());
        (names, events.collect())
    }

    fn with_own(&self, action: impl FnOnce(&ThreadLog)) {
        // While a thread ends it has no log any more; what it drops then is not noted.
        let _ = OWN.try_with(|own| match &mut *own.borrow_mut() {
            Some(log) if log.run == self.run => action(log),
            own => action(own.insert(self.begin_or_go_on())),
        });
    }

    /// A new log for this thread, or the one that it had before it worked for another run.
    fn begin_or_go_on(&self) -> Arc<ThreadLog> {
        let ThreadLogs { in_order, positions } = &mut *lock(&self.of_threads);
        let position = *positions.entry(Owner(thread::current().id())).or_insert_with(|| {
            let log = ThreadLog { run: self.run, thread: OnceLock::new(), entries: Mutex::default() };
            in_order.push(Arc::new(log));
            in_order.len() - 1
        });
        Arc::clone(&in_order[position])
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How often the owners of two logs were compared.
    pub(super) static COMPARISONS: atomic::AtomicU64 = atomic::AtomicU64::new(0);

    #[test]
    #[cfg(not(paintdry_loom))]
    fn a_new_thread_is_not_compared_with_all_threads_before_it() {
        const THREADS: u32 = 500;
        let (logs, clock) = (Logs::new(true), Time::start(crate::clock::Clock::Virtual));
        let before = COMPARISONS.load(Relaxed);
        for number in 0..THREADS {
            std::thread::scope(|scope| {
                scope.spawn(|| logs.record_spawn(&Arc::new(TaskFacts::new(number)), &clock, None));
            });
        }
        let comparisons = COMPARISONS.load(Relaxed) - before;
        assert_eq!(logs.end(0).1.len(), THREADS as usize);
        assert!(comparisons < 10 * u64::from(THREADS), "{comparisons} comparisons for {THREADS} threads");
    }

    #[test]
    #[cfg(not(paintdry_loom))]
    fn no_event_of_a_task_follows_its_end() {
        let (logs, clock) = (Logs::new(true), Time::start(crate::clock::Clock::Virtual));
        let wake = || EventKind::Wake(WakeSource::Thread);
        for task in [0, 1] {
            logs.record_spawn(&Arc::new(TaskFacts::new(task)), &clock, None);
        }
        for (task, what) in [(0, wake()), (0, EventKind::Complete), (0, wake()), (1, wake()), (0, EventKind::Cancel)] {
            logs.record(task, &clock, what);
        }
        let of_task = |events: &[Event], task| events.iter().filter(|event| event.task == task).count();
        let (_, events) = logs.end(0);
        assert_eq!((of_task(&events, 0), of_task(&events, 1)), (3, 2));
        assert_eq!(events[events.len() - 2].what, EventKind::Complete);
    }
}
