//! What the trait leaves to the runtime, and what the chapter says of this one.

use futures::FutureExt;
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

#[test]
fn tasks_that_have_not_ended_are_dropped_with_the_runtime() {
    let owned = Arc::new(());
    let runtime = OwnRuntime::start();
    let (waiting, waker) = runtime.run_until_complete(async {
        let holds = Arc::clone(&owned);
        let waiting = OwnRuntime::spawn(async move {
            pending::<()>().await;
            drop(holds);
        });
        let holds = Arc::clone(&owned);
        drop(OwnRuntime::spawn(async move {
            OwnRuntime::sleep(Duration::from_secs(3_600)).await;
            drop(holds);
        }));
        OwnRuntime::yield_now().await;
        let holds = Arc::clone(&owned);
        drop(OwnRuntime::spawn(async move { drop(holds) })); // still in the ready queue at the end
        (waiting, poll_fn(|context| Poll::Ready(context.waker().clone())).await)
    });
    assert_eq!(Arc::strong_count(&owned), 4, "it keeps them for the next run");
    drop(runtime);
    assert_eq!(Arc::strong_count(&owned), 1);
    assert_eq!(waiting.now_or_never(), Some(Err(TaskError::Cancelled)));
    waker.wake(); // too late, and no harm
}

#[test]
fn tasks_continue_in_the_next_run() {
    let runtime = OwnRuntime::start();
    let mut task = None;
    runtime.run_until_complete(async { task = Some(OwnRuntime::spawn(async { "dry" })) });
    assert_eq!(task.map(|task| runtime.run_until_complete(task)), Some(Ok("dry")));
}

#[test]
fn a_run_inside_a_run_is_refused_and_after_a_panic_there_can_be_another() {
    let runtime = OwnRuntime::start();
    let inside = AssertUnwindSafe(|| runtime.run_until_complete(async { runtime.run_until_complete(async {}) }));
    let refused = TaskError::from_panic(catch_unwind(inside).expect_err("it would take the turns of the outer one"));
    assert!(refused.to_string().contains("called inside itself; await the future instead"), "{refused}");
    assert_eq!(runtime.run_until_complete(async { 1 }), 1);
}

#[test]
fn a_sleep_that_is_polled_again_keeps_one_timer_with_the_latest_waker() {
    OwnRuntime::start().run_until_complete(async {
        let mut sleep = Box::pin(OwnRuntime::sleep(Duration::from_secs(3_600)));
        let counted = Arc::new(Counted);
        for _ in 0..3 {
            let waker = Waker::from(Arc::clone(&counted));
            assert!(sleep.poll_unpin(&mut Context::from_waker(&waker)).is_pending());
        }
        assert_eq!(Arc::strong_count(&counted), 2, "the timer keeps one");
        let is_pending = poll_fn(|context| Poll::Ready(sleep.poll_unpin(context).is_pending())).await;
        assert!(is_pending, "an hour has not passed");
        assert_eq!(Arc::strong_count(&counted), 1);
    });
}

/// A waker that does nothing, whose clones can be counted.
struct Counted;

impl Wake for Counted {
    fn wake(self: Arc<Self>) {}
}

/// Panics when dropped.
struct Breaks;

impl Drop for Breaks {
    fn drop(&mut self) {
        resume_unwind(Box::new("in drop"));
    }
}

/// A future whose first poll returns a result, or panics. The drop of the future panics, and so does the drop of the result.
struct BreaksTwice {
    panics: bool,
}

impl Drop for BreaksTwice {
    fn drop(&mut self) {
        drop(Breaks);
    }
}

impl Future for BreaksTwice {
    type Output = Breaks;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Breaks> {
        if self.panics {
            resume_unwind(Box::new("in poll"));
        }
        Poll::Ready(Breaks)
    }
}

/// Two panics at once would end the process.
#[test]
fn a_future_may_panic_in_its_drop_and_also_in_its_poll_or_in_the_drop_of_its_result() {
    for (panics, message) in [(false, "in drop"), (true, "in poll")] {
        let task = async { OwnRuntime::spawn(BreaksTwice { panics }).await.map(drop) };
        let ended = OwnRuntime::start().run_until_complete(task);
        assert_eq!(ended, Err(TaskError::Panicked(message.to_owned())));
    }
}
