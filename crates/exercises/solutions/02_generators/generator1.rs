// A generator does one step at each resume, and stops at each `yield`. This one should do what in Python were
//
//     def painter():
//         canvas.paint()
//         yield Sleep(1 s)
//         say("sky: drying")
//         yield Sleep(1 s)
//         say("sky: dry")
//
// But it has lost where it stands, so it does the first step again and again. Give it a state for each place at which it
// can stand, and let `resume` do the step that belongs to it.

use paintdry_course::{Canvas, say, seconds, sleep_blocking, watch_blocking};
use paintdry_generator::{Generator, GeneratorState, Request};

enum Painter {
    /// Before the first line.
    Blank,
    // Changed: what Python keeps in the frame, namely at which `yield` it stands, is a value here.
    /// At the first `yield`.
    Painted,
    /// At the second `yield`.
    Drying,
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self {
            Painter::Blank => {
                Canvas::new("sky").paint();
                *self = Painter::Painted; // Changed: the next resume goes on from here.
                GeneratorState::Yielded(Request::Sleep(seconds(1)))
            }
            // Changed: each state has its step.
            Painter::Painted => {
                say("sky: drying");
                *self = Painter::Drying;
                GeneratorState::Yielded(Request::Sleep(seconds(1)))
            }
            Painter::Drying => {
                say("sky: dry");
                GeneratorState::Complete(())
            }
        }
    }
}

/// Resumes a painter three times, and does for it what it asks for.
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
    fn each_resume_goes_on_where_the_one_before_stopped() {
        let seen = watch_blocking("generator1", three_resumes);
        let expected =
            ["main: resume 1", "sky: painted", "main: resume 2", "sky: drying", "main: resume 3", "sky: dry"];
        seen.assert_said(&expected, "each resume goes on where the one before stopped");
        seen.assert_took(seconds(3), "a second of work, and two sleeps of a second");

        let sleep = GeneratorState::Yielded(Request::Sleep(seconds(1)));
        seen.assert_result([sleep, sleep, GeneratorState::Complete(())], "it yields twice, and then it is complete");
    }
}
