//! What a comparison finds, and how it reads.

use crate::reason::Reason;
use paintdry_terminal::show::counted;
use serde::Serialize;
use std::fmt;

/// How two runs compare.
///
/// It is shown as a person would say it, in a few sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// What the left run is called.
    pub left: String,
    /// What the right run is called.
    pub right: String,
    /// Whether they differ, and where first.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// Whether two runs differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// Each task does the same in both, and the turns are in the same order.
    Same,
    /// Each task does the same in both, and the turns are in another order. This is the first that differs.
    AnotherOrder(Difference),
    /// A task does something else. No other difference causes this one.
    Different(Difference),
}

/// The first difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The name of the task.
    pub task: String,
    /// What the left run has there.
    pub left: Side,
    /// What the right run has there.
    pub right: Side,
    /// Why.
    pub reason: Reason,
    /// Until where the runs are the same, as a sentence.
    pub until: String,
    /// The difference, as a sentence.
    pub then: String,
    /// The reason, as one or two sentences.
    pub because: String,
    /// How many other tasks do something else as well.
    pub others: usize,
}

/// One run at the first difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The position of the event in the run; `None` if nothing corresponds to the event of the other run.
    pub event: Option<usize>,
    /// When it happened: nanoseconds since the start of the run.
    pub ns: Option<u64>,
    /// The line of the program to which the task had come, if that is known.
    pub line: Option<u32>,
    /// What the task does there, such as "sleeps for 2 s".
    pub does: String,
}

impl Diff {
    /// Whether each task does the same in both runs, in any order.
    #[must_use]
    pub fn is_same(&self) -> bool {
        !matches!(self.verdict, Verdict::Different(_))
    }

    /// The first difference, also if it is one of order alone.
    #[must_use]
    pub fn difference(&self) -> Option<&Difference> {
        match &self.verdict {
            Verdict::Same => None,
            Verdict::AnotherOrder(difference) | Verdict::Different(difference) => Some(difference),
        }
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { left, right, verdict } = self;
        match verdict {
            Verdict::Same => write!(f, "{left} and {right} do the same, in the same order."),
            Verdict::AnotherOrder(first) => {
                write!(f, "{left} and {right} do the same, in another order. {}\n\nWhy: {}", first.then, first.because)
            }
            Verdict::Different(first) => {
                write!(f, "{} {}\n\nWhy: {}", first.until, first.then, first.because)?;
                match first.others {
                    0 => Ok(()),
                    1 => write!(f, "\n\n1 other task does something else after that."),
                    others => {
                        let others = counted(others as u64, "task", "tasks");
                        write!(f, "\n\n{} others do something else after that.", others.trim_end_matches(" tasks"))
                    }
                }
            }
        }
    }
}
