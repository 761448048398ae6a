//! What tokio tells of its tasks, and what the recording makes of it.

use paintdry_layer_programs::{kinds, on_one_thread};
use paintdry_studio::{EventKind, RecordedRun, WakeSource};
use std::time::Duration;
use tokio::task::{JoinSet, spawn, yield_now};
use tokio::time::sleep;

fn ends(run: &RecordedRun, name: &str) -> EventKind {
    (*kinds(run, name).last().expect("it has events")).clone()
}

/// The number of the line of this file that has these words first.
fn line(words: &str) -> String {
    let number = include_str!("tokio.rs").lines().position(|line| line.contains(words)).expect("it is there") + 1;
    format!("tokio.rs:{number}")
}

#[test]
fn the_main_task_is_the_first_and_spawned_tasks_have_their_lines() {
    let run = on_one_thread(async {
        spawn(async {}).await.expect("it does not panic"); // the one task
    });
    assert!(
        run.tasks[0].starts_with("block_on ") && run.tasks[1].ends_with(&line("// the one task")),
        "{:?}",
        run.tasks
    );
    let spawned = kinds(&run, &line("// the one task"));
    assert!(matches!(
        spawned[..],
        [EventKind::Spawn { by: Some(0) }, EventKind::Poll { thread: Some(0) }, EventKind::Complete]
    ));
}

#[test]
fn a_recording_names_the_version() {
    let run = on_one_thread(async {});
    assert_eq!(run.runtime, "tokio");
    assert!(run.version.starts_with("1."), "{:?}", run.version);
}

#[test]
fn an_abort_cancels() {
    let run = on_one_thread(async {
        let task = spawn(sleep(Duration::from_secs(3600))); // is aborted
        yield_now().await;
        task.abort();
        task.await.expect_err("it is cancelled");
        drop(spawn(async {})); // runs in the end
        yield_now().await;
    });
    assert_eq!(ends(&run, &line("// is aborted")), EventKind::Cancel);
    assert_eq!(ends(&run, &line("// runs in the end")), EventKind::Complete);
}

#[test]
fn a_panic_has_its_message() {
    let run = on_one_thread(async {
        spawn(async { panic!("out of paint") }).await.expect_err("it panics"); // panics
    });
    assert_eq!(ends(&run, &line("// panics")), EventKind::Panic("out of paint".into()));
}

#[test]
fn a_set_that_is_dropped_cancels_its_tasks() {
    let run = on_one_thread(async {
        let mut set = JoinSet::new();
        set.spawn(sleep(Duration::from_secs(3600))); // of the set
        yield_now().await;
        drop(set);
        yield_now().await;
    });
    assert_eq!(ends(&run, &line("// of the set")), EventKind::Cancel);
}

#[test]
fn a_sleep_is_a_timer_and_the_runtime_wakes_its_task() {
    let run = on_one_thread(async {
        spawn(sleep(Duration::from_millis(5))).await.expect("it does not panic"); // sleeps
    });
    let kinds = kinds(&run, &line("// sleeps"));
    let expected = kinds.iter().map(|kind| match kind {
        EventKind::Wake(WakeSource::Runtime) => "wake by the runtime",
        EventKind::Spawn { .. } => "spawn",
        EventKind::Poll { .. } => "poll",
        EventKind::Timer { .. } => "timer",
        EventKind::Fire { .. } => "fire",
        EventKind::Pending => "pending",
        EventKind::Complete => "complete",
        _ => "another",
    });
    let expected: Vec<_> = expected.collect();
    assert_eq!(expected, ["spawn", "poll", "timer", "pending", "wake by the runtime", "poll", "fire", "complete"]);
}

#[test]
fn a_task_that_wakes_another_is_named() {
    let run = on_one_thread(async {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let waiting = spawn(receiver); // waits
        yield_now().await;
        let sending = spawn(async { sender.send(()) }); // sends
        sending.await.expect("it does not panic").expect("it is received");
        waiting.await.expect("it does not panic").expect("it was sent");
    });
    let sends = run.tasks.iter().position(|task| task.ends_with(&line("// sends"))).expect("it is recorded");
    let sends = u32::try_from(sends).expect("few");
    assert!(kinds(&run, &line("// waits")).contains(&&EventKind::Wake(WakeSource::Task(sends))));
}

#[test]
fn local_tasks_are_polled_inside_the_main_task() {
    let run = on_one_thread(async {
        let set = tokio::task::LocalSet::new();
        set.run_until(async {
            tokio::task::spawn_local(async {}).await.expect("it does not panic"); // is local
        })
        .await;
    });
    assert_eq!(ends(&run, &line("// is local")), EventKind::Complete);
}
