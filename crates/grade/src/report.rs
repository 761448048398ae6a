//! The results of the exercises, as in the JSON.

use crate::Exercise;
use crate::info::group_of;
use paintdry_terminal::show::shown_path;
use serde::Serialize;
use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

/// The version of the JSON.
const SCHEMA: u32 = 1;

/// The results of all exercises, or of those that were judged before an interruption.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The version of the JSON.
    pub schema: u32,
    /// Its path, as far as it is text, with its control characters escaped.
    pub folder: String,
    /// The judged exercises, in their order.
    pub exercises: Vec<Judged>,
    /// How many of them have passed.
    pub passed: usize,
    /// How many were to be judged.
    pub total: usize,
}

/// One exercise.
#[derive(Debug, Serialize)]
pub struct Judged {
    /// Its name.
    pub name: String,
    /// Its folder; its group.
    pub dir: Option<String>,
    /// Its verdict.
    pub verdict: Verdict,
    /// How long building and running took together.
    pub seconds: f64,
    /// Why it has not passed.
    pub message: Option<String>,
}

/// The verdict on an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All its tests pass, or it has none and runs.
    Passed,
    /// One of them does not, or it does not run.
    Failed,
    /// Cargo cannot build it.
    DoesNotCompile,
    /// It had not ended in time, and was stopped.
    Hung,
    /// Its file does not exist.
    Missing,
}

impl Verdict {
    /// The verdict in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::DoesNotCompile => "does not compile",
            Self::Hung => "hung",
            Self::Missing => "missing",
        }
    }
}

impl Judged {
    /// Whether it has passed.
    pub fn is_passed(&self) -> bool {
        self.verdict == Verdict::Passed
    }
}

impl Report {
    pub(crate) fn new(folder: &Path, total: usize) -> Self {
        Self { schema: SCHEMA, folder: shown_path(folder), exercises: Vec::new(), passed: 0, total }
    }

    pub(crate) fn add(&mut self, exercise: &Exercise, took: Duration, verdict: Verdict, message: Option<String>) {
        let seconds = (took.as_secs_f64() * 1e3).round() / 1e3;
        let (name, dir) = (exercise.name.clone(), exercise.dir.clone());
        self.exercises.push(Judged { name, dir, verdict, seconds, message });
        self.passed += usize::from(verdict == Verdict::Passed);
    }

    /// The report as JSON.
    ///
    /// # Panics
    /// Never: all of it can be written as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).expect("names are strings and numbers are finite") + "\n"
    }

    /// The groups in their order, each with its exercises.
    pub(crate) fn groups(&self) -> Vec<(&str, Vec<&Judged>)> {
        grouped_by(&self.exercises, |judged| group_of(judged.dir.as_deref()))
    }
}

/// How many of `exercises` have passed.
pub(crate) fn passed(exercises: &[&Judged]) -> usize {
    exercises.iter().filter(|judged| judged.is_passed()).count()
}

/// `items` by their groups, in the order in which the groups begin.
fn grouped_by<'a, T>(items: &'a [T], group: impl Fn(&'a T) -> &'a str) -> Vec<(&'a str, Vec<&'a T>)> {
    let mut groups: Vec<(&str, Vec<&T>)> = Vec::new();
    let mut places = HashMap::new();
    for item in items {
        let name = group(item);
        let place = *places.entry(name).or_insert_with(|| {
            groups.push((name, Vec::new()));
            groups.len() - 1
        });
        groups[place].1.push(item);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_of_the_folder_is_escaped() {
        let report = Report::new(Path::new("/a\u{202E}b\u{9b}c\u{1b}"), 0);
        assert_eq!(report.folder, "/a\\u{202e}b\\u{9b}c\\u{1b}");
    }

    #[test]
    fn groups_are_in_the_order_in_which_they_begin() {
        let grouped = grouped_by(&["b1", "a1", "b2"], |name| &name[..1]);
        assert_eq!(grouped, [("b", vec![&"b1", &"b2"]), ("a", vec![&"a1"])]);
    }
}
