//! What each of the four loops can do, and what it cannot do yet.

mod loop1;
mod loop2;
mod loop3;
mod loop4;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

/// What the tasks of a test say, in the order in which they say it.
type Log = Rc<RefCell<Vec<String>>>;

fn say(log: &Log, words: impl Into<String>) {
    log.borrow_mut().push(words.into());
}

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// Spawns two tasks that yield after each of their steps; returns the log of their steps.
macro_rules! spawn_two_counters {
    ($event_loop:expr, $yield_now:path) => {{
        let log = crate::Log::default();
        for name in ["a", "b"] {
            let log = log.clone();
            $event_loop.spawn(async move {
                for step in 0..3 {
                    crate::say(&log, format!("{name}{step}"));
                    $yield_now().await;
                }
            });
        }
        log
    }};
}
use spawn_two_counters;

/// The log of two counters that take turns.
const IN_TURN: [&str; 6] = ["a0", "b0", "a1", "b1", "a2", "b2"];
