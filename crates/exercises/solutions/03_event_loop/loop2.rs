// Chapter 3, about 15 minutes: keep the painters that can run in a ready queue, and resume no other.
// docs/03-the-event-loop.md
//
// This loop resumes every painter every 10 ms. Nearly always the painter has nothing to do. It has already
// said what it waits for, but the loop does not listen:
//
// - `Turn`: resume me when the other ready painters have run.
// - `Sleep(duration)`: resume me when this time has passed.
//
// Write a loop that listens. Keep the painters that are ready in a queue. Give a painter that sleeps to `Timers`, which is
// below and complete: `add` takes a painter, `take_due` returns the painters whose time has come, and `wait` sleeps until
// the first painter is due. Then no painter is resumed more than three times. In the next exercise you write the timers.
//
// (`retain_mut` calls its function for each element of a `Vec`, and keeps the elements for which it returns `true`.)

use paintdry_course::{PAINTING, now, say, seconds, sleep_blocking, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::collections::VecDeque;
use std::time::Duration;

// Changed: each round does one thing. It resumes the first ready painter, or waits for a timer, or ends.
fn run(painters: Vec<Painter>) {
    let mut ready = VecDeque::from(painters);
    let mut timers = Timers::default();
    loop {
        ready.extend(timers.take_due()); // in every round, so that a timer is not late while others are ready
        if let Some(mut painter) = ready.pop_front() {
            match painter.resume() {
                GeneratorState::Yielded(Request::Sleep(duration)) => timers.add(duration, painter),
                GeneratorState::Yielded(_) => ready.push_back(painter),
                GeneratorState::Complete(()) => {} // dropped here, and in neither place
            }
        } else if !timers.wait() {
            return; // no painter is ready, and none will be
        }
    }
}

// You need not change anything below this line.

/// The painters that sleep, each with the time at which it is due.
#[derive(Default)]
#[allow(dead_code)] // until `run` uses it
struct Timers(Vec<(Duration, Painter)>);

impl Timers {
    /// Keeps a painter that wants to sleep for this long. `now()` is the time since the start of the program.
    fn add(&mut self, duration: Duration, painter: Painter) {
        self.0.push((now() + duration, painter));
    }

    /// Returns the painters that are due, the earliest first.
    fn take_due(&mut self) -> Vec<Painter> {
        self.0.sort_by_key(|(due, _)| *due);
        let count = self.0.iter().filter(|(due, _)| *due <= now()).count();
        self.0.drain(..count).map(|(_, painter)| painter).collect()
    }

    /// Sleeps until the first painter is due. Returns `false`, without a sleep, if no painter sleeps.
    fn wait(&self) -> bool {
        let first = self.0.iter().map(|(due, _)| *due).min();
        sleep_blocking(first.unwrap_or_default().saturating_sub(now()));
        first.is_some()
    }
}

/// Mixes its colours, paints, and lets the canvas dry. It counts how often it is resumed.
struct Painter {
    name: &'static str,
    drying: Duration,
    place: Place,
    resumes: u32,
}

/// Where a painter has stopped.
enum Place {
    Start,
    Mixed,
    Drying { until: Duration },
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        self.resumes += 1;
        match self.place {
            Place::Start => {
                say(format!("{}: mixed", self.name));
                self.place = Place::Mixed;
                GeneratorState::Yielded(Request::Turn)
            }
            Place::Mixed => {
                work(PAINTING);
                say(format!("{}: painted", self.name));
                self.place = Place::Drying { until: now() + self.drying };
                GeneratorState::Yielded(Request::Sleep(self.drying))
            }
            Place::Drying { until } if until > now() => GeneratorState::Yielded(Request::Sleep(until - now())),
            Place::Drying { .. } => {
                say(format!("{}: dry after {} resumes", self.name, self.resumes));
                GeneratorState::Complete(())
            }
        }
    }
}

/// The paint of the sky is thick, and dries slowly.
fn paint_all() {
    let canvases = [("sky", seconds(5)), ("sea", seconds(2)), ("sun", seconds(2))];
    run(canvases.map(|(name, drying)| Painter { name, drying, place: Place::Start, resumes: 0 }).into());
}

fn main() {
    println!("{}", watch_blocking("loop2", paint_all).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_painter_that_sleeps_is_not_resumed() {
        let seen = watch_blocking("loop2", paint_all);
        let mixed = ["sky: mixed", "sea: mixed", "sun: mixed"];
        let painted = ["sky: painted", "sea: painted", "sun: painted"];
        let dry = ["sea: dry after 3 resumes", "sun: dry after 3 resumes", "sky: dry after 3 resumes"];
        let expected = [mixed, painted, dry].concat();
        let because =
            "ready painters run in turn, first in, first out, and a painter that sleeps is not resumed before its time";
        seen.assert_said(&expected, because);
        seen.assert_took(seconds(6), "the sky is painted at 1 s and dries for 5 s; the other two are done before that");
    }
}
