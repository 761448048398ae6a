// Chapter 2, about 15 minutes: give a generator a state for each place where it can stop.
// docs/02-generators.md
//
// A generator does one step at each resume, and stops at each `yield`. This one should do the same as this function,
// in a kind of Python:
//
//     def painter():
//         canvas = Canvas("sky")
//         canvas.paint()
//         yield Sleep(1 s)
//         say("sky: drying")
//         yield Sleep(1 s)
//         say("sky: dry")
//
// But it does not save where it has stopped, so it does the first step again at each resume. Add a state for each place
// where it can stop, and let `resume` do the step that belongs to the state.

use paintdry_course::{Canvas, say, seconds, sleep_blocking, watch_blocking};
use paintdry_generator::{Generator, GeneratorState, Request};

enum Painter {
    /// Before the first line.
    Blank,
    // TODO: where else can it be between two resumes?
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self {
            Painter::Blank => {
                Canvas::new("sky").paint();
                // TODO: save where the generator is now.
                GeneratorState::Yielded(Request::Sleep(seconds(1)))
            } // TODO: the other two steps. After its last line the generator is complete.
        }
    }
}

/// Resumes a painter three times. After each resume it sleeps for as long as the painter asks.
fn three_resumes() -> Vec<GeneratorState<()>> {
    let mut painter = Painter::Blank;
    let mut states = Vec::new();
    for resume in 1..=3 {
        say(format!("main: resume {resume}"));
        states.push(painter.resume());
        if let Some(GeneratorState::Yielded(Request::Sleep(duration))) = states.last() {
            sleep_blocking(*duration);
        }
    }
    states
}

fn main() {
    println!("{}", watch_blocking("generator1", three_resumes).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_resume_continues_where_the_one_before_stopped() {
        let seen = watch_blocking("generator1", three_resumes);
        let expected =
            ["main: resume 1", "sky: painted", "main: resume 2", "sky: drying", "main: resume 3", "sky: dry"];
        seen.assert_said(&expected, "each resume should continue where the one before stopped");
        seen.assert_took(seconds(3), "a second of work, and two sleeps of a second");

        let sleep = GeneratorState::Yielded(Request::Sleep(seconds(1)));
        seen.assert_result([sleep, sleep, GeneratorState::Complete(())], "it yields twice, and then it is complete");
    }
}
