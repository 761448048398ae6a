//! The table: an entry for each task, and for each future of a promise, until it has ended and its handle is gone. It also keeps the
//! tasks themselves, but for those that the run has taken: in its queue, or in their turn.

use crate::task::{BoxedTask, Event, State};
use slab::Slab;
use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU64;
use std::task::Waker;

/// Refers to a task: its slot and its number. A slot is used again; the number is the task's own, so an old id leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaskId(NonZeroU64);

impl TaskId {
    pub(crate) fn new(slot: u32, number: u32) -> Self {
        Self::from_bits(u64::from(number) << 32 | u64::from(slot))
    }

    /// From what [`bits`](Self::bits) gives, which fits into an atomic.
    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(NonZeroU64::new(bits).expect("numbers count from 1"))
    }

    pub(crate) fn bits(self) -> u64 {
        self.0.get()
    }

    #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
    pub(crate) fn slot(self) -> u32 {
        self.bits() as u32
    }

    pub(crate) fn number(self) -> u32 {
        (self.bits() >> 32) as u32
    }
}

/// The waiter to wake when a result is there.
pub(crate) enum Waiter {
    /// A task of the same loop.
    Task(TaskId),
    /// A future on any executor.
    Waker(Waker),
}

/// It has 24 bytes, because a million tasks have one each.
pub(crate) struct Entry {
    /// `None` while the run has it, in its queue or in its turn, before the result of a promise is there, and when nothing of it is left.
    pub(crate) task: Option<BoxedTask>,
    pub(crate) number: u32,
    pub(crate) state: State,
    /// Whether the result may still be read.
    pub(crate) has_handle: bool,
    has_extras: bool,
}

/// What few tasks need.
#[derive(Default)]
pub(crate) struct Extras {
    pub(crate) waiter: Option<Waiter>,
    pub(crate) name: Option<String>,
    /// The message of its panic.
    pub(crate) panic: String,
    /// Whether the error instead of a result has been returned to its reader.
    pub(crate) is_told: bool,
}

impl Entry {
    /// Applies an event to the task. `false` if that changes nothing.
    #[inline]
    pub(crate) fn advance(&mut self, event: Event) -> bool {
        let before = self.state;
        self.state = before.after(event);
        self.state != before
    }
}

/// A table of this size need not give memory back.
const SMALL: usize = 10_000;

/// Gives back memory that a crowd has left.
pub(crate) fn shrink<T>(queue: &mut VecDeque<T>) {
    if queue.capacity() > (4 * SMALL).max(2 * queue.len()) {
        queue.shrink_to_fit();
    }
}

#[derive(Default)]
pub(crate) struct Table {
    entries: Slab<Entry>,
    /// The tasks that have become ready and are not in the queue of the run, in that order; also some that were cancelled since.
    pub(crate) ready: VecDeque<TaskId>,
    /// By slot.
    extras: HashMap<u32, Extras>,
    /// The number of the task that was made last. They count from 1.
    pub(crate) last_number: u32,
    /// How many futures with a promise were made. Their numbers count down, so that they differ from those of tasks.
    promises: u32,
    /// With fewer entries than this it gives memory back.
    shrinks_below: usize,
}

impl Table {
    /// Makes an entry for a task, or for a future whose result a promise owes.
    pub(crate) fn add(&mut self, task: Option<BoxedTask>, has_handle: bool) -> TaskId {
        let (state, number) = if task.is_some() {
            self.last_number = self.last_number.wrapping_add(1).max(1);
            (State::Runnable, self.last_number)
        } else {
            self.promises = self.promises.wrapping_add(1);
            (State::Owed, (u32::MAX - self.promises).max(1))
        };
        let slot = self.entries.insert(Entry { task, number, state, has_handle, has_extras: false });
        self.shrinks_below = self.shrinks_below.max(self.entries.len() / 4);
        TaskId::new(u32::try_from(slot).expect("memory ends before the slots do"), number)
    }

    /// Takes the next task on the list of ready tasks out, unless it was cancelled meanwhile.
    #[inline]
    pub(crate) fn take_ready(&mut self) -> Option<(BoxedTask, TaskId)> {
        let id = self.ready.pop_front()?;
        let task = self.advance(id, Event::Schedule)?.task.take()?;
        Some((task, id))
    }

    /// The entry in a slot that is in use.
    #[inline]
    pub(crate) fn entry(&mut self, slot: u32) -> &mut Entry {
        &mut self.entries[slot as usize]
    }

    /// The task, or the future of a promise, in a slot, if one is there.
    pub(crate) fn id(&self, slot: u32) -> Option<TaskId> {
        Some(TaskId::new(slot, self.entries.get(slot as usize)?.number))
    }

    /// The entry of a task, if it is still there.
    #[inline]
    pub(crate) fn find(&mut self, id: TaskId) -> Option<&mut Entry> {
        self.entries.get_mut(id.slot() as usize).filter(|entry| entry.number == id.number())
    }

    /// Applies an event to a task. Returns its entry, if the task still exists and its state changes.
    #[inline]
    pub(crate) fn advance(&mut self, id: TaskId, event: Event) -> Option<&mut Entry> {
        self.find(id).and_then(|entry| entry.advance(event).then_some(entry))
    }

    pub(crate) fn extras(&mut self, slot: u32) -> &mut Extras {
        self.entry(slot).has_extras = true;
        self.extras.entry(slot).or_default()
    }

    /// Takes out the waiter that is to be woken when the task is over.
    #[inline]
    pub(crate) fn take_waiter(&mut self, slot: u32) -> Option<Waiter> {
        if self.entry(slot).has_extras { self.extras(slot).waiter.take() } else { None }
    }

