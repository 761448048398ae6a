//! Chapter 12, your own runtime.

use super::Answer;
use futures::future::{Either, select};
use paintdry_core::Runtime;
use paintdry_own_runtime::OwnRuntime;
use paintdry_tokio::MultiThread;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter12::woken_before_the_timer", text: woken_before_the_timer },
        Answer { name: "chapter12::spawned_during_a_poll", text: spawned_during_a_poll },
        Answer { name: "chapter12::ten_wakes", text: ten_wakes },
        Answer { name: "chapter12::what_conforms", text: what_conforms },
    ]
}

fn ten_wakes() -> String {
    let polls = OwnRuntime::start().run_until_complete(async {
        let (promise, future) = futures::channel::oneshot::channel();
        let (mut promise, mut polls) = (Some(promise), 0);
        let waiting = OwnRuntime::spawn(poll_fn(move |context| {
            polls += 1;
            match promise.take() {
                Some(promise) => {
                    let _ = promise.send(context.waker().clone());
                    Poll::Pending
                }
                None => Poll::Ready(polls),
            }
        }));
        let waker = future.await.expect("the task leaves its waker");
        (0..10).for_each(|_| waker.wake_by_ref());
        waiting.await.expect("waiting does not fail")
    });
    match polls {
        2 => "Once".to_owned(),
        other => format!("{} times", other - 1),
    }
}

/// At its first poll, a future starts a thread that wakes it. Beside it, the loop has a timer of a minute.
fn woken_before_the_timer() -> String {
    let woken_first = OwnRuntime::start().run_until_complete(async {
        let mut polls = 0;
        let woken = pin!(poll_fn(move |context| {
            polls += 1;
            if polls == 2 {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Pending
        }));
        matches!(select(woken, pin!(OwnRuntime::sleep(Duration::from_secs(60)))).await, Either::Left(_))
    });
    let why = if woken_first {
        "Another thread may wake a task before the timer is due"
    } else {
        "A sleep is not exact enough for a timer"
    };
    why.to_owned()
}

fn spawned_during_a_poll() -> String {
    let sum = OwnRuntime::start().run_until_complete(async {
        let task = OwnRuntime::spawn(async { OwnRuntime::spawn(async { 7 }).await });
        task.await
    });
    let table = RefCell::new(BTreeMap::from([(1, "a task")]));
    let polled = table.borrow_mut(); // as if the loop polled the future where it is
    let would_panic = table.try_borrow_mut().is_err();
    drop(polled);
    match (sum, would_panic) {
        (Ok(Ok(7)), true) => "The task may spawn another one while it is polled".to_owned(),
        other => format!("{other:?}"),
    }
}

/// The names of two tasks in the order in which they run, if a task spawns `a` and then `b`.
async fn order<R: Runtime>() -> String {
    let turns = Arc::<Mutex<String>>::default();
    let tasks = ["a", "b"].map(|name| {
        let turns = Arc::clone(&turns);
        R::spawn(async move { turns.lock().expect("no task panics here").push_str(name) })
    });
    for task in tasks {
        task.await.expect("no task panics here");
    }
    turns.lock().expect("no task panics here").clone()
}

/// Both runtimes pass the suite.
fn what_conforms() -> String {
    let own = OwnRuntime::start();
    let own = own.run_until_complete(async { OwnRuntime::spawn(order::<OwnRuntime>()).await });
    let tokio = Builder::new_multi_thread().worker_threads(1).build().expect("there is a thread left");
    let tokio = tokio.block_on(async { tokio::spawn(order::<MultiThread>()).await });
    match (own.as_deref(), tokio.as_deref()) {
        (Ok("ab"), Ok("ba")) => "All that the trait guarantees".to_owned(),
        other => format!("{other:?}"),
    }
}
