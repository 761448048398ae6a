//! Programs that do what no program should do, and what real programs do all the same: each broke an earlier loop.

mod cancelling;
mod dropping;
mod many;
mod nesting;
mod order;
mod panicking;
mod sleeping;

use paintdry_generator::{Chooser, Error, EventLoop, LoopFuture, TurnEnd};
use std::cell::RefCell;
use std::future::pending;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_millis(2);

/// What happened, in order.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn note(&self, event: impl Into<String>) {
        self.0.borrow_mut().push(event.into());
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

fn run<F: Future>(event_loop: &EventLoop, future: F) -> F::Output {
    event_loop.run_until_complete(future).unwrap()
}

fn task<F: Future<Output: 'static> + 'static>(event_loop: &EventLoop, future: F) -> LoopFuture<F::Output> {
    event_loop.create_task(future).unwrap()
}

/// Gives every ready task a turn.
fn run_ready(event_loop: &EventLoop) {
    run(event_loop, paintdry_generator::yield_now());
}

/// Asserts that nothing is left that could wake a task: the loop says so at once, and names only the main task.
fn assert_idle(event_loop: &EventLoop) {
    let stuck = event_loop.run_until_complete(pending::<()>());
    assert_eq!(stuck, Err(Error::Stuck(vec!["main".to_owned()])));
}

/// Always chooses the first task in the loop's own order. Time stops, and jumps.
struct First;

impl Chooser for First {
    fn choose(&mut self, _: &[u32], _: Duration) -> Option<usize> {
        Some(0)
    }

    fn after_turn(&mut self, _: u32, _: Range<u32>, _: TurnEnd<'_>) {}
}

fn run_in_virtual_time<F: Future>(event_loop: &EventLoop, future: F) -> Result<F::Output, Error> {
    event_loop.run_choosing(future, &mut First).map(|result| result.expect("the chooser never stops"))
}
