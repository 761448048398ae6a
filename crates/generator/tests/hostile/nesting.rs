//! A loop inside a task of another loop, and a future that one task begins and another ends.

use crate::{Log, run, task};
use futures::channel::oneshot;
use futures::future::{FutureExt, join};
use paintdry_generator::{EventLoop, sleep, yield_now};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::pin::Pin;
use std::task::{Poll, Waker};
use std::time::Duration;

#[test]
fn a_nested_loop_leaves_the_outer_ones_yield_alone() {
    let nested = async { EventLoop::new().run_until_complete(async { 1 }) };
    assert_eq!(run(&EventLoop::new(), join(yield_now(), nested)), ((), Ok(1)));
}

#[test]
fn a_nested_loop_has_its_own_yields_sleeps_and_wakes() {
    let (outer, log) = (EventLoop::new(), Log::default());
    let (sender, receiver) = oneshot::channel();
    let waits = task(&outer, receiver);
    let nested = async {
        yield_now().await;
        let inner = EventLoop::new();
        let ticks = log.clone();
        let ticks = task(&inner, async move {
            for n in 0..3 {
                ticks.note(format!("inner {n}"));
                yield_now().await;
            }
        });
        run(&inner, async {
            sender.send("from the nested loop").unwrap();
            sleep(Duration::from_micros(10)).await;
            ticks.await.unwrap();
        });
        yield_now().await;
        log.note("outer again");
    };
    run(&outer, nested);
    assert_eq!(run(&outer, waits), Ok(Ok("from the nested loop")));
    assert_eq!(log.take(), ["inner 0", "inner 1", "inner 2", "outer again"]);
}

#[test]
fn a_future_that_catches_the_panic_of_another_takes_no_waker_from_a_task() {
    let event_loop = EventLoop::new();
    let (sender, receiver) = oneshot::channel::<()>();
    let breaks = async { resume_unwind(Box::new("the brush broke")) };
    let catches = task(&event_loop, async { AssertUnwindSafe(breaks).catch_unwind().await.map_err(|_| "caught") });
    let waits = task(&event_loop, receiver);
    crate::run_ready(&event_loop);
    let wakes = std::thread::spawn(move || sender.send(()));
    let both = run(&event_loop, join(catches, waits));
    assert_eq!(both, (Ok(Err::<(), _>("caught")), Ok(Ok(()))));
    wakes.join().unwrap().unwrap();
}

#[test]
fn a_future_that_was_begun_in_one_task_can_end_in_another() {
    let event_loop = EventLoop::new();
    let mut future = Box::pin(async { (yield_now().await, 7).1 });
    let begins = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_pending()));
    assert!(run(&event_loop, begins));
    assert_eq!(run(&event_loop, task(&event_loop, future)), Ok(7));
}

/// Keeps the waker that it is polled with, and yields by the loop's own yield in the same poll.
#[test]
fn a_waker_that_is_kept_in_a_poll_which_yields_belongs_to_that_task() {
    let event_loop = EventLoop::new();
    let kept = std::rc::Rc::new(std::cell::RefCell::new(Vec::<Waker>::new()));
    let keeps = |turns: u32| {
        let kept = kept.clone();
        task(&event_loop, async move {
            let mut polls = 0;
            let mut yields = Box::pin(async move {
                for _ in 0..turns {
                    yield_now().await;
                }
                std::future::pending::<()>().await;
            });
            std::future::poll_fn(move |context| {
                polls += 1;
                if polls == 1 {
                    kept.borrow_mut().push(context.waker().clone());
                }
                let _ = Pin::as_mut(&mut yields).poll(context);
                if polls == turns + 2 { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            })
            .await;
        })
    };
    let (one, other) = (keeps(1), keeps(2));
    for _ in 0..4 {
        crate::run_ready(&event_loop);
    }
    kept.borrow()[0].wake_by_ref();
    crate::run_ready(&event_loop);
    assert_eq!((one.done(), other.done()), (true, false), "the first waker is the first task's");
    kept.borrow()[1].wake_by_ref();
    crate::run_ready(&event_loop);
    assert!(other.done());
}
