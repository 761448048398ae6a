// Chapter 2, about 15 minutes: resume three generators in turn, so that one canvas is painted while another dries.
// docs/02-generators.md
//
// There are three painters, each a generator, and one thread. The code that resumes them decides which one runs. Each
// painter asks for a sleep of half a second. All ask for the same, so `paint_all` sleeps that long without reading the request.
//
// Here `paint_all` resumes each painter to its end before it begins with the next. That takes nine seconds, as if the painters
// were functions. Let them take turns. Then it takes five seconds: the second and the third canvas are painted while the
// first dries, and the program ends as soon as the last canvas is dry.
//
// Each of these painters returns the name of its canvas. `paint_all` should still return all three names, in the order in
// which the canvases are seen dry.

use paintdry_course::{Canvas, milliseconds, say, sleep_blocking, watch_blocking};
use paintdry_generator::{Generator, GeneratorState, Request};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

fn paint_all() -> Vec<String> {
    // Changed: each round resumes every painter once. `retain_mut` keeps the painters for which its function returns `true`:
    // here the painters that have yielded.
    let mut painters = Vec::from(NAMES.map(|name| Painter::Blank { name }));
    let mut dry = Vec::new();
    loop {
        painters.retain_mut(|painter| match painter.resume() {
            GeneratorState::Yielded(_) => true,
            GeneratorState::Complete(name) => {
                dry.push(name);
                false
            }
        });
        if painters.is_empty() {
            return dry; // before the sleep: the last canvas is dry already
        }
        sleep_blocking(milliseconds(500)); // once in a round: all of them wait at the same time
    }
}

// You need not change anything below this line.

/// Paints at its first resume. At each later resume it checks whether the canvas is dry.
enum Painter {
    Blank { name: &'static str },
    Drying { canvas: Canvas },
}

impl Generator for Painter {
    type Return = String;

    fn resume(&mut self) -> GeneratorState<String> {
        match self {
            Painter::Blank { name } => {
                let mut canvas = Canvas::new(name);
                canvas.paint();
                *self = Painter::Drying { canvas };
            }
            Painter::Drying { canvas } if canvas.is_dry() => {
                say(format!("{}: dry", canvas.name()));
                return GeneratorState::Complete(canvas.name().to_owned());
            }
            Painter::Drying { .. } => {}
        }
        GeneratorState::Yielded(Request::Sleep(milliseconds(500)))
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
        seen.assert(seen.tasks() == ["main"], "the whole program should run on the thread of `main`, without another");
        let expected = ["sky: painted", "sea: painted", "sun: painted", "sky: dry", "sea: dry", "sun: dry"];
        seen.assert_said(&expected, "every painter should get its first resume before any painter gets its second");
        seen.assert_took(seconds(5), "three seconds of work, and then the last canvas dries for two");
        seen.assert_result(NAMES, "`paint_all` should return what each painter returns, in the order of the ends");
    }
}
