//! The queue to the letter: which task is next after a wake in the middle of a round, a wake of itself, a panic, or a poll inside
//! a poll.

use futures::StreamExt;
use futures::future::{Either, join, select};
use futures::stream::FuturesUnordered;
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, Request, sleep, yield_now};
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

type EventLog = Rc<RefCell<Vec<String>>>;

fn run<F: Future>(event_loop: &EventLoop, future: F) -> Result<F::Output, Error> {
    event_loop.run_until_complete(future)
}

/// A task that takes some turns and notes each.
async fn takes_turns(log: EventLog, name: &'static str, turns: u32) {
    for turn in 0..turns {
        log.borrow_mut().push(format!("{name}{turn}"));
        yield_now().await;
    }
}

#[test]
fn a_task_that_is_woken_in_the_middle_of_a_round_comes_before_one_that_yields_later() {
    let (event_loop, log) = (EventLoop::new(), EventLog::default());
    let (promise, future) = event_loop.create_future::<()>();
    let task = |future| event_loop.create_task(future).unwrap();
    let (waiting, waking) = (log.clone(), log.clone());
    drop(event_loop.create_task(async move {
        let _ = future.await;
        waiting.borrow_mut().push("woken".to_owned());
    }));
    let all = [
        task(Box::pin(takes_turns(log.clone(), "a", 2)) as std::pin::Pin<Box<dyn Future<Output = ()>>>),
        task(Box::pin(async move {
            takes_turns(waking.clone(), "b", 1).await;
            waking.borrow_mut().push("wakes".to_owned());
            promise.set_result(()).unwrap();
            takes_turns(waking, "c", 2).await;
        })),
        task(Box::pin(takes_turns(log.clone(), "d", 3))),
    ];
    run(&event_loop, futures::future::join_all(all)).unwrap();
    let expected = [
        "a0", "b0", "d0", // the first round
        "a1", "wakes", "c0", // the waiting task is now ready, and c1 comes after it
        "d1", "woken", "c1", "d2",
    ];
    assert_eq!(*log.borrow(), expected);
}

#[test]
fn a_task_that_wakes_itself_has_only_given_up_its_turn() {
    let (event_loop, log) = (EventLoop::new(), EventLog::default());
    let own = log.clone();
    let mut polls = 0;
    let wakes_itself = event_loop.create_task(poll_fn(move |context| {
        own.borrow_mut().push(format!("self{polls}"));
        polls += 1;
        context.waker().wake_by_ref();
        context.waker().wake_by_ref(); // twice is once
        if polls < 3 { Poll::Pending } else { Poll::Ready(()) }
    }));
    let other = event_loop.create_task(takes_turns(log.clone(), "other", 3));
    assert_eq!(run(&event_loop, join(wakes_itself.unwrap(), other.unwrap())), Ok((Ok(()), Ok(()))));
    assert_eq!(*log.borrow(), ["self0", "other0", "self1", "other1", "self2", "other2"]);
}

#[test]
fn a_task_that_wakes_others_and_then_itself_comes_after_them() {
    let (event_loop, log) = (EventLoop::new(), EventLog::default());
    let kept = Rc::new(RefCell::new(Vec::<Waker>::new()));
    let waits = |name: &'static str, wakes_all: bool| {
        let (log, kept) = (log.clone(), kept.clone());
        let mut polls = 0;
        let future = poll_fn(move |context| {
            log.borrow_mut().push(format!("{name}{polls}"));
            polls += 1;
            if polls == 2 {
                return Poll::Ready(());
            }
            kept.borrow_mut().push(context.waker().clone());
            if wakes_all {
                kept.borrow().iter().for_each(Waker::wake_by_ref); // its own is the last
            }
            Poll::Pending
        });
        event_loop.create_task(future).unwrap()
    };
    let all = [waits("a", false), waits("b", false), waits("c", true)];
    run(&event_loop, futures::future::join_all(all)).unwrap();
    assert_eq!(*log.borrow(), ["a0", "b0", "c0", "a1", "b1", "c1"]);
}

