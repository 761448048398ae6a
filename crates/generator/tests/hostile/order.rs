//! The order in which tasks become ready, also by wakers, and also in a run with a chooser.

use crate::{First, HOUR, Log, run, run_ready, task};
use futures::channel::oneshot;
use paintdry_generator::{CancelRequest, Error, EventLoop, LoopFuture, sleep, work, yield_now};
use proptest::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

#[test]
fn a_task_that_a_waker_wakes_comes_before_what_becomes_ready_later() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (sender, receiver) = oneshot::channel();
    let waits = log.clone();
    let waits = task(&event_loop, async move {
        receiver.await.unwrap();
        waits.note("received");
    });
    run(&event_loop, async {
        yield_now().await;
        sender.send(()).unwrap();
        let soon = log.clone();
        event_loop.call_soon(move || soon.note("called")).unwrap().await.unwrap();
    });
    run(&event_loop, waits).unwrap();
    assert_eq!(log.take(), ["received", "called"]);
}

#[test]
fn a_wake_from_another_thread_comes_before_what_becomes_ready_after_it() {
    for is_running in [true, false] {
        let (event_loop, log) = (EventLoop::new(), Log::default());
        let (sender, receiver) = oneshot::channel();
        let waits = log.clone();
        let waits = task(&event_loop, async move {
            receiver.await.unwrap();
            waits.note("received");
        });
        run_ready(&event_loop);
        let wake = || thread::spawn(move || sender.send(()).unwrap()).join().unwrap();
        let soon = log.clone();
        let call = || event_loop.call_soon(move || soon.note("called")).unwrap();
        if is_running {
            run(&event_loop, async { (wake(), call().await) }).1.unwrap();
        } else {
            wake();
            run(&event_loop, call()).unwrap();
        }
        run(&event_loop, waits).unwrap();
        assert_eq!(log.take(), ["received", "called"]);
    }
}

/// A wake would let the task run before its turn, in an order that asyncio does not have.
#[test]
fn a_request_that_is_made_after_the_await_that_listened_wakes_no_task() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let request = CancelRequest::new();
    let (promise, painted) = event_loop.create_future::<()>();
    let (asked, noting) = (request.clone(), log.clone());
    let waits = task(&event_loop, async move {
        assert_eq!(asked.or_cancelled(yield_now()).await, Ok(()));
        painted.await.unwrap();
        noting.note("waits");
    });
    run_ready(&event_loop);
    run_ready(&event_loop);
    request.cancel();
    let noting = log.clone();
    let made_before = task(&event_loop, async move { noting.note("made before") });
    promise.set_result(()).unwrap();
    run(&event_loop, async { (waits.await, made_before.await) }).0.unwrap();
    assert_eq!(log.take(), ["made before", "waits"]);
}

#[test]
fn a_request_is_heard_by_an_await_around_one_that_has_ended() {
    let event_loop = EventLoop::new();
    let request = CancelRequest::new();
    let asked = request.clone();
    let outer = task(&event_loop, async move {
        let inner = async {
            asked.or_cancelled(async {}).await.unwrap();
            sleep(HOUR).await;
        };
        asked.or_cancelled(inner).await
    });
    run_ready(&event_loop);
    request.cancel();
    assert_eq!(run(&event_loop, outer), Ok(Err(Error::Cancelled)));
}

#[test]
fn a_task_that_is_cancelled_before_its_first_turn_does_not_hide_the_next() {
    let event_loop = EventLoop::new();
    let main = async || {
        task(&event_loop, async {}).cancel();
        task(&event_loop, async { 7 }).await
    };
    assert_eq!(run(&event_loop, main()), Ok(7));
    assert_eq!(event_loop.run_choosing(main(), &mut First), Ok(Some(Ok(7))));
}

/// One step of a task in a random program. No step takes time, because the machine would then decide which timer is first.
#[derive(Debug, Clone)]
enum Step {
    Yield,
    SleepZero,
    /// Sends on the channel with this number, if it still exists.
    Send(usize),
    Receive(usize),
    Spawn(Vec<Step>),
    CallSoon,
    Join,
    /// Cancels the newest task.
    Cancel,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let leaf = prop_oneof![
        4 => Just(Step::Yield),
        2 => Just(Step::SleepZero),
        3 => (0..4usize).prop_map(Step::Send),
        2 => (0..4usize).prop_map(Step::Receive),
        1 => Just(Step::CallSoon),
        1 => Just(Step::Join),
        1 => Just(Step::Cancel),
    ];
    let step = leaf.prop_recursive(2, 12, 4, |inner| prop::collection::vec(inner, 0..4).prop_map(Step::Spawn));
    prop::collection::vec(step, 0..7)
}

