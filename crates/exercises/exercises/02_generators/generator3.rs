// Three painters, each a generator, and one thread. Whoever resumes them decides who goes on.
//
// `paint_all` resumes each to its end before the next: nine seconds, as if they were functions. Let them take turns, so
// that one canvas can be painted while another dries. Five seconds are possible: the second and third canvas are painted
// while the first dries, and nobody waits after the last is dry.

use paintdry_course::{Canvas, milliseconds, say, sleep_blocking, watch_blocking};
use paintdry_generator::{Generator, GeneratorState, Request};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

fn paint_all() {
    let painters = NAMES.map(|name| Painter::Blank { name });
    for mut painter in painters {
        // TODO: one step of each painter, again and again, until all are complete.
        while let GeneratorState::Yielded(_) = painter.resume() {
            sleep_blocking(milliseconds(500));
        }
    }
}

// There is nothing to change below this line.

/// Paints, and then looks at each resume whether the canvas is dry.
enum Painter {
    Blank { name: &'static str },
    Drying { canvas: Canvas },
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self {
            Painter::Blank { name } => {
                let mut canvas = Canvas::new(name);
                canvas.paint();
                *self = Painter::Drying { canvas };
            }
            Painter::Drying { canvas } if canvas.is_dry() => {
                say(format!("{}: dry", canvas.name()));
                return GeneratorState::Complete(());
            }
            Painter::Drying { .. } => {}
        }
        GeneratorState::Yielded(Request::Turn)
    }
}

fn main() {
    println!("{}", watch_blocking("generator3", paint_all).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn one_canvas_is_painted_while_another_dries() {
        let seen = watch_blocking("generator3", paint_all);
        seen.assert(seen.tasks() == ["main"], "all of it should run on the thread of `main`, without another");
        let expected = ["sky: painted", "sea: painted", "sun: painted", "sky: dry", "sea: dry", "sun: dry"];
        seen.assert_said(&expected, "each painter paints in its first turn, and looks whether it is dry in the others");
        seen.assert_took(seconds(5), "three seconds of work, and then the last canvas dries for two");
    }
}
