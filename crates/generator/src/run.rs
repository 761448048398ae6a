//! The run: a task that is ready has its turn, and then it yields, sleeps, waits or ends. How one task spawns, wakes or cancels
//! another is in `shared.rs`.

use crate::choosing::{Chooser, Choosing};
use crate::generator::Coroutine;
use crate::panics::{Payload, contain, message_of};
use crate::pause::{Mail, Mailbox};
use crate::queue::Queue;
use crate::shared::Shared;
use crate::sync::{self, lock};
use crate::table::TaskId;
use crate::task::{BoxedTask, Event, Main, State, Step};
use crate::timers::NEVER;
use crate::waker::{LentWaker, Waited};
use crate::{Error, GeneratorState, Request};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Context;
use std::time::Duration;

/// How long the loop waits, when nothing else is left to do, for a waker that is kept elsewhere. Whether a thread will
/// call it or everybody has forgotten it cannot be known, so there is a limit, and it can be set.
const PATIENCE: Duration = Duration::from_secs(10);

/// An empty queue takes this many tasks. If a million wait for their first turn, the tasks that then sleep or end make room
/// for the next.
const CROWD: usize = 1024;

/// One run of a loop. Dropping it leaves the loop as it was found, also when the main task panics or is stuck.
struct Run<'a> {
    shared: &'a Rc<Shared>,
    queue: Queue,
    lent: LentWaker,
    main: TaskId,
    /// What was in the thread's mailbox before: a loop may run inside a task of another loop.
    outer: Mail,
}

impl Shared {
    /// Runs `main` and the tasks until `main` is complete. A `chooser` says whose turn it is, and may end the run.
    pub(crate) fn run<C: Coroutine>(
        self: &Rc<Self>,
        mut main: Pin<&mut C>,
        chooser: Option<&mut dyn Chooser>,
    ) -> Result<Option<C::Return>, Error> {
        let mut run = Run::begin(self)?;
        let mut choosing = chooser.map(|chooser| Choosing::begin(self, chooser));
        loop {
            let is_all_wanted = choosing.is_some() || run.queue.len() > 0;
            self.fire_timers(if choosing.is_some() { usize::MAX } else { run.queue.len().max(CROWD) });
            run.take_ready(if is_all_wanted { usize::MAX } else { CROWD });
            run.drop_cancelled(); // a waker that a timer has called may have cancelled a task
            if run.queue.len() == 0 {
                self.park(choosing.is_some())?;
                continue;
            }
            run.queue.begin_round();
            if let Some(choosing) = &mut choosing {
                let Some(position) = choosing.choose(run.queue.slots()) else { return Ok(None) };
                run.queue.choose(position);
                run.drop_cancelled(); // so may the chooser
                self.remote.interrupt(); // each turn is told to the chooser, also one that only yields
            }
            while let Some((task, slot, step)) = run.round(choosing.is_some()) {
                let (mut result, mut step) = (None, step.map_err(message_of));
                if let Ok(Step::Main) = step {
                    self.current.set(Some(slot));
                    step = Ok(match main.as_mut().resume(&mut Context::from_waker(&run.lent.waker)) {
                        GeneratorState::Yielded(request) => Step::Yielded(request),
                        GeneratorState::Complete(value) => {
                            result = Some(value);
                            Step::Ended
                        }
                    });
                }
                run.after_turn(task, slot, step.as_ref().copied());
                if let Some(choosing) = &mut choosing {
                    choosing.after_turn(&step);
                }
                if result.is_some() {
                    return Ok(result);
                }
            }
        }
    }

    /// Parks the thread until a timer is due or a task is woken from elsewhere. In a run with a chooser, time jumps instead.
    fn park(&self, is_choosing: bool) -> Result<(), Error> {
        let due = lock(&self.remote.timers).next_due(&mut self.table.borrow_mut());
        match due {
            Some(due) if !is_choosing => {
                sync::park_timeout(Duration::from_nanos(due.saturating_sub(self.clock.now())));
                return Ok(());
            }
            Some(due) if due < NEVER => {
                self.clock.jump_to(due);
                return Ok(());
            }
            _ => {}
        }
        let patience = if is_choosing { Duration::ZERO } else { self.patience.get().unwrap_or(PATIENCE) };
        let names = || {
            let waiting = self.table.borrow().tasks_in(&[State::Waiting, State::Asleep]);
            waiting.into_iter().map(|(_, name)| name).collect()
        };
        match self.remote.wait(patience) {
            Waited::Woken => Ok(()),
            Waited::OutOfPatience if !is_choosing => Err(Error::OutOfPatience(names())),
            Waited::Stuck | Waited::OutOfPatience => Err(Error::Stuck(names())),
        }
    }
}

impl<'a> Run<'a> {
    fn begin(shared: &'a Rc<Shared>) -> Result<Self, Error> {
        shared.check_open()?;
        shared.check_idle()?;
        shared.is_running.set(true);
        let mut table = shared.table.borrow_mut();
        let main = table.add(Some(Box::pin(Main)), false);
        table.extras(main.slot).name = Some("main".into());
        drop(table);
        shared.push_ready(main);
        let lent = LentWaker::new(&shared.remote);
        let outer = Mailbox::lend(&lent);
        Ok(Self { shared, queue: Queue::default(), lent, main, outer })
    }

