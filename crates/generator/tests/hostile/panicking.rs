//! Panics in foreign code that the loop calls: wakers, payloads, destructors.

use crate::{HOUR, MOMENT, assert_idle, run, run_ready, task};
use paintdry_core::Runtime;
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, sleep, task_group, yield_now};
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        resume_unwind(Box::new("in wake"));
    }
}

fn panicking_waker() -> Waker {
    Arc::new(Panics).into()
}

#[test]
fn a_waker_that_panics_when_a_timer_calls_it_disturbs_no_task() {
    let event_loop = EventLoop::new();
    drop(task(&event_loop, async {
        let mut sleep = pin!(sleep(MOMENT));
        let waker = panicking_waker();
        poll_fn(|_| sleep.as_mut().poll(&mut Context::from_waker(&waker))).await;
    }));
    let fine = task(&event_loop, async {
        sleep(2 * MOMENT).await;
        1
    });
    assert_eq!(run(&event_loop, fine), Ok(1));
}

#[test]
fn a_request_for_a_turn_ends_with_the_panic_of_its_task() {
    let event_loop = EventLoop::new();
    drop(task(&event_loop, async {
        poll_fn::<(), _>(|context| {
            assert!(pin!(yield_now()).poll(context).is_pending());
            resume_unwind(Box::new("the brush broke"))
        })
        .await;
    }));
    let polls = Rc::new(Cell::new(0));
    let counted = Rc::clone(&polls);
    let _waits = task(&event_loop, async move {
        poll_fn::<(), _>(|_| {
            counted.set(counted.get() + 1);
            Poll::Pending
        })
        .await;
    });
    run_ready(&event_loop);
    run_ready(&event_loop);
    assert_eq!(polls.get(), 1, "it waits, and no one wakes it");
}

/// Begins to await the task with a waker that panics.
fn awaited_by_a_panicking_waker<T: 'static>(mut task: LoopFuture<T>) -> LoopFuture<T> {
    assert!(Pin::new(&mut task).poll(&mut Context::from_waker(&panicking_waker())).is_pending());
    task
}

#[test]
fn a_waker_that_panics_when_a_task_ends_disturbs_no_task() {
    let event_loop = EventLoop::new();
    let ends = awaited_by_a_panicking_waker(task(&event_loop, async { 1 }));
    let fine = task(&event_loop, async { 2 });
    run_ready(&event_loop);
    assert_eq!((ends.take(), fine.take()), (Ok(1), Ok(2)));
}

#[test]
fn a_waker_that_panics_when_the_loop_is_closed_keeps_no_task_alive() {
    for is_dropped in [false, true] {
        let (event_loop, alive) = (EventLoop::new(), std::rc::Rc::new(()));
        let tasks: Vec<_> = (0..3)
            .map(|_| {
                let held = alive.clone();
                awaited_by_a_panicking_waker(task(&event_loop, async move {
                    pending::<()>().await;
                    drop(held);
                }))
            })
            .collect();
        run_ready(&event_loop);
        if is_dropped {
            drop(event_loop);
        } else {
            event_loop.close().unwrap();
        }
        assert!(tasks.iter().all(|task| task.take() == Err(Error::Cancelled)));
        assert_eq!(std::rc::Rc::strong_count(&alive), 1);
    }
}

/// The payload of a panic, which itself panics when dropped, this many times.
struct Payload(u32);

impl Drop for Payload {
    fn drop(&mut self) {
        if self.0 > 0 {
            resume_unwind(Box::new(Self(self.0 - 1)));
        }
    }
}

/// Panics with such a payload when dropped.
struct Breaks(u32);

impl Drop for Breaks {
    fn drop(&mut self) {
        resume_unwind(Box::new(Payload(self.0)));
    }
}

#[test]
fn a_payload_that_panics_when_it_is_dropped_disturbs_no_task() {
    for depth in 0..4 {
        let event_loop = EventLoop::new();
        let breaks = task(&event_loop, async move { resume_unwind(Box::new(Payload(depth))) });
        let fine = task(&event_loop, async { 1 });
        run_ready(&event_loop);
        let message = "a value that is not a message".to_owned();
        assert_eq!(breaks.take(), Err::<(), _>(Error::Panicked(message)));
        assert_eq!(fine.take(), Ok(1));
        assert_idle(&event_loop);
    }
}

#[test]
fn closing_survives_destructors_whose_panics_panic_when_they_are_dropped() {
    let event_loop = EventLoop::new();
    for n in 0..3 {
        let owned = Breaks(n);
        drop(task(&event_loop, async move {
            sleep(HOUR).await;
            drop(owned);
        }));
    }
    run_ready(&event_loop);
    let closed = catch_unwind(AssertUnwindSafe(|| event_loop.close()));
    assert!(closed.is_err(), "the first panic goes to the caller");
    assert_eq!(event_loop.create_task(async {}).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.close(), Ok(()));
}

#[test]
fn results_that_are_not_taken_may_panic_with_such_payloads() {
    let event_loop = EventLoop::new();
    for n in 0..3 {
        drop(task(&event_loop, async move { Breaks(n) }));
    }
    let kept = task(&event_loop, async { Breaks(1) });
    run_ready(&event_loop);
    drop(kept);
    assert_idle(&event_loop);
}

