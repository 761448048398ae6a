//! Chapters 7 and 9: a `block_on` in a task, and the threads of `spawn_blocking`.

use crate::current_thread;
use paintdry_course::chapters::smallest_runtime::block_on;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::Mutex;
use std::task::Poll;
use tokio::runtime::Builder;

/// Polls `future` a hundred times, which is enough for a task that could run.
async fn within_a_hundred_polls<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        context.waker().wake_by_ref();
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if polls == 100 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[test]
fn tokio_does_not_notice_the_block_on_of_another_crate_and_runs_no_task_meanwhile() {
    let nested = current_thread().block_on(async {
        let task = tokio::spawn(async { "it ran" });
        let blocked = block_on(within_a_hundred_polls(task)).map(Result::unwrap);
        let task = tokio::spawn(async { "it ran" });
        (blocked, within_a_hundred_polls(task).await.map(Result::unwrap))
    });
    assert_eq!(nested, (None, Some("it ran")));
}

#[test]
fn closures_of_spawn_blocking_share_a_bounded_pool() {
    let runtime = Builder::new_current_thread().max_blocking_threads(1).build().expect("there is memory left");
    let noted = Arc::new(Mutex::new(Vec::new()));
    let note = |text: &'static str| {
        let noted = Arc::clone(&noted);
        move || noted.lock().expect("no closure panics").push(text)
    };
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (first_begins, first_ends, second) = (note("first begins"), note("first ends"), note("second"));
    let first = runtime.spawn_blocking(move || {
        first_begins();
        released.recv().expect("it is released");
        first_ends();
    });
    let second = runtime.spawn_blocking(second);
    release.send(()).expect("it waits");
    runtime.block_on(async {
        first.await.expect("it does not panic");
        second.await.expect("it does not panic");
    });
    assert_eq!(*noted.lock().expect("no closure panics"), ["first begins", "first ends", "second"]);
}
