//! Chapter 3: a ready queue, timers, and which task runs next.

use super::generators::{Painter, painters};
use crate::replays::Replay;
use crate::{now, say, seconds, sleep_blocking, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// A loop that resumes generators. One that is running is in neither of its two places.
#[derive(Debug)]
pub struct Loop<G> {
    /// The generators that can run now.
    pub(crate) ready: VecDeque<G>,
    /// The generators that sleep, sorted by when each is due. The number orders two that are due at the same time.
    pub(crate) timers: BTreeMap<(Duration, u32), G>,
    last_number: u32,
    order: Order,
}

/// Which ready generator the loop resumes next.
#[derive(Debug)]
pub enum Order {
    /// The one that has been ready for longest.
    FirstInFirstOut,
    /// The one that became ready last.
    LastInFirstOut,
}

impl<G: Generator> Loop<G> {
    /// A loop with these generators, all of them ready.
    pub fn new(generators: impl IntoIterator<Item = G>, order: Order) -> Self {
        Self { ready: generators.into_iter().collect(), timers: BTreeMap::new(), last_number: 0, order }
    }

    /// Runs the generators until all are complete.
    pub fn run(&mut self) {
        while self.step() {}
    }

    /// One round of the loop. Returns `false` if no generator is left.
    pub fn step(&mut self) -> bool {
        self.fire_timers();
        if let Some(generator) = self.next_ready() {
            self.take_turn(generator);
        } else if let Some(due) = self.next_due() {
            sleep_blocking(due - now());
        } else {
            return false;
        }
        true
    }

    /// Moves each generator that has slept long enough to the end of the queue.
    fn fire_timers(&mut self) {
        while let Some(timer) = self.timers.first_entry() {
            if timer.key().0 > now() {
                return;
            }
            self.ready.push_back(timer.remove());
        }
    }

    /// Takes the generator that runs next from the queue.
    fn next_ready(&mut self) -> Option<G> {
        match self.order {
            Order::FirstInFirstOut => self.ready.pop_front(),
            Order::LastInFirstOut => self.ready.pop_back(),
        }
    }

    /// Resumes a generator once, and puts it where its request says.
    fn take_turn(&mut self, mut generator: G) {
        match generator.resume() {
            GeneratorState::Complete(_) => {}
            GeneratorState::Yielded(Request::Sleep(duration)) => {
                self.last_number += 1;
                self.timers.insert((now() + duration, self.last_number), generator);
            }
            GeneratorState::Yielded(_) => self.ready.push_back(generator),
        }
    }

    /// When the first timer is due.
    fn next_due(&self) -> Option<Duration> {
        self.timers.keys().next().map(|(due, _)| *due)
    }
}

/// The three painters on this loop.
pub fn three_painters() {
    Loop::new(painters(), Order::FirstInFirstOut).run();
}

/// Says a number, and yields after each.
#[derive(Debug)]
pub struct Counter {
    name: &'static str,
    number: u32,
}

impl Generator for Counter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if self.number == 3 {
            return GeneratorState::Complete(());
        }
        say(format!("{}: {}", self.name, self.number));
        self.number += 1;
        GeneratorState::Yielded(Request::Turn)
    }
}

/// Two counters on a loop that takes the first of the queue.
pub fn first_in_first_out() {
    Loop::new(counters(), Order::FirstInFirstOut).run();
}

/// Two counters on a loop that takes the last of the queue.
pub fn last_in_first_out() {
    Loop::new(counters(), Order::LastInFirstOut).run();
}

fn counters() -> [Counter; 2] {
    ["a", "b"].map(|name| Counter { name, number: 0 })
}

/// A painter, or a mural that is painted without a yield.
#[derive(Debug)]
pub enum Guild {
    /// Yields while its canvas dries.
    Painter(Painter),
    /// Does five seconds of work in one resume.
    Mural,
}

impl Generator for Guild {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self {
            Self::Painter(painter) => painter.resume(),
            Self::Mural => {
                work(seconds(5));
                say("mural: painted");
                GeneratorState::Complete(())
            }
        }
    }
}

/// A painter beside a mural that never yields.
pub fn beside_a_mural() {
    let guild = [Guild::Painter(Painter::Blank { name: "sky" }), Guild::Mural];
    Loop::new(guild, Order::FirstInFirstOut).run();
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
                watch_blocking("", three_painters).recorded("three painters", "all yield while they wait"),
                watch_blocking("", beside_a_mural).recorded("a stubborn one", "works, and never yields"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::milliseconds;
    use paintdry_studio::EventKind;

    #[test]
    fn each_is_resumed_when_it_asked_to_be() {
        let seen = watch_blocking("painters", three_painters);
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
    fn a_generator_that_yields_goes_to_the_end_of_the_queue() {
        let seen = watch_blocking("first in, first out", first_in_first_out);
        seen.assert_said(&["a: 0", "b: 0", "a: 1", "b: 1", "a: 2", "b: 2"], "they take turns");
    }

    #[test]
    fn the_last_of_the_queue_starves_the_first() {
        let seen = watch_blocking("last in, first out", last_in_first_out);
        seen.assert_said(&["b: 0", "b: 1", "b: 2", "a: 0", "a: 1", "a: 2"], "a has to wait until b has ended");
    }

    #[test]
    fn a_generator_that_never_yields_holds_up_all_others() {
        let seen = watch_blocking("a stubborn one", beside_a_mural);
        let log = "
  1.0 s  sky: painted
  6.0 s  mural: painted
  6.0 s  sky: dry
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
    }

    #[test]
    fn the_thread_sleeps_only_when_no_generator_is_ready() {
        let seen = watch_blocking("slept", three_painters);
        let sleeps = seen.events().iter().filter(|event| matches!(event.what, EventKind::Block));
        let began: Vec<_> = sleeps.map(|event| Duration::from_nanos(event.ns)).collect();
        assert_eq!(began, [3000, 3500, 4000, 4500].map(milliseconds), "each sleep ends when a timer is due");
    }
}
