//! Pitfall 11: a dropped handle. Tokio detaches the task, smol cancels it.

use crate::replays::Replay;
use crate::{Canvas, Seen, say, seconds, sleep, watch_on};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_smol::Local;
use paintdry_studio::Studio;
use paintdry_tokio::CurrentThread;

/// Fails on smol: it drops the handle while the canvas dries.
pub async fn drops_it<R: Runtime>() {
    let sky = Studio::<R>::spawn(paint_one("sky"));
    sleep(seconds(2)).await;
    drop(sky);
    say("has dropped the handle");
    sleep(seconds(2)).await;
    say("goes home");
}

/// Cured on all: to wait for a task's end, keep its handle until then.
pub async fn keeps_it<R: Runtime>() {
    let sky = Studio::<R>::spawn(paint_one("sky"));
    sleep(seconds(2)).await;
    say("waits for the end");
    sky.await.expect("painting does not fail");
    say("goes home");
}

/// A second of work, and two of waiting.
async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// One program, three outcomes; and the cure.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-11-dropped-handle",
        title: "Pitfall 11: a dropped handle",
        file: file!(),
        text: include_str!("p11_dropped_handle.rs"),
        runs: || {
            vec![
                on::<Local>(drops_it::<Local>()).recorded("smol", "fails on smol: the dropped handle cancels the task"),
                on::<CurrentThread>(drops_it::<CurrentThread>())
                    .recorded("tokio", "on tokio: the task continues without its handle"),
                on::<EventLoop>(drops_it::<EventLoop>())
                    .recorded("generator", "on our loop: the task continues as well"),
                on::<Local>(keeps_it::<Local>()).recorded("smol", "cured on smol: main keeps the handle and awaits it"),
            ]
        },
    }
}

fn on<R: Runtime>(program: impl Future<Output = ()>) -> Seen<()> {
    watch_on::<R, _>(R::NAME, program)
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;

    #[test]
    fn smol_cancels() {
        let log = "
  1.0 s  sky: painted
  2.0 s  main: has dropped the handle
  2.0 s  sky: dropped before its end
  4.0 s  main: goes home
";
        assert_log(&on::<Local>(drops_it::<Local>()), log);
    }

    #[test]
    fn tokio_and_our_loop_detach() {
        let log = "
  1.0 s  sky: painted
  2.0 s  main: has dropped the handle
  3.0 s  sky: dry
  4.0 s  main: goes home
";
        assert_log(&on::<CurrentThread>(drops_it::<CurrentThread>()), log);
        assert_log(&on::<EventLoop>(drops_it::<EventLoop>()), log);
    }

    #[test]
    fn a_kept_handle_does_the_same_everywhere() {
        let log = "
  1.0 s  sky: painted
  2.0 s  main: waits for the end
  3.0 s  sky: dry
  3.0 s  main: goes home
";
        assert_log(&on::<Local>(keeps_it::<Local>()), log);
        assert_log(&on::<CurrentThread>(keeps_it::<CurrentThread>()), log);
        assert_log(&on::<EventLoop>(keeps_it::<EventLoop>()), log);
    }
}
