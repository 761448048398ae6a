//! Chapter 2: the painter as a state machine written by hand.

use super::blocking::NAMES;
use crate::replays::Replay;
use crate::{Canvas, milliseconds, say, sleep_blocking, watch_blocking};
use paintdry_generator::{Generator, GeneratorState, Request};
use std::time::Duration;

/// How long a painter waits between two checks.
pub(super) const POLL: Duration = milliseconds(500);

/// A painter that can stop in the middle. Each variant is a place where it can be stopped, with what it needs to continue.
#[derive(Debug)]
#[expect(missing_docs, reason = "the types of the fields say it, and the book quotes the enum")]
pub enum Painter {
    /// Before the first line.
    Blank { name: &'static str },
    /// At the `yield`, while the canvas dries.
    Drying { canvas: Canvas },
}

impl Generator for Painter {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self {
            Self::Blank { name } => {
                let mut canvas = Canvas::new(name);
                canvas.paint();
                *self = Self::Drying { canvas };
            }
            Self::Drying { canvas } if canvas.is_dry() => {
                say(format!("{}: dry", canvas.name()));
                return GeneratorState::Complete(());
            }
            Self::Drying { .. } => {}
        }
        GeneratorState::Yielded(Request::Sleep(POLL))
    }
}

/// Resumes one painter until it is complete, and does what it asks for.
pub fn drive(mut painter: Painter) {
    while let GeneratorState::Yielded(request) = painter.resume() {
        if let Request::Sleep(duration) = request {
            sleep_blocking(duration);
        }
    }
}

/// One painter after another: each runs to its end.
pub fn one_after_another() {
    for painter in painters() {
        drive(painter);
    }
}

/// All painters in turn, until all are complete.
pub fn in_turn() {
    let mut painters = Vec::from(painters());
    loop {
        painters.retain_mut(|painter| matches!(painter.resume(), GeneratorState::Yielded(_)));
        if painters.is_empty() {
            return;
        }
        sleep_blocking(POLL);
    }
}

/// Three painters that have not begun.
#[must_use]
pub fn painters() -> [Painter; 3] {
    NAMES.map(|name| Painter::Blank { name })
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "02-generators",
        title: "Three generators, driven by one thread",
        file: file!(),
        text: include_str!("generators.rs"),
        runs: || {
            vec![
                watch_blocking("", one_after_another).recorded("one after another", "each to its end"),
                watch_blocking("", in_turn).recorded("in turn", "one step of each, again and again"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seconds;
    use std::process::Command;

    #[test]
    fn nothing_happens_until_it_is_resumed() {
        let seen = watch_blocking("not resumed", painters);
        seen.assert_said(&[], "a generator that is not resumed does nothing");
    }

    #[test]
    fn each_resume_is_one_step() {
        let seen = watch_blocking("by hand", || {
            let mut painter = Painter::Blank { name: "sky" };
            let first = painter.resume();
            say("main: the first resume is over");
            sleep_blocking(seconds(2));
            (first, painter.resume())
        });
        let log = "
  1.0 s  sky: painted
  1.0 s  main: the first resume is over
  3.0 s  sky: dry
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
        assert_eq!(seen.result(), (GeneratorState::Yielded(Request::Sleep(POLL)), GeneratorState::Complete(())));
    }

    #[test]
    fn driven_to_their_ends_they_take_nine_seconds() {
        watch_blocking("one after another", one_after_another).assert_took(seconds(9), "no other painter gets a turn");
    }

    #[test]
    fn in_turn_they_take_five_seconds() {
        let seen = watch_blocking("in turn", in_turn);
        seen.assert_took(seconds(5), "three seconds of work, and then only the sun is still wet for two");
        assert_eq!(seen.log(), IN_TURN.trim_matches('\n'));
    }

    const IN_TURN: &str = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sun: painted
  3.5 s  sky: dry
  4.0 s  sea: dry
  5.0 s  sun: dry
";

    #[test]
    fn the_painters_in_python_say_the_same() {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/python/painter.py");
        let Ok(output) = Command::new("python3").arg("-B").arg(program).output() else {
            println!("Left out: there is no python3.");
            return;
        };
        let said = String::from_utf8(output.stdout).expect("it writes UTF-8");
        let lines: Vec<_> = said.lines().collect();
        assert_eq!(lines, IN_TURN.trim_matches('\n').lines().collect::<Vec<_>>());
    }
}
