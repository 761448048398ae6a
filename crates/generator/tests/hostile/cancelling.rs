//! Cancelling outside any turn, and the end of a task that has cancelled itself.

use crate::{HOUR, MOMENT, assert_idle, run, run_ready, task};
use paintdry_generator::{
    Chooser, Error, EventLoop, LoopFuture, TurnEnd, sleep, task_group, timeout, wait_for, yield_now,
};
use std::cell::RefCell;
use std::future::{pending, poll_fn};
use std::ops::Range;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Wake};
use std::time::Duration;

thread_local! {
    static VICTIM: RefCell<Option<LoopFuture<&'static str>>> = const { RefCell::new(None) };
}

/// Cancels the victim of its thread.
struct Cancels;

impl Wake for Cancels {
    fn wake(self: Arc<Self>) {
        VICTIM.with_borrow(|victim| assert!(victim.as_ref().unwrap().cancel()));
    }
}

#[test]
fn a_timer_that_calls_a_waker_which_cancels_a_task_cancels_that_one() {
    let event_loop = EventLoop::new();
    // The victim is the last to run before the timer fires, and another task is the next to end.
    let other = task(&event_loop, async {
        sleep(2 * MOMENT).await;
        "the other's result"
    });
    let calls = task(&event_loop, async {
        let mut sleep = pin!(sleep(MOMENT));
        let waker = Arc::new(Cancels).into();
        poll_fn(|_| sleep.as_mut().poll(&mut Context::from_waker(&waker))).await;
    });
    let victim = task(&event_loop, async {
        yield_now().await;
        pending().await
    });
    VICTIM.set(Some(victim));
    assert_eq!(run(&event_loop, other), Ok("the other's result"));
    let victim = VICTIM.take().unwrap();
    assert_eq!(victim.take(), Err(Error::Cancelled));
    drop(calls);
}

#[test]
fn a_task_in_the_queue_that_a_timers_waker_cancels_has_no_turn_after_that() {
    let (event_loop, log) = (EventLoop::new(), crate::Log::default());
    let (yields, notes) = (log.clone(), log.clone());
    VICTIM.set(Some(task(&event_loop, async move {
        loop {
            let is_cancelled = VICTIM.with_borrow(|victim| victim.as_ref().unwrap().done());
            if is_cancelled {
                yields.note("a turn after its end");
                return "it ran on";
            }
            yield_now().await;
        }
    })));
    let calls = task(&event_loop, async move {
        let mut sleep = pin!(sleep(MOMENT));
        let waker = Arc::new(Cancels).into();
        poll_fn(|_| sleep.as_mut().poll(&mut Context::from_waker(&waker))).await;
    });
    run(&event_loop, async move {
        sleep(2 * MOMENT).await;
        notes.note("later");
    });
    assert_eq!(log.take(), ["later"]);
    assert_eq!(VICTIM.take().unwrap().take(), Err(Error::Cancelled));
    drop(calls);
}

/// Always chooses the first, and cancels the victim after a turn of the task with this number.
struct CancelsAfter(u32, u32);

impl Chooser for CancelsAfter {
    fn choose(&mut self, _: &[u32], _: Duration) -> Option<usize> {
        Some(0)
    }

    fn after_turn(&mut self, task: u32, _: Range<u32>, _: TurnEnd<'_>) {
        self.1 += u32::from(task == self.0);
        if (task, self.1) == (self.0, 2) {
            VICTIM.with_borrow(|victim| assert!(victim.as_ref().unwrap().cancel()));
        }
    }
}

#[test]
fn a_task_that_the_drop_of_the_only_ready_task_wakes_is_not_stuck() {
    let event_loop = EventLoop::new();
    let (promise, broken) = event_loop.create_future::<()>();
    VICTIM.set(Some(task(&event_loop, async move {
        let _promise = promise;
        loop {
            yield_now().await;
        }
    })));
    let ended = event_loop.run_choosing(broken, &mut CancelsAfter(1, 0));
    assert_eq!(ended, Ok(Some(Err(Error::Broken))));
    drop(VICTIM.take());
}

#[test]
fn a_call_that_is_cancelled_after_its_time_and_before_its_first_turn_leaves_no_timer() {
    let event_loop = EventLoop::new();
    let late = event_loop.call_later(Duration::from_nanos(1), || ()).unwrap();
    run(&event_loop, async {
        sleep(Duration::from_nanos(1)).await; // its timer fires after that of the call is due
        late.cancel();
    });
    assert_idle(&event_loop);
}

/// Cancels a task when it is dropped.
struct CancelsOnDrop(Rc<RefCell<Option<LoopFuture<()>>>>);

impl Drop for CancelsOnDrop {
    fn drop(&mut self) {
        self.0.borrow().iter().for_each(|task| assert!(task.cancel()));
    }
}

#[test]
fn a_result_that_cancels_a_task_when_it_is_dropped_cancels_that_one() {
    for is_asleep in [false, true] {
        let (event_loop, victim) = (EventLoop::new(), Rc::new(RefCell::new(None)));
        *victim.borrow_mut() =
            Some(task(&event_loop, async move { if is_asleep { sleep(HOUR).await } else { pending().await } }));
        let cancels = CancelsOnDrop(victim.clone());
        drop(event_loop.call_later(MOMENT, move || cancels)); // no handle takes this result
        let other = task(&event_loop, async { sleep(2 * MOMENT).await });
        assert_eq!(run(&event_loop, other), Ok(()));
        assert_eq!(victim.take().unwrap().take(), Err(Error::Cancelled));
        assert_idle(&event_loop);
    }
}

