//! The run: a ready task has its turn, and then it yields, waits or ends. How one task spawns, wakes or cancels another
//! is in `shared.rs`.
//!
//! A task has its turn from the table's list of ready tasks (`give_turn`), or in a queue of the run (`give_turns`), where it stays
//! while it only yields. The list costs less for tasks that wait or end, the queue for tasks that yield.

use crate::Error;
use crate::choosing::Choosing;
use crate::panics::{Payload, contain, message_of};
use crate::shared::{Phase, Shared};
use crate::table::{TaskId, shrink};
use crate::task::Coroutine;
use crate::task::{BoxedTask, Event, State, stub, take_turn};
use crate::waker::LentWaker;
use crate::yield_now::lend;
use paintdry_core::Chooser;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;

/// The turns from the list in a round, after which the loop checks its timers; and the timers that fire at once.
const CROWD: usize = 1024;
/// The same for turns in the queue. Most only yield, so all these take about 0.1 ms.
const QUEUED_CROWD: usize = 16 * CROWD;

/// One run of a loop. Dropping it makes the tasks in the queue ready for the next run, even after a panic of the main task.
struct Run<'a> {
    shared: &'a Rc<Shared>,
    /// Tasks that run where they are. They come before those on the list.
    queue: VecDeque<(BoxedTask, TaskId)>,
    /// A task from the list, in its turn. Then it goes back to its entry in the table.
    in_turn: Option<(BoxedTask, TaskId)>,
    /// How many turns are left in this round.
    turns: usize,
    /// How many turns from the list have ended with a yield since the queue was filled.
    yields: usize,
    lent: LentWaker,
    main: TaskId,
    /// Gives the main task, of which the queue has only a stub, a turn.
    resume_main: &'a mut dyn FnMut(&LentWaker) -> Event,
    /// What was lent on this thread before.
    outer: (usize, bool),
}

impl Shared {
    /// Runs `main` and the tasks until `main` is complete. A `chooser` picks the task for each turn, and may end the run.
    pub(crate) fn run<C: Coroutine>(
        self: &Rc<Self>,
        mut main: Pin<&mut C>,
        chooser: Option<&mut dyn Chooser>,
    ) -> Result<Option<C::Return>, Error> {
        let mut result = None;
        let mut resume_main = |lent: &LentWaker| match take_turn(main.as_mut(), self, lent) {
            ControlFlow::Break(value) => {
                result = Some(value);
                Event::End
            }
            ControlFlow::Continue(event) => event,
        };
        let mut run = Run::begin(self, &mut resume_main)?;
        let mut choosing = chooser.map(|chooser| Choosing::begin(self, chooser));
        let is_choosing = choosing.is_some();
        loop {
            self.fire_timers(if is_choosing { usize::MAX } else { CROWD });
            if self.has_cancelled.get() {
                run.drop_cancelled(); // a waker that a timer called, or a chooser, has cancelled a task
            }
            run.begin_round(is_choosing); // last: no user code may run between this count of turns and `park`
            if run.turns == 0 {
                self.park(is_choosing)?;
                continue;
            }
            if let Some(choosing) = &mut choosing {
                if !choosing.choose(&mut run.queue) {
                    return Ok(None);
                }
                let chosen = run.queue[0].1.slot();
                run.turns = usize::from(self.table.borrow_mut().entry(chosen).state == State::Scheduled); // or the chooser has cancelled it
                self.remote.end_fast_path(); // the chooser hears of each turn, even one that only yields
            }
            while let Some((task, end)) = run.round(is_choosing) {
                if let Some(choosing) = &mut choosing {
                    choosing.after_turn(&end);
                }
                if task == run.main && end == Ok(Event::End) {
                    drop(run);
                    return Ok(result);
                }
            }
        }
    }
}