    /// Puts the tasks that have become ready at the end of the queue, until the queue has `most`.
    fn take_ready(&mut self, most: usize) {
        let shared = self.shared;
        shared.remote.begin_batch();
        shared.take_up_wakes();
        let (mut ready, mut table) = (shared.ready.borrow_mut(), shared.table.borrow_mut());
        while self.queue.len() < most
            && let Some(id) = ready.pop_front()
        {
            // A task that was cancelled meanwhile is not ready any more.
            if let Some(entry) = table.find(id)
                && entry.advance(Event::Enqueue)
                && let Some(task) = entry.task.take()
            {
                self.queue.push_back(task, id.slot);
            }
        }
        if ready.is_empty() {
            ready.shrink_to(CROWD);
        } else {
            shared.remote.interrupt(); // a task that yields comes after these
        }
        self.queue.give_back();
    }

    /// Gives turns until the round is over, and then gives `None`. It stops earlier for a task that has panicked, and for the
    /// main task, whose coroutine the caller has. With a chooser it stops after each turn.
    fn round(&mut self, is_choosing: bool) -> Option<(BoxedTask, u32, Result<Step, Payload>)> {
        // One `catch_unwind` for all turns: one for each would cost each turn a call.
        let step = catch_unwind(AssertUnwindSafe(|| {
            loop {
                let step = self.queue.give_turns(self.shared, &self.lent)?;
                if is_choosing || matches!(step, Step::Main) {
                    return Some(step);
                }
                let (task, slot) = self.queue.pop_front()?;
                self.after_turn(task, slot, Ok(step));
            }
        }));
        if step.is_err() {
            self.queue.find_panicked(self.shared);
        }
        self.shared.current.set(None);
        let step = step.transpose()?;
        let (task, slot) = self.queue.pop_front()?;
        Some((task, slot, step))
    }

    /// Does what the turn of this task asks for, or ends it if it has panicked, with this message.
    fn after_turn(&mut self, mut task: BoxedTask, slot: u32, step: Result<Step, &String>) {
        self.shared.current.set(None);
        self.settle_waker(slot);
        match step {
            Ok(Step::Yielded(Request::Sleep(Duration::ZERO))) => self.after_yield(task, slot, Request::Turn),
            Ok(Step::Yielded(request)) => self.after_yield(task, slot, request),
            Ok(Step::Ended | Step::Main) => self.shared.end(task, slot, Event::End),
            Err(message) => {
                Mailbox::take(); // what its poll asked for before
                contain(|| task.as_mut().panicked(message));
                self.shared.table.borrow_mut().extras(slot).panic.clone_from(message);
                self.shared.end(task, slot, Event::Panic);
            }
        }
        if self.shared.has_cancelled.get() {
            self.drop_cancelled();
        }
    }

    fn after_yield(&mut self, task: BoxedTask, slot: u32, request: Request) {
        let mut table = self.shared.table.borrow_mut();
        let entry = table.entry(slot);
        entry.advance(Event::of(request));
        match (entry.state, request) {
            (State::Asleep, Request::Sleep(duration)) => {
                let id = TaskId { slot, number: entry.number };
                entry.task = Some(task);
                drop(table);
                self.shared.set_sleeper(id, duration);
            }
            (State::Waiting, _) => entry.task = Some(task),
            (State::Queued, _) => {
                drop(table);
                self.take_ready(usize::MAX); // the tasks that became ready before it
                self.queue.push_back(task, slot);
            }
            _ => {
                drop(table);
                self.shared.end(task, slot, Event::End); // it has cancelled itself, and so was cancelled by its yield
            }
        }
    }

    /// If a future has kept a clone of the waker that was lent, the waker now belongs to its task. If the waker was called, the
    /// task was woken in its own turn.
    fn settle_waker(&mut self, slot: u32) {
        let was_called = if self.lent.is_kept() {
            let kept = mem::replace(&mut self.lent, LentWaker::new(&self.shared.remote));
            Mailbox::lend(&self.lent);
            self.shared.table.borrow().id(slot).is_some_and(|id| kept.bind_to(id))
        } else {
            self.lent.take_call()
        };
        if was_called {
            self.shared.table.borrow_mut().entry(slot).advance(Event::Wake);
        }
    }

    /// Drops the tasks in the queue that were cancelled in this turn.
    fn drop_cancelled(&mut self) {
        while self.shared.has_cancelled.take() {
            for (task, slot) in self.queue.take_cancelled(self.shared) {
                self.shared.end(task, slot, Event::End);
            }
        }
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        let shared = self.shared;
        shared.current.set(None);
        shared.cancel(self.main);
        self.drop_cancelled();
        Mailbox::restore(self.outer);
        let (mut ready, mut table) = (shared.ready.borrow_mut(), shared.table.borrow_mut());
        while let Some((task, slot)) = self.queue.pop_back() {
            let entry = table.entry(slot);
            entry.advance(Event::Dequeue);
            entry.task = Some(task);
            ready.push_front(TaskId { slot, number: entry.number });
        }
        if let Some(main) = table.find(self.main) {
            main.advance(Event::End); // it has panicked in its turn
            drop(table.release(self.main.slot));
        }
        shared.is_running.set(false);
    }
}
