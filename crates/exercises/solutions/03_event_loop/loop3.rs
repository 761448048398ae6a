// Chapter 3, about 20 minutes: give an event loop its timers, so that a painter that sleeps does not hold up the others.
// docs/03-the-event-loop.md
//
// This loop has a ready queue. But if a painter asks for a sleep, the loop itself sleeps, and no other painter can run.
//
// Write the timers. For each painter that sleeps, keep the time at which it is due. Move the painters that are due to the ready
// queue. Do this before every resume, even if the queue is not empty. Otherwise the sky waits until the mural has had its seven
// turns of a second each. Let the thread sleep only when no painter is ready, and exactly until the first one is due.
//
// `now()` is the time since the start of the program. `sleep_blocking` sleeps, and blocks the thread. For the timers, any
// collection will do that can hold two painters that are due at the same moment.

use paintdry_course::{PAINTING, milliseconds, now, say, seconds, sleep_blocking, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::collections::VecDeque;
use std::time::Duration;

fn run(painters: Vec<Painter>) {
    let mut ready = VecDeque::from(painters);
    // Changed: the painters that sleep, each with the time at which it is due. The loop checks all of them to
    // find the next one. That is enough for three; a real loop sorts its timers, in a heap or a tree.
    let mut timers: Vec<(Duration, Painter)> = Vec::new();
    loop {
        let time = now();
        // Before each resume, and not only when no painter is ready: that may take long to happen.
        ready.extend(timers.extract_if(.., |(due, _)| *due <= time).map(|(_, painter)| painter));
        if let Some(mut painter) = ready.pop_front() {
            match painter.resume() {
                GeneratorState::Yielded(Request::Sleep(duration)) => timers.push((now() + duration, painter)),
                GeneratorState::Yielded(_) => ready.push_back(painter),
                GeneratorState::Complete(()) => {}
            }
        } else if let Some(first) = timers.iter().map(|(due, _)| *due).min() {
            sleep_blocking(first - now()); // no painter can run before that
        } else {
            return;
        }
    }
}

// You need not change anything below this line.

/// Makes its strokes, and yields after each. Then it lets the canvas dry.
struct Painter {
    name: &'static str,
    strokes: u32,
    drying: Duration,
    dry_at: Option<Duration>,
    resumes: u32,
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        self.resumes += 1;
        if let Some(dry_at) = self.dry_at {
            if now() < dry_at {
                return GeneratorState::Yielded(Request::Sleep(dry_at - now())); // it was resumed too early
            }
            say(format!("{}: dry after {} resumes", self.name, self.resumes));
            return GeneratorState::Complete(());
        }
        work(PAINTING);
        self.strokes -= 1;
        if self.strokes > 0 {
            return GeneratorState::Yielded(Request::Turn);
        }
        say(format!("{}: painted", self.name));
        self.dry_at = Some(now() + self.drying);
        GeneratorState::Yielded(Request::Sleep(self.drying))
    }
}

/// The mural needs many strokes, and the paint of the sea is thick. The two are dry at the same moment.
fn paint_all() {
    let canvases = [("sky", 1, seconds(2)), ("mural", 7, milliseconds(3_999)), ("sea", 1, milliseconds(9_999))];
    run(canvases.map(|(name, strokes, drying)| Painter { name, strokes, drying, dry_at: None, resumes: 0 }).into());
}

fn main() {
    println!("{}", watch_blocking("loop3", paint_all).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_holds_up_no_other_painter() {
        let seen = watch_blocking("loop3", paint_all);
        seen.assert_ended();
        let painted = seen.times_of("sea: painted");
        seen.assert(
            painted == [seconds(3)],
            "the sea should be painted at 3 s, while the sky dries: let no sleep hold the loop",
        );
        let dry_at = |name: &str| {
            let dry = |said: &String| said.starts_with(&format!("{name}: dry"));
            seen.said().iter().find(|said| dry(said)).map(|said| seen.times_of(said)[0])
        };
        let sky = dry_at("sky");
        let in_time = sky.is_some_and(|dry| dry <= seconds(4));
        let seen_dry =
            sky.map_or_else(|| "never sees that it is dry".to_owned(), |dry| format!("sees that it is dry at {dry:?}"));
        let sentence = format!(
            "the sky is due at 3 s, and should be resumed at 4 s at the latest, after one stroke of the mural; but its painter \
             {seen_dry}. Check the timers before each resume, also while another painter is ready"
        );
        seen.assert(in_time, &sentence);
        seen.assert(
            dry_at("mural").is_some() == dry_at("sea").is_some(),
            "the mural and the sea are due at the same moment, and only one of them is resumed then. A map from due times to \
             painters holds one painter for each time, and a second insert drops the first painter: give each timer a number \
             as well",
        );
        for (name, resumes) in [("sky", 2), ("mural", 8), ("sea", 2)] {
            let sentence =
                format!("the painter of the {name} should be resumed {resumes} times, and never before it is due");
            seen.assert(seen.said().contains(&format!("{name}: dry after {resumes} resumes")), &sentence);
        }
        seen.assert_took(
            milliseconds(12_999),
            "the mural and the sea are due then (the log shows only tenths of a second); the thread should sleep exactly until a timer is due",
        );
    }
}