impl<'a> Run<'a> {
    fn begin(shared: &'a Rc<Shared>, resume_main: &'a mut dyn FnMut(&LentWaker) -> Event) -> Result<Self, Error> {
        match shared.phase.get() {
            Phase::Idle => shared.phase.set(Phase::Running),
            Phase::Running => return Err(Error::Running),
            Phase::Closed => return Err(Error::Closed),
        }
        let main = shared.add_ready(stub(), false);
        shared.table.borrow_mut().extras(main.slot()).name = Some("main".into());
        let lent = LentWaker::new(&shared.remote, main);
        let outer = lend((lent.address(), false));
        let (queue, in_turn, turns, yields) = Default::default();
        Ok(Self { shared, queue, in_turn, turns, yields, lent, main, resume_main, outer })
    }

    /// Begins a round: of turns in the queue, if tasks are there, many have yielded lately, or a chooser picks; and else from the list.
    fn begin_round(&mut self, is_choosing: bool) {
        self.shared.take_up_wakes();
        let mut table = self.shared.table.borrow_mut();
        shrink(&mut table.ready);
        self.turns = table.ready.len().min(CROWD);
        if is_choosing || !self.queue.is_empty() || 8 * self.yields >= table.ready.len() {
            drop(table);
            self.fill_queue();
            self.turns = self.queue.len().min(QUEUED_CROWD);
        }
    }

    /// Moves all tasks from the list to the end of the queue. So what has happened until now need not end the fast path of the next turns.
    fn fill_queue(&mut self) {
        let shared = self.shared;
        shared.remote.begin_fast_path();
        shared.take_up_wakes();
        shrink(&mut self.queue);
        self.yields = 0;
        let mut table = shared.table.borrow_mut();
        while !table.ready.is_empty() {
            self.queue.extend(table.take_ready());
        }
    }

    /// Gives turns until the round is over, and then returns `None`. It stops earlier when the main task has ended or a task has
    /// panicked, and with a chooser after each turn: then it returns the task, and how its turn ended.
    fn round(&mut self, is_choosing: bool) -> Option<(TaskId, Result<Event, String>)> {
        // One `catch_unwind` for all turns: one for each would cost each turn a call.
        let stopped = catch_unwind(AssertUnwindSafe(|| {
            while self.turns > 0 {
                let event = if self.queue.is_empty() { self.give_turn() } else { self.give_turns() };
                let Some(event) = event else { continue };
                let is_main = self.shared.current.get() == Some(self.main); // what had its turn was the stub
                let event = if is_main { (self.resume_main)(&self.lent) } else { event };
                let id = self.after_turn(event)?;
                if is_choosing || (is_main && event == Event::End) {
                    return Some((id, Ok(event)));
                }
            }
            self.shared.current.set(None);
            None
        }));
        stopped.unwrap_or_else(|payload| self.after_panic(payload))
    }

    /// Resumes the next task on the list, and returns what it did; `None` if it was cancelled meanwhile.
    fn give_turn(&mut self) -> Option<Event> {
        self.in_turn = self.shared.table.borrow_mut().take_ready();
        let Some((task, id)) = &mut self.in_turn else {
            self.turns -= 1;
            return None;
        };
        self.shared.current.set(Some(*id));
        self.lent.inner.task.store(id.bits(), Relaxed);
        Some(task.as_mut().resume(self.shared, &self.lent))
    }

