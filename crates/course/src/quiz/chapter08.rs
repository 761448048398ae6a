//! Chapter 8, three runtimes.

use super::{Answer, time};
use crate::{Canvas, TwoThreads, say, seconds, watch_on};
use futures::channel::oneshot;
use paintdry_core::{Runtime, gather};
use paintdry_smol::{Local, smol};
use paintdry_studio::Studio;
use paintdry_tokio::CurrentThread;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex};
use tokio::runtime::Builder;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter08::a_task_on_every_runtime", text: a_task_on_every_runtime },
        Answer { name: "chapter08::four_on_two_threads", text: four_on_two_threads },
        Answer { name: "chapter08::a_is_spawned_first", text: a_is_spawned_first },
        Answer { name: "chapter08::sleeps_without_a_runtime", text: sleeps_without_a_runtime },
        Answer { name: "chapter08::a_panic_and_the_one_who_awaits", text: a_panic_and_the_one_who_awaits },
    ]
}

#[expect(clippy::unused_async, reason = "a task is a future")]
async fn works() {
    say("works");
}

/// Whether the task works if its handle is dropped and `main` sleeps, and if the handle is kept and awaited.
fn has_worked<R: Runtime>() -> [bool; 2] {
    let dropped = watch_on::<R, _>("a dropped handle", async {
        drop(Studio::<R>::spawn(works()));
        Studio::<R>::sleep(seconds(1)).await;
    });
    let kept = watch_on::<R, _>("a kept handle", async {
        let task = Studio::<R>::spawn(works());
        task.await.expect("work does not fail");
    });
    [dropped.said(), kept.said()].map(|said| !said.is_empty())
}

/// `let _ =` drops the handle as well. Tokio's handle has no `detach`:
/// ```compile_fail,E0599
/// let spawns = || tokio::spawn(async {}).detach();
/// ```
/// ```
/// let spawns = || paintdry_smol::smol::spawn(async {}).detach();
/// ```
fn a_task_on_every_runtime() -> String {
    match (has_worked::<CurrentThread>(), has_worked::<Local>()) {
        ([true, true], [false, true]) => "Keep the handle, and await it".to_owned(),
        other => format!("{other:?}"),
    }
}

fn four_on_two_threads() -> String {
    let painters = ["sky", "sea", "sun", "tree"].map(|name| async move {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
    });
    time(watch_on::<TwoThreads, _>("four on two threads", gather::<Studio<TwoThreads>, _>(painters)).took())
}

fn sleeps_without_a_runtime() -> String {
    let smol = catch_unwind(|| drop(smol::Timer::after(seconds(1))));
    let tokio = catch_unwind(|| drop(tokio::time::sleep(seconds(1))));
    let in_words = |made: std::thread::Result<()>| if made.is_ok() { "works" } else { "panics" };
    format!("the first one {}, the second one {}", in_words(smol), in_words(tokio))
}

/// In which order two tasks write their lines, if a task on the only worker thread of tokio spawns `a` before `b`. If `b` waits, it
/// awaits a promise of `a`.
fn lines_of_two_tasks(b_waits: bool) -> String {
    let tokio = Builder::new_multi_thread().worker_threads(1).build().expect("there is a thread left");
    let lines = Arc::new(Mutex::new(String::new()));
    let write = |name: char| {
        let lines = Arc::clone(&lines);
        move || lines.lock().expect("no task panics here").push(name)
    };
    let (write_a, write_b) = (write('a'), write('b'));
    let spawns = async move {
        let (promise, a_has_written) = oneshot::channel();
        let a = tokio::spawn(async move {
            write_a();
            promise.send(()).is_ok()
        });
        let b = tokio::spawn(async move {
            if b_waits {
                let _ = a_has_written.await;
            }
            write_b();
        });
        let _ = (a.await, b.await);
    };
    tokio.block_on(async { tokio::spawn(spawns).await.expect("it does not panic") });
    lines.lock().expect("no task panics here").clone()
}

fn a_is_spawned_first() -> String {
    match [false, true].map(lines_of_two_tasks).each_ref().map(String::as_str) {
        ["ba", "ab"] => "No. b has to await something that a does".to_owned(),
        other => format!("{other:?}"),
    }
}

#[expect(clippy::unused_async, reason = "a task is a future")]
async fn tears_the_canvas() {
    resume_unwind(Box::new("the canvas is torn")); // not panic!, which would print this
}

fn a_panic_and_the_one_who_awaits() -> String {
    let tokio = Builder::new_current_thread().build().expect("there is memory left");
    let on_tokio = catch_unwind(AssertUnwindSafe(|| tokio.block_on(async { tokio::spawn(tears_the_canvas()).await })));
    let executor = smol::LocalExecutor::new();
    let on_smol = catch_unwind(AssertUnwindSafe(|| {
        smol::block_on(executor.run(async { executor.spawn(tears_the_canvas()).await }));
    }));
    let on_tokio = match on_tokio {
        Ok(Err(_)) => "it gets an error",
        Ok(Ok(())) => "it continues",
        Err(_) => "it panics",
    };
    let on_smol = if on_smol.is_err() { "it panics" } else { "it continues" };
    format!("On tokio {on_tokio}, and on smol {on_smol}")
}
