// An event loop that asks everybody again and again: it resumes each painter every 10 ms, and nearly always for nothing.
// But a painter says when it wants to go on: `Turn`, when the others have had theirs; `Sleep(d)`, when `d` has passed.
//
// Keep those who are ready in a queue, first in, first out, and those who sleep among the timers, each with the time at
// which it is due. Resume only who is ready, and when nobody is, sleep until the first timer is due. Then each painter is
// resumed three times. `now()` gives the time since the start of the program.

use paintdry_course::{PAINTING, milliseconds, now, say, seconds, sleep_blocking, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::time::Duration;

fn run(mut painters: Vec<Painter>) {
    // TODO: a ready queue and timers in place of this.
    while !painters.is_empty() {
        painters.retain_mut(|painter| matches!(painter.resume(), GeneratorState::Yielded(_)));
        sleep_blocking(milliseconds(10));
    }
}

// There is nothing to change below this line.

/// Mixes its colours, paints, and lets the canvas dry. It counts how often it is resumed.
struct Painter {
    name: &'static str,
    drying: Duration,
    stands: Stands,
    resumes: u32,
}

enum Stands {
    AtTheStart,
    Mixed,
    Drying { until: Duration },
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        self.resumes += 1;
        match self.stands {
            Stands::AtTheStart => {
                say(format!("{}: mixed", self.name));
                self.stands = Stands::Mixed;
                GeneratorState::Yielded(Request::Turn)
            }
            Stands::Mixed => {
                work(PAINTING);
                say(format!("{}: painted", self.name));
                self.stands = Stands::Drying { until: now() + self.drying };
                GeneratorState::Yielded(Request::Sleep(self.drying))
            }
            Stands::Drying { until } if until > now() => GeneratorState::Yielded(Request::Sleep(until - now())),
            Stands::Drying { .. } => {
                say(format!("{}: dry after {} resumes", self.name, self.resumes));
                GeneratorState::Complete(())
            }
        }
    }
}

/// The paint of the sky is thick, and dries slowly.
fn paint_all() {
    let canvases = [("sky", seconds(5)), ("sea", seconds(2)), ("sun", seconds(2))];
    run(canvases.map(|(name, drying)| Painter { name, drying, stands: Stands::AtTheStart, resumes: 0 }).into());
}

fn main() {
    println!("{}", watch_blocking("loop2", paint_all).log());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sleeps_is_not_resumed() {
        let seen = watch_blocking("loop2", paint_all);
        seen.assert_ended();
        seen.assert(seen.log().contains("4.0 s  sea: dry"), "the sea should be dry at 4.0 s, when its sleep is over");
        let mixed = ["sky: mixed", "sea: mixed", "sun: mixed"];
        let painted = ["sky: painted", "sea: painted", "sun: painted"];
        let dry = ["sea: dry after 3 resumes", "sun: dry after 3 resumes", "sky: dry after 3 resumes"];
        let expected = [mixed, painted, dry].concat();
        seen.assert_said(&expected, "who sleeps is not resumed before its time, and who is ready goes on in order");
        seen.assert_took(seconds(6), "the sky is painted in the first second and dries for five, the others meanwhile");
    }
}
