//! Turns and sleeps to the letter: here we own the queue, so exact orders can be asserted.

use futures::StreamExt;
use futures::future::{pending, select};
use futures::stream::FuturesUnordered;
use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, Promise, Request, sleep, yield_now};
use std::cell::{Cell, OnceCell, RefCell};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::Poll;
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_millis(5);

fn run<F: Future>(event_loop: &EventLoop, future: F) -> Result<F::Output, Error> {
    event_loop.run_until_complete(future)
}

#[test]
fn tasks_take_turns_in_the_order_of_their_creation() {
    let (event_loop, log) = (EventLoop::new(), Rc::new(RefCell::new(Vec::new())));
    let tasks = (0..100).map(|own| {
        let log = log.clone();
        async move {
            for _ in 0..3 {
                log.borrow_mut().push(own);
                yield_now().await;
            }
        }
    });
    event_loop.run_until_complete(event_loop.gather(tasks).unwrap()).unwrap();
    assert_eq!(*log.borrow(), (0..3).flat_map(|_| 0..100).collect::<Vec<_>>());
}

#[test]
fn equal_sleeps_end_in_the_order_in_which_they_began() {
    let (event_loop, log) = (EventLoop::new(), Rc::new(RefCell::new(Vec::new())));
    let sleepers = (0..100).map(|own| {
        let log = log.clone();
        async move {
            let start = Instant::now();
            sleep(MOMENT).await;
            assert!(start.elapsed() >= MOMENT, "never early");
            log.borrow_mut().push(own);
        }
    });
    event_loop.run_until_complete(event_loop.gather(sleepers).unwrap()).unwrap();
    assert_eq!(*log.borrow(), (0..100).collect::<Vec<_>>());
}

/// Checks whether the flag is set, and pauses as the test says until it is.
struct Watch(Rc<Cell<bool>>, u32);

impl Generator for Watch {
    type Return = u32;

    fn resume(&mut self) -> GeneratorState<u32> {
        if self.0.get() {
            return GeneratorState::Complete(self.1);
        }
        self.1 += 1;
        GeneratorState::Yielded(Request::Sleep(Duration::ZERO))
    }
}

#[test]
fn a_sleep_of_zero_gives_the_others_a_turn_in_both_forms() {
    let (event_loop, flag) = (EventLoop::new(), Rc::new(Cell::new(false)));
    let watched = flag.clone();
    let by_hand = event_loop.create_task(Watch(flag.clone(), 0)).unwrap();
    let by_the_compiler = event_loop.create_task(async move {
        let mut sleeps = 0;
        while !watched.get() {
            sleeps += 1;
            sleep(Duration::ZERO).await;
        }
        sleeps
    });
    event_loop.call_soon(move || flag.set(true)).unwrap();
    assert_eq!(run(&event_loop, by_the_compiler.unwrap()), Ok(Ok(1)));
    assert_eq!(run(&event_loop, by_hand), Ok(Ok(1)));
}

#[test]
fn a_sleep_that_is_dropped_leaves_no_timer() {
    let event_loop = EventLoop::new();
    let main = async {
        select(pin!(sleep(HOUR)), pin!(yield_now())).await;
        pending::<()>().await;
    };
    assert_eq!(run(&event_loop, main), Err(Error::Stuck(vec!["main".to_owned()])));
}

#[test]
fn a_timer_that_is_left_behind_resumes_no_task_when_it_is_due() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future();
    let polls = Rc::new(Cell::new(0));
    let counter = polls.clone();
    let waits = event_loop.create_task(async move {
        let _ = select(pin!(sleep(MOMENT)), future).await; // the promise is quicker
        poll_fn(|_| {
            counter.set(counter.get() + 1);
            Poll::<()>::Pending
        })
        .await;
    });
    event_loop.call_soon(move || promise.set_result(())).unwrap();
    run(&event_loop, sleep(2 * MOMENT)).unwrap();
    assert_eq!(polls.get(), 1);
    drop(waits);
}

#[test]
fn a_timer_that_is_due_when_its_task_is_ready_already_gives_no_second_turn() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future();
    let mut waits = Box::pin(async {
        let _ = select(pin!(sleep(MOMENT)), future).await;
        pending::<()>().await;
    });
    let polls = Rc::new(Cell::new(0));
    let counter = polls.clone();
    let task = event_loop.create_task(poll_fn(move |context| {
        counter.set(counter.get() + 1);
        waits.as_mut().poll(context)
    }));
    event_loop
        .call_soon(move || {
            promise.set_result(()).unwrap();
            let start = Instant::now();
            while start.elapsed() < 2 * MOMENT {} // until the sleep is due as well
        })
        .unwrap();
    for _ in 0..3 {
        run(&event_loop, yield_now()).unwrap();
    }
    assert_eq!(polls.get(), 2, "once at first, once for both");
    drop(task);
}

