//! A run in which you choose whose turn it is: for tests that try a program under one order of its tasks after another.

use crate::coroutine::IntoCoroutine;
use crate::shared::Shared;
use crate::table::TaskId;
use crate::task::{BoxedTask, Event};
use crate::{Error, EventLoop, Request};
use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

/// Says in [`EventLoop::run_choosing`] whose turn it is, and hears how the turn has ended.
///
/// Tasks are known by their numbers: those of a loop count from 1, in the order in which they were made, and the main
/// task of a run is one of them.
pub trait Chooser {
    /// Which of the ready tasks has the next turn: a position in `ready`, which is in the loop's own order and never
    /// empty. `None` ends the run. `time` is counted from the start of the run.
    fn choose(&mut self, ready: &[u32], time: Duration) -> Option<usize>;

    /// The turn of `task` has come to this end. The tasks with the numbers in `made` were made in it.
    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>);
}

/// How a task's turn has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnEnd<'a> {
    /// It continues later, if it has not cancelled itself. A sleep is told as [`Request::Wait`].
    Yielded(Request),
    /// It has ended.
    Complete,
    /// It has panicked, with this message. A panic of the main task leaves the run instead.
    Panicked(&'a str),
}

impl EventLoop {
    /// Runs `main` and the tasks until `main` is complete, as [`run_until_complete`](Self::run_until_complete), but
    /// `chooser` says before each turn whose it is. `None` if it has ended the run. If it always chooses the first, the order
    /// is that of `run_until_complete`.
    ///
    /// The same program with the same choices takes the same course each time, if nothing else decides (no clock of the
    /// machine, no random number, no thread): time stands still, and jumps to the next timer when no task is ready. All tasks
    /// whose timers are due at that time then become ready, in the order in which these were set. No wake from another thread
    /// is waited for.
    ///
    /// # Errors
    /// [`Error::Stuck`], with the names of the tasks, when none is ready and no timer is set; [`Error::Running`],
    /// [`Error::Closed`].
    ///
    /// # Panics
    /// If `main` or `chooser` panics, or if the chooser gives a position that is not there.
    pub fn run_choosing<C, const IS_ASYNC: bool>(
        &self,
        main: C,
        chooser: &mut dyn Chooser,
    ) -> Result<Option<C::Return>, Error>
    where
        C: IntoCoroutine<IS_ASYNC>,
    {
        self.run(main, Some(chooser))
    }
}

/// A chooser in a run. Dropping it lets the clock go again.
pub(crate) struct Choosing<'a> {
    shared: &'a Shared,
    chooser: &'a mut dyn Chooser,
    ready: Vec<u32>,
    /// Whose turn it is, and the number that the next new task gets.
    turn: (u32, u32),
}

impl<'a> Choosing<'a> {
    pub(crate) fn begin(shared: &'a Shared, chooser: &'a mut dyn Chooser) -> Self {
        shared.clock.stop();
        Self { shared, chooser, ready: Vec::new(), turn: (0, 0) }
    }

    /// Puts the task in front that has the next turn. `false` ends the run.
    pub(crate) fn choose(&mut self, queue: &mut VecDeque<(BoxedTask, TaskId)>) -> bool {
        self.ready.clear();
        self.ready.extend(queue.iter().map(|(_, id)| id.number()));
        let Some(position) = self.chooser.choose(&self.ready, self.shared.clock.time()) else { return false };
        self.turn = (self.ready[position], self.next_number());
        if let Some(chosen) = queue.remove(position) {
            queue.push_front(chosen);
        }
        true
    }

    pub(crate) fn after_turn(&mut self, end: &Result<Event, String>) {
        let (task, first) = self.turn;
        let end = match end {
            Ok(Event::Yield) => TurnEnd::Yielded(Request::Turn),
            Ok(Event::Wait) => TurnEnd::Yielded(Request::Wait),
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
