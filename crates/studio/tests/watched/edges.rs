//! Patterns that once made virtual time jump early, hang, or name the wrong task.

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, join, ready, select};
use futures::stream::{FuturesUnordered, StreamExt};
use paintdry_core::Runtime;
use paintdry_studio::{Clock, EventKind, Studio, at_line, now};
use std::future::pending;
use std::pin::pin;
use std::sync::mpsc;
use std::task::{Context, Waker};
use std::thread;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Runs `main` beside a task that sleeps for a second, in virtual time.
fn beside_a_sleeper<R: Runtime, F: Future>(main: F) -> F::Output {
    let watched = Studio::<R>::new(Clock::Virtual).run(async {
        let sleeper = Studio::<R>::spawn(Studio::<R>::sleep(SECOND));
        Studio::<R>::yield_now().await;
        let output = main.await;
        drop(sleeper);
        output
    });
    watched.result.unwrap_or_else(|stalled| panic!("{}: {stalled}", R::NAME))
}

fn several_yields<R: Runtime>() {
    let yield_now = Studio::<R>::yield_now;
    let twice = async move {
        yield_now().await;
        yield_now().await;
    };
    let main = async {
        join(twice, yield_now()).await;
        now()
    };
    assert_eq!(beside_a_sleeper::<R, _>(main), Duration::ZERO, "{}", R::NAME);
}

#[test]
fn of_several_yields_in_one_poll_each_counts() {
    on_every_runtime!(several_yields);
}

fn yield_given_up<R: Runtime>() {
    let main = async {
        assert_eq!(Studio::<R>::yield_now().now_or_never(), None);
        Studio::<R>::sleep(2 * SECOND).await;
        now()
    };
    assert_eq!(beside_a_sleeper::<R, _>(main), 2 * SECOND, "{}", R::NAME);
}

#[test]
fn a_yield_that_is_given_up_keeps_no_task_ready() {
    on_every_runtime!(yield_given_up);
}

fn yield_of_a_combinator<R: Runtime>() {
    let main = async {
        let yields = Studio::<R>::spawn(async { FuturesUnordered::from_iter([Studio::<R>::yield_now()]).next().await });
        let is_first = matches!(select(yields, pin!(Studio::<R>::sleep(SECOND))).await, Either::Left(_));
        (is_first, now())
    };
    assert_eq!(beside_a_sleeper::<R, _>(main), (true, Duration::ZERO), "{}", R::NAME);
}

#[test]
fn no_time_passes_during_a_yield_that_the_next_poll_passes_by() {
    on_every_runtime!(yield_of_a_combinator);
}

fn yield_that_wakes_no_task<R: Runtime>() {
    let main = async {
        let mut kept = pin!(Studio::<R>::yield_now());
        assert!(kept.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        Studio::<R>::sleep(2 * SECOND).await;
        now()
    };
    assert_eq!(beside_a_sleeper::<R, _>(main), 2 * SECOND, "{}", R::NAME);
}

#[test]
fn a_yield_that_is_kept_and_wakes_no_task_does_not_hold_the_time_up() {
    on_every_runtime!(yield_that_wakes_no_task);
}

fn cancelled<R: Runtime>() {
    for _ in 0..200 {
        let main = async {
            let (promise, future) = oneshot::channel::<()>();
            let owner = Studio::<R>::spawn(async {
                Studio::<R>::sleep(3600 * SECOND).await;
                drop(promise);
            });
            Studio::<R>::sleep(Duration::from_millis(1)).await;
            drop(owner);
            if R::CANCELS_ON_DROP {
                future.await.expect_err("its owner is cancelled");
            }
            now()
        };
        assert_eq!(beside_a_sleeper::<R, _>(main), Duration::from_millis(1), "{}", R::NAME);
    }
}

#[test]
fn no_time_passes_until_a_cancelled_task_is_dropped() {
    on_every_runtime!(cancelled);
}

fn never<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual).with_patience(Duration::from_millis(50));
    let forever = studio.run(async { Studio::<R>::sleep(Duration::MAX).await }).result;
    assert_eq!(forever.expect_err("it never ends").tasks.len(), 1, "{}", R::NAME);
    let either = studio.run(async {
        select(pin!(Studio::<R>::sleep(Duration::MAX)), pin!(Studio::<R>::sleep(SECOND))).await;
    });
    assert_eq!(either.wall, SECOND, "{}", R::NAME);
}

