//! Beside the chapters: the failing schedules of the three programs that `paintdry explore` ships with.

use crate::page::PROGRAM;
use crate::replays::Replay;
use paintdry_explore::programs::{ALL, Program};
use paintdry_explore::{CheckError, Explorer};
use paintdry_studio::{RecordedRun, Source};
use std::ops::ControlFlow;

/// The replay pages: one for each program with a bug.
#[must_use]
pub fn replays() -> Vec<Replay> {
    let page = |name, title, program: &'static str, runs| {
        let Program { file, text, .. } = named(program);
        Replay { name, title, file, text, runs }
    };
    vec![
        page("every-schedule-lost-update", "A lost update", "lost-update", || failing("lost-update")),
        page("every-schedule-lost-wakeup", "A lost wake-up", "lost-wakeup", || failing("lost-wakeup")),
        page("every-schedule-two-locks", "Two locks", "two-locks", || failing("two-locks")),
    ]
}

fn named(name: &str) -> Program {
    ALL.iter().copied().find(|program| program.name == name).expect("it is one of the list")
}

/// The failing run.
fn failing(name: &str) -> Vec<RecordedRun> {
    let program = named(name);
    let source = Source {
        name: PROGRAM.to_owned(),
        file: program.file.to_owned(),
        first_line: 1,
        text: program.text.to_owned(),
    };
    match program.check(&Explorer::new(), &mut |_| ControlFlow::Continue(())) {
        Err(CheckError::Failed(failure)) => vec![failure.recorded("generator", Some(&source))],
        other => panic!("{name} has a bug, but: {other:?}"),
    }
}
