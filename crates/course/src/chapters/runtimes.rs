//! Chapter 8: one program on tokio, async-std and smol.

use super::blocking::NAMES;
use super::from_yield_to_await::double;
use crate::replays::Replay;
use crate::{Canvas, seconds, sleep, watch_on};
use futures::channel::oneshot;
use paintdry_core::{Runtime, amap, gather};
use paintdry_generator::EventLoop;
use paintdry_studio::{RecordedRun, Studio, name_task};

/// Three canvases, on any runtime.
pub async fn three_canvases<R: Runtime>() {
    let painters = NAMES.map(|name| async move {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry().await;
    });
    for painted in gather::<Studio<R>, _>(painters).await {
        painted.expect("painting does not fail");
    }
}

/// Two mappings that take turns, on any runtime.
pub async fn two_mappings<R: Runtime>() -> Vec<Vec<u32>> {
    let mappings = [("a", 0..3), ("b", 10..13)].map(|(name, sequence)| async move {
        name_task(name);
        let (promise, mut future) = oneshot::channel();
        amap(promise, double, sequence, Studio::<R>::yield_now).await;
        future.try_recv().expect("it was kept").expect("it is there")
    });
    let ended = gather::<Studio<R>, _>(mappings).await;
    ended.into_iter().map(|results| results.expect("doubling does not fail")).collect()
}

/// A task whose handle is dropped at once.
pub async fn dropped_handle<R: Runtime>() {
    drop(Studio::<R>::spawn(async {
        let mut canvas = Canvas::new("sky");
        canvas.paint();
        canvas.dry().await;
    }));
    sleep(seconds(4)).await;
}

fn on<R: Runtime>(about: &str) -> RecordedRun {
    watch_on::<R, _>("", three_canvases::<R>()).recorded(R::NAME, about)
}

fn dropped_on<R: Runtime>(about: &str) -> RecordedRun {
    watch_on::<R, _>("", dropped_handle::<R>()).recorded(R::NAME, about)
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    let page = |name, title, runs| Replay { name, title, file: file!(), text: include_str!("runtimes.rs"), runs };
    vec![
        page("08-runtimes", "Three canvases on every runtime", || {
            vec![
                on::<EventLoop>("one thread"),
                on::<paintdry_tokio::CurrentThread>("one thread"),
                on::<paintdry_tokio::MultiThread>("a worker for each core"),
                on::<paintdry_async_std::Global>("a thread for each core"),
                on::<paintdry_smol::Local>("one thread"),
                on::<paintdry_smol::Global>("a thread of the process"),
            ]
        }),
        page("08-dropped-handle", "A handle that is dropped", || {
            vec![
                dropped_on::<EventLoop>("detaches the task"),
                dropped_on::<paintdry_tokio::CurrentThread>("detaches the task"),
                dropped_on::<paintdry_async_std::Global>("detaches the task"),
                dropped_on::<paintdry_smol::Local>("cancels the task"),
            ]
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_one_thread_all_take_five_seconds() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, three_canvases::<R>());
            seen.assert_took(seconds(5), "three seconds of work on one thread, and then two of waiting");
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_smol::Local>();
    }

    #[test]
    fn on_several_threads_the_work_may_overlap_too() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, three_canvases::<R>());
            let took = seen.took();
            seen.assert((seconds(3)..=seconds(5)).contains(&took), "three to five seconds, as there are threads");
        }
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn the_order_is_exact_only_where_we_own_the_queue() {
        fn check<R: Runtime>() -> Vec<String> {
            let seen = watch_on::<R, _>(R::NAME, two_mappings::<R>());
            let mut said = seen.said();
            for (name, items) in [("a", ["a: 0", "a: 1", "a: 2"]), ("b", ["b: 10", "b: 11", "b: 12"])] {
                let own: Vec<_> = said.iter().filter(|line| line.starts_with(name)).collect();
                assert_eq!(own, items.iter().collect::<Vec<_>>(), "each task's own items are in order");
            }
            assert_eq!(seen.result(), [[0, 2, 4], [20, 22, 24]]);
            said.truncate(6);
            said
        }
        assert_eq!(check::<EventLoop>(), ["a: 0", "b: 10", "a: 1", "b: 11", "a: 2", "b: 12"]);
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn smol_drops_the_task_before_its_first_poll() {
        let seen = watch_on::<paintdry_smol::Local, _>("dropped", dropped_handle::<paintdry_smol::Local>());
        seen.assert_said(&[], "the task is cancelled before it runs");
    }

    #[test]
    fn dropping_a_handle_detaches_or_cancels() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, dropped_handle::<R>());
            let said = seen.said();
            if R::CANCELS_ON_DROP {
                assert!(!said.contains(&"sky: dry".to_owned()), "{}: {said:?}", R::NAME);
                assert!(seen.log().contains("dropped before its end"), "{}", seen.log());
            } else {
                assert_eq!(said, ["sky: painted", "sky: dry"], "{}", R::NAME);
            }
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }
}
