//! What came of a check, as it stands in the JSON.

use super::folder::grouped_by;
use super::info::group_of;
use super::{Exercise, SCHEMA};
use serde::Serialize;
use std::path::Path;
use std::time::Duration;

/// The whole check, or as much of it as there was time for.
#[derive(Debug, Serialize)]
pub(super) struct CheckReport {
    pub(super) schema: u32,
    /// Its path, as far as it is text.
    pub(super) folder: String,
    pub(super) exercises: Vec<Checked>,
    pub(super) passed: usize,
    /// How many were to be checked.
    pub(super) total: usize,
}

/// One exercise.
#[derive(Debug, Serialize)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) dir: Option<String>,
    pub(super) verdict: Verdict,
    /// How long building and running took together.
    pub(super) seconds: f64,
    /// Why it has not passed.
    pub(super) message: Option<String>,
}

/// What became of an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    Passed,
    Failed,
    DoesNotCompile,
    Hung,
    Missing,
}

impl Verdict {
    /// As people read it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::DoesNotCompile => "does not compile",
            Self::Hung => "hung",
            Self::Missing => "missing",
        }
    }
}

impl Checked {
    pub(super) fn is_passed(&self) -> bool {
        self.verdict == Verdict::Passed
    }
}

impl CheckReport {
    pub(super) fn new(folder: &Path, total: usize) -> Self {
        let folder = folder.to_string_lossy().into_owned();
        Self { schema: SCHEMA, folder, exercises: Vec::new(), passed: 0, total }
    }

    pub(super) fn add(&mut self, exercise: &Exercise, took: Duration, verdict: Verdict, message: Option<String>) {
        let seconds = (took.as_secs_f64() * 1e3).round() / 1e3;
        let (name, dir) = (exercise.name.clone(), exercise.dir.clone());
        self.exercises.push(Checked { name, dir, verdict, seconds, message });
        self.passed += usize::from(verdict == Verdict::Passed);
    }

    /// The groups in their order, each with its exercises.
    pub(super) fn groups(&self) -> Vec<(&str, Vec<&Checked>)> {
        grouped_by(&self.exercises, |checked| group_of(checked.dir.as_deref()))
    }
}

/// How many of `exercises` have passed.
pub(super) fn passed(exercises: &[&Checked]) -> usize {
    exercises.iter().filter(|checked| checked.is_passed()).count()
}
