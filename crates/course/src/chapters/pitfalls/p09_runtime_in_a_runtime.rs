//! Pitfall 9: "Cannot start a runtime from within a runtime".

use crate::replays::Replay;
use crate::{Canvas, say, watch_on};
use paintdry_tokio::CurrentThread;
use tokio::runtime::Builder;

/// A blocking function: it runs an async one on a runtime of its own.
fn paint_blocking(name: &str) {
    let runtime = Builder::new_current_thread().enable_all().build().expect("there is memory left");
    runtime.block_on(paint_one(name));
}

/// Fails: this thread polls a task, and must not block for another runtime.
pub async fn blocks_on() {
    say("calls a function that blocks");
    paint_blocking("sky");
}

/// Cured: inside a runtime, await.
pub async fn awaits() {
    say("awaits");
    paint_one("sky").await;
}

/// A second of work, and two of waiting.
async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// The replay: the failure above the cure.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-09-runtime-in-a-runtime",
        title: "Pitfall 9: a runtime in a runtime",
        file: file!(),
        text: include_str!("p09_runtime_in_a_runtime.rs"),
        runs: || {
            vec![
                watch_on::<CurrentThread, _>("", blocks_on()).recorded("blocks on it", "fails: block_on in a task"),
                watch_on::<CurrentThread, _>("", awaits()).recorded("awaits it", "cured: an await, and one runtime"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seconds;
    use std::future::poll_fn;
    use std::pin::pin;
    use std::task::Poll;
    use std::time::{Duration, Instant};
    use tokio::task::unconstrained;

    /// How tokio's message begins; a new version may end it otherwise.
    const CANNOT_START: &str = "
Cannot start a runtime from within a runtime. This happens because a function (like `block_on`) attempted to block
";

    #[test]
    fn block_on_in_a_task_panics() {
        let seen = watch_on::<CurrentThread, _>("blocks on it", blocks_on());
        let message = seen.panicked().unwrap_or_default();
        seen.assert(message.contains(CANNOT_START.trim()), &format!("tokio should refuse, not say {message:?}"));
    }

    /// The thread that polls the tasks fires tokio's timers as well.
    #[test]
    fn a_timer_does_not_fire_while_the_block_on_of_another_crate_blocks_the_thread() {
        let tokio = Builder::new_current_thread().enable_all().build().expect("there is memory left");
        tokio.block_on(async {
            let due = Duration::from_millis(1);
            let mut timer = pin!(unconstrained(tokio::time::sleep(due)));
            let since = Instant::now();
            let has_fired = futures::executor::block_on(poll_fn(|context| {
                let has_fired = timer.as_mut().poll(context).is_ready();
                if has_fired || since.elapsed() > 20 * due {
                    return Poll::Ready(has_fired);
                }
                context.waker().wake_by_ref();
                Poll::Pending
            }));
            assert!(!has_fired);
            timer.await; // it fires as soon as the thread is free
        });
    }

    #[test]
    fn an_await_does_not() {
        watch_on::<CurrentThread, _>("awaits it", awaits()).assert_took(seconds(3), "one canvas");
    }
}
