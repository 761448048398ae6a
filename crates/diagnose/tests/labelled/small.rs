//! A program for each finding that the others do not have, beside a sound one.

use crate::label::Labelled;
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::join;
use paintdry_core::{Runtime, gather};
use paintdry_course::{milliseconds, say, sleep, spawn, watch, yield_now};
use paintdry_diagnose::Kind;
use paintdry_explore::{CheckError, ExploredLoop, Explorer, Play, Then, name_task};
use paintdry_generator::EventLoop;
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Task, WakeSource};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const GROUP: &str = "small programs, one for a finding";

pub(crate) fn runs() -> Vec<Labelled> {
    let labelled = |(name, expected, run): (&str, &'static [Kind], RecordedRun)| {
        let file = Some((file!(), include_str!("small.rs")));
        Labelled::of_file(GROUP, name.to_owned(), expected, run, file)
    };
    let virtual_runs = [
        ("a circle of joins", &[Kind::JoinCycle][..], watched(joins(true))),
        ("joins without a circle", &[], watched(joins(false))),
        ("polite for ever", &[Kind::Livelock], polite_for_ever()),
        ("an unfair scheduler", &[Kind::Starvation], scheduled(&[&[0][..], &[1; 300]].concat())),
        ("a fair scheduler", &[], scheduled(&[])),
        ("looks every 10 ms", &[Kind::Polling], watched(looks())),
        ("is woken", &[], watched(is_woken())),
        ("joins a task that ends, and one that waits for ever", &[Kind::LostWake], watched(joins_both())),
        ("joins a task that ends, and waits for ever", &[Kind::LostWake], watched(joins_and_waits())),
        ("a promise is kept, and a task waits for ever", &[Kind::LostWake], watched(one_promise_is_kept())),
    ];
    let mut runs: Vec<_> = virtual_runs.into_iter().map(labelled).collect();
    let real_runs = [
        ("a long queue", &[Kind::QueueTime][..], queue(60_000_000)),
        ("a short queue", &[], queue(1_000_000)),
        ("threads that may block", &[], threads()),
        ("recorded from its middle on", &[], from_the_middle()),
    ];
    for (name, expected, run) in real_runs {
        let mut labelled = labelled((name, expected, run));
        labelled.recording.clock = Clock::Real;
        runs.push(labelled);
    }
    runs
}

fn watched(program: impl Future<Output = ()>) -> RecordedRun {
    watch("", program).recorded("generator", "")
}

type Handle = Arc<Mutex<Option<Task<EventLoop, ()>>>>;

/// Each task awaits the handle of the other.
async fn joins(in_a_circle: bool) {
    let handles: [Handle; 2] = Default::default();
    for (number, name) in ["ada", "bob"].into_iter().enumerate() {
        let other = Arc::clone(&handles[1 - number]);
        let task = spawn(name, async move {
            yield_now().await; // until both are there
            let handle = other.lock().expect("no task panics").take();
            if let Some(handle) = handle.filter(|_| in_a_circle || number == 0) {
                handle.await.expect("it does not panic");
            }
        });
        *handles[number].lock().expect("no task panics") = Some(task);
    }
    sleep(milliseconds(10)).await;
    let left: Vec<_> = handles.iter().filter_map(|handle| handle.lock().expect("no task panics").take()).collect();
    for handle in left {
        handle.await.expect("it does not panic");
    }
    if in_a_circle {
        std::future::pending::<()>().await; // a program that waits for both
    }
}

/// Each waits until the other one goes first.
fn polite_for_ever() -> RecordedRun {
    let program = |_| async {
        let first = Arc::new(AtomicBool::new(false));
        gather::<ExploredLoop, _>(["ada", "bob"].map(|name| {
            let first = Arc::clone(&first);
            async move {
                name_task(name);
                while !first.load(SeqCst) {
                    ExploredLoop::yield_now().await;
                }
            }
        }))
        .await;
    };
    let Err(CheckError::Failed(failure)) = Explorer::new().patience(400).budget(1).check(program) else {
        panic!("it does not end");
    };
    failure.recorded("generator", None)
}

/// Ada yields 300 times, and bob once, under this schedule.
fn scheduled(choices: &[u32]) -> RecordedRun {
    let program = |_| async {
        gather::<ExploredLoop, _>([("ada", 300), ("bob", 1)].map(|(name, turns)| async move {
            name_task(name);
            for _ in 0..turns {
                ExploredLoop::yield_now().await;
            }
        }))
        .await;
    };
    let play = Play { choices, then: Then::OwnOrder, names: &[], is_recorded: true };
    Explorer::new().play(program, play).recorded("generator", "", None)
}