#[test]
fn a_poll_inside_a_poll_keeps_what_the_outer_one_asks_for() {
    let event_loop = EventLoop::new();
    let inner = async {
        yield_now().await;
        sleep(Duration::from_micros(10)).await;
        "inner"
    };
    // Polls with a waker of its own, which is not the lent one.
    let mut unordered = FuturesUnordered::from_iter([inner]);
    let both = run(&event_loop, join(async { (yield_now().await, "outer").1 }, unordered.next()));
    assert_eq!(both, Ok(("outer", Some("inner"))));
    assert_eq!(run(&event_loop, yield_now()), Ok(()));
}

#[test]
fn a_waker_that_a_panic_leaves_behind_wakes_no_other_task() {
    let event_loop = EventLoop::new();
    let kept: Rc<RefCell<Option<Waker>>> = Rc::default();
    let keeper = kept.clone();
    let breaks = event_loop.create_task(poll_fn(move |context| -> Poll<()> {
        *keeper.borrow_mut() = Some(context.waker().clone());
        std::panic::resume_unwind(Box::new("the brush broke"))
    }));
    let polls = Rc::new(RefCell::new(0));
    let counter = polls.clone();
    let waits = event_loop.create_task(poll_fn(move |_| {
        *counter.borrow_mut() += 1;
        Poll::<()>::Pending
    }));
    let result = run(&event_loop, breaks.unwrap());
    assert_eq!(result, Ok(Err(Error::Panicked("the brush broke".to_owned()))));
    kept.borrow().as_ref().unwrap().wake_by_ref();
    run(&event_loop, yield_now()).unwrap();
    assert_eq!(*polls.borrow(), 1);
    drop(waits);
}

/// The places of tasks that have ended are used again; their numbers are not.
#[test]
fn a_waker_of_a_task_that_has_ended_wakes_no_other_task() {
    let event_loop = EventLoop::new();
    let kept: Rc<RefCell<Option<Waker>>> = Rc::default();
    let keeper = kept.clone();
    let ends = event_loop.create_task(poll_fn(move |context| {
        let before = keeper.replace(Some(context.waker().clone()));
        context.waker().wake_by_ref();
        if before.is_some() { Poll::Ready(()) } else { Poll::Pending }
    }));
    run(&event_loop, ends.unwrap()).unwrap().unwrap();
    let polls = Rc::new(RefCell::new(0));
    for _ in 0..10 {
        let counter = polls.clone();
        let waits = poll_fn(move |_| {
            *counter.borrow_mut() += 1;
            Poll::<()>::Pending
        });
        event_loop.create_task(waits).unwrap();
    }
    run(&event_loop, yield_now()).unwrap();
    kept.borrow().as_ref().unwrap().wake_by_ref();
    run(&event_loop, yield_now()).unwrap();
    assert_eq!(*polls.borrow(), 10, "each once");
}

#[test]
fn a_task_that_cancels_itself_is_cancelled_at_once() {
    let event_loop = EventLoop::new();
    let own: Rc<RefCell<Option<LoopFuture<()>>>> = Rc::default();
    let handle = own.clone();
    let task = event_loop.create_task(async move {
        let handle = handle.borrow();
        let own = handle.as_ref().unwrap();
        assert!(own.cancel() && !own.cancel() && own.done());
        assert_eq!(own.result(), Err(Error::Cancelled));
    });
    *own.borrow_mut() = Some(task.unwrap());
    run(&event_loop, yield_now()).unwrap();
    assert_eq!(own.borrow().as_ref().unwrap().result(), Err(Error::Cancelled));
}

