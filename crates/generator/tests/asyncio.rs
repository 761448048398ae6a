//! The loop means what asyncio means: each misuse is a typed error whose message says what to do.

use paintdry_generator::{Error, EventLoop, Generator, GeneratorState, LoopFuture, Request, from_future, yield_now};
use std::cell::{Cell, RefCell};
use std::panic::resume_unwind;
use std::rc::Rc;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// Runs everything that is ready now.
fn run_ready(event_loop: &EventLoop) {
    event_loop.run_until_complete(from_future(yield_now())).unwrap();
}

#[test]
fn a_result_that_is_not_there_yet() {
    let event_loop = EventLoop::new();
    let (promise, future) = event_loop.create_future::<i32>();
    assert!(!future.done());
    assert_eq!(future.result(), Err(Error::NotReady));
    assert!(Error::NotReady.to_string().contains("run the loop until it is, or await"));

    promise.set_result(7).unwrap();
    assert!(future.done());
    assert_eq!((future.result(), future.result()), (Ok(7), Ok(7)), "it can be read as often as you like");
    assert_eq!(future.take(), Ok(7));
    assert_eq!(future.result(), Err(Error::Taken));
}

#[test]
fn a_result_that_is_set_twice() {
    let (promise, future) = EventLoop::new().create_future();
    promise.set_result(1).unwrap();
    assert_eq!(promise.set_result(2), Err(Error::AlreadyDone));
    assert_eq!(future.result(), Ok(1));
    assert!(Error::AlreadyDone.to_string().contains("set a result once"));
}

#[test]
fn a_promise_that_is_dropped() {
    let (promise, future) = EventLoop::new().create_future::<i32>();
    drop(promise);
    assert_eq!(future.result(), Err(Error::Broken));
}

#[test]
fn a_future_that_is_cancelled() {
    let (promise, future) = EventLoop::new().create_future::<i32>();
    assert!(future.cancel());
    assert!(!future.cancel(), "there is nothing left to cancel");
    assert_eq!(future.result(), Err(Error::Cancelled));
    assert_eq!(promise.set_result(1), Err(Error::AlreadyDone));
}

#[test]
fn a_closed_loop() {
    let event_loop = EventLoop::new();
    event_loop.close().unwrap();
    assert_eq!(event_loop.run_until_complete(from_future(yield_now())), Err(Error::Closed));
    assert_eq!(event_loop.create_task(from_future(yield_now())).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.gather([from_future(yield_now())]).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.call_soon(|| ()).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.call_later(HOUR, || ()).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.close(), Ok(()), "closing twice is no mistake");
    assert!(Error::Closed.to_string().contains("make a new one"));
}

#[test]
fn a_loop_is_not_run_or_closed_from_inside() {
    let event_loop = EventLoop::new();
    let inner = event_loop.clone();
    let errors = event_loop.run_until_complete(from_future(async move {
        (inner.run_until_complete(from_future(yield_now())), inner.close())
    }));
    assert_eq!(errors, Ok((Err(Error::Running), Err(Error::Running))));
    run_ready(&event_loop); // and is none the worse for it
}

#[test]
fn closing_drops_every_task_wherever_it_is() {
    let event_loop = EventLoop::new();
    let alive = Rc::new(());
    let (_promise, never) = event_loop.create_future::<()>();
    let (ready, asleep, waiting) = (alive.clone(), alive.clone(), alive.clone());
    let holder = event_loop.clone(); // a task that holds its loop: a cycle, until the loop is closed
    event_loop.create_task(from_future(async move { drop((event_loop_sleep(&holder).await, asleep)) })).unwrap();
    event_loop.create_task(from_future(async move { drop((never.await, waiting)) })).unwrap();
    run_ready(&event_loop);
    let task = event_loop.create_task(from_future(async move { drop(ready) })).unwrap();
    assert_eq!(Rc::strong_count(&alive), 4);
    event_loop.close().unwrap();
    assert_eq!(Rc::strong_count(&alive), 1);
    assert_eq!(task.result(), Err(Error::Cancelled));
}

async fn event_loop_sleep(event_loop: &EventLoop) {
    event_loop.sleep(HOUR).await;
}

/// Cancels a task after `rounds` rounds, and says what awaiting it gives.
fn cancel_after(rounds: u32, task: impl Future<Output = ()> + 'static) -> Result<(), Error> {
    let event_loop = EventLoop::new();
    let task = event_loop.create_task(from_future(task)).unwrap();
    for _ in 0..rounds {
        run_ready(&event_loop);
    }
    assert!(task.cancel());
    event_loop.run_until_complete(from_future(task)).unwrap()
}

