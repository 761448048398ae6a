//! Pitfall 7: which runtime? And async-std is gone.

use crate::chapters::blocking::NAMES;
use crate::replays::Replay;
use crate::{Canvas, Seen, name_task, watch, watch_on};
use paintdry_async_std::Global as AsyncStd;
use paintdry_core::{Runtime, gather};
use paintdry_generator::EventLoop;
use paintdry_smol::{Global, Local};
use paintdry_studio::Studio;
use paintdry_tokio::{CurrentThread, MultiThread};

/// Cured: the runtime is a parameter, and only the caller that starts the program names it.
pub async fn dry_all<R: Runtime>() {
    let canvases = NAMES.map(painted);
    gather::<Studio<R>, _>(canvases.map(dry_one)).await;
}

/// Fails to move: deep inside, it names a runtime, and this one is discontinued.
pub async fn dry_all_on_async_std() {
    dry_all::<AsyncStd>().await;
}

/// A second of work.
fn painted(name: &str) -> Canvas {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas
}

/// Two seconds of waiting, after the painting.
async fn dry_one(canvas: Canvas) {
    name_task(canvas.name());
    canvas.dry().await;
}

/// The program on `R`, and nothing else.
fn on<R: Runtime>() -> Seen<()> {
    watch_on::<R, _>(R::NAME, dry_all::<R>())
}

/// One program on all runtimes; in the first row on two of them at the same time.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-07-which-runtime",
        title: "Pitfall 7: which runtime?",
        file: file!(),
        text: include_str!("p07_which_runtime.rs"),
        runs: || {
            vec![
                watch("", dry_all_on_async_std())
                    .recorded("two runtimes", "works, but on two runtimes: our loop and async-std"),
                on::<EventLoop>().recorded("generator", "cured: on one runtime, our loop"),
                on::<CurrentThread>().recorded("tokio", "on one thread"),
                on::<MultiThread>().recorded("tokio-multi", "main here, tasks on its workers"),
                on::<Local>().recorded("smol", "on one thread"),
                on::<Global>().recorded("smol-global", "main here, tasks on its thread"),
                on::<AsyncStd>().recorded("async-std", "discontinued; main here, tasks on its threads"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use paintdry_studio::EventKind;

    const LOG: &str = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sun: painted
  3.0 s  sky: dry
  4.0 s  sea: dry
  5.0 s  sun: dry
";

    #[test]
    fn the_log_is_the_same_on_all_runtimes() {
        for seen in [
            on::<EventLoop>(),
            on::<CurrentThread>(),
            on::<MultiThread>(),
            on::<Local>(),
            on::<Global>(),
            on::<AsyncStd>(),
        ] {
            assert_log(&seen, LOG);
        }
    }

    #[test]
    fn a_named_runtime_brings_its_threads() {
        let seen = watch("two runtimes", dry_all_on_async_std());
        assert_log(&seen, LOG);
        for event in seen.events() {
            if let EventKind::Poll { thread: Some(thread) } = event.what {
                assert_eq!(thread == 0, event.task == 0, "our loop polls the main task, async-std all others");
            }
        }
    }
}
