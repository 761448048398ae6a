//! The loop itself: rounds of resuming what is ready, and what happens when nothing is.

use crate::lending::EndOfLending;
use crate::shared::Shared;
use crate::table::{NO_SLOT, TaskId};
use crate::task::{Ready, Task};
use crate::{Error, Generator, GeneratorState, Request};
use paintdry_core::TaskError;
use std::any::Any;
use std::collections::VecDeque;
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

/// Why a streak of turns has come to an end.
enum Stop {
    /// It was the last turn of the round.
    RoundIsOver,
    /// It is the main task's turn.
    Main,
    /// A task has had its turn, and more is to be done than to leave it where it is; `None` if it has ended.
    After(Option<Request>),
    Panicked(Box<dyn Any + Send>),
}

impl Shared {
    /// Runs `main` and the tasks, round by round, until `main` is complete.
    pub(crate) fn run<G: Generator>(&self, mut main: G) -> Result<G::Return, Error> {
        self.check_open()?;
        if self.running.replace(true) {
            return Err(Error::Running);
        }
        let id = self.table.borrow_mut().add(self.number(), None);
        self.main.set(id);
        self.make_ready(Ready::Main);
        let mut run = Run { shared: self, queue: VecDeque::new(), _lending: EndOfLending::later() };
        self.lend_another();
        loop {
            self.wake_from_outside();
            self.fire_timers(run.queue.len().max(1000));
            run.take_ready();
            let mut turns = run.queue.len();
            if turns == 0 {
                self.wait_for_something()?;
            }
            while turns > 0 {
                let (stayed, stop) = run.streak(turns);
                // In place of taking each from the front and putting it at the back.
                run.queue.rotate_left(stayed);
                turns -= stayed;
                if matches!(stop, Stop::RoundIsOver) {
                    break;
                }
                turns -= 1;
                match (run.queue.pop_front(), stop) {
                    (Some(Ready::Task(task)), Stop::After(request)) => self.end_turn(task, request),
                    (Some(Ready::Task(task)), Stop::Panicked(payload)) => {
                        let error = Error::from(TaskError::from_panic(payload));
                        self.failure.set(Some(error.clone()));
                        task.fail(error);
                        self.failure.take();
                        self.lend_after_panic();
                        self.end_turn(task, None);
                    }
                    _ => {
                        self.current.set(id);
                        match main.resume() {
                            GeneratorState::Yielded(request) => self.grant(Ready::Main, id, request),
                            GeneratorState::Complete(value) => return Ok(value),
                        }
                    }
                }
                run.take_ready();
            }
        }
    }

    /// Does what is to be done after a turn.
    fn end_turn(&self, task: Rc<dyn Task>, request: Option<Request>) {
        let id = self.current.get();
        task.set_id(id);
        let is_cancelled = self.is_cancelled.take();
        if is_cancelled {
            task.fail(Error::Cancelled);
        }
        let Some(request) = request.filter(|_| !is_cancelled) else {
            if id.slot != NO_SLOT {
                self.forget(id);
            }
            return task.take_waiter().into_iter().for_each(|waiter| waiter.tell(Some(self)));
        };
        self.grant(Ready::Task(task), id, request);
    }

    /// Parks the thread until a timer is due or somebody outside wakes a task.
    fn wait_for_something(&self) -> Result<(), Error> {
        if let Some(due) = self.next_due() {
            thread::park_timeout(Duration::from_nanos(due.saturating_sub(self.clock.now())));
            return Ok(());
        }
        let start = Instant::now();
        loop {
            // In this order: who wakes a task and then drops the last waker has not left it stuck.
            let hopeless = !self.remote.others_may_wake();
            let left = self.patience.get().saturating_sub(start.elapsed());
            match self.remote.is_pending() {
                true => return Ok(()),
                false if hopeless => return Err(Error::Stuck(self.table.borrow().names_of_waiting())),
                false if left.is_zero() => return Err(Error::OutOfPatience(self.table.borrow().names_of_waiting())),
                false => thread::park_timeout(left),
            }
        }
    }

    pub(crate) fn close(&self) -> Result<(), Error> {
        if self.running.get() {
            return Err(Error::Running);
        }
        self.closed.set(true);
        self.cancel_all();
        Ok(())
    }
}

/// The tasks that are ready, in order, while the loop runs. Leaves the loop as it was found, also when `main` panics or
/// is stuck.
struct Run<'a> {
    shared: &'a Shared,
    queue: VecDeque<Ready>,
    _lending: EndOfLending,
}

impl Run<'_> {
    /// Puts those that have become ready at the end of the queue.
    fn take_ready(&mut self) {
        if self.shared.has_news.take() {
            let mut ready = self.shared.ready.borrow_mut();
            if self.queue.is_empty() {
                mem::swap(&mut self.queue, &mut ready); // a million of them need not be there twice
            } else {
                self.queue.append(&mut ready);
            }
        }
        if self.queue.capacity() > 1024.max(2 * self.queue.len()) {
            self.queue.shrink_to(self.queue.len() / 4 * 5); // those that sleep need the memory now
        }
    }

    /// Gives at most `turns` tasks their turn, one after the other, for as long as each does no more than to give it up
    /// again. Then each may stay where it is, because in the end the queue is as it was; that is what makes a yield cheap.
    /// If these are all and there are no timers to look at, the next round follows at once.
    fn streak(&self, turns: usize) -> (usize, Stop) {
        let mut stayed = 0;
        let streak = AssertUnwindSafe(|| {
            loop {
                let stop = self.queue.range(..turns).find_map(|ready| {
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
                if turns < self.queue.len() || !self.shared.timers.borrow().is_empty() {
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

impl Drop for Run<'_> {
    fn drop(&mut self) {
        let shared = self.shared;
        shared.running.set(false);
        shared.sleeps.borrow_mut().clear();
        shared.current.set(TaskId::NONE);
        shared.forget(shared.main.replace(TaskId::NONE));
        self.queue.append(&mut shared.ready.borrow_mut());
        self.queue.retain(|ready| matches!(ready, Ready::Task(_)));
        *shared.ready.borrow_mut() = mem::take(&mut self.queue);
    }
}
