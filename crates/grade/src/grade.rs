//! The grading of a folder: one exercise after another, until all are judged or the user interrupts.

use crate::build::{cargo, cargos_error};
use crate::verdict::Judging;
use crate::{Error, Exercise, Folder, Report};
use paintdry_terminal::program::{NotRun, Ran, run};
use paintdry_terminal::show::{shorten, shown_path};
use std::io::ErrorKind;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How long cargo may take to find, and perhaps to fetch, the dependencies of the exercises.
const LONGEST_START: Duration = Duration::from_secs(10 * 60);

/// What to grade.
#[derive(Debug)]
pub struct Plan {
    /// The folder, with the exercises to judge.
    pub folder: Folder,
    /// Whether to judge the solutions instead of the exercises.
    pub solutions: bool,
    /// How long the tests of an exercise may run.
    pub limit: Duration,
}

/// A finished grading, or what an interrupted one had finished.
#[derive(Debug)]
pub struct Graded {
    /// The results.
    pub report: Report,
    /// Whether the user interrupted it.
    pub interrupted: bool,
}

/// Judges one exercise after another. Calls `watch` again and again with the current step; each call should
/// wait a moment, such as 20 ms, and returns whether the user interrupts.
///
/// # Errors
/// If nothing can be judged, for example without cargo.
pub fn grade(plan: &Plan, watch: impl Fn(&str) -> bool) -> Result<Graded, Error> {
    let Folder { path, exercises } = &plan.folder;
    let mut report = Report::new(path, exercises.len());
    match until_interrupted(plan, &mut report, &watch) {
        Ok(()) => Ok(Graded { report, interrupted: false }),
        Err(NotRun::Interrupted) => Ok(Graded { report, interrupted: true }),
        Err(NotRun::Failed(error)) if error.kind() == ErrorKind::NotFound => {
            Err(Error::new("cargo is not installed: install Rust from https://rustup.rs"))
        }
        Err(NotRun::Failed(error)) => {
            Err(Error::new(format!("nothing can be graded in {}: {error}", shown_path(path))))
        }
    }
}

/// Fills the report.
fn until_interrupted(plan: &Plan, report: &mut Report, watch: &dyn Fn(&str) -> bool) -> Result<(), NotRun> {
    let Folder { path, exercises } = &plan.folder;
    start(plan, &|| watch("cargo looks for what is needed"))?;
    let judging = Judging { folder: path, solutions: plan.solutions, limit: plan.limit };
    for (index, exercise) in exercises.iter().enumerate() {
        let begun = Instant::now();
        let of_all = format!("{} of {}", index + 1, exercises.len());
        let doing = |what: &str| watch(&progress(exercise, &of_all, what, begun.elapsed()));
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
