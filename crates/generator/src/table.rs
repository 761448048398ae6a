//! The table: an entry for each task, from its spawn until nothing refers to it any more. It also keeps the tasks
//! themselves, but for those in the queue of the run.

use crate::task::{BoxedTask, Event, State};
use slab::Slab;
use std::collections::HashMap;
use std::task::Waker;

/// Refers to a task. A slot is used again; the number is the task's own, so an old id leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaskId {
    pub(crate) slot: u32,
    pub(crate) number: u32,
}

/// Who is woken when a result is there.
pub(crate) enum Waiter {
    /// A task of the same loop.
    Task(TaskId),
    /// A future on any executor.
    Waker(Waker),
}

/// It has 24 bytes, because a million tasks have one each.
pub(crate) struct Entry {
    /// `None` while it is in the queue of the run, and when there is nothing left of it.
    pub(crate) task: Option<BoxedTask>,
    pub(crate) number: u32,
    pub(crate) state: State,
    /// Whether the result may still be read.
    pub(crate) has_handle: bool,
    /// Whether a timer or a promise refers to the slot.
    pub(crate) is_held: bool,
    has_extras: bool,
}

/// What few tasks have.
#[derive(Default)]
pub(crate) struct Extras {
    pub(crate) waiter: Option<Waiter>,
    pub(crate) name: Option<String>,
    /// The message of its panic.
    pub(crate) panic: String,
}

impl Entry {
    /// Tells the task what happens to it. `false` if that changes nothing.
    #[inline]
    pub(crate) fn advance(&mut self, event: Event) -> bool {
        let before = self.state;
        self.state = before.after(event);
        self.state != before
    }
}

/// A table of this size need not give memory back.
const SMALL: usize = 10_000;

#[derive(Default)]
pub(crate) struct Table {
    entries: Slab<Entry>,
    /// By slot.
    extras: HashMap<u32, Box<Extras>>,
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
        let (is_held, state) = (task.is_none(), if task.is_some() { State::Ready } else { State::Owed });
        let number = if task.is_some() {
            self.last_number = self.last_number.wrapping_add(1);
            self.last_number
        } else {
            self.promises = self.promises.wrapping_add(1);
            u32::MAX - self.promises
        };
        let slot = self.entries.insert(Entry { task, number, state, has_handle, is_held, has_extras: false });
        self.shrinks_below = self.shrinks_below.max(self.entries.len() / 4);
        TaskId { slot: u32::try_from(slot).expect("memory ends before the slots do"), number }
    }

    /// The entry in a slot that is in use.
    #[inline]
    pub(crate) fn entry(&mut self, slot: u32) -> &mut Entry {
        &mut self.entries[slot as usize]
    }

    /// The task in a slot, if one is there.
    pub(crate) fn id(&self, slot: u32) -> Option<TaskId> {
        Some(TaskId { slot, number: self.entries.get(slot as usize)?.number })
    }

    /// The entry of a task, if it is still there.
    #[inline]
    pub(crate) fn find(&mut self, id: TaskId) -> Option<&mut Entry> {
        self.entries.get_mut(id.slot as usize).filter(|entry| entry.number == id.number)
    }

    pub(crate) fn extras(&mut self, slot: u32) -> &mut Extras {
        self.entry(slot).has_extras = true;
        self.extras.entry(slot).or_default()
    }

    /// Who is to be woken now that the task is over.
    #[inline]
    pub(crate) fn take_waiter(&mut self, slot: u32) -> Option<Waiter> {
        if self.entry(slot).has_extras { self.extras(slot).waiter.take() } else { None }
    }

    /// The name that an error gives the task.
    fn name(&self, id: TaskId) -> String {
        let name = self.extras.get(&id.slot).and_then(|extras| extras.name.clone());
        name.unwrap_or_else(|| format!("task {}", id.number))
    }

    /// Frees the slot if nothing refers to it. Drop what was in it when nothing is borrowed any more: the destructor of a
    /// result may use the loop.
    #[must_use]
    #[inline]
    pub(crate) fn release(&mut self, slot: u32) -> Option<(Entry, Option<Box<Extras>>)> {
        let entry = self.entry(slot);
        if entry.has_handle || entry.is_held || !entry.state.is_over() {
            return None;
        }
        let entry = self.entries.remove(slot as usize);
        let extras = if entry.has_extras { self.extras.remove(&slot) } else { None };
        if self.entries.len() < self.shrinks_below && self.entries.capacity() > SMALL {
            self.entries.shrink_to_fit();
            self.extras.shrink_to_fit();
            self.shrinks_below = self.entries.len() / 2;
        }
        Some((entry, extras))
    }

    /// The tasks in one of these states, in the order in which they were made, and their names.
    pub(crate) fn tasks_in(&self, states: &[State]) -> Vec<(TaskId, String)> {
        let entries = self.entries.iter().filter(|(_, entry)| states.contains(&entry.state));
        let ids = entries.filter_map(|(slot, _)| self.id(u32::try_from(slot).ok()?));
        let mut tasks: Vec<_> = ids.map(|id| (id, self.name(id))).collect();
        tasks.sort_unstable_by_key(|(id, _)| id.number);
        tasks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Main;

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
        let first = table.add(Some(Box::pin(Main)), true);
        let ids: Vec<_> = (0..1_000_000).map(|_| table.add(Some(Box::pin(Main)), false)).collect();
        for id in ids {
            table.entry(id.slot).advance(Event::Cancel);
            drop(table.release(id.slot));
        }
        assert!(table.entries.capacity() <= SMALL, "{}", table.entries.capacity());
        assert!(table.find(first).is_some());
    }

    #[test]
    fn a_slot_is_used_again_and_an_old_id_leads_nowhere() {
        let mut table = Table::default();
        let old = table.add(Some(Box::pin(Main)), false);
        table.entry(old.slot).advance(Event::Cancel);
        drop(table.release(old.slot));
        let new = table.add(Some(Box::pin(Main)), false);
        assert_eq!((new.slot, new.number), (old.slot, 2));
        assert!(table.find(old).is_none() && table.find(new).is_some());
        let (one, other) = (table.add(None, true), table.add(None, true));
        assert!(one.number != other.number, "a promise has a number of its own, too");
    }
}
