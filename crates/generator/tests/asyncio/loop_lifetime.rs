//! The life of the loop: running, closing, and what it reports when it is stuck.

use crate::{HOUR, run_ready};
use paintdry_generator::{Error, EventLoop, sleep, yield_now};
use std::panic::resume_unwind;
use std::rc::Rc;

#[test]
fn a_closed_loop() {
    let event_loop = EventLoop::new();
    event_loop.close().unwrap();
    assert_eq!(event_loop.run_until_complete(yield_now()), Err(Error::Closed));
    assert_eq!(event_loop.create_task(yield_now()).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.gather([yield_now()]).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.call_soon(|| ()).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.call_later(HOUR, || ()).unwrap_err(), Error::Closed);
    assert_eq!(event_loop.close(), Ok(()), "closing twice is no mistake");
    assert!(Error::Closed.to_string().contains("make a new one"));
}

#[test]
fn a_loop_is_not_run_or_closed_from_inside() {
    let event_loop = EventLoop::new();
    let inner = event_loop.clone();
    let errors = event_loop.run_until_complete(async move { (inner.run_until_complete(yield_now()), inner.close()) });
    assert_eq!(errors, Ok((Err(Error::Running), Err(Error::Running))));
    run_ready(&event_loop); // the loop is unharmed
}

#[test]
fn closing_drops_every_task_wherever_it_is() {
    let event_loop = EventLoop::new();
    let alive = Rc::new(());
    let (_promise, never) = event_loop.create_future::<()>();
    let (ready, asleep, waiting) = (alive.clone(), alive.clone(), alive.clone());
    let holder = event_loop.clone(); // a task that holds its loop: a cycle, until the loop is closed
    event_loop.create_task(async move { drop((sleep(HOUR).await, holder, asleep)) }).unwrap();
    event_loop.create_task(async move { drop((never.await, waiting)) }).unwrap();
    run_ready(&event_loop);
    let task = event_loop.create_task(async move { drop(ready) }).unwrap();
    assert_eq!(Rc::strong_count(&alive), 4);
    event_loop.close().unwrap();
    assert_eq!(Rc::strong_count(&alive), 1);
    assert_eq!(task.result(), Err(Error::Cancelled));
}

#[test]
fn a_panic_in_main_goes_to_the_caller_and_the_loop_can_be_used_again() {
    let event_loop = EventLoop::new();
    let main = async { resume_unwind(Box::new("main")) };
    let run = std::panic::AssertUnwindSafe(|| event_loop.run_until_complete(main));
    let payload = std::panic::catch_unwind(run).map(|result: Result<(), _>| result).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"main"));
    run_ready(&event_loop);
}

#[test]
fn a_stuck_loop_says_so_and_names_the_waiting_tasks() {
    let event_loop = EventLoop::new();
    let (_promise, never) = event_loop.create_future::<()>();
    event_loop.create_named_task("sky", never).unwrap();
    let stuck = event_loop.run_until_complete(std::future::pending::<()>());
    assert_eq!(stuck, Err(Error::Stuck(vec!["sky".to_owned(), "main".to_owned()])));
}

#[test]
fn the_loops_clock_never_goes_back() {
    let event_loop = EventLoop::new();
    let before = event_loop.time();
    run_ready(&event_loop);
    assert!(event_loop.time() >= before);
}
