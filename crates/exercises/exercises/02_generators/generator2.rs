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

struct Strokes {
    colours: Vec<&'static str>,
}

fn strokes(colours: Vec<&'static str>) -> Strokes {
    Strokes { colours }
}

impl Generator for Strokes {
    type Return = Vec<&'static str>;

    fn resume(&mut self) -> GeneratorState<Vec<&'static str>> {
        // TODO: these two are new at each resume.
        let mut colours = self.colours.iter();
        let mut used = Vec::new();

        if let Some(colour) = colours.next() {
            say(colour);
            used.push(*colour);
            return GeneratorState::Yielded(Request::Turn); // yield
        }
        GeneratorState::Complete(used)
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
