//! A program as its user records it, on many threads, with the layer as the only subscriber.

use paintdry_studio::{EventKind, Recording};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::sync::Mutex;
use tokio::task::{spawn, spawn_blocking, yield_now};

const TASKS: usize = 1000;

#[test]
fn a_thousand_tasks_on_four_threads() {
    let file = std::env::temp_dir().join(format!("paintdry-threads-{}.json", std::process::id()));
    let recorder = paintdry_layer::record(&file);
    let runtime = Builder::new_multi_thread().worker_threads(4).enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let lock = Arc::new(Mutex::new(0));
        let tasks: Vec<_> = (0..TASKS)
            .map(|number| {
                let lock = Arc::clone(&lock);
                spawn(async move {
                    yield_now().await;
                    *lock.lock().await += 1;
                    tokio::time::sleep(Duration::from_millis(number as u64 % 3)).await;
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("it does not panic");
        }
        spawn_blocking(|| ()).await.expect("it does not panic");
    });
    drop(runtime);
    drop(recorder);

    let text = std::fs::read_to_string(&file).expect("it was written");
    std::fs::remove_file(&file).expect("it is there");
    let recording = Recording::read(&text).expect("it is a recording");
    let run = &recording.runs[0];
    assert_eq!(run.tasks.len(), 1 + TASKS + 1);
    assert!(run.threads.is_some_and(|threads| (1..=6).contains(&threads)), "{:?} threads", run.threads);
    let mut states = vec!["none"; run.tasks.len()];
    // That each claim waits, takes and gives back in turn was checked when the recording was read.
    let takes = run.events.iter().filter(|event| matches!(event.what, EventKind::Take { .. })).count();
    let releases = run.events.iter().filter(|event| matches!(event.what, EventKind::Release { .. })).count();
    assert_eq!((takes, releases), (TASKS, TASKS));
    for event in run.events.iter().filter(|event| event.what.resource().is_none()) {
        let state = &mut states[event.task as usize];
        let (from, to): (&[_], _) = match event.what {
            EventKind::Spawn { .. } => (&["none"], "idle"),
            EventKind::Poll { .. } => (&["idle"], "polled"),
            EventKind::Pending => (&["polled"], "idle"),
            EventKind::Complete => (&["polled"], "done"),
            EventKind::Wake(_) => (&["idle", "polled"], *state),
            EventKind::Timer { .. } | EventKind::Fire { .. } => (&["polled"], "polled"),
            _ => (&[], "another"),
        };
        assert!(from.contains(state), "{event:?} of a task that is {state}");
        *state = to;
    }
    assert!(states.iter().all(|state| *state == "done"), "{states:?}");
}
