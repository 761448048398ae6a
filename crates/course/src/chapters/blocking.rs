//! Chapter 1: canvases painted one after another, and on a thread each.

use crate::replays::Replay;
use crate::{Canvas, spawn_thread, watch_blocking};

/// The canvases of the course.
pub const NAMES: [&str; 3] = ["sky", "sea", "sun"];

/// One painter, who waits until a canvas is dry before the next.
pub fn one_after_another() {
    for name in NAMES {
        paint_one(name);
    }
}

/// A thread for each canvas: all are started before the first is joined.
pub fn a_thread_each() {
    let painters = NAMES.map(|name| spawn_thread(name, move || paint_one(name)));
    for painter in painters {
        painter.join().expect("painting does not fail");
    }
}

/// The same, but each is joined before the next is started.
pub fn joined_at_once() {
    for name in NAMES {
        let painter = spawn_thread(name, move || paint_one(name));
        painter.join().expect("painting does not fail");
    }
}

/// A second of work, and two of waiting.
fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry_blocking();
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "01-blocking",
        title: "Three canvases, blocking",
        file: file!(),
        text: include_str!("blocking.rs"),
        runs: || {
            vec![
                watch_blocking("", one_after_another).recorded("one thread", "one canvas after another"),
                watch_blocking("", joined_at_once).recorded("joined at once", "a thread each, one after another"),
                watch_blocking("", a_thread_each).recorded("a thread each", "all at the same time"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seconds;

    #[test]
    fn one_after_another_takes_nine_seconds() {
        let seen = watch_blocking("one after another", one_after_another);
        seen.assert_took(seconds(9), "three times one second of work and two of waiting");
        let log = "
  1.0 s  sky: painted
  3.0 s  sky: dry
  4.0 s  sea: painted
  6.0 s  sea: dry
  7.0 s  sun: painted
  9.0 s  sun: dry
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
    }

    #[test]
    fn a_thread_each_takes_three_seconds() {
        let seen = watch_blocking("a thread each", a_thread_each);
        seen.assert_took(seconds(3), "all three paint and wait at the same time");
    }

    #[test]
    fn joined_at_once_the_threads_run_one_after_another() {
        let seen = watch_blocking("joined at once", joined_at_once);
        seen.assert_took(seconds(9), "each thread is joined before the next is started");
    }
}
