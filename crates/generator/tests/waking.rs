//! Wakes from outside, futures that bring their own wakers, and a loop that nothing is left to wake.

use futures::channel::oneshot;
use futures::future::{Either, join, join_all, pending, select};
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, sleep, yield_now};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_micros(100);

fn run<F: Future>(event_loop: &EventLoop, future: F) -> Result<F::Output, Error> {
    event_loop.run_until_complete(future)
}

/// A future that another thread fulfils, once a task waits for it.
fn from_another_thread() -> impl Future<Output = &'static str> {
    let (waiting, is_waiting) = mpsc::channel();
    let (promise, future) = oneshot::channel();
    thread::spawn(move || is_waiting.recv().map(|()| promise.send("from outside")));
    let mut future = Box::pin(future);
    poll_fn(move |context| {
        let poll = future.as_mut().poll(context);
        let _ = waiting.send(()); // its waker is registered now
        poll.map(Result::unwrap)
    })
}

#[test]
fn another_thread_wakes_main_and_tasks() {
    let event_loop = EventLoop::new();
    assert_eq!(run(&event_loop, from_another_thread()), Ok("from outside"));
    let task = event_loop.create_task(from_another_thread()).unwrap();
    assert_eq!(run(&event_loop, task), Ok(Ok("from outside")));
}

#[test]
fn another_thread_wakes_a_task_that_sleeps_as_well() {
    let event_loop = EventLoop::new();
    let task = event_loop.create_task(async {
        match select(pin!(sleep(HOUR)), pin!(from_another_thread())).await {
            Either::Left(_) => "slept",
            Either::Right((message, _)) => message,
        }
    });
    assert_eq!(run(&event_loop, task.unwrap()), Ok(Ok("from outside")));
}

#[test]
fn a_future_that_wakes_itself_beside_a_sleep_is_polled_again() {
    let event_loop = EventLoop::new();
    let mut polls = 0;
    let wakes_itself = poll_fn(|context| {
        polls += 1;
        context.waker().wake_by_ref();
        if polls < 5 { Poll::Pending } else { Poll::Ready("woken") }
    });
    let first = run(&event_loop, async {
        match select(pin!(sleep(HOUR)), pin!(wakes_itself)).await {
            Either::Left(_) => "slept",
            Either::Right((message, _)) => message,
        }
    });
    assert_eq!(first, Ok("woken"));
}

#[test]
fn two_pauses_of_one_task_are_both_kept() {
    let event_loop = EventLoop::new();
    run(&event_loop, join(sleep(2 * MOMENT), sleep(MOMENT))).unwrap();
    run(&event_loop, join(sleep(MOMENT), yield_now())).unwrap();
    run(&event_loop, join(yield_now(), sleep(MOMENT))).unwrap();
    run(&event_loop, join(yield_now(), yield_now())).unwrap();
}

#[test]
fn pauses_under_a_combinator_that_has_wakers_of_its_own() {
    let event_loop = EventLoop::new();
    // Above 30 futures, join_all polls each only when its own waker was called.
    let both = |n: u32| async move {
        yield_now().await;
        sleep(MOMENT * (100 - n) / 10).await;
        n
    };
    assert_eq!(run(&event_loop, join_all((0..100).map(both))), Ok((0..100).collect()));
}

#[test]
fn a_promise_of_the_loop_wakes_generators_and_futures() {
    struct WaitsFor(LoopFuture<u32>);
    impl Generator for WaitsFor {
        type Return = Result<u32, Error>;
        fn resume(&mut self) -> GeneratorState<Self::Return> {
            match self.0.result() {
                Err(Error::NotReady) => GeneratorState::Yielded(self.0.wait()),
                result => GeneratorState::Complete(result),
            }
        }
    }
    let event_loop = EventLoop::new();
    let ((promise_a, a), (promise_b, b)) = (event_loop.create_future(), event_loop.create_future::<u32>());
    let generator = event_loop.create_task(WaitsFor(a)).unwrap();
    let future = event_loop.create_task(b).unwrap();
    let writer = async move {
        yield_now().await;
        promise_a.set_result(1).unwrap();
        drop(promise_b);
    };
    event_loop.create_task(writer).unwrap();
    let results = run(&event_loop, join(generator, future)).unwrap();
    assert_eq!(results, (Ok(Ok(1)), Ok(Err(Error::Broken))));
}

#[test]
fn a_promise_of_the_loop_wakes_a_task_that_sleeps_as_well() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future();
    let waiter = event_loop.create_task(async {
        match select(pin!(sleep(HOUR)), pin!(future)).await {
            Either::Left(_) => Err(Error::NotReady),
            Either::Right((result, _)) => result,
        }
    });
    event_loop.call_soon(move || promise.set_result("woken")).unwrap();
    assert_eq!(run(&event_loop, waiter.unwrap()), Ok(Ok(Ok("woken"))));
}

