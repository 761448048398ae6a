//! The runs of the book's replay pages: the pitfalls, their cures, and all other chapters.

use crate::label::Labelled;
use paintdry_course::replays::{self, Replay};
use paintdry_diagnose::Kind;
use paintdry_studio::{Clock, Recording, Source};

/// The runs that show a fault, by the name of the page and the place in it. All others are sound.
const FAULTS: [(&str, usize, &[Kind]); 29] = [
    ("05-promises", 2, &[Kind::LostWake]),
    ("06-futures-and-wakers", 1, &[Kind::LostWake]),
    ("06-futures-and-wakers", 3, &[Kind::StaleWaker]),
    ("06-futures-and-wakers", 4, &[Kind::BusyLoop]),
    ("07-function-colour", 1, &[Kind::BlockedThread]),
    ("07-function-colour", 2, &[Kind::LongPoll]),
    ("08-dropped-handle", 3, &[Kind::DroppedTask]),
    ("09-01-awaits-in-a-row", 0, &[Kind::WaitsInARow]),
    ("09-02-join-is-not-parallel", 0, &[Kind::OneTaskForAll]),
    ("09-03-blocking-in-a-task", 0, &[Kind::BlockedThread]),
    ("09-03-blocking-in-a-task", 2, &[Kind::LongPoll]),
    ("09-05-spawned-and-left", 0, &[Kind::NeverPolled]),
    ("09-05-spawned-and-left", 1, &[Kind::LeftBehind]),
    ("09-06-lost-waker", 0, &[Kind::LostWake]),
    ("09-06-lost-waker", 1, &[Kind::StaleWaker]),
    ("09-08-no-reactor", 0, &[Kind::Failed]),
    ("09-09-runtime-in-a-runtime", 0, &[Kind::Failed]),
    ("09-10-select-loses", 0, &[Kind::RestartedWait]),
    ("09-11-dropped-handle", 0, &[Kind::DroppedTask]),
    ("09-12-guard-across-await", 0, &[Kind::BlockedThread]),
    ("09-13-futurelock", 0, &[Kind::Futurelock]),
    ("10-select", 0, &[Kind::RestartedWait]),
    ("11-heartbeat", 0, &[Kind::LongPoll]),
    ("13-deadlock", 0, &[Kind::FullChannel]),
    ("17-draining", 0, &[Kind::LeftBehind]),
    ("17-lost", 4, &[Kind::DroppedTask]),
    ("18-pool", 0, &[Kind::BlockedThread]),
    ("every-schedule-lost-update", 0, &[Kind::Failed]),
    ("every-schedule-lost-wakeup", 0, &[Kind::LostWake]),
];

/// The faults that leave no trace in the events: `docs/diagnose.md` says why.
const UNSEEN: [(&str, usize); 8] = [
    ("03-event-loop", 1),
    ("09-04-not-polled", 0),
    ("10-scope", 0),
    ("13-growing", 0),
    ("13-growing", 1),
    ("13-buffered", 3),
    ("17-deadline", 0),
    ("17-lost", 0),
];

pub(crate) fn runs() -> Vec<Labelled> {
    replays::all().iter().flat_map(of).collect()
}

fn of(replay: &Replay) -> Vec<Labelled> {
    let source = Source {
        name: "program".to_owned(),
        file: replay.file.to_owned(),
        first_line: 1,
        text: replay.text.to_owned(),
    };
    let labelled = |(number, mut run): (usize, paintdry_studio::RecordedRun)| {
        if run.runtime == "joined" && replay.name.starts_with("09-02") {
            run.threads = Some(2); // of the runtime; only one of them polled
        }
        let name = format!("{}: {}", replay.name, run.about);
        let is_pitfall = replay.name.starts_with("09");
        let group = if is_pitfall { "the pitfalls and their cures" } else { "the other chapters" };
        let expected = match FAULTS.iter().find(|(page, at, _)| (*page, *at) == (replay.name, number)) {
            Some((.., expected)) => *expected,
            None if replay.name == "every-schedule-two-locks" => &[Kind::Deadlock],
            None => &[],
        };
        let is_unseen = UNSEEN.contains(&(replay.name, number));
        let mut recording = Recording::of_program(replay.title, Clock::Virtual, vec![source.clone()]);
        recording.runs.push(run);
        Labelled { group, name, expected, is_unseen, recording }
    };
    (replay.runs)().into_iter().enumerate().map(labelled).collect()
}