/// Waits for a sleep or for a promise, again and again, so that each wait leaves a timer behind.
#[test]
fn timers_that_are_left_behind_neither_fire_nor_stay() {
    const TIMES: u32 = 10_000;
    let event_loop = EventLoop::new();
    let makes_futures = event_loop.clone();
    let polls = Rc::new(RefCell::new(0));
    let counter = polls.clone();
    let waiter = event_loop.create_task(async move {
        for _ in 0..TIMES {
            let (promise, future) = makes_futures.create_future();
            makes_futures.call_soon(move || promise.set_result(())).unwrap();
            let notes_polls = poll_fn(|_| {
                *counter.borrow_mut() += 1;
                Poll::<()>::Pending
            });
            let mut never = pin!(join(sleep(HOUR), notes_polls));
            let either = select(never.as_mut(), future).await;
            assert!(matches!(either, Either::Right(_)));
        }
    });
    run(&event_loop, waiter.unwrap()).unwrap().unwrap();
    assert_eq!(*polls.borrow(), 2 * TIMES);
    let stuck = run(&event_loop, std::future::pending::<()>());
    assert_eq!(stuck, Err(Error::Stuck(vec!["main".to_owned()])), "no timer is left");
}

#[test]
fn a_task_without_a_waker_is_kept_and_named() {
    struct Waits {
        _alive: Rc<()>,
    }
    impl Generator for Waits {
        type Return = ();
        fn resume(&mut self) -> GeneratorState<()> {
            GeneratorState::Yielded(Request::Wait)
        }
    }
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    drop(event_loop.create_task(Waits { _alive: alive.clone() }).unwrap());
    let stuck = run(&event_loop, std::future::pending::<()>());
    assert_eq!(stuck, Err(Error::Stuck(vec!["task 1".to_owned(), "main".to_owned()])));
    assert_eq!(Rc::strong_count(&alive), 2);
    drop(event_loop);
    assert_eq!(Rc::strong_count(&alive), 1);
}

#[test]
fn a_sleep_that_lasts_beside_yields_belongs_to_its_task_alone() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future::<()>();
    let yields = event_loop.create_task(async move {
        let turns = async {
            for _ in 0..1000 {
                yield_now().await;
            }
        };
        select(pin!(sleep(HOUR)), pin!(turns)).await;
        promise.set_result(()).unwrap();
    });
    let polls = Rc::new(RefCell::new(0));
    let (counter, mut future) = (polls.clone(), Box::pin(future));
    let waits = event_loop.create_task(async move {
        yield_now().await; // so that it begins to wait after the other one has begun to sleep
        poll_fn(|context| {
            *counter.borrow_mut() += 1;
            future.as_mut().poll(context)
        })
        .await
    });
    assert_eq!(run(&event_loop, join(yields.unwrap(), waits.unwrap())), Ok((Ok(()), Ok(Ok(())))));
    assert_eq!(*polls.borrow(), 2);
}

#[test]
fn two_wakes_before_a_turn_are_one() {
    let event_loop = EventLoop::new();
    let ((promise_a, mut a), (promise_b, mut b)) = (event_loop.create_future(), event_loop.create_future());
    let polls = Rc::new(RefCell::new(0));
    let counter = polls.clone();
    let waits = event_loop.create_task(poll_fn(move |context| {
        *counter.borrow_mut() += 1;
        let both =
            [&mut a, &mut b].map(|future: &mut LoopFuture<()>| std::pin::Pin::new(future).poll(context).is_ready());
        if *counter.borrow() < 3 { Poll::Pending } else { Poll::Ready(both) }
    }));
    let (promise_c, c) = event_loop.create_future::<()>();
    event_loop
        .call_soon(move || {
            promise_a.set_result(()).unwrap();
            promise_b.set_result(()).unwrap();
            promise_c.set_result(()).unwrap();
        })
        .unwrap();
    run(&event_loop, c).unwrap().unwrap();
    run(&event_loop, yield_now()).unwrap();
    assert_eq!(*polls.borrow(), 2, "once at first, once for both");
    waits.unwrap().cancel();
}
