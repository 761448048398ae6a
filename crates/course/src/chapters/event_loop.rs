//! Chapter 3: a ready queue, timers, and which task runs next.

use super::generators::Painter;
use crate::replays::Replay;
use crate::{now, say, seconds, sleep_blocking, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// Runs all of them until they are complete. `next` takes the generator to resume from the ready queue.
pub fn run<G: Generator>(generators: impl IntoIterator<Item = G>, next: fn(&mut VecDeque<G>) -> Option<G>) {
    let mut ready: VecDeque<G> = generators.into_iter().collect();
    let mut timers: BTreeMap<(Duration, u32), G> = BTreeMap::new(); // by due time, and then by number
    let mut number = 0;
    loop {
        while let Some(timer) = timers.first_entry()
            && timer.key().0 <= now()
        {
            ready.push_back(timer.remove());
        }
        if let Some(mut generator) = next(&mut ready) {
            match generator.resume() {
                GeneratorState::Complete(_) => {}
                GeneratorState::Yielded(Request::Sleep(duration)) => {
                    timers.insert((now() + duration, number), generator);
                    number += 1;
                }
                GeneratorState::Yielded(_) => ready.push_back(generator),
            }
        } else if let Some(((due, _), _)) = timers.first_key_value() {
            sleep_blocking(due.saturating_sub(now()));
        } else {
            return;
        }
    }
}

/// The three painters on this loop.
pub fn painters() {
    run(["sky", "sea", "sun"].map(|name| Painter::Blank { name }), VecDeque::pop_front);
}

/// Maps nothing: it counts, and gives the others a turn after each item.
#[derive(Debug)]
pub struct Counter {
    name: &'static str,
    item: u32,
}

impl Generator for Counter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if self.item == 3 {
            return GeneratorState::Complete(());
        }
        say(format!("{}: {}", self.name, self.item));
        self.item += 1;
        GeneratorState::Yielded(Request::Turn)
    }
}

/// Two counters on a loop that takes the first of the queue.
pub fn first_in_first_out() {
    run(counters(), VecDeque::pop_front);
}

/// Two counters on a loop that takes the last of the queue.
pub fn last_in_first_out() {
    run(counters(), VecDeque::pop_back);
}

fn counters() -> [Counter; 2] {
    ["a", "b"].map(|name| Counter { name, item: 0 })
}

/// A painter, or a worker that works for five seconds and never yields.
#[derive(Debug)]
pub enum Guild {
    /// Yields as long as there is nothing to do.
    Painter(Painter),
    /// Does all of its work in one resume.
    Stubborn,
}

impl Generator for Guild {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self {
            Self::Painter(painter) => painter.resume(),
            Self::Stubborn => {
                work(seconds(5));
                say("mural: painted");
                GeneratorState::Complete(())
            }
        }
    }
}

/// A painter beside a worker that never yields.
pub fn beside_a_stubborn_one() {
    run([Guild::Painter(Painter::Blank { name: "sky" }), Guild::Stubborn], VecDeque::pop_front);
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "03-event-loop",
        title: "A loop with a queue and timers",
        file: file!(),
        text: include_str!("event_loop.rs"),
        runs: || {
            vec![
                watch_blocking("", painters).recorded("three painters", "all yield while they wait"),
                watch_blocking("", beside_a_stubborn_one).recorded("a stubborn one", "works, and never yields"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_resumed_when_it_asked_to_be() {
        let seen = watch_blocking("painters", painters);
        let log = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sun: painted
  3.0 s  sky: dry
  4.0 s  sea: dry
  5.0 s  sun: dry
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
        seen.assert_took(seconds(5), "three seconds of work, and then only the sun is still wet for two");
    }

    #[test]
    fn who_yields_goes_to_the_end_of_the_queue() {
        let seen = watch_blocking("first in, first out", first_in_first_out);
        seen.assert_said(&["a: 0", "b: 0", "a: 1", "b: 1", "a: 2", "b: 2"], "they take turns");
    }

    #[test]
    fn the_last_of_the_queue_starves_the_first() {
        let seen = watch_blocking("last in, first out", last_in_first_out);
        seen.assert_said(&["b: 0", "b: 1", "b: 2", "a: 0", "a: 1", "a: 2"], "a has to wait until b has ended");
    }

    #[test]
    fn who_never_yields_holds_up_everybody() {
        let seen = watch_blocking("a stubborn one", beside_a_stubborn_one);
        let log = "
  1.0 s  sky: painted
  6.0 s  mural: painted
  6.0 s  sky: dry
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
    }
}