/// A task looks every 10 ms whether another one is done.
async fn looks() {
    let is_done = Arc::new(AtomicBool::new(false));
    let sets = Arc::clone(&is_done);
    let works = spawn("works", async move {
        sleep(milliseconds(200)).await;
        sets.store(true, SeqCst);
    });
    while !is_done.load(SeqCst) {
        sleep(milliseconds(10)).await;
    }
    say("is done");
    works.await.expect("it does not panic");
}

/// The other one wakes it.
async fn is_woken() {
    let (sender, done) = oneshot::channel();
    let works = spawn("works", async move {
        sleep(milliseconds(200)).await;
        let _ = sender.send(());
    });
    done.await.expect("it is sent");
    say("is done");
    works.await.expect("it does not panic");
}

/// A promise that is forgotten.
fn forgotten() -> oneshot::Receiver<()> {
    let (promise, kept) = oneshot::channel();
    std::mem::forget(promise);
    kept
}

fn ends() -> Task<EventLoop, ()> {
    spawn("ends", sleep(milliseconds(10)))
}

/// The end of the first task wakes main, which then has nothing to do. That wake was not meant for the other task.
async fn joins_both() {
    let waits = spawn("waits", forgotten().map(drop));
    let (ended, waited) = join(ends(), waits).await;
    ended.and(waited).expect("neither panics");
}

/// The same, and main itself waits for ever. The wake was not for a future that it has kept.
async fn joins_and_waits() {
    let (ended, _) = join(ends(), forgotten()).await;
    ended.expect("it does not panic");
}

/// The promise wakes main, and shows nowhere. The other task cannot have got a future of main's, because main had not waited yet.
async fn one_promise_is_kept() {
    let (promise, kept) = oneshot::channel();
    let keeps = spawn("keeps", async move {
        sleep(milliseconds(10)).await;
        let _ = promise.send(());
    });
    let waits = spawn("waits", forgotten().map(drop));
    let (_, waited) = join(kept, waits).await;
    keeps.await.and(waited).expect("neither panics");
}

/// In real time: eight tasks are woken at once, and each works for so long.
fn queue(work_ns: u64) -> RecordedRun {
    let mut events = Vec::new();
    let mut add = |ns, task, what| events.push(Event { ns, task, what });
    for task in 0..8 {
        add(0, task, EventKind::Spawn { by: None });
        add(0, task, EventKind::Poll { thread: Some(0) });
        add(0, task, EventKind::Pending);
    }
    for task in 0..8 {
        add(1, task, EventKind::Wake(WakeSource::Runtime));
    }
    for task in 0..8 {
        let begins = 1 + u64::from(task) * work_ns;
        add(begins, task, EventKind::Poll { thread: Some(0) });
        add(begins + work_ns, task, EventKind::Complete);
    }
    let tasks = (0..8).map(|number| format!("connection {number}")).collect();
    RecordedRun::new("tokio", "", Duration::from_nanos(1 + 8 * work_ns), tasks, events)
}

/// In real time: two threads without a runtime sleep at the same time, each in its only task.
fn threads() -> RecordedRun {
    let mut events = Vec::new();
    let mut both =
        |ns, what: fn(u32) -> EventKind| events.extend([0, 1].map(|task| Event { ns, task, what: what(task) }));
    both(0, |_| EventKind::Spawn { by: None });
    both(0, |thread| EventKind::Poll { thread: Some(thread) });
    both(1, |timer| EventKind::Timer { timer, due_ns: 500_000_001 });
    both(1, |_| EventKind::Block);
    both(600_000_000, |timer| EventKind::Fire { timer });
    both(600_000_000, |_| EventKind::Unblock);
    both(600_000_000, |_| EventKind::Complete);
    let tasks = vec!["canvas 1".to_owned(), "canvas 2".to_owned()];
    RecordedRun::new("threads", "", Duration::from_millis(600), tasks, events)
}

/// In real time: a server whose main task began before the recording, so its first task is any one.
fn from_the_middle() -> RecordedRun {
    let event = |ns, task, what| Event { ns, task, what };
    let events = vec![
        event(0, 0, EventKind::Spawn { by: None }),
        event(0, 0, EventKind::Poll { thread: Some(0) }),
        event(1, 0, EventKind::Complete),
        event(2, 1, EventKind::Spawn { by: None }),
        event(3, 1, EventKind::Poll { thread: Some(0) }),
        event(4, 1, EventKind::Pending),
        event(5, 2, EventKind::Spawn { by: None }),
    ];
    let tasks = (0..3).map(|number| format!("src/server.rs:259 #{number}")).collect();
    RecordedRun::new("tokio", "", Duration::from_secs(1), tasks, events)
}
