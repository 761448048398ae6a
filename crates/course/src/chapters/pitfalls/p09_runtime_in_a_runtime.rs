//! Pitfall 9: "Cannot start a runtime from within a runtime".

use crate::replays::Replay;
use crate::{Canvas, say, watch_on};
use paintdry_tokio::CurrentThread;
use tokio::runtime::Builder;

/// A blocking function: it runs an async one on a runtime of its own.
fn paint_blocking(name: &str) {
    let runtime = Builder::new_current_thread().build().expect("there is memory left");
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

    #[test]
    fn an_await_does_not() {
        watch_on::<CurrentThread, _>("awaits it", awaits()).assert_took(seconds(3), "one canvas");
    }
}
