//! Callbacks: soon, later, and not at all.

use crate::{HOUR, Log, run_ready};
use paintdry_generator::EventLoop;

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
