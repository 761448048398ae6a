//! The loop itself: rounds of resuming what is ready, and what happens when nothing is.

use crate::shared::{Shared, Waiter};
use crate::tasks::{Place, TaskId};
use crate::{Error, Generator, GeneratorState};
use slotmap::Key;
use std::thread;
use std::time::Instant;

impl Shared {
    /// Runs `main` and the tasks, round by round, until `main` is complete.
    pub(crate) fn run<G: Generator>(&self, mut main: G) -> Result<G::Return, Error> {
        self.check_open()?;
        if self.running.replace(true) {
            return Err(Error::Running);
        }
        let main_id = self.add(Place::default());
        let _leaving = Leaving { shared: self, main_id };
        self.wake(main_id);
        loop {
            self.wake_from_outside();
            self.fire_timers();
            let round = self.ready.borrow().len();
            if round == 0 {
                self.wait_for_something()?;
            }
            for _ in 0..round {
                let next = self.ready.borrow_mut().pop_front();
                let Some(id) = next else { break };
                if !self.tasks.borrow_mut().get_mut(id).is_some_and(Place::begin_turn) {
                    continue; // it has ended or fallen asleep since it was woken
                }
                self.current.set(id);
                if id != main_id {
                    self.resume(id);
                    continue;
                }
                match main.resume() {
                    GeneratorState::Yielded(request) => self.grant(id, request),
                    GeneratorState::Complete(value) => return Ok(value),
                }
            }
        }
    }

    /// When the next timer is due. Those of tasks that have ended are dropped.
    fn next_deadline(&self) -> Option<Instant> {
        let (mut timers, tasks) = (self.timers.borrow_mut(), self.tasks.borrow());
        while let Some(first) = timers.first_entry() {
            match first.get() {
                Waiter::Task(id) | Waiter::Sleeper(id) if !tasks.contains_key(*id) => drop(first.remove()),
                _ => return Some(first.key().0),
            }
        }
        None
    }

    /// Parks the thread until a timer is due or somebody outside wakes a task.
    fn wait_for_something(&self) -> Result<(), Error> {
        if let Some(deadline) = self.next_deadline() {
            thread::park_timeout(deadline.saturating_duration_since(Instant::now()));
            return Ok(());
        }
        let start = Instant::now();
        self.renew_lent_waker(); // from now on a waker that somebody keeps is not the lent one
        loop {
            // In this order: who wakes a task and then drops the last waker has not left it stuck.
            let hopeless = !self.remote.others_may_wake();
            let left = self.patience.get().saturating_sub(start.elapsed());
            match self.remote.is_pending() {
                true => return Ok(()),
                false if hopeless => return Err(Error::Stuck(self.names_of_tasks())),
                false if left.is_zero() => return Err(Error::OutOfPatience(self.names_of_tasks())),
                false => thread::park_timeout(left),
            }
        }
    }

    /// The names of all tasks; one without a name is called by its place in the table.
    fn names_of_tasks(&self) -> Vec<String> {
        let number = |id: TaskId| id.data().as_ffi() & u64::from(u32::MAX);
        let name = |(id, place): (TaskId, &Place)| match &place.task {
            Some(task) => task.name().map_or_else(|| format!("task {}", number(id)), str::to_owned),
            None => "main".to_owned(),
        };
        self.tasks.borrow().iter().map(name).collect()
    }

    /// Drops every task where it stands.
    pub(crate) fn close(&self) -> Result<(), Error> {
        if self.running.get() {
            return Err(Error::Running);
        }
        self.closed.set(true);
        self.ready.take();
        let (timers, tasks) = (self.timers.take(), self.tasks.take());
        drop((timers, tasks)); // when nothing is borrowed any more
        Ok(())
    }
}

/// Leaves the loop as it was found, also when `main` panics or is stuck.
struct Leaving<'a> {
    shared: &'a Shared,
    main_id: TaskId,
}

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.shared.running.set(false);
        self.shared.current.set(TaskId::null());
        self.shared.remove(self.main_id);
    }
}
