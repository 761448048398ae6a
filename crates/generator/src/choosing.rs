//! A run with a chooser, which says whose turn it is.

use crate::shared::{Shared, with_current};
use crate::table::TaskId;
use crate::task::{BoxedTask, Event};
use paintdry_core::{Chooser, TurnEnd};
use std::collections::VecDeque;
use std::time::Duration;

/// Lets time pass in the current task's turn, as if its thread were at work, in a run with a chooser. In any other run it does
/// nothing: there, work takes the time that it takes.
///
/// # Panics
/// If no event loop runs on this thread.
pub fn work(duration: Duration) {
    with_current("work is done", |running| running.clock.advance(duration));
}

/// A chooser in a run. Dropping it lets the clock run again.
pub(crate) struct Choosing<'a> {
    shared: &'a Shared,
    chooser: &'a mut dyn Chooser,
    ready: ReadyNumbers,
    /// Whose turn it is, and the number that the next new task gets.
    turn: (u32, u32),
}

impl<'a> Choosing<'a> {
    pub(crate) fn begin(shared: &'a Shared, chooser: &'a mut dyn Chooser) -> Self {
        shared.clock.stop();
        Self { shared, chooser, ready: ReadyNumbers::default(), turn: (0, 0) }
    }

    /// Moves the task that has the next turn to the front. `false` ends the run.
    pub(crate) fn choose(&mut self, queue: &mut VecDeque<(BoxedTask, TaskId)>) -> bool {
        self.ready.follow(queue);
        let Some(position) = self.chooser.choose(self.ready.numbers(), self.shared.clock.time()) else { return false };
        self.turn = (self.ready.take(position), self.next_number());
        if let Some(chosen) = queue.remove(position) {
            queue.push_front(chosen);
        }
        true
    }

    pub(crate) fn after_turn(&mut self, end: &Result<Event, String>) {
        let (task, first) = self.turn;
        let end = match end {
            Ok(Event::Yield) => TurnEnd::Yielded,
            Ok(Event::Wait) => TurnEnd::Waits,
            Ok(_) => TurnEnd::Complete,
            Err(message) => TurnEnd::Panicked(message),
        };
        let made = first..self.next_number();
        self.chooser.after_turn(task, made, end);
    }

    fn next_number(&self) -> u32 {
        self.shared.table.borrow().last_number + 1
    }
}

impl Drop for Choosing<'_> {
    fn drop(&mut self) {
        self.shared.clock.go();
    }
}

/// The numbers of the ready tasks. They are kept from turn to turn, because with many ready tasks a new list for each turn
/// would cost more than the turns.
#[derive(Default)]
struct ReadyNumbers {
    numbers: Vec<u32>,
    /// The ones before this position have been taken.
    start: usize,
}

impl ReadyNumbers {
    fn numbers(&self) -> &[u32] {
        &self.numbers[self.start..]
    }

    /// Brings the numbers up to date: in a turn new tasks come to the end of the queue, and cancelled ones leave it.
    fn follow(&mut self, queue: &VecDeque<(BoxedTask, TaskId)>) {
        let number = |position: usize| queue.get(position).map(|(_, id)| id.number());
        let known = self.numbers();
        // If a task has left the queue, another one is where the last was: no number is used twice.
        let has_all = known.last().is_none_or(|last| number(known.len() - 1) == Some(*last));
        if !has_all || self.start > self.numbers.len() / 2 {
            self.numbers.drain(..self.start);
            self.start = 0;
        }
        if !has_all {
            self.numbers.clear();
        }
        let known = self.numbers().len();
        self.numbers.extend(queue.range(known..).map(|(_, id)| id.number()));
    }

    /// Takes the number at `position` out.
    fn take(&mut self, position: usize) -> u32 {
        let number = self.numbers()[position];
        self.numbers.copy_within(self.start..self.start + position, self.start + 1);
        self.start += 1;
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::stub;

    /// Turns, new tasks, tasks that come back and cancelled ones, in an order that looks random.
    #[test]
    fn the_numbers_are_always_those_of_the_queue() {
        let (mut random, mut made) = (1_u64, 0);
        let mut below = |end: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % end
        };
        let (mut queue, mut ready) = (VecDeque::new(), ReadyNumbers::default());
        let (mut cancelled, mut kept) = (0, 0);
        for _ in 0..20_000 {
            for _ in 0..below(3) {
                made += 1;
                queue.push_back((stub(), TaskId::new(0, made)));
            }
            ready.follow(&queue);
            let expected: Vec<_> = queue.iter().map(|(_, id)| id.number()).collect();
            assert_eq!(ready.numbers(), expected);
            kept += u32::from(ready.start > 0);
            if queue.is_empty() {
                continue;
            }
            let position = below(queue.len().min(4));
            let (task, id) = queue.remove(position).expect("it is one of them");
            assert_eq!(ready.take(position), id.number());
            if below(3) > 0 {
                queue.push_back((task, id));
            }
            while !queue.is_empty() && below(4) == 0 {
                queue.remove(below(queue.len()));
                cancelled += 1;
            }
        }
        assert!(made > 10_000 && cancelled > 1_000, "{made} made, {cancelled} cancelled");
        assert!(kept > 10_000, "most turns keep the list: {kept}");
    }
}
