//! Callbacks: soon, later, and not at all.

use crate::{HOUR, Log, run, run_ready};
use paintdry_generator::{Error, EventLoop};
use std::panic::resume_unwind;
use std::time::Duration;

#[test]
fn callbacks_are_called_in_order_soon_and_later() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let note = |event: &'static str| {
        let log = log.clone();
        move || log.note(event)
    };
    let millisecond = Duration::from_millis(1);
    event_loop.call_later(millisecond, note("second")).unwrap();
    let cancelled = event_loop.call_later(millisecond, note("never")).unwrap();
    let last = event_loop.call_later(millisecond, note("third")).unwrap();
    event_loop.call_soon(note("first")).unwrap();
    cancelled.cancel();
    run(&event_loop, last).unwrap();
    assert_eq!(log.take(), ["first", "second", "third"]);
}

#[test]
fn a_callback_that_a_callback_makes_is_called_in_the_next_round() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (inner, again) = (event_loop.clone(), log.clone());
    event_loop
        .call_soon(move || {
            again.note("first");
            let nested = again.clone();
            inner.call_soon(move || nested.note("nested")).unwrap();
        })
        .unwrap();
    let second = log.clone();
    event_loop.call_soon(move || second.note("second")).unwrap();
    run_ready(&event_loop);
    run_ready(&event_loop);
    assert_eq!(log.take(), ["first", "second", "nested"]);
}

#[test]
fn a_callback_that_is_cancelled_is_not_called() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let [soon, later] = [log.clone(), log.clone()];
    let soon = event_loop.call_soon(move || soon.note("soon")).unwrap();
    let later = event_loop.call_later(HOUR, move || later.note("later")).unwrap();
    assert!(soon.cancel() && later.cancel());
    run_ready(&event_loop);
    assert!(log.take().is_empty());
    crate::assert_idle(&event_loop);
}

#[test]
fn a_callback_that_panics_is_its_futures_error_and_the_loop_goes_on() {
    let event_loop = EventLoop::new();
    let breaks = event_loop.call_soon(|| resume_unwind(Box::new("the brush broke"))).unwrap();
    let fine = event_loop.call_soon(|| 1).unwrap();
    run_ready(&event_loop);
    assert_eq!(breaks.result(), Err::<(), _>(Error::Panicked("the brush broke".to_owned())));
    assert_eq!(fine.result(), Ok(1));
}
