//! What is found, and why it is there, in programs that were written for one reason each.

use futures::channel::oneshot;
use paintdry_core::{Runtime, name_task, note};
use paintdry_diff::{Diff, Reason, Run, diff};
use paintdry_generator::EventLoop;
use paintdry_smol::Local;
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Recording, Studio};
use paintdry_tokio::{CurrentThread, tokio};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

fn record<R: Runtime>(main: impl Future<Output = ()>) -> RecordedRun {
    Studio::<R>::new(Clock::Virtual).recording().run(main).recorded(R::NAME, "one thread")
}

fn compared(left: RecordedRun, right: RecordedRun) -> Diff {
    let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
    recording.runs = vec![left, right];
    let run = |number| Run::of(&recording, number).expect("it has two");
    diff(&run(0), &run(1))
}

#[track_caller]
fn says(found: &Diff, is_same: bool, reason: Reason, text: &str) {
    let found_reason = found.difference().map(|first| first.reason);
    assert_eq!((found.to_string().as_str(), found.is_same(), found_reason), (text, is_same, Some(reason)));
}

/// Two painters read a number, yield, and write it. A third has yielded before, so that tokio takes them in another order.
async fn lost_update<R: Runtime>() {
    let strokes = Arc::new(AtomicU32::new(0));
    let painters = ["ada", "bob"].map(|name| {
        let strokes = Arc::clone(&strokes);
        Studio::<R>::spawn(async move {
            name_task(name);
            Studio::<R>::yield_now().await;
            note(format!("makes stroke {}", strokes.fetch_add(1, SeqCst) + 1));
        })
    });
    for painter in painters {
        painter.await.expect("painting does not fail");
    }
}

#[test]
fn an_order_that_matters_is_found_with_the_task_that_came_first() {
    let found = compared(
        record::<EventLoop>(lost_update::<EventLoop>()),
        record::<CurrentThread>(lost_update::<CurrentThread>()),
    );
    let text = "main, ada and bob do the same until the second turn of ada. Then ada says “makes stroke 1” on generator, and “makes \
                stroke 2” on tokio.\n\nWhy: bob runs before that on tokio, and not on generator. generator puts a task that yields at \
                the back of its queue; tokio sets a task that yields aside, and later runs the one that it set aside last first.\
                \n\n1 other task does something else after that.";
    says(&found, false, Reason::Yields, text);
    let same = compared(record::<EventLoop>(lost_update::<EventLoop>()), record::<Local>(lost_update::<Local>()));
    assert_eq!(same.to_string(), "generator and smol do the same, in the same order.");
}

/// A task reads 200 messages that are there already.
async fn many_messages<R: Runtime>() {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    (0..200).for_each(|number| sender.send(number).expect("the receiver is there"));
    let reader = Studio::<R>::spawn(async move {
        name_task("reader");
        for _ in 0..200 {
            receiver.recv().await.expect("the sender is there");
        }
    });
    reader.await.expect("reading does not fail");
    drop(sender);
}

#[test]
fn tokios_budget_ends_a_poll() {
    let found =
        compared(record::<Local>(many_messages::<Local>()), record::<CurrentThread>(many_messages::<CurrentThread>()));
    let text = "smol and tokio do the same, in another order. The first turn of reader is its last on smol, and not on tokio.\n\n\
                Why: tokio ends a poll after 128 operations of its channels, locks and timers, though more is ready.";
    says(&found, true, Reason::Budget, text);
}

/// Ada wakes main, and then makes bob: in a queue, main is before bob.
async fn main_is_woken_first<R: Runtime>() {
    let (promise, future) = oneshot::channel();
    let ada = Studio::<R>::spawn(async move {
        name_task("ada");
        promise.send(()).expect("main waits");
        let bob = Studio::<R>::spawn(async { name_task("bob") });
        bob.await.expect("it does not fail");
    });
    future.await.expect("it is kept");
    ada.await.expect("it does not fail");
}

#[test]
fn main_is_in_the_queue_of_our_loop_alone() {
    let found = compared(
        record::<EventLoop>(main_is_woken_first::<EventLoop>()),
        record::<CurrentThread>(main_is_woken_first::<CurrentThread>()),
    );
    let text = "generator and tokio do the same, in another order. The first turn that differs, at 0 s, is where main runs on generator, \
                and bob runs on tokio.\n\nWhy: generator keeps main in its queue, as any other task; tokio polls main when its queue \
                is empty, at the latest after 61 turns of other tasks.";
    says(&found, true, Reason::Main, text);
}

