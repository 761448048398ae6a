//! Asyncio's promises, checked on the loop, by topic; docs/asyncio-meaning-tables.md is the table of all these tests.

mod callbacks;
mod cancel;
mod futures;
mod gather;
mod groups;
mod groups_panic;
mod loop_lifetime;
mod orders;
mod others;
mod page;
mod scenarios;
mod shield;
mod sleep;
mod tasks;
mod wait;
mod wait_for;

use paintdry_generator::{Error, EventLoop, LoopFuture, yield_now};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_millis(1);
/// Later than a moment, and than each other, by enough that a busy machine does not confuse them.
const LATER: Duration = Duration::from_millis(300);
const LATEST: Duration = Duration::from_millis(600);

/// What happened, in order. A clone is the same log.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn note(&self, event: impl Into<String>) {
        self.0.borrow_mut().push(event.into());
    }

    /// Notes the event when the returned value is dropped: a `finally` without awaits.
    fn on_drop(&self, event: &'static str) -> OnDrop {
        OnDrop(self.clone(), event)
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

struct OnDrop(Log, &'static str);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

/// Yields until a test that should have ended it has failed; then it ends by itself, so that the test does not hang.
async fn spin() {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        yield_now().await;
    }
}

/// Runs `main`, which must not find the loop stuck or closed.
fn run<F: Future>(event_loop: &EventLoop, main: F) -> F::Output {
    event_loop.run_until_complete(main).unwrap()
}

/// Runs everything that is ready now.
fn run_ready(event_loop: &EventLoop) {
    run(event_loop, yield_now());
}

fn task<F: Future<Output: 'static> + 'static>(event_loop: &EventLoop, future: F) -> LoopFuture<F::Output> {
    event_loop.create_task(future).unwrap()
}

/// Asserts that the loop has nothing to wait for: no timer, and no kept waker.
fn assert_idle(event_loop: &EventLoop) {
    let waits = event_loop.run_until_complete(std::future::pending::<()>());
    assert_eq!(waits, Err(Error::Stuck(vec!["main".to_owned()])));
}
