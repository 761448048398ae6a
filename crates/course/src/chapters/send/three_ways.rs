//! Chapter 14: three painters need the palette of their parent. Each of the three ways gives up something.

use super::super::blocking::NAMES;
use crate::replays::Replay;
use crate::seen::Seen;
use crate::{Canvas, TwoThreads, say, watch, watch_on};
use futures::future::join_all;
use paintdry_core::Runtime;
use paintdry_studio::{BlockingStudio, Clock, Studio};
use std::sync::Arc;
use std::thread;

/// The colours that the painters share.
#[derive(Debug)]
pub struct Palette(Vec<&'static str>);

impl Palette {
    /// A palette of one colour.
    #[must_use]
    pub fn blue() -> Self {
        Self(vec!["blue"])
    }
}

async fn paint_one(name: &str, palette: &Palette) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    say(format!("{name}: is {}", palette.0[0]));
}

/// 1. One task: the three futures borrow the palette, and their waiting overlaps.
pub async fn joined() {
    let palette = Palette::blue();
    join_all(NAMES.map(|name| paint_one(name, &palette))).await;
}

/// 2. A task for each painter: they share the palette, and each owns a part of it.
pub async fn shared<R: Runtime>() {
    let palette = Arc::new(Palette::blue());
    let tasks = NAMES.map(|name| {
        let palette = Arc::clone(&palette);
        Studio::<R>::spawn(async move { paint_one(name, &palette).await })
    });
    for task in tasks {
        task.await.expect("painting does not fail");
    }
}

/// 3. A thread for each painter: they borrow the palette, and `thread::scope` blocks until all threads have ended.
pub fn scoped(studio: &BlockingStudio) {
    let palette = Palette::blue();
    let paint_one = |name| {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry_blocking();
        say(format!("{name}: is {}", palette.0[0]));
    };
    let painters = NAMES.map(|name| (name, studio.task(name)));
    thread::scope(|scope| {
        for (name, painter) in painters {
            scope.spawn(move || painter.run(|| paint_one(name)));
        }
    });
}

/// Runs the third way.
pub(crate) fn watch_scoped() -> Seen<()> {
    let studio = BlockingStudio::recording(Clock::Virtual, NAMES.len());
    scoped(&studio);
    let watched = studio.end();
    Seen::new("scoped", "blocking", Ok(()), watched.wall, watched.tasks, watched.events)
}

/// The replay page: all three.
pub(super) fn replay() -> Replay {
    Replay {
        name: "14-three-ways",
        title: "Three painters need the palette of their parent",
        file: file!(),
        text: include_str!("three_ways.rs"),
        runs: || {
            vec![
                watch("", joined()).recorded("joined", "one task: borrows, and its parts wait at the same time"),
                watch_on::<TwoThreads, _>("", shared::<TwoThreads>())
                    .recorded("shared", "tasks on two threads: they share an Arc"),
                watch_scoped().recorded("scoped", "threads that borrow: their parent is blocked meanwhile"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seconds;
    use paintdry_generator::EventLoop;

    #[test]
    fn what_is_joined_is_one_task_on_one_thread() {
        let seen = watch("joined", joined());
        seen.assert_took(seconds(5), "one painter works at a time");
        assert_eq!(seen.tasks(), ["main"]);
        let on_two_threads = watch_on::<TwoThreads, _>("joined on two threads", joined());
        on_two_threads.assert_took(seconds(5), "a task is polled on one thread at a time");
    }

    #[test]
    fn tasks_share_the_palette_on_every_runtime() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, shared::<R>());
            let took = seen.took();
            seen.assert((seconds(3)..=seconds(5)).contains(&took), "three to five seconds, as there are threads");
            for name in NAMES {
                assert_eq!(seen.times_of(&format!("{name}: is blue")).len(), 1, "{}: {}", R::NAME, seen.log());
            }
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn tasks_on_two_threads_work_at_the_same_time() {
        let seen = watch_on::<TwoThreads, _>("shared", shared::<TwoThreads>());
        seen.assert_took(seconds(4), "two canvases are painted in the first second, and the third in the next");
    }

    #[test]
    fn a_thread_each_takes_as_long_as_one_canvas() {
        let seen = watch_scoped();
        seen.assert_took(seconds(3), "each thread paints its canvas, and waits");
        assert_eq!(seen.tasks(), NAMES);
    }
}
