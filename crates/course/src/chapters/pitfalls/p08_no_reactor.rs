//! Pitfall 8: "there is no reactor running".

use crate::replays::Replay;
use crate::{Canvas, watch, watch_on};
use paintdry_core::Runtime;
use paintdry_studio::Studio;
use paintdry_tokio::CurrentThread;
use tokio::runtime::Builder;

/// Tokio, watched: its `spawn` calls `tokio::spawn`.
type Tokio = Studio<CurrentThread>;

/// Fails unless tokio is there: its `spawn` asks the thread for it, and nothing in this line or its type says so.
pub async fn needs_tokio() {
    let sky = Tokio::spawn(paint_one("sky"));
    sky.await.expect("painting does not fail");
}

/// Cured, if another runtime has to run it: tokio beside it, with threads of its own. Its context is entered for the spawn,
/// and left before the await.
pub async fn enters_tokio() {
    let tokio = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("there is a thread left");
    let sky = {
        let _context = tokio.enter();
        Tokio::spawn(paint_one("sky"))
    };
    sky.await.expect("painting does not fail");
}

/// A second of work, and two of waiting.
async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// The replay: three runs, one above the other.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-08-no-reactor",
        title: "Pitfall 8: no reactor",
        file: file!(),
        text: include_str!("p08_no_reactor.rs"),
        runs: || {
            vec![
                watch("", needs_tokio()).recorded("our loop", "fails: our loop runs it, and no tokio is there"),
                watch_on::<CurrentThread, _>("", needs_tokio()).recorded("tokio", "cured: tokio runs it"),
                watch("", enters_tokio()).recorded("our loop, and tokio", "cured: tokio runs beside it"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DRYING, seconds};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    /// Tokio's words; a new version may add to them.
    const NO_REACTOR: &str = "
there is no reactor running, must be called from the context of a Tokio 1.x runtime
";

    #[track_caller]
    fn assert_no_reactor(program: impl Future) {
        let seen = watch("no reactor", program);
        let message = seen.panicked().unwrap_or_default();
        seen.assert(
            message.contains(NO_REACTOR.trim()),
            &format!("it should panic because no tokio is there, not {message:?}"),
        );
    }

    #[test]
    fn without_tokio_it_panics() {
        assert_no_reactor(needs_tokio());
    }

    #[test]
    fn tokios_sleep_panics_alike_when_it_is_made() {
        assert_no_reactor(async { drop(tokio::time::sleep(DRYING)) });
    }

    #[test]
    fn without_enable_time_a_sleep_panics() {
        let panics = |mut builder: Builder| {
            let tokio = builder.build().expect("there is memory left");
            let _context = tokio.enter();
            catch_unwind(|| drop(tokio::time::sleep(DRYING))).is_err()
        };
        assert!(panics(Builder::new_current_thread()));
        let mut builder = Builder::new_current_thread();
        builder.enable_all();
        assert!(!panics(builder));
    }

    #[test]
    fn contexts_that_are_left_in_another_order_panic() {
        let [first, second] = [(); 2].map(|()| Builder::new_current_thread().build().expect("there is memory left"));
        let out_of_order = catch_unwind(AssertUnwindSafe(|| {
            let outer = first.enter();
            let _inner = second.enter();
            drop(outer);
        }));
        assert!(out_of_order.is_err());
    }

    #[test]
    fn tokio_runs_it() {
        watch_on::<CurrentThread, _>("on tokio", needs_tokio()).assert_took(seconds(3), "one canvas");
    }

    #[test]
    fn tokio_beside_our_loop_runs_it() {
        watch("entered", enters_tokio()).assert_took(seconds(3), "one canvas");
    }
}
