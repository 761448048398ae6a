//! Pitfall 2: `join` is concurrent, not parallel.

use crate::replays::Replay;
use crate::{Canvas, watch_on};
use futures::future::join;
use paintdry_core::Runtime;
use paintdry_studio::Studio;
use paintdry_tokio::{CurrentThread, MultiThread};

/// Fails to be faster on two threads: both futures belong to one task, and only one thread at a time polls a task.
pub async fn joined() {
    join(paint_one("sky"), paint_one("sea")).await;
}

/// Cured: another thread can poll a second task.
pub async fn spawned<R: Runtime>() {
    let sky = Studio::<R>::spawn(paint_one("sky"));
    paint_one("sea").await;
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
        name: "09-02-join-is-not-parallel",
        title: "Pitfall 2: join is not parallel",
        file: file!(),
        text: include_str!("p02_join_is_not_parallel.rs"),
        runs: || {
            vec![
                watch_on::<MultiThread, _>("", joined()).recorded("joined", "fails: join keeps both in one task"),
                watch_on::<MultiThread, _>("", spawned::<MultiThread>())
                    .recorded("spawned", "cured: two tasks on two threads"),
                watch_on::<CurrentThread, _>("", spawned::<CurrentThread>())
                    .recorded("spawned on one thread", "two tasks, but only one thread"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::{Seen, seconds};
    use paintdry_studio::EventKind;
    use std::collections::BTreeSet;

    /// The threads that have polled the main task, and those that have polled all other tasks.
    fn threads(seen: &Seen<()>) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let mut threads = (BTreeSet::new(), BTreeSet::new());
        for event in seen.events() {
            if let EventKind::Poll { thread: Some(thread) } = event.what {
                if event.task == 0 { &mut threads.0 } else { &mut threads.1 }.insert(thread);
            }
        }
        threads
    }

    #[test]
    fn joined_they_are_one_task_on_one_thread() {
        let seen = watch_on::<MultiThread, _>("joined", joined());
        seen.assert_took(seconds(4), "both are painted by one thread");
        let log = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sky: dry
  4.0 s  sea: dry
";
        assert_log(&seen, log);
        assert_eq!(seen.tasks(), ["main"]);
        assert_eq!(threads(&seen), ([0].into(), [].into()));
    }

    #[test]
    fn spawned_they_are_painted_by_two_threads() {
        let seen = watch_on::<MultiThread, _>("spawned", spawned::<MultiThread>());
        seen.assert_took(seconds(3), "both are painted at the same time");
        let (main, sky) = threads(&seen);
        assert!(!sky.is_empty() && main.is_disjoint(&sky), "{main:?} {sky:?}");
    }

    #[test]
    fn a_spawn_is_no_thread() {
        let seen = watch_on::<CurrentThread, _>("on one thread", spawned::<CurrentThread>());
        seen.assert_took(seconds(4), "there is only one thread for both tasks");
        assert_eq!(threads(&seen), ([0].into(), [0].into()));
    }
}