    /// Frees a slot to which nothing refers any more. This runs no user code: the task and its waiter were taken out.
    pub(crate) fn free(&mut self, slot: u32) {
        if self.entries.remove(slot as usize).has_extras || self.entries.len() < self.shrinks_below {
            self.tidy(slot);
        }
    }

    #[cold]
    fn tidy(&mut self, slot: u32) {
        self.extras.remove(&slot);
        if self.entries.len() < self.shrinks_below {
            self.shrinks_below = self.entries.len() / 2;
            if self.entries.capacity() > SMALL {
                self.entries.shrink_to_fit();
                self.extras.shrink_to_fit();
            }
        }
    }

    /// The tasks in one of these states, in the order in which they were made.
    pub(crate) fn tasks_in(&self, states: &[State]) -> Vec<TaskId> {
        let entries = self.entries.iter().filter(|(_, entry)| states.contains(&entry.state));
        let mut tasks: Vec<_> = entries.filter_map(|(slot, _)| self.id(u32::try_from(slot).ok()?)).collect();
        tasks.sort_unstable_by_key(|id| id.number());
        tasks
    }

    /// The names that an error gives the tasks that wait.
    pub(crate) fn names_of_waiting(&self) -> Vec<String> {
        let name = |id: TaskId| {
            let name = self.extras.get(&id.slot()).and_then(|extras| extras.name.clone());
            name.unwrap_or_else(|| format!("task {}", id.number()))
        };
        self.tasks_in(&[State::Waiting]).into_iter().map(name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coroutine::IntoCoroutine;
    use crate::sync::lock;
    use crate::task::stub;
    use crate::{EventLoop, LoopFuture, Promise, sleep, yield_now};
    use std::future::pending;
    use std::time::Duration;

    impl Table {
        pub(crate) fn is_empty(&self) -> bool {
            self.entries.is_empty()
        }
    }

    #[test]
    fn an_entry_is_small_because_a_million_tasks_have_one() {
        assert_eq!(size_of::<Entry>(), 24);
    }

    #[test]
    fn a_table_that_a_crowd_has_left_is_small_again() {
        let mut table = Table::default();
        let first = table.add(Some(stub()), true);
        let ids: Vec<_> = (0..1_000_000).map(|_| table.add(Some(stub()), false)).collect();
        for id in ids {
            table.free(id.slot());
        }
        assert!(table.entries.capacity() <= SMALL, "{}", table.entries.capacity());
        assert!(table.find(first).is_some());
    }

    #[test]
    fn a_slot_is_used_again_and_an_old_id_leads_nowhere() {
        let mut table = Table::default();
        let old = table.add(Some(stub()), false);
        table.free(old.slot());
        let new = table.add(Some(stub()), false);
        assert_eq!((new.slot(), new.number()), (old.slot(), 2));
        assert!(table.find(old).is_none() && table.find(new).is_some());
        let (one, other) = (table.add(None, true), table.add(None, true));
        assert!(one.number() != other.number(), "a promise has a number of its own, too");
    }

    /// Runs what is ready, ends or cancels all tasks, drops their handles, and checks whether the table is empty.
    fn assert_nothing_is_left(event_loop: &EventLoop, tasks: Vec<LoopFuture<()>>, is_cancelled: bool) {
        for _ in 0..2 {
            event_loop.run_until_complete(yield_now()).unwrap();
        }
        if is_cancelled {
            assert!(tasks.iter().all(LoopFuture::cancel));
        }
        drop(tasks);
        let shared = event_loop.shared();
        assert_eq!(lock(&shared.remote.timers).next_due(), None);
        assert!(shared.table.borrow().is_empty());
    }

    #[test]
    fn nothing_is_left_of_tasks_that_were_cancelled_wherever_they_were() {
        let event_loop = EventLoop::new();
        let task = |future: std::pin::Pin<Box<dyn Future<Output = ()>>>| event_loop.create_task(future);
        let hour = Duration::from_secs(3600);
        let endless = async {
            loop {
                yield_now().await;
            }
        };
        let tasks = [
            task(Box::pin(pending())),
            task(Box::pin(sleep(hour))),
            task(Box::pin(endless)),
            event_loop.call_later(hour, || ()),
        ];
        assert_nothing_is_left(&event_loop, tasks.into_iter().map(Result::unwrap).collect(), true);
    }

    #[test]
    fn nothing_is_left_of_tasks_that_were_cancelled_without_a_handle() {
        let event_loop = EventLoop::new();
        let shared = event_loop.shared();
        let sleeping = || sleep(Duration::from_secs(3600)).into_coroutine();
        let mut tasks = vec![shared.spawn(sleeping(), false)];
        event_loop.run_until_complete(yield_now()).unwrap();
        tasks.push(shared.spawn(sleeping(), false));
        assert!(tasks.into_iter().all(|task| shared.cancel(task)));
        event_loop.run_until_complete(async {}).unwrap();
        assert!(shared.table.borrow().is_empty() && shared.table.borrow().ready.is_empty());
    }

    #[test]
    fn nothing_is_left_of_tasks_that_have_ended_and_of_promises() {
        let event_loop = EventLoop::new();
        let breaks = async { std::panic::resume_unwind(Box::new("the brush broke")) };
        let tasks = vec![event_loop.create_task(async {}).unwrap(), event_loop.create_task(breaks).unwrap()];
        let (kept, broken): (Vec<_>, Vec<_>) = (0..2).map(|_| event_loop.create_future::<()>()).unzip();
        kept[0].set_result(()).unwrap();
        drop::<Vec<Promise<()>>>(kept);
        drop(broken);
        assert_nothing_is_left(&event_loop, tasks, false);
    }
}
