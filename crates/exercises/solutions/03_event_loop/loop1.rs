// This loop has a ready queue, and every painter gives up its turn after each stroke. Still the sky is not begun before
// the others are done: it starves.
//
// Make it fair: whoever has waited longest is next.

use paintdry_course::{say, seconds, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::collections::VecDeque;

fn run(painters: Vec<Painter>) {
    // Changed: a queue has two ends. In at the back, out at the front: so everybody comes to the front.
    let mut ready = VecDeque::from(painters);
    while let Some(mut painter) = ready.pop_front() {
        if let GeneratorState::Yielded(_) = painter.resume() {
            ready.push_back(painter);
        }
    }
}

// There is nothing to change below this line.

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
    fn nobody_starves() {
        let seen = watch_blocking("loop1", paint_all);
        let strokes = (1..=3).flat_map(|stroke| ["sky", "sea", "sun"].map(|name| format!("{name}: stroke {stroke}")));
        let strokes: Vec<_> = strokes.collect();
        let expected: Vec<_> = strokes.iter().map(String::as_str).collect();
        seen.assert_said(&expected, "nobody has a second turn before everybody has had a first: first in, first out");
        seen.assert_took(seconds(9), "nine strokes, whatever their order");
    }
}