/// What all tasks of a program share.
struct Scene {
    event_loop: EventLoop,
    log: Log,
    senders: RefCell<Vec<Option<oneshot::Sender<()>>>>,
    receivers: RefCell<Vec<Option<oneshot::Receiver<()>>>>,
}

fn take<T>(channel: &RefCell<Vec<Option<T>>>, number: usize) -> Option<T> {
    channel.borrow_mut()[number].take()
}

fn works(scene: Rc<Scene>, name: String, steps: Vec<Step>) -> std::pin::Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        let mut tasks: Vec<LoopFuture<()>> = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            scene.log.note(format!("{name}{number}"));
            match step {
                Step::Yield => yield_now().await,
                Step::SleepZero => sleep(Duration::ZERO).await,
                Step::Send(channel) => drop(take(&scene.senders, channel).map(|sender| sender.send(()))),
                Step::Receive(channel) => {
                    if let Some(receiver) = take(&scene.receivers, channel) {
                        let _ = receiver.await;
                    }
                }
                Step::Spawn(steps) => {
                    let child = works(scene.clone(), format!("{name}{number}."), steps);
                    tasks.push(task(&scene.event_loop, child));
                }
                Step::CallSoon => {
                    let (log, name) = (scene.log.clone(), name.clone());
                    drop(scene.event_loop.call_soon(move || log.note(format!("{name}{number} soon"))));
                }
                Step::Join => {
                    if let Some(task) = tasks.pop() {
                        let _ = task.await;
                    }
                }
                Step::Cancel => drop(tasks.pop().map(|task| task.cancel())),
            }
        }
        scene.log.note(format!("{name}end"));
        scene.senders.borrow_mut().iter_mut().for_each(|sender| drop(sender.take())); // so that no task waits for ever
    })
}

/// The events of the program, and whether it ended.
fn events(program: &[Vec<Step>], is_choosing: bool) -> (Vec<String>, bool) {
    let event_loop = EventLoop::new();
    let event_loop = event_loop.with_patience(Duration::ZERO); // no other thread has a sender
    let (senders, receivers) = (0..4).map(|_| oneshot::channel()).map(|(s, r)| (Some(s), Some(r))).unzip();
    let (senders, receivers) = (RefCell::new(senders), RefCell::new(receivers));
    let scene = Rc::new(Scene { event_loop: event_loop.clone(), log: Log::default(), senders, receivers });
    let main = async {
        let works =
            |(n, steps): (usize, &Vec<Step>)| task(&event_loop, works(scene.clone(), format!("{n}-"), steps.clone()));
        let tasks: Vec<_> = program.iter().enumerate().map(works).collect();
        for task in tasks {
            let _ = task.await;
        }
    };
    let ended = if is_choosing {
        event_loop.run_choosing(main, &mut First).is_ok()
    } else {
        event_loop.run_until_complete(main).is_ok()
    };
    event_loop.close().unwrap();
    (scene.log.take(), ended)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// 20,000 of them were tried once: `PROPTEST_CASES=20000`.
    #[test]
    fn a_run_whose_chooser_never_departs_has_the_loops_own_order(program in prop::collection::vec(steps(), 1..5)) {
        prop_assert_eq!(events(&program, true), events(&program, false));
    }
}

/// Work takes time in a run with a chooser, where the clock stands still otherwise. Anywhere else it takes the time that it takes.
#[test]
fn work_lets_time_pass_within_a_turn_and_timers_fire_after_it() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let second = Duration::from_secs(1);
    for (name, sleeps) in [("late", 3 * second), ("early", second)] {
        let (log, clock) = (log.clone(), event_loop.clone());
        drop(task(&event_loop, async move {
            sleep(sleeps).await;
            log.note(format!("{name} at {:?}", clock.time()));
        }));
    }
    let (works, clock) = (log.clone(), event_loop.clone());
    let main = async move {
        yield_now().await; // the others begin to sleep
        work(4 * second);
        works.note(format!("worked until {:?}", clock.time()));
        sleep(second).await;
        works.note(format!("slept until {:?}", clock.time()));
    };
    assert_eq!(event_loop.run_choosing(main, &mut First), Ok(Some(())));
    assert_eq!(log.take(), ["worked until 4s", "early at 4s", "late at 4s", "slept until 5s"]);

    let event_loop = EventLoop::new();
    run(&event_loop, async { work(Duration::MAX) });
    assert!(event_loop.time() < 1_000 * second, "no hour has passed");
}
