//! Chapter 9, pitfalls: the wrong runtime.

use super::{Answer, time};
use crate::chapters::bridging::two_runtimes::{enters_for_the_call, needs_tokio};
use crate::{Canvas, seconds, watch};
use futures::channel::oneshot;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_smol::smol;
use paintdry_studio::Studio;
use paintdry_tokio::CurrentThread;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::runtime::Builder;
use tokio::task::{spawn_blocking, unconstrained};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter09b::a_sleep_of_tokio_on_smol", text: a_sleep_of_tokio_on_smol },
        Answer { name: "chapter09b::a_channel_on_every_runtime", text: a_channel_on_every_runtime },
        Answer { name: "chapter09b::a_late_spawn", text: a_late_spawn },
        Answer { name: "chapter09b::where_to_block", text: where_to_block },
        Answer { name: "chapter09b::block_on_of_another_crate", text: block_on_of_another_crate },
    ]
}

async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

fn a_sleep_of_tokio_on_smol() -> String {
    let tokio = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("there is a thread left");
    let by_itself = catch_unwind(|| smol::block_on(needs_tokio())).is_ok();
    let for_the_call = catch_unwind(AssertUnwindSafe(|| smol::block_on(enters_for_the_call(tokio.handle())))).is_ok();
    let beside_smol = smol::block_on(tokio.spawn(needs_tokio())).is_ok();
    match [by_itself, for_the_call, beside_smol] {
        [false, false, true] => {
            "Yes, if it spawns the future on a tokio runtime beside smol, and awaits the handle".to_owned()
        }
        other => format!("{other:?}"),
    }
}

/// A library that awaits a channel, and names no runtime.
async fn next_order(orders: oneshot::Receiver<&'static str>) -> Option<&'static str> {
    orders.await.ok()
}

fn a_channel_on_every_runtime() -> String {
    fn works_on<R: Runtime>() -> bool {
        R::start().run_until_complete(async {
            let (customer, orders) = oneshot::channel();
            let task = R::spawn(next_order(orders));
            let _ = customer.send("sky");
            task.await == Ok(Some("sky"))
        })
    }
    let works = [
        works_on::<EventLoop>(),
        works_on::<CurrentThread>(),
        works_on::<paintdry_async_std::Global>(),
        works_on::<paintdry_smol::Local>(),
    ];
    if works == [true; 4] { "No".to_owned() } else { format!("{works:?}") }
}

fn a_late_spawn() -> String {
    let seen = watch("a late spawn", async {
        paint_one("sea").await;
        drop(Studio::<CurrentThread>::spawn(paint_one("sky")));
    });
    assert_eq!(seen.times_of("sea: dry"), [seconds(3)]);
    let message = seen.panicked().unwrap_or_default();
    if message.contains("there is no reactor running") {
        format!("It panics at {}", time(seen.took()))
    } else {
        message.to_owned()
    }
}

fn runtime() -> tokio::runtime::Runtime {
    Builder::new_current_thread().enable_all().build().expect("there is memory left")
}

/// Runs a runtime of its own, in real time and for a moment.
fn paint_blocking() {
    runtime().block_on(tokio::time::sleep(Duration::from_millis(1)));
}

fn where_to_block() -> String {
    let in_a_task = runtime().block_on(async { tokio::spawn(async { paint_blocking() }).await.is_ok() });
    let in_a_plain_function = catch_unwind(AssertUnwindSafe(|| runtime().block_on(async { paint_blocking() }))).is_ok();
    let in_a_closure = runtime().block_on(async { spawn_blocking(paint_blocking).await.is_ok() });
    match [in_a_task, in_a_plain_function, in_a_closure] {
        [false, false, true] => r#"in a closure: spawn_blocking(|| paint_blocking("sky"))"#.to_owned(),
        other => format!("{other:?}"),
    }
}

/// The program of the question would hang, so this one gives up after many times the sleep.
fn block_on_of_another_crate() -> String {
    let due = Duration::from_millis(1);
    let has_slept = catch_unwind(AssertUnwindSafe(|| {
        runtime().block_on(async {
            let mut sleep = pin!(unconstrained(tokio::time::sleep(due)));
            let since = Instant::now();
            futures::executor::block_on(poll_fn(|context| {
                let has_slept = sleep.as_mut().poll(context).is_ready();
                if has_slept || since.elapsed() > 20 * due {
                    return Poll::Ready(has_slept);
                }
                context.waker().wake_by_ref();
                Poll::Pending
            }))
        })
    }));
    let words = match has_slept {
        Ok(false) => "It hangs",
        Ok(true) => "It continues after the sleep, and only the other tasks are late",
        Err(_) => "It panics: a runtime within a runtime",
    };
    words.to_owned()
}
