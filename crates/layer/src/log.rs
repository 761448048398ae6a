//! Where threads note what they see: each in a log of its own, so that none waits for another.

use crate::record::{NO_TASK, Record, Waker, What};
use crate::seen::{Claim, Resource, Site, Task};
use crate::sites::Sites;
use crate::stack::{InSpan, Stack};
use crate::store::{CHUNK, Chunk, Keep, Store};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use thread_local::ThreadLocal;

/// Where the time comes from.
#[derive(Debug)]
pub(crate) enum Clock {
    /// The machine's time since then.
    Since(Instant),
    /// Each reading is a nanosecond later, so that a test does not depend on how busy the machine is.
    #[cfg(test)]
    Readings(std::sync::atomic::AtomicU64),
}

/// All that was noted of one run of a program.
#[derive(Debug)]
pub(crate) struct Log {
    clock: Clock,
    pub(crate) keep: Keep,
    is_open: AtomicBool,
    threads: ThreadLocal<Mutex<ThreadLog>>,
    next_thread: AtomicU32,
    store: Mutex<Store>,
    /// The tasks whose spans are open.
    alive: Mutex<HashMap<u32, Arc<Task>>>,
    sites: Sites,
    next_task: AtomicU32,
    next_resource: AtomicU32,
    next_claim: AtomicU32,
    /// `tokio 1.54.1`, once a task has told it.
    runtime: Mutex<Option<Box<str>>>,
}

/// What one thread sees.
#[derive(Debug, Default)]
pub(crate) struct ThreadLog {
    number: u32,
    /// The position of the first of `records` among all that the thread wrote.
    first: u64,
    records: Vec<Record>,
    pub(crate) stack: Stack,
    has_polled: bool,
    /// The span that it last left inside the poll of another task.
    left_inside: Option<u64>,
    /// What the last panic of the thread said.
    pub(crate) panic_message: Option<Box<str>>,
}

/// The whole log at one moment.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// When.
    pub(crate) ns: u64,
    /// All records until this time are missing.
    pub(crate) cut_ns: Option<u64>,
    /// In the order of the threads, and of each thread's own.
    pub(crate) chunks: Vec<Chunk>,
    /// The tasks whose spans are open.
    pub(crate) alive: HashMap<u32, Arc<Task>>,
    /// The tasks that are being polled, each with its thread.
    pub(crate) running: HashMap<u32, u32>,
    pub(crate) runtime: Option<Box<str>>,
}

impl Log {
    pub(crate) fn new(keep: Keep, clock: Clock) -> Self {
        Self {
            clock,
            keep,
            is_open: AtomicBool::new(true),
            threads: ThreadLocal::new(),
            next_thread: AtomicU32::new(0),
            store: Mutex::new(Store::new(keep)),
            alive: Mutex::default(),
            sites: Sites::default(),
            next_task: AtomicU32::new(0),
            next_resource: AtomicU32::new(0),
            next_claim: AtomicU32::new(0),
            runtime: Mutex::default(),
        }
    }