#[test]
fn a_sleep_by_hand_is_not_ended_by_a_wake_that_was_meant_for_something_else() {
    /// Waits for either of two futures, then sleeps.
    struct EitherThenSleep(LoopFuture<()>, LoopFuture<()>, Option<Instant>);
    impl Generator for EitherThenSleep {
        type Return = Duration;
        fn resume(&mut self) -> GeneratorState<Duration> {
            if let Some(start) = self.2 {
                return GeneratorState::Complete(start.elapsed());
            }
            if self.0.done() || self.1.done() {
                self.2 = Some(Instant::now());
                return GeneratorState::Yielded(Request::Sleep(MOMENT));
            }
            let _ = self.0.wait();
            GeneratorState::Yielded(self.1.wait())
        }
    }
    let event_loop = EventLoop::new();
    let ((promise_a, a), (promise_b, b)) = (event_loop.create_future(), event_loop.create_future());
    let sleeper = event_loop.create_task(EitherThenSleep(a, b, None)).unwrap();
    event_loop
        .create_task(async move {
            yield_now().await;
            promise_a.set_result(()).unwrap();
            yield_now().await; // the sleeper falls asleep
            promise_b.set_result(()).unwrap();
        })
        .unwrap();
    assert!(run(&event_loop, sleeper).unwrap().unwrap() >= MOMENT);
}

/// Polls `future` once, in a loop of its own.
fn poll_once<F: Future + Unpin>(future: &mut F) {
    run(&EventLoop::new(), poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context).is_pending()))).unwrap();
}

#[test]
fn a_sleep_that_moves_to_another_loop_keeps_its_deadline() {
    let older = EventLoop::new();
    let start = Instant::now();
    let mut moved = sleep(MOMENT);
    poll_once(&mut moved);
    run(&older, moved).unwrap();
    assert!(start.elapsed() >= MOMENT);
}

#[test]
fn a_sleep_that_moves_from_one_combinator_to_another_wakes_the_new_one() {
    let mut moved = sleep(MOMENT);
    let woken = run(&EventLoop::new(), async {
        let mut first: FuturesUnordered<_> = [&mut moved].into_iter().collect();
        poll_fn(|context| Poll::Ready(first.poll_next_unpin(context).is_pending())).await;
        drop(first);
        let mut second: FuturesUnordered<_> = [&mut moved].into_iter().collect();
        second.next().await
    });
    assert_eq!(woken, Ok(Some(())));
}

#[test]
fn a_future_of_one_loop_wakes_a_generator_and_a_future_of_another() {
    struct Wait(LoopFuture<u32>);
    impl Generator for Wait {
        type Return = u32;
        fn resume(&mut self) -> GeneratorState<u32> {
            match self.0.result() {
                Ok(value) => GeneratorState::Complete(value),
                Err(_) => GeneratorState::Yielded(self.0.wait()),
            }
        }
    }
    let (other, event_loop) = (EventLoop::new(), EventLoop::new());
    let fulfils_later = |promise: Promise<u32>| {
        let later = async move {
            yield_now().await; // in the meantime a task begins to wait
            promise.set_result(7).unwrap();
        };
        event_loop.create_task(later).unwrap();
    };
    let (promise, future) = other.create_future();
    fulfils_later(promise);
    assert_eq!(event_loop.run_until_complete(Wait(future)), Ok(7));
    let (promise, future) = other.create_future();
    fulfils_later(promise);
    assert_eq!(run(&event_loop, future), Ok(Ok(7)));
}

#[test]
fn a_panic_in_the_drop_of_a_generator_that_is_complete_is_its_tasks() {
    struct Breaks;
    impl Drop for Breaks {
        fn drop(&mut self) {
            std::panic::resume_unwind(Box::new("in drop"));
        }
    }
    impl Generator for Breaks {
        type Return = ();
        fn resume(&mut self) -> GeneratorState<()> {
            GeneratorState::Complete(())
        }
    }
    let event_loop = EventLoop::new();
    let task = event_loop.create_task(Breaks).unwrap();
    assert_eq!(run(&event_loop, task), Ok(Err(Error::Panicked("in drop".to_owned()))));
}

#[test]
#[should_panic(expected = "where no event loop runs")]
fn a_yield_outside_of_a_run_panics_also_with_a_waker_that_does_nothing() {
    let _ = std::pin::pin!(yield_now()).poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
}

#[test]
fn a_waker_that_is_kept_beside_a_yield_wakes_its_own_task_also_when_others_only_yield() {
    let event_loop = EventLoop::new().with_patience(Duration::ZERO);
    let kept = Rc::new(OnceCell::new());
    let keeper = kept.clone();
    let keeps = event_loop.create_task(async move {
        for _ in 0..5 {
            yield_now().await;
        }
        let mut pause = yield_now();
        poll_fn(|context| {
            keeper.get_or_init(|| context.waker().clone());
            Pin::new(&mut pause).poll(context)
        })
        .await;
        for _ in 0..20 {
            yield_now().await;
        }
        let mut polls = 0;
        poll_fn(|_| {
            polls += 1;
            if polls == 2 { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    });
    let yields = event_loop.create_task(async {
        for _ in 0..10 {
            yield_now().await;
        }
    });
    let (keeps, yields) = (keeps.unwrap(), yields.unwrap());
    let main = async {
        yields.await.unwrap(); // the first turn after that yield which does more
        for _ in 0..20 {
            yield_now().await;
        }
        kept.get().unwrap().wake_by_ref();
        keeps.await
    };
    assert_eq!(run(&event_loop, main), Ok(Ok(())));
}
