//! Pitfall 5: spawned work seems not to run, because the program ends before it.

use crate::chapters::blocking::NAMES;
use crate::replays::Replay;
use crate::{Canvas, milliseconds, say, sleep, spawn, watch};
use std::time::Duration;

/// Fails: the run ends with the main task, and then no thread polls the other tasks.
pub async fn left() {
    for name in NAMES {
        spawn(name, paint_one(name));
    }
    say("done");
}

/// Does not cure it: it guesses how long they will take.
pub async fn left_later(guess: Duration) {
    for name in NAMES {
        spawn(name, paint_one(name));
    }
    sleep(guess).await;
    say("done");
}

/// Cured: each handle is kept, and awaited.
pub async fn awaited() {
    let tasks = NAMES.map(|name| spawn(name, paint_one(name)));
    for task in tasks {
        task.await.expect("painting does not fail");
    }
    say("done");
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
        name: "09-05-spawned-and-left",
        title: "Pitfall 5: spawned, and left",
        file: file!(),
        text: include_str!("p05_spawned_and_left.rs"),
        runs: || {
            vec![
                watch("", left()).recorded("left", "fails: main ends at once"),
                watch("", left_later(milliseconds(4200)))
                    .recorded("left later", "fails: main sleeps 4.2 s, which is too short"),
                watch("", awaited()).recorded("awaited", "cured: main awaits the handles"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::seconds;

    #[test]
    fn a_task_that_is_left_has_not_painted() {
        let seen = watch("left", left());
        let log = "
  0.0 s  main: done
";
        assert_log(&seen, log);
        assert_eq!((seen.tasks().len(), seen.left_alive()), (4, 3));
    }

    #[test]
    fn a_guess_leaves_a_canvas_that_takes_longer() {
        let seen = watch("left later", left_later(milliseconds(4200)));
        assert!(seen.log().ends_with("  4.2 s  main: done"), "{}", seen.log());
        seen.assert(!seen.log().contains("sun: dry"), "the sun is dry after five seconds");
        assert_eq!(seen.left_alive(), 1);
    }

    #[test]
    fn an_awaited_canvas_is_dry() {
        let seen = watch("awaited", awaited());
        seen.assert_took(seconds(5), "as long as the last canvas takes");
        assert!(seen.log().ends_with("  5.0 s  sun: dry\n  5.0 s  main: done"), "{}", seen.log());
        assert_eq!(seen.left_alive(), 0);
    }
}
