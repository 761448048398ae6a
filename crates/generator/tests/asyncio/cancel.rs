//! Cancelling a task: dropping it at once, and asking it to end.

use crate::{HOUR, Log, MOMENT, assert_idle, run, run_ready, task};
use paintdry_generator::{CancelRequest, Error, EventLoop, LoopFuture, sleep, yield_now};
use std::cell::RefCell;
use std::rc::Rc;

/// Cancels a task after `rounds` rounds, and returns what awaiting it returns.
fn cancel_after(rounds: u32, task: impl Future<Output = ()> + 'static) -> Result<(), Error> {
    let event_loop = EventLoop::new();
    let task = event_loop.create_task(task).unwrap();
    for _ in 0..rounds {
        run_ready(&event_loop);
    }
    assert!(task.cancel());
    event_loop.run_until_complete(task).unwrap()
}

#[test]
fn a_cancelled_task_is_dropped_at_its_await_and_awaiting_it_is_an_error() {
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
    let task = event_loop.create_task(async move {
        assert!(handle.borrow().as_ref().unwrap().cancel());
        events.borrow_mut().push("still here");
        yield_now().await;
        events.borrow_mut().push("never");
    });
    *own.borrow_mut() = Some(task.unwrap());
    run_ready(&event_loop);
    run_ready(&event_loop);
    assert_eq!(*log.borrow(), ["still here"]);
    assert_eq!(own.borrow().as_ref().unwrap().result(), Err(Error::Cancelled));
}

#[test]
fn a_task_that_cancels_itself_and_ends_is_cancelled() {
    let event_loop = EventLoop::new();
    let own: Rc<RefCell<Option<LoopFuture<()>>>> = Rc::default();
    let handle = own.clone();
    *own.borrow_mut() = Some(task(&event_loop, async move { assert!(handle.borrow().as_ref().unwrap().cancel()) }));
    run_ready(&event_loop);
    assert_eq!(own.borrow().as_ref().unwrap().result(), Err(Error::Cancelled));
}

#[test]
fn destructors_have_run_when_cancel_returns_innermost_first() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (outer, inner) = (log.on_drop("outer"), log.on_drop("inner"));
    let nested = task(&event_loop, async move {
        let _outer = outer;
        async move {
            let _inner = inner;
            sleep(HOUR).await;
        }
        .await;
    });
    run_ready(&event_loop);
    nested.cancel();
    log.note("cancel has returned");
    assert_eq!(log.take(), ["inner", "outer", "cancel has returned"]);
    assert_idle(&event_loop);
}

#[test]
fn the_waiter_of_a_cancelled_task_gets_the_error_and_continues() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let inner = task(&event_loop, sleep(HOUR));
    let handle = Rc::new(RefCell::new(inner));
    let (awaits, noting) = (handle.clone(), log.clone());
    let outer = task(&event_loop, async move {
        let result = std::future::poll_fn(|context| std::pin::Pin::new(&mut *awaits.borrow_mut()).poll(context)).await;
        noting.note(if result == Err(Error::Cancelled) { "it was cancelled" } else { "it has ended" });
        "goes on"
    });
    run_ready(&event_loop);
    handle.borrow().cancel();
    assert_eq!(run(&event_loop, outer), Ok("goes on"));
    assert_eq!(log.take(), ["it was cancelled"]);
}

/// A task that can be asked to end, and cleans up with an await.
fn polite(event_loop: &EventLoop, log: &Log) -> (CancelRequest, LoopFuture<&'static str>) {
    let request = CancelRequest::new();
    let (asked, log) = (request.clone(), log.clone());
    let dries = task(event_loop, async move {
        if asked.or_cancelled(sleep(HOUR)).await == Err(Error::Cancelled) {
            log.note("asked");
            sleep(MOMENT).await;
            log.note("cleaned up");
        }
        "its own result"
    });
    (request, dries)
}

#[test]
fn a_request_that_is_made_early_ends_the_first_await_that_listens() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (request, dries) = polite(&event_loop, &log);
    request.cancel();
    request.cancel();
    assert_eq!(run(&event_loop, dries), Ok("its own result"));
    assert_eq!(log.take(), ["asked", "cleaned up"]);
}

#[test]
fn a_request_goes_before_a_result_that_is_there() {
    let event_loop = EventLoop::new();
    let request = CancelRequest::new();
    request.cancel();
    assert_eq!(run(&event_loop, request.or_cancelled(async { 7 })), Err(Error::Cancelled));
    assert_eq!(run(&event_loop, request.or_cancelled(async { 7 })), Ok(7));
}

#[test]
fn awaits_that_do_not_listen_are_not_ended() {
    let event_loop = EventLoop::new();
    let request = CancelRequest::new();
    let asked = request.clone();
    let signs = task(&event_loop, async move {
        yield_now().await; // the request is made here
        yield_now().await;
        asked.or_cancelled(async { "signed" }).await
    });
    run_ready(&event_loop);
    request.cancel();
    assert_eq!(run(&event_loop, signs), Ok(Err(Error::Cancelled)));
}
