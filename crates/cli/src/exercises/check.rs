//! The check of a folder: one exercise after another, until all are judged or somebody interrupts.

use super::build::{cargo, cargos_error};
use super::verdict::Judging;
use super::{CheckReport, Exercise, Folder};
use crate::compare::Events;
use crate::live::Live;
use crate::program::{NotRun, Ran, run};
use crate::show::shorten;
use std::io::ErrorKind;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How long to wait from one look at a process to the next.
const LOOK: Duration = Duration::from_millis(20);

/// How long cargo may take to find, and perhaps to fetch, what the exercises depend on.
const LONGEST_START: Duration = Duration::from_secs(10 * 60);

/// What is checked.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) folder: Folder,
    pub(super) solutions: bool,
    /// How long the tests of an exercise may run.
    pub(super) limit: Duration,
}

/// A finished check, or as much of it as there was time for.
#[derive(Debug)]
pub(super) struct Checks {
    pub(super) report: CheckReport,
    pub(super) interrupted: bool,
}

/// Checks everything that is planned. Takes the events, so that whoever sends one after the end is told so. The error is
/// why nothing can be checked, as one sentence.
pub(super) fn check(plan: &Plan, events: Events, live: Option<&Live>) -> Result<Checks, String> {
    let Folder { path, exercises } = &plan.folder;
    let mut report = CheckReport::new(path, exercises.len());
    let checked = until_interrupted(plan, &mut report, &events, live);
    if let Some(live) = live {
        live.clear();
    }
    drop(events);
    match checked {
        Ok(()) => Ok(Checks { report, interrupted: false }),
        Err(NotRun::Interrupted) => Ok(Checks { report, interrupted: true }),
        Err(NotRun::Failed(error)) if error.kind() == ErrorKind::NotFound => {
            Err("cargo is not installed: install Rust, see https://rustup.rs".to_owned())
        }
        Err(NotRun::Failed(error)) => Err(format!("nothing can be checked in {}: {error}", path.display())),
    }
}

/// Fills the report.
fn until_interrupted(
    plan: &Plan,
    report: &mut CheckReport,
    events: &Events,
    live: Option<&Live>,
) -> Result<(), NotRun> {
    let Folder { path, exercises } = &plan.folder;
    let draw = |text: &str| {
        if let Some(live) = live {
            live.draw(text);
        }
        events.interrupted_within(LOOK)
    };
    start(plan, &|| draw("cargo looks for what is needed"))?;
    let judging = Judging { folder: path, solutions: plan.solutions, limit: plan.limit };
    for (index, exercise) in exercises.iter().enumerate() {
        let begun = Instant::now();
        let of_all = format!("{} of {}", index + 1, exercises.len());
        let doing = |what: &str| draw(&progress(exercise, &of_all, what, begun.elapsed()));
        let (verdict, message) = judging.judge(exercise, &doing)?;
        report.add(exercise, begun.elapsed(), verdict, message);
    }
    Ok(())
}

/// Whether cargo can read the folder at all; otherwise every exercise would have the same error.
fn start(plan: &Plan, interrupted: &dyn Fn() -> bool) -> Result<(), NotRun> {
    let folder = &plan.folder.path;
    let mut command = cargo(folder, "metadata");
    command.args(["--format-version", "1"]);
    let why = match run(command, Stdio::null(), LONGEST_START, interrupted)? {
        Ran::Ended { status, .. } if status.success() => return Ok(()),
        Ran::Ended { stderr, .. } => cargos_error(&stderr),
        Ran::Hung => "it takes too long to fetch what they depend on".to_owned(),
    };
    let sentence =
        format!("cargo refuses it; is it in a clone of the repository, with the other crates beside it?\n{why}");
    Err(NotRun::Failed(std::io::Error::other(sentence)))
}

/// Lines of at most 40 columns, so that they fit a narrow window.
fn progress(exercise: &Exercise, of_all: &str, what: &str, spent: Duration) -> String {
    let name = shorten(&exercise.name, 20);
    let seconds = spent.as_secs();
    let why = if what == "building" && seconds >= 5 { ", with all it needs" } else { "" };
    format!("{name} ({of_all})\n  {what}{why}, {seconds} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_display_fits_a_narrow_window() {
        let exercise = Exercise { name: "a".repeat(32), dir: None, test: true };
        for what in ["building", "running"] {
            let text = progress(&exercise, "100 of 100", what, Duration::from_secs(1_800));
            assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
            assert!(text.contains("(100 of 100)\n  ") && text.ends_with(", 1800 s"), "{text}");
        }
    }
}
