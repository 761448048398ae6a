//! Gathering several tasks.

use crate::{Log, run, run_ready, task};
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, Request};
use std::panic::resume_unwind;

/// Ends after this many turns; with 99, it panics.
struct Countdown(u32);

impl Generator for Countdown {
    type Return = &'static str;

    fn resume(&mut self) -> GeneratorState<&'static str> {
        match self.0 {
            0 => GeneratorState::Complete("done"),
            99 => resume_unwind(Box::new("99")),
            _ => {
                self.0 -= 1;
                GeneratorState::Yielded(Request::Turn)
            }
        }
    }
}

#[test]
fn gather_gives_results_and_errors_in_the_order_of_its_tasks() {
    let event_loop = EventLoop::new();
    let all = event_loop.gather([Countdown(5), Countdown(99), Countdown(0)]).unwrap();
    let results = event_loop.run_until_complete(all).unwrap();
    assert_eq!(results, [Ok("done"), Err(Error::Panicked("99".to_owned())), Ok("done")]);
}

#[test]
fn gathering_nothing_gives_nothing() {
    let event_loop = EventLoop::new();
    let none = event_loop.gather::<Countdown, _>([]).unwrap();
    assert_eq!(event_loop.run_until_complete(none), Ok(vec![]));
}

#[test]
fn gathered_tasks_begin_before_they_are_awaited() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let tasks = ["a", "b"].map(|name| {
        let log = log.clone();
        async move { log.note(name) }
    });
    let all = event_loop.gather(tasks).unwrap();
    run_ready(&event_loop);
    assert_eq!(log.take(), ["a", "b"]);
    event_loop.run_until_complete(all).unwrap();
}

#[test]
fn a_cancelled_task_is_an_error_in_its_place() {
    let event_loop = EventLoop::new();
    let [cancelled, fine] = [std::future::pending::<i32>().boxed(), async { 1 }.boxed()].map(|f| task(&event_loop, f));
    cancelled.cancel();
    let both = run(&event_loop, futures::future::join_all([cancelled, fine]));
    assert_eq!(both, [Err(Error::Cancelled), Ok(1)]);
}

use futures::FutureExt;
