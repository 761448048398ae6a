//! Chapter 12: the reader's own runtime, beside two others.

use super::runtimes::{three_canvases, two_mappings};
use crate::replays::Replay;
use crate::watch_on;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_own_runtime::OwnRuntime;
use paintdry_studio::RecordedRun;

fn canvases_on<R: Runtime>(about: &str) -> RecordedRun {
    watch_on::<R, _>("", three_canvases::<R>()).recorded(R::NAME, about)
}

fn mappings_on<R: Runtime>(about: &str) -> RecordedRun {
    watch_on::<R, _>("", two_mappings::<R>()).recorded(R::NAME, about)
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    let page =
        |name, title, text, runs| Replay { name, title, file: "crates/course/src/chapters/runtimes.rs", text, runs };
    let text = include_str!("runtimes.rs");
    vec![
        page("12-own-runtime", "Three canvases on your own runtime", text, || {
            vec![
                canvases_on::<OwnRuntime>("this chapter's"),
                canvases_on::<EventLoop>("the loop of chapter 3, grown up"),
                canvases_on::<paintdry_tokio::CurrentThread>("tokio, on one thread"),
            ]
        }),
        page("12-two-mappings", "Two mappings on your own runtime", text, || {
            vec![mappings_on::<OwnRuntime>("this chapter's"), mappings_on::<EventLoop>("the generators'")]
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seconds;

    #[test]
    fn three_canvases_overlap() {
        let seen = watch_on::<OwnRuntime, _>("", three_canvases::<OwnRuntime>());
        seen.assert_took(seconds(5), "three seconds of work on one thread, and then two of waiting");
    }

    #[test]
    fn the_order_is_that_of_the_generators() {
        fn said<R: Runtime>() -> Vec<String> {
            watch_on::<R, _>("", two_mappings::<R>()).said()
        }
        assert_eq!(said::<OwnRuntime>(), said::<EventLoop>());
        assert_eq!(said::<OwnRuntime>(), ["a: 0", "b: 10", "a: 1", "b: 11", "a: 2", "b: 12"]);
    }
}
