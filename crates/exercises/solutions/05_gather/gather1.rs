// `Gather` is a generator that runs other generators: each time that it is resumed, it resumes all those that are not
// complete. In the end it returns what they returned.
//
// But the results come in the order in which the others end, so nobody can tell whose result is whose. Let them come in
// the order in which the generators were given. The order of the work must stay as it is.

use paintdry_course::{say, seconds, watch_generators, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::mem;

struct Gather<G: Generator> {
    // Changed: a place for each generator, which it keeps, and one for its result beside it.
    generators: Vec<G>,
    results: Vec<Option<G::Return>>,
}

fn gather<G: Generator>(generators: Vec<G>) -> Gather<G> {
    let results = generators.iter().map(|_| None).collect();
    Gather { generators, results }
}

impl<G: Generator> Generator for Gather<G> {
    type Return = Vec<G::Return>;

    fn resume(&mut self) -> GeneratorState<Vec<G::Return>> {
        for (generator, result) in self.generators.iter_mut().zip(&mut self.results) {
            if result.is_none() // who is complete must not be resumed
                && let GeneratorState::Complete(value) = generator.resume()
            {
                *result = Some(value);
            }
        }
        if self.results.iter().all(Option::is_some) {
            return GeneratorState::Complete(mem::take(&mut self.results).into_iter().flatten().collect());
        }
        GeneratorState::Yielded(Request::Turn)
    }
}

// There is nothing to change below this line.

/// Paints some layers, each a second of work. Returns how much of what it has painted.
struct Painter {
    name: &'static str,
    layers: u32,
    painted: u32,
}

impl Generator for Painter {
    type Return = String;

    fn resume(&mut self) -> GeneratorState<String> {
        assert!(self.painted < self.layers, "{} is resumed after its end", self.name);
        work(seconds(1));
        self.painted += 1;
        say(format!("{}: layer {}", self.name, self.painted));
        if self.painted < self.layers {
            return GeneratorState::Yielded(Request::Turn);
        }
        GeneratorState::Complete(format!("{} of {}", self.layers, self.name))
    }
}

fn painters() -> Vec<Painter> {
    [("sky", 3), ("sea", 1), ("sun", 2)].map(|(name, layers)| Painter { name, layers, painted: 0 }).into()
}

fn main() {
    let seen = watch_generators("gather1", [("gather", gather(painters()))]);
    println!("{}", seen.log());
    println!("Results: {:?}", seen.result());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_what_was_given() {
        let seen = watch_generators("gather1", [("gather", gather(painters()))]);
        let expected = ["sky: layer 1", "sea: layer 1", "sun: layer 1", "sky: layer 2", "sun: layer 2", "sky: layer 3"];
        seen.assert_said(&expected, "all of them go on in turn, until they are complete");
        let expected = ["3 of sky", "1 of sea", "2 of sun"];
        seen.assert_result([expected], "the results come in the order sky, sea, sun, whoever ends first");
    }
}