#[test]
fn a_member_of_a_group_whose_destructor_panics_has_failed() {
    /// Gives a result, and panics when it is dropped.
    struct Member;
    impl Generator for Member {
        type Return = Result<(), Error>;
        fn resume(&mut self) -> GeneratorState<Self::Return> {
            GeneratorState::Complete(Ok(()))
        }
    }
    impl Drop for Member {
        fn drop(&mut self) {
            resume_unwind(Box::new("in drop"));
        }
    }
    let failed = run(&EventLoop::new(), task_group(async |group| group.create_task(Member)?.await));
    assert_eq!(failed, Err(Error::Panicked("in drop".to_owned())));
}

#[test]
fn a_group_that_fails_bears_destructors_whose_panics_panic_when_they_are_dropped() {
    for is_body in [false, true] {
        let failed = task_group(async |group| {
            let owned = Breaks(1);
            group.create_task(async move {
                sleep(HOUR).await;
                drop(owned);
                Ok(())
            })?;
            yield_now().await;
            if is_body {
                return Err(Error::Broken);
            }
            group.create_task(async { Err::<(), _>(Error::Broken) })?.await
        });
        assert_eq!(run(&EventLoop::new(), failed), Err(Error::Broken));
    }
}

#[test]
fn a_result_whose_clone_panics_is_still_there() {
    #[derive(Debug, PartialEq)]
    struct NotCloned(u32);
    impl Clone for NotCloned {
        fn clone(&self) -> Self {
            resume_unwind(Box::new("in clone"));
        }
    }
    let event_loop = EventLoop::new();
    let seven = task(&event_loop, async { NotCloned(7) });
    run_ready(&event_loop);
    assert!(catch_unwind(AssertUnwindSafe(|| seven.result())).is_err());
    assert_eq!(seven.take(), Ok(NotCloned(7)));
}

#[test]
fn a_pause_outside_a_run_panics_with_any_waker() {
    for waker in [Waker::noop(), futures::task::noop_waker_ref()] {
        let mut context = Context::from_waker(waker);
        let mut pauses = (pin!(yield_now()), pin!(sleep(MOMENT)));
        assert!(catch_unwind(AssertUnwindSafe(|| pauses.0.as_mut().poll(&mut context))).is_err());
        assert!(catch_unwind(AssertUnwindSafe(|| pauses.1.as_mut().poll(&mut context))).is_err());
    }
}

/// A future whose first poll returns a result, or panics. The drop of the future panics, and so does the drop of the result.
struct BreaksTwice {
    panics: bool,
}

impl Drop for BreaksTwice {
    fn drop(&mut self) {
        drop(Breaks(0));
    }
}

impl Future for BreaksTwice {
    type Output = Result<Breaks, Error>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if self.panics {
            resume_unwind(Box::new("in poll"));
        }
        Poll::Ready(Ok(Breaks(0)))
    }
}

/// Two panics at once would end the process.
#[test]
fn a_future_may_panic_in_its_drop_and_also_in_its_poll_or_in_the_drop_of_its_result() {
    let event_loop = EventLoop::new();
    let panicked = |error: Error| matches!(error, Error::Panicked(_));
    for panics in [false, true] {
        let breaks = || BreaksTwice { panics };
        let spawned = run(&event_loop, async { EventLoop::spawn(breaks()).await.map(drop) });
        assert!(spawned.is_err_and(|error| panicked(error.into())));
        let member = task_group(async |group| group.create_task(breaks())?.await.map(drop));
        assert!(run(&event_loop, member).is_err_and(panicked));
        assert!(run(&event_loop, task(&event_loop, breaks())).is_err_and(panicked));
        let main = catch_unwind(AssertUnwindSafe(|| event_loop.run_until_complete(breaks()).map(drop)));
        assert_eq!(main.unwrap_err().is::<&str>(), panics, "the first panic of main goes to the caller");
        assert_idle(&event_loop);
    }
}

#[test]
fn a_traits_task_that_is_awaited_by_a_panicking_waker_is_dropped_with_the_loop() {
    struct Breaks(bool);
    impl Drop for Breaks {
        fn drop(&mut self) {
            if self.0 {
                resume_unwind(Box::new("in drop"));
            }
        }
    }
    for also_in_drop in [false, true] {
        let event_loop = EventLoop::new();
        let mut kept = None;
        run(&event_loop, async {
            let breaks = Breaks(also_in_drop);
            let mut handle = <EventLoop as Runtime>::spawn(async move {
                let _breaks = breaks;
                pending::<()>().await;
            });
            yield_now().await;
            assert!(Pin::new(&mut handle).poll(&mut Context::from_waker(&panicking_waker())).is_pending());
            kept = Some(handle);
        });
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(event_loop)));
        assert_eq!(dropped.is_err(), also_in_drop, "only the panic of the destructor goes to the caller");
        assert_eq!(run(&EventLoop::new(), kept.expect("it was polled")), Err(paintdry_core::TaskError::Cancelled));
    }
}