    /// Resumes tasks where they are, one after another; all of them again and again, if this round is for all and there are no timers.
    /// Stops at a task that does more than yield, leaves it in front, and returns what it did; `None` if all have only yielded.
    #[inline(never)] // in a function of its own the compiler keeps what it needs in registers
    fn give_turns(&mut self) -> Option<Event> {
        let (shared, lent): (&Shared, _) = (self.shared, &self.lent);
        let (current, ends_fast_path, lent_to) = (&shared.current, &shared.remote.ends_fast_path, &lent.inner.task);
        let may_repeat = self.turns == self.queue.len() && !shared.has_timers.get();
        let (front, back) = self.queue.as_mut_slices();
        let in_front = front.len().min(self.turns);
        let (front, back) = (&mut front[..in_front], &mut back[..self.turns - in_front]);
        let (yielded, event) = 'again: loop {
            let mut yielded = 0;
            for half in [&mut *front, &mut *back] {
                for (task, id) in half {
                    current.set(Some(*id));
                    lent_to.store(id.bits(), Relaxed);
                    match task.as_mut().resume(shared, lent) {
                        Event::Yield if !ends_fast_path.load(Relaxed) => yielded += 1,
                        event => break 'again (yielded, Some(event)),
                    }
                }
            }
            if !may_repeat {
                break (yielded, None);
            }
        };
        self.rotate(yielded);
        event
    }

    /// Moves the first tasks to the end: they have had their turns.
    fn rotate(&mut self, count: usize) {
        if count > 0 {
            self.queue.rotate_left(count);
            self.turns -= count;
        }
    }

    /// Ends the task whose turn has ended with a panic. A panic of the main task continues.
    fn after_panic(&mut self, payload: Payload) -> Option<(TaskId, Result<Event, String>)> {
        let current = self.shared.current.get();
        if current == Some(self.main) {
            resume_unwind(payload);
        }
        if self.in_turn.is_none() {
            let position = self.queue.iter().position(|(_, id)| Some(*id) == current);
            self.rotate(position.expect("what the loop does between two turns does not panic"));
        }
        let (task, id) = self.in_turn.as_mut().or_else(|| self.queue.front_mut())?;
        let message = message_of(payload);
        contain(|| task.as_mut().panicked(&message));
        self.shared.table.borrow_mut().extras(id.slot()).panic.clone_from(&message);
        Some((self.after_turn(Event::Panic)?, Err(message)))
    }

    /// Does what the turn of the current task asked for, and returns this task.
    fn after_turn(&mut self, event: Event) -> Option<TaskId> {
        let shared = self.shared;
        let is_listed = self.in_turn.is_some();
        let (task, id) = self.in_turn.take().or_else(|| self.queue.pop_front())?;
        self.turns -= 1;
        if self.lent.is_kept() {
            self.lent = LentWaker::new(&shared.remote, id); // the kept waker wakes this task from now on
        }
        lend((self.lent.address(), false)); // what the poll asked for is done, or void, as after a panic
        shared.take_up_wakes(); // another thread may have woken it in its turn
        shared.current.set(None);
        let mut table = shared.table.borrow_mut();
        let entry = table.entry(id.slot());
        entry.advance(event);
        match entry.state {
            State::Waiting => {
                entry.task = Some(task);
                drop(table);
            }
            State::Scheduled if is_listed => {
                entry.advance(Event::PutBack);
                entry.task = Some(task);
                table.ready.push_back(id);
                drop(table);
                self.yields += 1;
            }
            State::Scheduled => {
                drop(table);
                self.fill_queue(); // the tasks that became ready before it
                self.queue.push_back((task, id));
            }
            _ => shared.end(table, id.slot(), Some(task)).discard(),
        }
        if shared.has_cancelled.get() {
            self.drop_cancelled();
        }
        Some(id)
    }

    /// Drops the cancelled tasks in the queue. The others move to the front of the list, where the next cancel needs no search.
    #[cold]
    fn drop_cancelled(&mut self) {
        self.shared.has_cancelled.set(false);
        let mut cancelled = Vec::new();
        let mut table = self.shared.table.borrow_mut();
        while let Some((task, id)) = self.queue.pop_back() {
            let entry = table.entry(id.slot());
            if entry.advance(Event::PutBack) {
                entry.task = Some(task);
                table.ready.push_front(id);
            } else {
                cancelled.push((task, id));
            }
        }
        drop(table);
        for (task, id) in cancelled.into_iter().rev() {
            let mut table = self.shared.table.borrow_mut();
            table.entry(id.slot()).advance(Event::End);
            self.shared.end(table, id.slot(), Some(task)).discard();
        }
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        let shared = self.shared;
        shared.current.set(None);
        self.queue.extend(self.in_turn.take());
        shared.cancel(self.main);
        self.drop_cancelled(); // this also makes the others ready for the next run
        lend(self.outer);
        shared.phase.set(Phase::Idle);
    }
}
