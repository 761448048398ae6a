//! The run: a ready task has its turn, and then it yields, waits or ends. How one task spawns, wakes or cancels another
//! is in `shared.rs`.

use crate::Error;
use crate::choosing::{Chooser, Choosing};
use crate::coroutine::Coroutine;
use crate::panics::{Payload, contain, message_of};
use crate::pause::lend;
use crate::shared::{Phase, Shared};
use crate::sync::{self, lock};
use crate::table::TaskId;
use crate::task::{BoxedTask, Event, State, resume, stub};
use crate::timers::NEVER;
use crate::waker::{LentWaker, Waited};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// How long the loop waits, when nothing else is left to do, for a waker that is kept elsewhere. The loop cannot know whether
/// a thread will call the waker or every owner has forgotten it, so there is a limit, which you can set.
const PATIENCE: Duration = Duration::from_secs(10);

/// An empty queue takes at most this many tasks, until a task yields, which goes behind all that are
/// ready. If a million tasks wait for their first turn, or are due at once, those that then sleep or end make room for the next.
const CROWD: usize = 1024;

/// One run of a loop. Dropping it makes the tasks in the queue ready for the next run, even after a panic of the main task.
struct Run<'a> {
    shared: &'a Rc<Shared>,
    /// The ready tasks, in order.
    queue: VecDeque<(BoxedTask, TaskId)>,
    /// How many of them, from the front, still have to run in this round.
    turns: usize,
    /// How many it takes: few after a cancel, which moves each of them, and then twice as many each round.
    most: usize,
    lent: LentWaker,
    main: TaskId,
    /// Gives the main task a turn.
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
        let mut resume_main = |lent: &LentWaker| match resume(main.as_mut(), self, lent) {
            Ok(value) => {
                result = Some(value);
                Event::End
            }
            Err(event) => event,
        };
        let mut run = Run::begin(self, &mut resume_main)?;
        let mut choosing = chooser.map(|chooser| Choosing::begin(self, chooser));
        let is_choosing = choosing.is_some();
        loop {
            let most = if is_choosing || !run.queue.is_empty() { usize::MAX } else { CROWD };
            self.fire_timers(most);
            run.drop_cancelled(); // a waker called by a timer may have cancelled a task
            run.take_ready(if is_choosing { most } else { most.min(run.most) }); // last: no user code may run from here to the check
            if run.queue.is_empty() {
                self.park(is_choosing)?;
                continue;
            }
            run.turns = run.queue.len();
            if let Some(choosing) = &mut choosing {
                if !choosing.choose(&mut run.queue) {
                    return Ok(None);
                }
                let chosen = run.queue[0].1.slot();
                run.turns = usize::from(self.table.borrow_mut().entry(chosen).state == State::Queued); // or the chooser has cancelled it
                self.remote.interrupt(); // the chooser hears of each turn, even one that only yields
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

    /// Parks the thread until a timer is due or a task is woken from elsewhere. In a run with a chooser, time jumps instead.
    fn park(&self, is_choosing: bool) -> Result<(), Error> {
        let due = lock(&self.remote.timers).next_due();
        let waited = match due {
            Some(due) if !is_choosing => {
                sync::park_timeout(Duration::from_nanos(due.saturating_sub(self.clock.now())));
                Waited::Woken
            }
            Some(due) if due < NEVER => {
                self.clock.jump_to(due);
                Waited::Woken
            }
            _ if is_choosing => self.remote.wait(Duration::ZERO),
            _ => self.remote.wait(self.patience.get().unwrap_or(PATIENCE)),
        };
        match waited {
            Waited::Woken => Ok(()),
            Waited::Timeout if !is_choosing => Err(Error::WakeTimeout(self.table.borrow().names_of_waiting())),
            Waited::Stuck | Waited::Timeout => Err(Error::Stuck(self.table.borrow().names_of_waiting())),
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
        Ok(Self { shared, queue: VecDeque::new(), turns: 0, most: usize::MAX, lent, main, resume_main, outer })
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
            let task = table.advance(id, Event::Enqueue).and_then(|entry| entry.task.take());
            self.queue.extend(task.map(|task| (task, id)));
        }
        if ready.is_empty() {
            ready.shrink_to(CROWD);
            self.most = usize::MAX;
        } else {
            self.most = self.most.saturating_mul(2);
            shared.remote.interrupt(); // a task that yields comes after these, so it must not stay where it is in the queue
        }
        if self.queue.capacity() > CROWD.max(4 * self.queue.len()) {
            self.queue.shrink_to(2 * self.queue.len());
        }
    }

    /// Gives turns until the round is over, and then returns `None`. It stops earlier when the main task has ended or a task has
    /// panicked, and with a chooser after each turn: then it returns the task, and how its turn ended.
    fn round(&mut self, is_choosing: bool) -> Option<(TaskId, Result<Event, String>)> {
        // One `catch_unwind` for all turns: one for each would cost each turn a call.
        let stopped = catch_unwind(AssertUnwindSafe(|| {
            while self.turns > 0
                && let Some(event) = self.give_turns()
            {
                let is_main = self.shared.current.get() == Some(self.main);
                let event = if is_main { (self.resume_main)(&self.lent) } else { event };
                let id = self.after_turn(event)?;
                self.drop_cancelled();
                if is_choosing || (is_main && event == Event::End) {
                    return Some((id, Ok(event)));
                }
            }
            self.shared.current.set(None);
            None
        }));
        stopped.unwrap_or_else(|payload| self.after_panic(payload))
    }

    /// Resumes one task after another, where they are: tasks that only yield need not be moved, because in the end the queue is
    /// as it was, only rotated. If all of them only yield and there are no timers to check, the next round follows at once. Stops
    /// at a task that does more than yield, leaves it in front, and returns what it did.
    #[inline(never)] // in a function of its own the compiler keeps what it needs in registers
    fn give_turns(&mut self) -> Option<Event> {
        let (shared, lent): (&Shared, _) = (self.shared, &self.lent);
        let (current, interrupt, lent_to) = (&shared.current, &shared.remote.interrupt, &lent.inner.task);
        let is_all = self.turns == self.queue.len() && !shared.has_timers.get();
        let (front, back) = self.queue.as_mut_slices();
        let in_front = front.len().min(self.turns);
        let (front, back) = (&mut front[..in_front], &mut back[..self.turns - in_front]);
        let (yielded, event) = 'rounds: loop {
            let mut yielded = 0;
            for half in [&mut *front, &mut *back] {
                for (task, id) in half {
                    current.set(Some(*id));
                    lent_to.store(id.bits(), Relaxed);
                    match task.as_mut().resume(shared, lent) {
                        Event::Yield if !interrupt.load(Relaxed) => yielded += 1,
                        event => break 'rounds (yielded, Some(event)),
                    }
                }
            }
            if !is_all {
                break (yielded, None);
            }
        };
        self.turn(yielded);
        event
    }

    /// Moves the first tasks to the end: they have had their turns.
    fn turn(&mut self, count: usize) {
        self.queue.rotate_left(count);
        self.turns -= count;
    }

    /// Ends the task whose turn has ended with a panic. A panic of the main task continues.
    fn after_panic(&mut self, payload: Payload) -> Option<(TaskId, Result<Event, String>)> {
        let current = self.shared.current.get();
        if current == Some(self.main) {
            resume_unwind(payload);
        }
        let position = self.queue.iter().position(|(_, id)| Some(*id) == current);
        self.turn(position.expect("what the loop does between two turns does not panic"));
        let (task, id) = self.queue.front_mut()?;
        let message = message_of(payload);
        contain(|| task.as_mut().panicked(&message));
        self.shared.table.borrow_mut().extras(id.slot()).panic.clone_from(&message);
        let id = self.after_turn(Event::Panic)?;
        self.drop_cancelled();
        Some((id, Err(message)))
    }

    /// Does what the turn of the task in front asked for. Returns this task.
    fn after_turn(&mut self, event: Event) -> Option<TaskId> {
        let shared = self.shared;
        let (task, id) = self.queue.pop_front()?;
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
        if self.most < usize::MAX && entry.advance(Event::Dequeue) {
            shared.push_ready(id); // behind the tasks that the queue has not taken yet
        }
        match entry.state {
            State::Waiting | State::Runnable => entry.task = Some(task),
            State::Queued => {
                drop(table);
                self.take_ready(usize::MAX); // the tasks that became ready before it
                self.queue.push_back((task, id));
            }
            _ => shared.end(table, id.slot(), Some(task)).discard(),
        }
        Some(id)
    }

    /// Drops the cancelled tasks in the queue. The others move to the table, ready before all others: if a destructor or
    /// one of the next turns cancels one of them, it is dropped at once, without a search of the queue.
    fn drop_cancelled(&mut self) {
        if !self.shared.has_cancelled.take() {
            return;
        }
        (self.turns, self.most) = (0, 1);
        let mut cancelled = Vec::new();
        let (mut ready, mut table) = (self.shared.ready.borrow_mut(), self.shared.table.borrow_mut());
        while let Some((task, id)) = self.queue.pop_back() {
            let entry = table.entry(id.slot());
            if entry.advance(Event::Dequeue) {
                entry.task = Some(task);
                ready.push_front(id);
            } else {
                cancelled.push((task, id));
            }
        }
        drop((ready, table));
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
        shared.cancel(self.main);
        shared.has_cancelled.set(true);
        self.drop_cancelled(); // this also makes the others ready for the next run
        lend(self.outer);
        shared.phase.set(Phase::Idle);
    }
}