#[test]
fn a_poll_that_nothing_asked_for_is_a_reason() {
    let event = |task, what| Event { ns: 0, task, what };
    let poll = || event(0, EventKind::Poll { thread: Some(0) });
    let begin = || vec![event(0, EventKind::Spawn { by: None }), poll(), event(0, EventKind::Pending)];
    let says_so = |text: &str| event(0, EventKind::Note(text.into()));
    let run = |runtime, more: Vec<Event>| {
        let events = [begin(), more].concat();
        RecordedRun::new(runtime, "", Duration::ZERO, vec!["main".to_owned()], events)
    };
    let found =
        compared(run("smol", vec![poll(), says_so("polled"), event(0, EventKind::Pending)]), run("tokio", Vec::new()));
    assert_eq!(found.difference().map(|first| first.reason), Some(Reason::SpuriousPoll), "{found}");
    let idle = compared(run("smol", vec![poll(), event(0, EventKind::Pending)]), run("tokio", Vec::new()));
    assert_eq!(idle.to_string(), "smol and tokio do the same, in the same order.");
}

#[test]
fn tasks_are_matched_by_parent_and_name_and_without_a_name_by_their_order() {
    let event = |task, what| Event { ns: 0, task, what };
    let spawn = |task, by| event(task, EventKind::Spawn { by });
    let run = |names: &[&str], events: Vec<Event>| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        RecordedRun::new("smol", "", Duration::ZERO, names, events)
    };
    let all = |tasks: [u32; 4]| tasks.map(|task| spawn(task, Some(0))).to_vec();
    let main = vec![spawn(0, None), event(0, EventKind::Poll { thread: Some(0) })];
    let says =
        |task: u32| vec![event(task, EventKind::Poll { thread: Some(0) }), event(task, EventKind::Note("hi".into()))];
    // The second of three workers has had no turn in the right run, so it has no name there.
    let left = run(&["main", "w", "w", "w", "x"], [main.clone(), all([1, 2, 3, 4]), says(3)].concat());
    let right = run(&["main", "w", "task 2", "w", "x"], [main.clone(), all([1, 2, 3, 4]), says(3)].concat());
    assert!(compared(left.clone(), right).is_same());
    // Tasks that were made in another order have other numbers, and main does something else.
    let turned = run(&["main", "x", "w", "w", "w"], [main.clone(), all([1, 2, 3, 4]), says(4)].concat());
    let found = compared(left.clone(), turned);
    let first = found.difference().expect("it differs");
    assert_eq!((first.task.as_str(), first.others), ("main", 0), "{found}");
    // A task that only one run has is said to be missing.
    let fewer = run(&["main", "w", "w", "w"], [main, all([1, 2, 3, 3])[..3].to_vec(), says(3)].concat());
    let found = compared(left, fewer);
    let text = "All 4 tasks do the same until the first turn of main. Then main starts x on smol, and waits until the run ends on smol.";
    assert!(found.to_string().starts_with(text), "{found}");
}

/// Two tasks differ: one is the cause, and the other waits for it. The waiting one comes first in the recording.
#[test]
fn the_cause_is_found_and_not_what_follows_from_it() {
    async fn chain(length: u64) {
        type S = Studio<EventLoop>;
        let (promise, future) = oneshot::channel();
        let reader = S::spawn(async move {
            name_task("reader");
            note(future.await.expect("it is kept"));
        });
        let writer = S::spawn(async move {
            name_task("writer");
            S::sleep(Duration::from_secs(length)).await;
            promise.send("the end").expect("the reader waits");
        });
        reader.await.expect("it does not fail");
        writer.await.expect("it does not fail");
    }
    let found = compared(record::<EventLoop>(chain(1)), record::<EventLoop>(chain(2)));
    let first = found.difference().expect("they differ");
    assert_eq!((first.task.as_str(), first.reason, first.others), ("writer", Reason::Program, 2), "{found}");
}

/// A program that is not `Send` in its main task, and keeps no order: both runs are the same.
#[test]
fn a_run_is_the_same_as_another_run_of_it() {
    let count = Rc::new(Cell::new(0));
    let run = || {
        let count = Rc::clone(&count);
        record::<CurrentThread>(async move {
            Studio::<CurrentThread>::sleep(Duration::from_secs(1)).await;
            count.set(count.get() + 1);
        })
    };
    let found = compared(run(), run());
    assert_eq!((found.to_string().as_str(), count.get()), ("tokio and tokio do the same, in the same order.", 2));
}
