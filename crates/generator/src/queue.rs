//! The queue of a run: the ready tasks, in order. They have their turns where they are.

use crate::Request;
use crate::shared::Shared;
use crate::task::{BoxedTask, State, Step};
use crate::waker::LentWaker;
use std::collections::VecDeque;
use std::sync::atomic::Ordering::Relaxed;

/// A shorter queue need not give memory back.
const SHORT: usize = 1024;

#[derive(Default)]
pub(crate) struct Queue {
    /// Each task with its slot.
    tasks: VecDeque<(BoxedTask, u32)>,
    /// How many tasks, from the front, have a turn left in this round.
    turns: usize,
}

impl Queue {
    pub(crate) fn len(&self) -> usize {
        self.tasks.len()
    }

    pub(crate) fn slots(&self) -> impl Iterator<Item = u32> {
        self.tasks.iter().map(|(_, slot)| *slot)
    }

    pub(crate) fn push_back(&mut self, task: BoxedTask, slot: u32) {
        self.tasks.push_back((task, slot));
    }

    pub(crate) fn pop_back(&mut self) -> Option<(BoxedTask, u32)> {
        self.tasks.pop_back()
    }

    /// Takes the first task out, whose turn it was.
    #[inline]
    pub(crate) fn pop_front(&mut self) -> Option<(BoxedTask, u32)> {
        self.turns -= 1;
        self.tasks.pop_front()
    }

    /// Begins a round, in which each task that is in the queue now has one turn.
    pub(crate) fn begin_round(&mut self) {
        self.turns = self.tasks.len();
    }

    /// Begins a round of one turn, for the task at this position.
    pub(crate) fn choose(&mut self, position: usize) {
        let chosen = self.tasks.remove(position).expect("the chooser gives a position of a ready task");
        self.tasks.push_front(chosen);
        self.turns = 1;
    }

    /// Gives turns until a task does more than yield, leaves that one in front, and gives what it did; `None` if the round is
    /// over.
    #[inline]
    pub(crate) fn give_turns(&mut self, shared: &Shared, lent: &LentWaker) -> Option<Step> {
        let (yielded, step) = self.give_turns_in_place(shared, lent);
        self.rotate(yielded);
        step
    }

    /// Resumes one task after another, where they are: those that only yield need not be moved, because in the end the queue is
    /// as it was, only turned. If these are all tasks and there are no timers to check, the next round follows at once. Gives
    /// how many have yielded, and what the task after them did.
    #[inline(never)] // faster so
    fn give_turns_in_place(&mut self, shared: &Shared, lent: &LentWaker) -> (usize, Option<Step>) {
        let is_all = self.turns == self.tasks.len() && !shared.has_timers.get();
        let (current, interrupt) = (&shared.current, &shared.remote.interrupt);
        let (front, back) = self.tasks.as_mut_slices();
        let in_front = front.len().min(self.turns);
        let (front, back) = (&mut front[..in_front], &mut back[..self.turns - in_front]);
        loop {
            let mut yielded = 0;
            for half in [&mut *front, &mut *back] {
                for (task, slot) in half {
                    current.set(Some(*slot));
                    match task.as_mut().resume(lent) {
                        Step::Yielded(Request::Turn) if !interrupt.load(Relaxed) => yielded += 1,
                        step => return (yielded, Some(step)),
                    }
                }
            }
            if !is_all || yielded == 0 {
                return (yielded, None);
            }
        }
    }

    /// Moves the first tasks to the end: they have had their turns.
    #[inline]
    fn rotate(&mut self, count: usize) {
        if count > 0 {
            self.tasks.rotate_left(count);
            self.turns -= count;
        }
    }

    /// Puts the task in front whose turn has ended with a panic.
    pub(crate) fn find_panicked(&mut self, shared: &Shared) {
        let panicked = self.slots().position(|slot| Some(slot) == shared.current.get());
        self.rotate(panicked.expect("what the loop does between two turns does not panic"));
    }

    /// Takes out the tasks that were cancelled.
    pub(crate) fn take_cancelled(&mut self, shared: &Shared) -> Vec<(BoxedTask, u32)> {
        let (turns, mut cancelled) = (self.turns, Vec::new());
        for position in 0..self.tasks.len() {
            let Some((task, slot)) = self.tasks.pop_front() else { break };
            if shared.table.borrow_mut().entry(slot).state == State::Cancelling {
                cancelled.push((task, slot));
                self.turns -= usize::from(position < turns);
            } else {
                self.tasks.push_back((task, slot));
            }
        }
        cancelled
    }

    /// Gives memory back that a crowd has left behind.
    pub(crate) fn give_back(&mut self) {
        if self.tasks.capacity() > SHORT.max(4 * self.tasks.len()) {
            self.tasks.shrink_to(2 * self.tasks.len());
        }
    }
}