#[test]
fn a_sleep_without_end_is_no_timer() {
    on_every_runtime!(never);
}

fn kept_sleep<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Real).with_patience(Duration::from_millis(50));
    let watched = studio.run(async {
        let mut over = pin!(Studio::<R>::sleep(Duration::from_millis(1)));
        select(over.as_mut(), ready(())).await;
        pending::<()>().await;
    });
    assert!(watched.result.is_err(), "{}", R::NAME);
}

#[test]
fn a_sleep_that_is_over_and_kept_does_not_quieten_the_watchdog() {
    on_every_runtime!(kept_sleep);
}

fn slept_elsewhere<R: Runtime>() {
    let watched = Studio::<R>::new(Clock::Virtual).run(async {
        let sleep = Studio::<R>::sleep(SECOND);
        let (promise, future) = oneshot::channel();
        let other = thread::spawn(move || {
            futures::executor::block_on(sleep);
            promise.send("slept")
        });
        let slept = future.await;
        other.join().expect("it does not panic").expect("main waits");
        slept
    });
    assert_eq!((watched.result, watched.wall), (Ok(Ok("slept")), SECOND), "{}", R::NAME);
}

#[test]
fn a_sleep_may_be_awaited_on_another_thread() {
    on_every_runtime!(slept_elsewhere);
}

#[test]
fn a_handle_that_is_dropped_is_waited_for_no_more() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    let studio = Watched::new(Clock::Virtual).with_patience(Duration::ZERO);
    let watched = studio.run(async {
        let _ = Watched::spawn(async {}).now_or_never();
        pending::<()>().await;
    });
    let stalled = watched.result.expect_err("main waits for nothing");
    assert!(stalled.to_string().contains("main waits for a wake that never comes"), "{stalled}");
}

fn cause_before_effect<R: Runtime>() {
    for _ in 0..50 {
        let watched = Studio::<R>::new(Clock::Virtual).recording().run(async {
            let task = Studio::<R>::spawn(async { at_line(1) });
            (0..100_000).for_each(|turn| _ = std::hint::black_box(turn)); // meanwhile it ends, if there is a thread for it
            task.await.expect("it ends");
            at_line(2);
        });
        let position = |line| watched.events.iter().position(|event| event.what == EventKind::Line(line));
        assert!(position(1) < position(2), "{}: {:#?}", R::NAME, watched.events);
    }
}

#[test]
fn a_cause_comes_before_its_effect_though_no_task_was_woken() {
    on_every_runtime!(cause_before_effect);
}

#[test]
fn tasks_that_are_left_behind_in_virtual_time_end() {
    type Watched = Studio<paintdry_smol::Global>; // its executor outlives every run
    let (promise, mut future) = oneshot::channel::<()>();
    let watched = Watched::new(Clock::Virtual).run(async {
        let left = Watched::spawn(async {
            Watched::sleep(SECOND).await;
            drop(promise);
        });
        Watched::yield_now().await;
        (left,) // kept, because dropping it cancels the task
    });
    assert_eq!(watched.wall, Duration::ZERO);
    futures::executor::block_on(&mut future).expect_err("the task is dropped, and with it the promise");
}

#[test]
fn a_sleep_that_is_set_as_the_run_ends_is_given_up() {
    type Watched = Studio<paintdry_smol::Global>; // its threads poll on while the main task ends
    let _alone = crate::alone_on_the_threads();
    let (has_begun, begun) = oneshot::channel();
    let (end, ended) = mpsc::channel::<()>();
    let (promise, is_dropped) = mpsc::channel::<()>();
    let watched = Watched::new(Clock::Virtual).run(async {
        let left = Watched::spawn(async move {
            has_begun.send(()).expect("main waits");
            ended.recv().expect("the run ends, and then this poll continues");
            Watched::sleep(SECOND).await;
            drop(promise);
        });
        begun.await.expect("it begins");
        (left,) // kept, because dropping it cancels the task
    });
    end.send(()).expect("the task waits");
    assert_eq!(is_dropped.recv_timeout(60 * SECOND), Err(mpsc::RecvTimeoutError::Disconnected));
    drop(watched);
}
