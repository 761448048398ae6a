//! Callbacks: soon, later, and not at all.

use crate::{HOUR, Log, run_ready};
use paintdry_generator::{Error, EventLoop};
use std::panic::resume_unwind;

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
