//! Loop 4 gives results, cancels tasks, survives a panic, and says that it is stuck.

use crate::{IN_TURN, Log, say, seconds, spawn_two_counters};
use futures::channel::oneshot;
use paintdry_core::TaskError;
use paintdry_course::chapters::futures::{Bell, Forgetful, Listening};
use paintdry_course::loops::clock::{Clock, RealClock, VirtualClock};
use paintdry_course::loops::loop4_cancellation::{EventLoop, Handle, Stuck, yield_now};
use paintdry_course::within_a_second;
use std::fmt::Debug;
use std::rc::Rc;
use std::thread;

/// A loop that is stuck when nothing has woken a task for ten seconds.
fn loop_on(clock: &Rc<VirtualClock>) -> Rc<EventLoop> {
    EventLoop::new(clock.clone(), seconds(10))
}

/// Runs the loop, if no other thread is waited for. If it hangs, a message ends the tests.
fn run(event_loop: &EventLoop) -> Result<(), Stuck> {
    within_a_second("a loop that ends or is stuck", || event_loop.run())
}

/// Spawns a task that reports the result of another task.
fn report<T: Debug + 'static>(event_loop: &EventLoop, log: &Log, name: &'static str, task: Handle<T>) {
    let log = log.clone();
    event_loop.spawn(async move { say(&log, format!("{name}: {:?}", task.result().await)) });
}

/// Reports when it is dropped.
struct Brush(Log);

impl Drop for Brush {
    fn drop(&mut self) {
        say(&self.0, "the brush is cleaned");
    }
}

#[test]
fn tasks_take_turns() {
    let event_loop = loop_on(&Rc::default());
    let log = spawn_two_counters!(event_loop, yield_now);
    assert_eq!(run(&event_loop), Ok(()));
    assert_eq!(log.take(), IN_TURN);
}

