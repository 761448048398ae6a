//! The clock of a loop: it reads the time, and it parks the thread. A test gives the loop a virtual one.

use std::cell::{Cell, RefCell};
use std::thread;
use std::time::{Duration, Instant};

/// A clock that can also park the thread.
pub trait Clock {
    /// The time since the clock was made.
    fn now(&self) -> Duration;

    /// Parks this thread until the time is `due` or another thread unparks it. With `None`, only the second counts.
    fn park(&self, due: Option<Duration>);
}

/// The clock of the machine.
pub struct RealClock(Instant);

impl Default for RealClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for RealClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn park(&self, due: Option<Duration>) {
        match due {
            Some(due) => thread::park_timeout(due.saturating_sub(self.now())),
            None => thread::park(),
        }
    }
}

/// A clock whose time passes only when the program says so, or when the loop parks until a timer is due.
#[derive(Default)]
pub struct VirtualClock {
    now: Cell<Duration>,
    parked_until: RefCell<Vec<Duration>>,
}

impl VirtualClock {
    /// Lets this much time pass, as work does.
    pub fn advance(&self, duration: Duration) {
        self.now.set(self.now.get() + duration);
    }

    /// The times until which the loop has parked the thread so far.
    pub fn parked_until(&self) -> Vec<Duration> {
        self.parked_until.borrow().clone()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Duration {
        self.now.get()
    }

    fn park(&self, due: Option<Duration>) {
        let Some(due) = due else { return thread::park() };
        self.parked_until.borrow_mut().push(due);
        self.now.set(self.now.get().max(due));
    }
}
