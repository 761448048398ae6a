//! A run in which you choose whose turn it is: for tests that try a program under one order of its tasks after another.

use std::ops::Range;
use std::time::Duration;

/// Chooses which task runs, and hears how its turn has ended. The generator loop takes one, and so does the studio, on any
/// runtime.
///
/// Tasks have numbers: those of a loop or a run count from 1, in the order in which they were made, including the main
/// task of a run.
pub trait Chooser {
    /// Which of the ready tasks has the next turn: a position in `ready`, which is never empty. The task that has been ready
    /// longest is the first. `None` ends the run. `time` is counted from the start of the run.
    fn choose(&mut self, ready: &[u32], time: Duration) -> Option<usize>;

    /// The turn of `task` has come to this end. The tasks with the numbers in `made` were made in it.
    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>);
}

/// How a task's turn has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnEnd<'a> {
    /// The task has given up its turn, and is ready again.
    Yielded,
    /// The task waits for a wake or for a timer, if it has not cancelled itself.
    Waits,
    /// The task has ended.
    Complete,
    /// The task has panicked, with this message. A panic of the main task leaves the run instead.
    Panicked(&'a str),
}
