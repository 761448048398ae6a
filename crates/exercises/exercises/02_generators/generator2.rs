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

struct Strokes {
    colours: Vec<&'static str>,
}

fn strokes(colours: Vec<&'static str>) -> Strokes {
    Strokes { colours }
}

impl Generator for Strokes {
    type Return = Vec<&'static str>;

    fn resume(&mut self) -> GeneratorState<Vec<&'static str>> {
        // TODO: these begin anew at each resume.
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
        seen.assert_said(&expected, "a stroke of each colour, and after each stroke a turn for the other painter");
        seen.assert_result([sky, sea], "each generator returns the colours that it has used");
    }
}
