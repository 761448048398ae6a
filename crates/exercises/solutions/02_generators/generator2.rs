// This generator makes a stroke of each colour, gives the others a turn after each, and returns what it has used:
//
//     def strokes(colours):
//         used = []
//         for colour in colours:
//             say(colour)
//             used.append(colour)
//             yield
//         return used
//
// Whoever wrote it in Rust made the local variables of `strokes` local variables of `resume`. But `resume` is a new call
// each time. Keep what has to outlive the yield in something that does.

use paintdry_course::{say, watch_generators};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::{mem, vec};

struct Strokes {
    // Changed: where the `for` loop stands, and the list, are fields.
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
        // Changed: after its end nobody needs the generator, so its list can be moved out.
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
        seen.assert_said(&expected, "a stroke of each colour, and after each stroke a turn for the other painter");
        seen.assert_result([sky, sea], "each generator returns the colours that it has used");
    }
}