    /// The log of this thread. A thread that starts when another one has ended may get that one's.
    pub(crate) fn of_this_thread(&self) -> MutexGuard<'_, ThreadLog> {
        let new = || Mutex::new(ThreadLog { number: self.next_thread.fetch_add(1, Relaxed), ..ThreadLog::default() });
        lock(self.threads.get_or(new))
    }

    /// Notes a task that is made from its number and the time.
    pub(crate) fn new_task(&self, task: impl FnOnce(u32, u64) -> Task) -> Arc<Task> {
        let task = Arc::new(task(self.next_task.fetch_add(1, Relaxed), self.now_ns()));
        lock(&self.alive).insert(task.number, Arc::clone(&task));
        self.note(&mut self.of_this_thread(), task.number, What::Spawn(Arc::clone(&task)));
        task
    }

    pub(crate) fn new_resource(&self, resource: impl FnOnce(u32) -> Resource) -> Arc<Resource> {
        Arc::new(resource(self.next_resource.fetch_add(1, Relaxed)))
    }

    /// A claim to a resource, or a part of a claim.
    pub(crate) fn new_claim(&self, resource: Arc<Resource>, part_of: Option<u32>) -> Arc<Claim> {
        let number = part_of.unwrap_or_else(|| self.next_claim.fetch_add(1, Relaxed));
        Arc::new(Claim { number, resource, is_part: part_of.is_some() })
    }

    /// The site of a line, and how many it has made with this one.
    pub(crate) fn site(&self, file: &str, line: u32, column: u32) -> (Arc<Site>, u32) {
        self.sites.made(file, line, column)
    }

    pub(crate) fn runtime_is(&self, name: impl FnOnce() -> Box<str>) {
        lock(&self.runtime).get_or_insert_with(name);
    }

    /// Notes this, if the log is open.
    pub(crate) fn note(&self, thread: &mut ThreadLog, task: u32, what: What) {
        if !self.is_open.load(Relaxed) {
            return;
        }
        let ns = self.now_ns();
        thread.records.push(Record { ns, task, what });
        if thread.records.len() >= CHUNK {
            let records = Arc::new(std::mem::replace(&mut thread.records, Vec::with_capacity(CHUNK)));
            let chunk = Chunk { thread: thread.number, first: thread.first, records };
            thread.first += CHUNK as u64;
            let has_room = lock(&self.store).add(chunk);
            if !has_room {
                self.is_open.store(false, Relaxed);
            }
        }
    }

    /// The span of a task is entered on this thread.
    pub(crate) fn enter_task(&self, span: u64, task: &Task) {
        let thread = &mut *self.of_this_thread();
        if thread.stack.is_poll(task) {
            thread.stack.enter(span, InSpan::Poll { task: task.number, kind: task.kind });
            thread.has_polled = true;
            self.note(thread, task.number, What::Enter);
        } else {
            thread.stack.enter(span, InSpan::Context);
        }
    }

    /// The span of a resource or a claim is entered on this thread.
    pub(crate) fn enter(&self, span: u64, what: InSpan) {
        self.of_this_thread().stack.enter(span, what);
    }

    /// A span is left on this thread.
    pub(crate) fn exit(&self, span: u64, is_panicking: bool) {
        let thread = &mut *self.of_this_thread();
        match thread.stack.leave(span) {
            Some(InSpan::Poll { task, .. }) => {
                thread.left_inside = None;
                let message = thread.panic_message.take();
                let what = if is_panicking { What::Panic(message.unwrap_or_default()) } else { What::Exit };
                self.note(thread, task, what);
            }
            Some(InSpan::Claim { claim, is_ready: Some(is_ready) }) if !claim.is_part => {
                self.note_here(thread, What::Polled(claim, is_ready));
            }
            Some(InSpan::Context) => thread.left_inside = Some(span),
            Some(InSpan::Resource(_) | InSpan::Claim { .. }) | None => {}
        }
    }

    /// Notes what the task does that this thread polls, or what happens outside of all tasks.
    pub(crate) fn note_here(&self, thread: &mut ThreadLog, what: What) {
        let task = thread.stack.task().unwrap_or(NO_TASK);
        self.note(thread, task, what);
    }

    /// The waker of a task is called on this thread.
    pub(crate) fn wake(&self, task: u32) {
        let thread = &mut *self.of_this_thread();
        let waker = match thread.stack.task() {
            Some(by) => Waker::Task(by),
            None if thread.has_polled => Waker::PollingThread,
            None => Waker::OtherThread,
        };
        self.note(thread, task, What::Wake(waker));
    }

    /// The span of a task is closed.
    pub(crate) fn close(&self, span: u64, task: &Arc<Task>) {
        lock(&self.alive).remove(&task.number);
        let thread = &mut *self.of_this_thread();
        let is_inside = thread.left_inside.take_if(|left| *left == span).is_some();
        self.note(thread, task.number, What::Close { task: Arc::clone(task), is_inside });
    }

    /// Nothing is noted from now on.
    pub(crate) fn end(&self) {
        self.is_open.store(false, Relaxed);
    }

    /// Copies all that was noted until now.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let ns = self.now_ns();
        let mut chunks = BTreeMap::new();
        let mut running = HashMap::new();
        for thread in &self.threads {
            let thread = lock(thread);
            running.extend(thread.stack.tasks().map(|task| (task, thread.number)));
            let records = Arc::new(thread.records.clone());
            chunks.insert((thread.number, thread.first), Chunk { thread: thread.number, first: thread.first, records });
        }
        let store = lock(&self.store);
        for chunk in &store.chunks {
            // If a thread has handed its records over meanwhile, here are all of them.
            chunks.insert((chunk.thread, chunk.first), chunk.clone());
        }
        Snapshot {
            ns,
            cut_ns: store.cut_ns,
            chunks: chunks.into_values().collect(),
            alive: lock(&self.alive).clone(),
            running,
            runtime: lock(&self.runtime).clone(),
        }
    }

    fn now_ns(&self) -> u64 {
        match &self.clock {
            Clock::Since(start) => u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX),
            #[cfg(test)]
            Clock::Readings(count) => count.fetch_add(1, Relaxed),
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