#[test]
fn a_cancelled_task_is_dropped_where_it_stands_and_awaiting_it_is_an_error() {
    let dropped = Rc::new(());
    for rounds in 0..3 {
        let held = dropped.clone();
        let yielding = async move {
            loop {
                yield_now().await;
                assert_eq!(Rc::strong_count(&held), 2);
            }
        };
        assert_eq!(cancel_after(rounds, yielding), Err(Error::Cancelled), "ready, after {rounds} rounds");
        assert_eq!(Rc::strong_count(&dropped), 1);
    }
    assert_eq!(cancel_after(1, paintdry_generator::sleep(HOUR)), Err(Error::Cancelled), "asleep");
    assert_eq!(cancel_after(1, std::future::pending()), Err(Error::Cancelled), "waiting");
    assert!(Error::Cancelled.to_string().contains("await it before you cancel it"));
}

#[test]
fn a_task_that_cancels_itself_ends_at_its_next_yield() {
    let event_loop = EventLoop::new();
    let own: Rc<RefCell<Option<LoopFuture<()>>>> = Rc::default();
    let log = Rc::new(RefCell::new(Vec::new()));
    let (handle, events) = (own.clone(), log.clone());
    let task = event_loop.create_task(from_future(async move {
        assert!(handle.borrow().as_ref().unwrap().cancel());
        events.borrow_mut().push("still here");
        yield_now().await;
        events.borrow_mut().push("never");
    }));
    *own.borrow_mut() = Some(task.unwrap());
    run_ready(&event_loop);
    run_ready(&event_loop);
    assert_eq!(*log.borrow(), ["still here"]);
    assert_eq!(own.borrow().as_ref().unwrap().result(), Err(Error::Cancelled));
}

#[test]
fn a_panic_in_a_task_is_its_result_and_the_loop_goes_on() {
    let event_loop = EventLoop::new();
    let broken = event_loop.create_task(from_future(async { resume_unwind(Box::new("the brush broke")) })).unwrap();
    let fine = event_loop.create_task(from_future(async { 1 })).unwrap();
    run_ready(&event_loop);
    assert_eq!(broken.result(), Err::<(), _>(Error::Panicked("the brush broke".to_owned())));
    assert_eq!(fine.result(), Ok(1));
}

#[test]
fn a_panic_in_main_goes_to_the_caller_and_the_loop_can_be_used_again() {
    let event_loop = EventLoop::new();
    let main = from_future(async { resume_unwind(Box::new("main")) });
    let run = std::panic::AssertUnwindSafe(|| event_loop.run_until_complete(main));
    let payload = std::panic::catch_unwind(run).map(|result: Result<(), _>| result).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"main"));
    run_ready(&event_loop);
}

#[test]
fn callbacks_are_called_in_order_soon_and_later() {
    let event_loop = EventLoop::new();
    let log = Rc::new(RefCell::new(Vec::new()));
    let note = |event: &'static str| {
        let log = log.clone();
        move || log.borrow_mut().push(event)
    };
    let millisecond = Duration::from_millis(1);
    event_loop.call_later(millisecond, note("second")).unwrap();
    let cancelled = event_loop.call_later(millisecond, note("never")).unwrap();
    let last = event_loop.call_later(millisecond, note("third")).unwrap();
    event_loop.call_soon(note("first")).unwrap();
    cancelled.cancel();
    event_loop.run_until_complete(from_future(last)).unwrap().unwrap();
    assert_eq!(*log.borrow(), ["first", "second", "third"]);
}

#[test]
fn gather_gives_results_and_errors_in_the_order_of_its_tasks() {
    struct Countdown(u32);
    impl Generator for Countdown {
        type Return = &'static str;
        fn resume(&mut self) -> GeneratorState<&'static str> {
            match self.0 {
                0 => GeneratorState::Complete("done"),
                99 => resume_unwind(Box::new("99")),
                _ => {
                    self.0 -= 1;
                    GeneratorState::Yielded(Request::Turn)
                }
            }
        }
    }
    let event_loop = EventLoop::new();
    let all = event_loop.gather([Countdown(5), Countdown(99), Countdown(0)]).unwrap();
    let results = event_loop.run_until_complete(all).unwrap();
    assert_eq!(results, [Ok("done"), Err(Error::Panicked("99".to_owned())), Ok("done")]);
    let none = event_loop.gather::<Countdown>([]).unwrap();
    assert_eq!(event_loop.run_until_complete(none), Ok(vec![]));
}

#[test]
fn a_task_can_be_detached_and_outlives_a_run() {
    let event_loop = EventLoop::new();
    let turns = Rc::new(Cell::new(0));
    let counter = turns.clone();
    drop(event_loop.create_task(from_future(async move {
        loop {
            counter.set(counter.get() + 1);
            yield_now().await;
        }
    })));
    run_ready(&event_loop);
    let before = turns.get();
    run_ready(&event_loop);
    assert!(before > 0 && turns.get() > before);
}
