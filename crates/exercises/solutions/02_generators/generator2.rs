// Chapter 2, about 15 minutes: keep the local variables of a generator from one resume to the next.
// docs/02-generators.md
//
// This generator makes a stroke of each colour. After each stroke it yields, so that the others can run. At the end it
// returns the colours that it has used:
//
//     def strokes(colours):
//         used = []
//         for colour in colours:
//             say(colour)
//             used.append(colour)
//             yield
//         return used
//
// In this Rust version, the local variables of `strokes` have become local variables of `resume`. But each resume is a new
// call, and its variables end with it. Keep a variable that has to outlive the `yield` in a place that outlives it too.
//
// `watch_generators` resumes several generators in turn, each with a name for the log. `Request::Turn` asks for nothing but
// another resume, after the others.

use paintdry_course::{say, watch_generators};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::{mem, vec};

struct Strokes {
    // Changed: both variables are fields. This iterator owns the colours and remembers the next one.
    colours: vec::IntoIter<&'static str>,
    used: Vec<&'static str>,
}

fn strokes(colours: Vec<&'static str>) -> Strokes {
    Strokes { colours: colours.into_iter(), used: Vec::new() }
}

impl Generator for Strokes {
    type Return = Vec<&'static str>;

    fn resume(&mut self) -> GeneratorState<Vec<&'static str>> {
        if let Some(colour) = self.colours.next() {
            say(colour);
            self.used.push(colour);
            return GeneratorState::Yielded(Request::Turn); // yield
        }
        // Changed: `resume` has only borrowed the generator, so it cannot move a field out. `mem::take` leaves an empty list
        // behind, which does no harm: a complete generator is not resumed again.
        GeneratorState::Complete(mem::take(&mut self.used))
    }
}

fn main() {
    println!("{}", watch_generators("generator2", [("sky", strokes(vec!["white", "grey", "blue"]))]).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_and_results_outlive_the_yield() {
        let (sky, sea) = (vec!["white", "grey", "blue"], vec!["green", "blue", "white"]);
        let seen = watch_generators("generator2", [("sky", strokes(sky.clone())), ("sea", strokes(sea.clone()))]);
        let expected = ["sky: white", "sea: green", "sky: grey", "sea: blue", "sky: blue", "sea: white"];
        seen.assert_said(&expected, "each painter makes one stroke of each colour, and the two take turns");
        seen.assert_result([sky, sea], "each generator returns the colours that it has used");
    }
}