#[test]
fn a_handle_gives_the_result() {
    let (event_loop, log) = (loop_on(&Rc::default()), Log::default());
    let painted = event_loop.spawn({
        let event_loop = Rc::clone(&event_loop);
        async move {
            event_loop.sleep(seconds(2)).await;
            "sky"
        }
    });
    report(&event_loop, &log, "painted", painted);
    assert_eq!(run(&event_loop), Ok(()));
    assert_eq!(log.take(), [r#"painted: Ok("sky")"#]);
}

#[test]
fn a_panic_ends_one_task_and_the_others_run_on() {
    let (event_loop, log) = (loop_on(&Rc::default()), Log::default());
    let sky = event_loop.spawn(async { panic!("the brush breaks") });
    let sea = event_loop.spawn(async { "painted" });
    report::<()>(&event_loop, &log, "sky", sky);
    report(&event_loop, &log, "sea", sea);
    assert_eq!(event_loop.run(), Ok(()));
    assert_eq!(log.take(), ["sky: Err(the task panicked: the brush breaks)", r#"sea: Ok("painted")"#]);
}

#[test]
fn a_cancelled_task_is_dropped_where_it_waits() {
    let (clock, log) = (Rc::new(VirtualClock::default()), Log::default());
    let event_loop = loop_on(&clock);
    let sky = event_loop.spawn({
        let (event_loop, brush) = (Rc::clone(&event_loop), Brush(log.clone()));
        async move {
            event_loop.sleep(seconds(3600)).await;
            drop(brush);
        }
    });
    event_loop.spawn({
        let log = log.clone();
        async move {
            say(&log, "cancels");
            sky.cancel();
            say(&log, if sky.result().await == Err(TaskError::Cancelled) { "is cancelled" } else { "has ended" });
        }
    });
    assert_eq!(run(&event_loop), Ok(()));
    assert_eq!(log.take(), ["cancels", "the brush is cleaned", "is cancelled"]);
    assert!(clock.parked_until().is_empty(), "the run does not wait for the hour");
}

#[test]
fn a_task_that_is_cancelled_before_its_first_turn_never_runs() {
    let (event_loop, log) = (loop_on(&Rc::default()), Log::default());
    let inner = log.clone();
    let task = event_loop.spawn(async move { say(&inner, "runs") });
    task.cancel();
    report(&event_loop, &log, "task", task);
    assert_eq!(run(&event_loop), Ok(()));
    assert!(log.take()[0].starts_with("task: Err(the task was dropped before its end"));
}

#[test]
fn a_task_can_cancel_itself() {
    let (event_loop, log) = (loop_on(&Rc::default()), Log::default());
    let (send, handle) = oneshot::channel::<Handle<()>>();
    let inner = log.clone();
    let task = event_loop.spawn(async move {
        let own = handle.await.expect("it is sent below");
        own.cancel();
        say(&inner, "ends its turn");
        yield_now().await;
        say(&inner, "has another turn");
    });
    assert!(send.send(task).is_ok());
    assert_eq!(run(&event_loop), Ok(()));
    assert_eq!(log.take(), ["ends its turn"]);
}

#[test]
fn a_task_that_has_ended_keeps_its_result() {
    let (event_loop, log) = (loop_on(&Rc::default()), Log::default());
    let sky = event_loop.spawn(async { "painted" });
    event_loop.spawn({
        let log = log.clone();
        async move {
            sky.cancel();
            say(&log, format!("{:?}", sky.result().await));
        }
    });
    assert_eq!(run(&event_loop), Ok(()));
    assert_eq!(log.take(), [r#"Ok("painted")"#]);
}

#[test]
fn a_task_without_its_handle_still_runs() {
    let (event_loop, log) = (loop_on(&Rc::default()), Log::default());
    let inner = log.clone();
    drop(event_loop.spawn(async move { say(&inner, "painted") }));
    assert_eq!(run(&event_loop), Ok(()));
    assert_eq!(log.take(), ["painted"]);
}

#[test]
fn a_stuck_loop_is_an_error_that_names_the_tasks() {
    let (clock, log) = (Rc::new(VirtualClock::default()), Log::default());
    let event_loop = loop_on(&clock);
    let forgetful = event_loop.spawn(Forgetful(Bell::default()));
    report(&event_loop, &log, "forgetful", forgetful);
    assert_eq!(run(&event_loop), Err(Stuck(vec![1, 2])), "the one that is not woken, and the one that awaits it");
    assert_eq!(clock.now(), seconds(10), "the patience of the loop");
    assert_eq!(run(&event_loop), Ok(()), "the stuck tasks are gone");
}

#[test]
fn two_tasks_that_await_each_other_are_stuck() {
    let event_loop = loop_on(&Rc::default());
    let (send, handle) = oneshot::channel::<Handle<()>>();
    let first = event_loop.spawn(async move { _ = handle.await.expect("it is sent below").result().await });
    let second = event_loop.spawn(async move { _ = first.result().await });
    assert!(send.send(second).is_ok());
    assert_eq!(run(&event_loop), Err(Stuck(vec![1, 2])));
}

#[test]
fn a_loop_that_waits_for_another_thread_is_not_stuck() {
    let (bell, log) = (Bell::default(), Log::default());
    let event_loop = EventLoop::new(Rc::new(RealClock::default()), seconds(60));
    let ringer = thread::spawn({
        let bell = bell.clone();
        move || bell.ring()
    });
    let listening = event_loop.spawn(Listening(bell));
    report(&event_loop, &log, "listening", listening);
    assert_eq!(event_loop.run(), Ok(()));
    assert_eq!(log.take(), ["listening: Ok(())"]);
    ringer.join().expect("it has rung the bell");
}

#[test]
fn a_task_can_be_cancelled_from_another_thread() {
    let (bell, log) = (Bell::default(), Log::default());
    let event_loop = EventLoop::new(Rc::new(RealClock::default()), seconds(60));
    let task = event_loop.spawn({
        let brush = Brush(log.clone());
        async move {
            Listening(bell).await;
            drop(brush);
        }
    });
    let canceller = thread::spawn(move || task.cancel());
    assert_eq!(event_loop.run(), Ok(()));
    assert_eq!(log.take(), ["the brush is cleaned"]);
    canceller.join().expect("it has cancelled the task");
}