#[test]
fn a_task_that_cancels_itself_and_then_panics_has_panicked() {
    let (event_loop, own) = (EventLoop::new(), Rc::new(RefCell::new(None::<LoopFuture<()>>)));
    let handle = own.clone();
    *own.borrow_mut() = Some(task(&event_loop, async move {
        assert!(handle.borrow().as_ref().unwrap().cancel());
        std::panic::resume_unwind(Box::new("the brush broke"));
    }));
    run_ready(&event_loop);
    assert_eq!(own.take().unwrap().take(), Err(Error::Panicked("the brush broke".to_owned())));
}

struct NotesDrop(crate::Log);

impl Drop for NotesDrop {
    fn drop(&mut self) {
        self.0.note("dropped");
    }
}

/// A task that yields without end and notes its own drop.
fn yields(event_loop: &EventLoop, log: &crate::Log) -> LoopFuture<()> {
    let (log, notes) = (log.clone(), NotesDrop(log.clone()));
    task(event_loop, async move {
        let _notes = notes;
        loop {
            log.note("turn");
            yield_now().await;
        }
    })
}

#[test]
fn a_ready_task_that_is_cancelled_is_dropped_before_any_other_runs() {
    let (event_loop, log) = (EventLoop::new(), crate::Log::default());
    let (promise, wakes_main) = event_loop.create_future();
    drop(task(&event_loop, async move {
        yield_now().await;
        promise.set_result(()).unwrap(); // so that main comes before the others in the next round
    }));
    let next = log.clone();
    let next = task(&event_loop, async move {
        yield_now().await;
        yield_now().await;
        next.note("the next turn");
    });
    let victim = yields(&event_loop, &log);
    run(&event_loop, async {
        wakes_main.await.unwrap();
        assert!(victim.cancel() && !victim.cancel() && victim.done());
        log.note("cancelled");
        next.await.unwrap();
    });
    assert_eq!(log.take(), ["turn", "turn", "cancelled", "dropped", "the next turn"]);
    assert_eq!(victim.take(), Err(Error::Cancelled));
}

#[test]
fn a_ready_task_that_is_cancelled_in_the_last_turn_is_dropped_by_the_end_of_the_run() {
    let (event_loop, log) = (EventLoop::new(), crate::Log::default());
    let victim = yields(&event_loop, &log);
    run(&event_loop, async {
        yield_now().await;
        victim.cancel();
    });
    log.note("the run is over");
    assert_eq!(log.take(), ["turn", "turn", "dropped", "the run is over"]);
}

#[test]
fn a_handle_that_is_dropped_after_cancelling_a_ready_task_leaves_its_slot_to_it() {
    let event_loop = EventLoop::new();
    let log = crate::Log::default();
    let victim = yields(&event_loop, &log);
    let numbers = run(&event_loop, async {
        yield_now().await;
        victim.cancel();
        drop(victim);
        let new: Vec<_> = (0..10).map(|n| task(&event_loop, async move { n })).collect();
        let mut numbers = Vec::new();
        for task in new {
            numbers.push(task.await.unwrap());
        }
        numbers
    });
    assert_eq!(numbers, (0..10).collect::<Vec<_>>());
    assert_eq!(log.take(), ["turn", "turn", "dropped"]);
}

#[test]
fn a_task_that_is_over_its_limit_has_been_dropped_when_the_error_is_there() {
    let (event_loop, log) = (EventLoop::new(), crate::Log::default());
    let endless = yields(&event_loop, &log);
    let result = run(&event_loop, async {
        let result = wait_for(MOMENT, endless).await;
        log.note("the error");
        result
    });
    assert_eq!(result, Err(Error::TimedOut(MOMENT)));
    let events = log.take();
    assert_eq!(events[events.len() - 2..], ["dropped", "the error"]);
}

#[test]
fn the_tasks_of_a_group_have_been_dropped_when_its_error_is_there() {
    let (event_loop, log) = (EventLoop::new(), crate::Log::default());
    let member = log.clone();
    let result = run(&event_loop, async {
        let result = task_group(async |group| {
            let dropped = NotesDrop(member);
            group.create_task::<(), _, _>(async move {
                let _dropped = dropped;
                loop {
                    yield_now().await;
                }
            })?;
            yield_now().await;
            yield_now().await;
            Err::<(), _>(Error::NotReady)
        })
        .await;
        log.note("the error");
        result
    });
    assert_eq!(result, Err(Error::NotReady));
    assert_eq!(log.take(), ["dropped", "the error"]);
}

#[test]
fn of_two_limits_that_are_over_at_once_the_inner_one_is_the_error() {
    // asyncio gives the outer one, because it throws into the task. Here the result of the inner future is there, and a
    // limit never throws a result away.
    let (inner, outer) = (MOMENT, MOMENT);
    let result = run(&EventLoop::new(), timeout(outer, timeout(inner, pending::<()>())));
    assert_eq!(result, Ok(Err(Error::TimedOut(inner))));
}

#[test]
fn a_gather_that_is_dropped_cancels_its_tasks() {
    let (event_loop, log) = (EventLoop::new(), crate::Log::default());
    let works = |n: u32| {
        let log = log.clone();
        async move {
            sleep(MOMENT * n).await;
            log.note(format!("{n} has worked"));
        }
    };
    // The literal port of asyncio.wait_for(asyncio.gather(…), t).
    let both = event_loop.create_task(event_loop.gather([works(1), works(10)]).unwrap()).unwrap();
    let limited = run(&event_loop, wait_for(MOMENT * 4, both));
    assert_eq!(limited, Err(Error::TimedOut(MOMENT * 4)));
    assert_idle(&event_loop);
    assert_eq!(log.take(), ["1 has worked"]);
}
