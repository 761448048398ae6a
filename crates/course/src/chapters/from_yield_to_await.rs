//! Chapter 4: the painter and `amap`, each by hand and with `async`.

use super::blocking::NAMES;
use super::generators::{POLL, painters};
use crate::replays::Replay;
use crate::{Canvas, gather, resumed, say, sleep, spawn, watch, yield_now};
use futures::channel::oneshot;
use paintdry_core::amap;
use paintdry_generator::{Generator, GeneratorState, Request};
use std::ops::Range;

/// Chapter 2's painter as an async function.
pub async fn painter(name: &'static str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    while !canvas.is_dry() {
        sleep(POLL).await;
    }
    say(format!("{name}: dry"));
}

/// Three of these painters as tasks of the event loop.
pub async fn three_async() {
    gather(NAMES.map(painter)).await;
}

/// The same with the painters of chapter 2.
pub async fn three_by_hand() {
    gather(painters().map(resumed)).await;
}

/// `amap` as a generator: the state machine by hand.
#[derive(Debug)]
pub struct AmapByHand {
    promise: Option<oneshot::Sender<Vec<u32>>>,
    sequence: Range<u32>,
    results: Vec<u32>,
}

/// Doubles each item of `sequence`, yields after each, and at the end puts the results on `promise`.
#[must_use]
pub fn amap_by_hand(promise: oneshot::Sender<Vec<u32>>, sequence: Range<u32>) -> AmapByHand {
    AmapByHand { promise: Some(promise), sequence, results: Vec::new() }
}

impl Generator for AmapByHand {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if let Some(item) = self.sequence.next() {
            self.results.push(double(item));
            return GeneratorState::Yielded(Request::Turn); // yield
        }
        if let Some(promise) = self.promise.take() {
            let _ = promise.send(std::mem::take(&mut self.results));
        }
        GeneratorState::Complete(())
    }
}

/// The function to map. It logs its argument.
pub fn double(n: u32) -> u32 {
    say(n.to_string());
    n * 2
}

/// Two generators as tasks. When both are complete, their results are read.
pub async fn two_by_hand() -> [Vec<u32>; 2] {
    let (promise_a, a) = oneshot::channel();
    let (promise_b, b) = oneshot::channel();
    let tasks =
        [spawn("a", resumed(amap_by_hand(promise_a, 0..3))), spawn("b", resumed(amap_by_hand(promise_b, 10..13)))];
    for task in tasks {
        task.await.expect("doubling does not fail");
    }
    [a, b].map(|mut future| future.try_recv().expect("it was kept").expect("it is there"))
}

/// The same with the `async fn amap` of `paintdry-core`.
pub async fn two_async() -> [Vec<u32>; 2] {
    let (promise_a, a) = oneshot::channel();
    let (promise_b, b) = oneshot::channel();
    let tasks =
        [spawn("a", amap(promise_a, double, 0..3, yield_now)), spawn("b", amap(promise_b, double, 10..13, yield_now))];
    for task in tasks {
        task.await.expect("doubling does not fail");
    }
    [a, b].map(|mut future| future.try_recv().expect("it was kept").expect("it is there"))
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "04-from-yield-to-await",
        title: "amap as a generator, and as a coroutine",
        file: file!(),
        text: include_str!("from_yield_to_await.rs"),
        runs: || {
            vec![
                watch("", two_by_hand()).recorded("by hand", "generators, with a yield"),
                watch("", two_async()).recorded("async", "coroutines, with an await"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seen;
    use paintdry_studio::{Event, EventKind};

    #[test]
    fn both_forms_do_the_same_in_the_same_order() {
        let (by_hand, coroutines) = (watch("by hand", two_by_hand()), watch("async", two_async()));
        for seen in [&by_hand, &coroutines] {
            seen.assert_said(&["a: 0", "b: 10", "a: 1", "b: 11", "a: 2", "b: 12"], "they take turns, an item each");
        }
        assert_eq!(coroutines.polls_of("a"), 4, "a poll for each of three items, and one that sends the results");
        assert_eq!(by_hand.result(), [vec![0, 2, 4], vec![20, 22, 24]]);
        assert_eq!(coroutines.result(), [vec![0, 2, 4], vec![20, 22, 24]]);
    }

    /// All events but those that name a line of the program.
    fn without_lines<T>(seen: &Seen<T>) -> Vec<Event> {
        let events = seen.events().iter().filter(|event| !matches!(event.what, EventKind::Line(_)));
        events.cloned().collect()
    }

    #[test]
    fn the_loop_sees_no_difference() {
        let (by_hand, coroutines) = (watch("by hand", two_by_hand()), watch("async", two_async()));
        assert_eq!(without_lines(&by_hand), without_lines(&coroutines));
    }

    #[test]
    fn nor_between_the_painters() {
        let (by_hand, coroutines) = (watch("by hand", three_by_hand()), watch("async", three_async()));
        assert_eq!(without_lines(&by_hand), without_lines(&coroutines));
        let log = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sun: painted
  3.0 s  sky: dry
  4.0 s  sea: dry
  5.0 s  sun: dry
";
        assert_eq!(coroutines.log(), log.trim_matches('\n'));
    }

    #[test]
    fn the_compilers_state_machine_has_fields_too() {
        let (promise, _future) = oneshot::channel();
        let coroutine = amap(promise, double, 0..3, yield_now);
        let (promise, _future) = oneshot::channel();
        let by_hand = amap_by_hand(promise, 0..3);
        assert!(size_of_val(&coroutine) >= size_of_val(&by_hand), "it keeps at least the same variables");
    }

    #[test]
    fn a_future_that_is_not_polled_does_nothing() {
        let seen = watch("not polled", async {
            let _sky = painter("sky");
            say("painter: goes home");
        });
        seen.assert_said(&["painter: goes home"], "the call has made a future, and no line of it has run");
    }

    #[test]
    fn a_dropped_coroutine_breaks_its_promise() {
        let seen = watch("not awaited", async {
            let (promise, future) = oneshot::channel();
            drop(amap(promise, double, 0..3, yield_now));
            future.await
        });
        seen.assert_said(&[], "it is only a value until it is polled");
        assert!(seen.result().is_err(), "its promise was dropped with it");
    }
}