#[test]
fn tasks_that_wait_for_each_other_are_named() {
    let event_loop = EventLoop::new();
    let ((promise_a, a), (promise_b, b)) = (event_loop.create_future::<()>(), event_loop.create_future::<()>());
    let waits_for = |future: LoopFuture<()>, promise| async move {
        let _ = future.await;
        drop(promise);
    };
    event_loop.create_named_task("alice", waits_for(a, promise_b)).unwrap();
    let bob = event_loop.create_task(waits_for(b, promise_a)).unwrap();
    event_loop.create_named_task("carol", async { yield_now().await }).unwrap(); // she is not stuck
    let stuck = event_loop.run_until_complete(event_loop.gather([bob]).unwrap()).unwrap_err();
    let names = ["alice", "task 2", "task 4", "main"].map(str::to_owned).to_vec();
    assert_eq!(stuck, Error::Stuck(names));
    assert!(stuck.to_string().contains("alice, task 2, task 4, main; set the result"));
    yield_now_runs(&event_loop);
}

/// The loop can be used again.
fn yield_now_runs(event_loop: &EventLoop) {
    assert_eq!(event_loop.run_until_complete(yield_now()), Ok(()));
}

#[test]
fn a_future_without_a_waker_is_stuck_at_once() {
    let event_loop = EventLoop::new();
    assert_eq!(run(&event_loop, pending::<()>()), Err(Error::Stuck(vec!["main".to_owned()])));
    yield_now_runs(&event_loop);
}

#[test]
fn a_waker_that_is_kept_but_never_used_ends_the_loops_patience() {
    let event_loop = EventLoop::new();
    let event_loop = event_loop.with_patience(MOMENT);
    let (_promise, future) = oneshot::channel::<()>();
    let error = run(&event_loop, future).unwrap_err();
    assert_eq!(error, Error::WakeTimeout(vec!["main".to_owned()]));
    assert!(error.to_string().ends_with("give it longer with EventLoop::with_patience"));
}

#[test]
fn the_last_waker_that_is_dropped_unused_ends_the_waiting() {
    let event_loop = EventLoop::new();
    let event_loop = event_loop.with_patience(HOUR);
    let (sender, receiver) = mpsc::channel::<Waker>();
    let dropper = thread::spawn(move || receiver.into_iter().for_each(drop));
    for _ in 0..2_000 {
        let forgets = poll_fn(|context| {
            let _ = sender.send(context.waker().clone());
            Poll::<()>::Pending
        });
        assert_eq!(run(&event_loop, forgets), Err(Error::Stuck(vec!["main".to_owned()])));
    }
    drop(sender);
    dropper.join().unwrap();
}

#[test]
fn a_wake_by_the_last_waker_is_not_taken_for_its_loss() {
    let event_loop = EventLoop::new();
    let event_loop = event_loop.with_patience(HOUR);
    let (sender, receiver) = mpsc::channel::<Waker>();
    let waking = thread::spawn(move || receiver.into_iter().for_each(Waker::wake));
    for _ in 0..2_000 {
        let mut polls = 0;
        let woken = poll_fn(|context| {
            polls += 1;
            if polls > 1 {
                return Poll::Ready(());
            }
            let _ = sender.send(context.waker().clone());
            Poll::Pending
        });
        assert_eq!(run(&event_loop, woken), Ok(()));
    }
    drop(sender);
    waking.join().unwrap();
}

/// The drop of a last waker also unparks the loop; this one is kept until the loop has answered. It runs often, because
/// sometimes the loop has not yet parked when it is woken.
#[test]
fn a_wake_by_a_waker_that_is_kept_reaches_a_loop_that_is_parked() {
    const GIVE_UP: Duration = Duration::from_secs(10); // then the waker is dropped, which resumes the loop
    let event_loop = EventLoop::new();
    let event_loop = event_loop.with_patience(HOUR);
    let (sender, receiver) = mpsc::channel::<Waker>();
    let (polled, is_polled) = mpsc::channel();
    let waking = thread::spawn(move || {
        receiver.into_iter().all(|waker| {
            waker.wake_by_ref();
            is_polled.recv_timeout(GIVE_UP).is_ok()
        })
    });
    for _ in 0..200 {
        let mut polls = 0;
        let woken = poll_fn(|context| {
            polls += 1;
            if polls > 1 {
                return Poll::Ready(polled.send(()).is_ok());
            }
            let _ = sender.send(context.waker().clone());
            Poll::Pending
        });
        if run(&event_loop, woken) != Ok(true) {
            break;
        }
    }
    drop(sender);
    assert!(waking.join().unwrap(), "a wake did not reach the loop");
}

#[test]
fn a_task_that_was_cancelled_while_it_waited_is_not_named() {
    let event_loop = EventLoop::new();
    let (_promise, never) = event_loop.create_future::<()>();
    let waits = event_loop.create_named_task("sky", never).unwrap();
    yield_now_runs(&event_loop);
    waits.cancel();
    assert_eq!(run(&event_loop, pending::<()>()), Err(Error::Stuck(vec!["main".to_owned()])));
}

#[test]
fn a_cancelled_sleep_does_not_hide_that_the_rest_is_stuck() {
    let event_loop = EventLoop::new();
    let sleeper = event_loop.create_task(sleep(HOUR)).unwrap();
    yield_now_runs(&event_loop);
    sleeper.cancel();
    assert_eq!(run(&event_loop, pending::<()>()), Err(Error::Stuck(vec!["main".to_owned()])));
}

#[test]
fn a_sleep_for_ever_can_be_left() {
    let event_loop = EventLoop::new();
    let raced = run(&event_loop, async {
        matches!(select(pin!(sleep(Duration::MAX)), pin!(sleep(MOMENT))).await, Either::Right(_))
    });
    assert_eq!(raced, Ok(true));
}
