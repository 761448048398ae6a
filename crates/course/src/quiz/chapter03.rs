//! Chapter 3, the event loop.

use super::{Answer, time};
use crate::chapters::event_loop::{Guild, Loop, Order, three_painters};
use crate::chapters::generators::Painter;
use crate::{milliseconds, now, say, seconds, watch_blocking, work};
use paintdry_generator::{Generator, GeneratorState, Request};
use paintdry_studio::EventKind;
use std::time::Duration;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter03::due_together", text: due_together },
        Answer { name: "chapter03::late_timer", text: late_timer },
        Answer { name: "chapter03::sleeps", text: sleeps },
        Answer { name: "chapter03::turns_instead_of_sleeps", text: turns_instead_of_sleeps },
        Answer { name: "chapter03::mural_first", text: mural_first },
    ]
}

/// A generator that works, sleeps once, and works again. It says its name when its sleep is over.
struct Sleeper {
    name: &'static str,
    works_before: Duration,
    sleeps: Option<Duration>,
    works_after: Duration,
}

impl Generator for Sleeper {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        if let Some(duration) = self.sleeps.take() {
            work(self.works_before);
            return GeneratorState::Yielded(Request::Sleep(duration));
        }
        say(format!("{}: continues", self.name));
        work(self.works_after);
        GeneratorState::Complete(())
    }
}

fn due_together() -> String {
    let sleeper = |name, works_before, sleeps| {
        let (works_before, sleeps) = (seconds(works_before), Some(seconds(sleeps)));
        Sleeper { name, works_before, sleeps, works_after: Duration::ZERO }
    };
    let seen = watch_blocking("due together", || {
        Loop::new([sleeper("a", 0, 3), sleeper("b", 1, 2)], Order::FirstInFirstOut).run();
    });
    assert!(["a", "b"].iter().all(|name| seen.times_of(&format!("{name}: continues")) == [seconds(3)]));
    seen.said()[0].trim_end_matches(": continues").to_owned()
}

fn late_timer() -> String {
    let sleeper = |name, sleeps, works_after| {
        let (sleeps, works_after) = (Some(milliseconds(sleeps)), seconds(works_after));
        Sleeper { name, works_before: Duration::ZERO, sleeps, works_after }
    };
    let seen = watch_blocking("a late timer", || {
        Loop::new([sleeper("sky", 1_500, 0), sleeper("worker", 1_000, 3)], Order::FirstInFirstOut).run();
    });
    time(seen.times_of("sky: continues")[0])
}

fn sleeps() -> String {
    let seen = watch_blocking("sleeps", three_painters);
    let sleeps = seen.events().iter().filter(|event| matches!(event.what, EventKind::Block)).count();
    format!("{sleeps} times")
}

fn mural_first() -> String {
    let seen = watch_blocking("the mural first", || {
        let guild = [Guild::Mural, Guild::Painter(Painter::Blank { name: "sky" })];
        Loop::new(guild, Order::FirstInFirstOut).run();
    });
    time(seen.times_of("sky: dry")[0])
}

/// Two tasks that yield `Turn`: one checks until the other one has worked for two seconds, half a second in each turn.
enum Busy {
    Checks,
    Works { turns: u32 },
}

impl Generator for Busy {
    type Return = ();

    fn resume(&mut self) -> GeneratorState<()> {
        match self {
            Self::Checks if now() >= seconds(2) => return GeneratorState::Complete(()),
            Self::Checks => say("still wet"),
            Self::Works { turns: 0 } => return GeneratorState::Complete(()),
            Self::Works { turns } => {
                *turns -= 1;
                work(milliseconds(500));
            }
        }
        GeneratorState::Yielded(Request::Turn)
    }
}

fn turns_instead_of_sleeps() -> String {
    let seen = watch_blocking("turns instead of sleeps", || {
        Loop::new([Busy::Checks, Busy::Works { turns: 4 }], Order::FirstInFirstOut).run();
    });
    seen.assert_took(seconds(2), "the other task has its turns as well");
    let sleeps = seen.events().iter().filter(|event| matches!(event.what, EventKind::Block)).count();
    match (seen.said().len(), sleeps) {
        (4, 0) => "It works without a pause until the canvas is dry".to_owned(),
        other => format!("checks and sleeps: {other:?}"),
    }
}
