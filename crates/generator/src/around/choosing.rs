//! A run in which somebody else says whose turn it is, for those who try one order of the tasks after another.

use crate::parts::queue::Queue;
use crate::parts::task::Ready;
use crate::shared::{CURRENT, Shared};
use crate::{Error, EventLoop, Generator, GeneratorState, Request};
use paintdry_core::TaskError;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Says in [`EventLoop::run_choosing`] whose turn it is, and is told what came of it.
///
/// Tasks are known by their numbers: those of a loop count from 1, in the order in which the tasks were made, and the main
/// task of a run is one of them.
pub trait Chooser {
    /// Which of those that are ready has the next turn: a position in `ready`, where they stand in the loop's own order and
    /// of which there is at least one. `None` ends the run. `time` is that of the run, from its start.
    fn choose(&mut self, ready: &[u32], time: Duration) -> Option<usize>;

    /// The turn of `task` has come to this end. Those with the numbers in `made` were made in it.
    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>);
}

/// How a task's turn has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnEnd<'a> {
    /// It goes on later, as it has asked.
    Yielded(Request),
    /// It has ended.
    Complete,
    /// It has panicked, with this message. A panic of the main task is not told: it leaves the run.
    Panicked(&'a str),
}

impl EventLoop {
    /// Runs `main` and the tasks until `main` is complete, as [`run_until_complete`](Self::run_until_complete), but
    /// `chooser` says before each turn whose it is. `None` if it has ended the run.
    ///
    /// The same program with the same choices takes the same course each time, if it asks nobody else (no clock of the
    /// machine, no random number, no thread): time stands still, and jumps to the next timer when no task is ready; all tasks
    /// whose timers are due then become ready together, in the order of their numbers. Nobody from outside is waited for.
    ///
    /// # Errors
    /// [`Error::Stuck`], with the names of the tasks, when none is ready and no timer is set; [`Error::Running`],
    /// [`Error::Closed`].
    ///
    /// # Panics
    /// If `main` or `chooser` panics, or if the chooser gives a position that is not there.
    pub fn run_choosing<G: Generator>(&self, main: G, chooser: &mut dyn Chooser) -> Result<Option<G::Return>, Error> {
        CURRENT.set(&self.shared, || self.shared.run_choosing(main, chooser))
    }
}

impl Shared {
    fn run_choosing<G: Generator>(&self, mut main: G, chooser: &mut dyn Chooser) -> Result<Option<G::Return>, Error> {
        self.check_open()?;
        self.check_idle()?;
        let _standing = self.clock.stand_still();
        let id = self.new_id(Some("main"));
        self.main.set(id);
        self.make_ready(Ready::Main);
        let (mut queue, mut ready) = (Queue::new(self), Vec::new());
        loop {
            self.wake_from_outside();
            self.fire_timers(usize::MAX);
            queue.take_ready();
            queue.numbers(&mut ready);
            if ready.is_empty() {
                let Some(due) = self.next_due() else {
                    return Err(Error::Stuck(self.table.borrow().names_of_waiting()));
                };
                self.clock.jump_to(due);
                self.fire_timers(usize::MAX);
                self.wake_from_outside(); // whom alarms have woken
                self.has_news.set(true);
                queue.take_ready();
                queue.sort();
                continue;
            }
            let Some(position) = chooser.choose(&ready, self.clock.stood()) else { return Ok(None) };
            let (number, made) = (ready[position], self.last_number.get() + 1);
            let message;
            let mut result = None;
            let end = if let Some(Ready::Task(task)) = queue.take(position) {
                match catch_unwind(AssertUnwindSafe(|| task.resume(self))) {
                    Ok(request) => {
                        self.end_turn(task, request);
                        request.map_or(TurnEnd::Complete, TurnEnd::Yielded)
                    }
                    Err(payload) => {
                        message = TaskError::panic_message(&*payload);
                        self.end_with_panic(task, payload);
                        TurnEnd::Panicked(&message)
                    }
                }
            } else {
                self.current.set(id);
                match main.resume() {
                    GeneratorState::Yielded(request) => {
                        self.grant(Ready::Main, id, request);
                        TurnEnd::Yielded(request)
                    }
                    GeneratorState::Complete(value) => {
                        result = Some(value);
                        TurnEnd::Complete
                    }
                }
            };
            chooser.after_turn(number, made..self.last_number.get() + 1, end);
            if result.is_some() {
                return Ok(result);
            }
        }
    }
}

impl Ready {
    /// Whether it is left of a task that was cancelled.
    pub(crate) fn has_ended(&self) -> bool {
        matches!(self, Self::Task(task) if task.has_ended())
    }
}
