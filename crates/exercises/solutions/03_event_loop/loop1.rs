// Chapter 3, about 10 minutes: make a ready queue fair, so that no painter starves.
// docs/03-the-event-loop.md
//
// This loop keeps its painters in a ready queue, and each painter yields after every stroke. But the sky does not begin
// before the other two have finished: it starves.
//
// Make the loop fair: the painter that has waited longest is next.
//
// `work` is one second of work in virtual time. Nothing else can run on the thread until it is over.

use paintdry_course::{say, seconds, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::collections::VecDeque;

fn run(painters: Vec<Painter>) {
    // Changed: a `Vec` gives back what was added last. A queue has two ends: painters enter at the back and leave at the
    // front, so each of them reaches the front.
    let mut ready = VecDeque::from(painters);
    while let Some(mut painter) = ready.pop_front() {
        if let GeneratorState::Yielded(_) = painter.resume() {
            ready.push_back(painter);
        }
    }
}

// You need not change anything below this line.

/// Makes three strokes, each a second of work, and yields after each.
struct Painter {
    name: &'static str,
    strokes: u32,
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if self.strokes == 3 {
            return GeneratorState::Complete(());
        }
        work(seconds(1));
        self.strokes += 1;
        say(format!("{}: stroke {}", self.name, self.strokes));
        GeneratorState::Yielded(Request::Turn)
    }
}

fn paint_all() {
    run(["sky", "sea", "sun"].map(|name| Painter { name, strokes: 0 }).into());
}

fn main() {
    println!("{}", watch_blocking("loop1", paint_all).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_painter_starves() {
        let seen = watch_blocking("loop1", paint_all);
        let strokes = (1..=3).flat_map(|stroke| ["sky", "sea", "sun"].map(|name| format!("{name}: stroke {stroke}")));
        let strokes: Vec<_> = strokes.collect();
        let expected: Vec<_> = strokes.iter().map(String::as_str).collect();
        seen.assert_said(&expected, "the painters should take turns, the first in the queue first");
        seen.assert_took(seconds(9), "nine strokes of one second, in any order");
    }
}
