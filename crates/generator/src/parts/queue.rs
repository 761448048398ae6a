//! Gives those that are ready their turns, in order, and the loop every turn that came to more than giving it up again.

use crate::Request;
use crate::parts::lending::EndOfLending;
use crate::parts::table::TaskId;
use crate::parts::task::Ready;
use crate::shared::Shared;
use std::any::Any;
use std::collections::VecDeque;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why no more turns are given.
pub(crate) enum Stop {
    /// That was the last turn of the round.
    RoundIsOver,
    /// It is the main task's turn.
    Main,
    /// A task has had its turn, with this request; `None` if it has ended.
    After(Option<Request>),
    Panicked(Box<dyn Any + Send>),
}

/// Leaves the loop as it was found, also when the main task panics or is stuck.
pub(crate) struct Queue<'a> {
    shared: &'a Shared,
    tasks: VecDeque<Ready>,
    _lending: EndOfLending,
}

impl<'a> Queue<'a> {
    pub(crate) fn new(shared: &'a Shared) -> Self {
        Self { shared, tasks: VecDeque::new(), _lending: shared.start_lending() }
    }

    pub(crate) fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Puts those that have become ready at the end of the queue.
    pub(crate) fn take_ready(&mut self) {
        if self.shared.has_news.take() {
            let mut ready = self.shared.ready.borrow_mut();
            if self.tasks.is_empty() {
                mem::swap(&mut self.tasks, &mut ready); // a million of them need not be there twice
            } else {
                self.tasks.append(&mut ready);
            }
        }
        if self.tasks.capacity() > 1024.max(2 * self.tasks.len()) {
            self.tasks.shrink_to(self.tasks.len() / 4 * 5); // those that sleep need the memory now
        }
    }

    /// Drops what is left of those that were cancelled, and notes who the others are, in order.
    pub(crate) fn numbers(&mut self, numbers: &mut Vec<u32>) {
        self.tasks.retain(|ready| !ready.has_ended());
        numbers.clear();
        numbers.extend(self.tasks.iter().map(|ready| self.shared.id_of(ready).number));
    }

    /// Puts them in the order of their numbers.
    pub(crate) fn sort(&mut self) {
        self.tasks.make_contiguous().sort_by_key(|ready| self.shared.id_of(ready).number);
    }

    /// Takes the one at that position out of the queue, for a turn out of order.
    pub(crate) fn take(&mut self, position: usize) -> Option<Ready> {
        self.tasks.remove(position)
    }

    /// Gives the first `turns` their turns, until one does more than to give it up again. Says how many turns are left, and
    /// who it was; that one is not in the queue any more.
    pub(crate) fn give(&mut self, turns: usize) -> (usize, Option<Ready>, Stop) {
        let (stayed, stop) = self.streak(turns);
        if stayed > 0 {
            self.tasks.rotate_left(stayed); // in place of taking each from the front and putting it at the back
        }
        match stop {
            Stop::RoundIsOver => (0, None, stop),
            _ => (turns - stayed - 1, self.tasks.pop_front(), stop),
        }
    }

    /// Gives turns for as long as each does no more than to give it up again, and counts those. Each may stay where it is,
    /// because in the end the queue is as it was; that is what makes a yield cheap. If these are all and there are no timers
    /// to look at, the next round follows at once.
    #[inline(never)] // so that what is around it takes no registers from it
    fn streak(&self, turns: usize) -> (usize, Stop) {
        let mut stayed = 0;
        let streak = AssertUnwindSafe(|| {
            loop {
                let stop = self.tasks.range(..turns).find_map(|ready| {
                    let Ready::Task(task) = ready else { return Some(Stop::Main) };
                    match task.resume(self.shared) {
                        Some(Request::Turn) if self.is_quiet() => stayed += 1,
                        request => return Some(Stop::After(request)),
                    }
                    None
                });
                if let Some(stop) = stop {
                    return stop;
                }
                if turns < self.tasks.len() || !self.shared.timers.borrow().is_empty() {
                    return Stop::RoundIsOver;
                }
                stayed = 0;
            }
        });
        // One for all of them: a landing for each would cost each a call.
        let stop = catch_unwind(streak).unwrap_or_else(Stop::Panicked);
        (stayed, stop)
    }

    /// Whether nothing has happened beside a turn.
    fn is_quiet(&self) -> bool {
        !self.shared.has_news.get() && !self.shared.remote.is_pending()
    }
}

impl Drop for Queue<'_> {
    fn drop(&mut self) {
        let shared = self.shared;
        shared.sleeps.borrow_mut().clear();
        shared.current.set(TaskId::NONE);
        shared.forget(shared.main.replace(TaskId::NONE));
        self.tasks.append(&mut shared.ready.borrow_mut());
        self.tasks.retain(|ready| matches!(ready, Ready::Task(_)));
        *shared.ready.borrow_mut() = mem::take(&mut self.tasks);
    }
}
