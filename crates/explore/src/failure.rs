//! A schedule under which a program fails: why, and turn by turn how.

use crate::explored::Explored;
use crate::seed::Schedule;
use crate::text::{MESSAGE, bounded, in_one_line};
use crate::traced::Traced;
use paintdry_core::{listed, thousands};
use paintdry_studio::{RecordedRun, Source};
use std::fmt;
use std::slice::from_ref;
use std::time::Duration;

/// The text shows this many turns, and counts the rest.
const MOST_SHOWN: usize = 60;

/// The text shows this many actions of a turn.
const MOST_DONE: usize = 20;

/// The text cuts each action or note after this many characters.
const MOST_SAID: usize = 200;

/// A longer name does not move the column beside it.
const WIDEST: usize = 30;

/// The shortest failing schedule that was found: the fewest departures from the loop's own order, and among those the
/// fewest turns.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What goes wrong.
    pub why: Why,
    /// Every turn up to the failure, or the first 10,000: fewer if they have a million events or 10 megabytes of notes.
    pub turns: Vec<Turn>,
    /// The number of turns.
    pub turn_count: u64,
    /// Repeats the failure: [`Explorer::seed`](crate::Explorer::seed) takes it.
    pub schedule: Schedule,
    /// What had been explored when the first failing schedule was found.
    pub explored: Explored,
    pub(crate) traced: Traced,
}

/// What goes wrong under a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// A task panics, for example because an assertion fails.
    Panicked {
        /// The task.
        task: String,
        /// The panic's message.
        message: String,
        /// The file and the line, if known.
        place: Option<String>,
    },
    /// The main task ends with an error.
    Ended {
        /// Its text.
        error: String,
    },
    /// No task is ready, no timer is set, and the main task has not ended.
    Stuck {
        /// The tasks that wait.
        waiting: Vec<String>,
    },
    /// The loop gives turns to all ready tasks, and yet the main task does not end.
    Starved {
        /// How many turns there were in the loop's own, fair order.
        turns: u64,
        /// How many of these each task had. A task with none waits.
        shares: Vec<(String, u64)>,
    },
}

/// A task's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The name of the task.
    pub task: String,
    /// Its position among the ready tasks; 0 is the loop's own order.
    pub position: u32,
    /// How many were ready.
    pub of: u32,
    /// Whether it departs from the loop's own order: another task than the first runs, or a [`select`](crate::select) or a
    /// [`cancel_at_any_await`](crate::cancel_at_any_await) takes its second branch.
    pub departs: bool,
    /// When, in virtual time.
    pub time: Duration,
    /// What it did and said, in order, with at most 1,000 characters of a note. The last entry is how the turn ended.
    pub did: Vec<String>,
}

impl Failure {
    /// The run as a recording holds it. `name` is the heading of its row. If the recording holds the program's text,
    /// which is a whole file, the run refers to it by the lines at which tasks said something.
    #[must_use]
    pub fn recorded(&self, name: &str, source: Option<&Source>) -> RecordedRun {
        let about = format!("schedule {}", self.schedule);
        self.traced.recorded(name, &about, Some(self.why.to_string()), source)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panicked { task, message, place } => {
                write!(f, "{task} panics")?;
                if let Some(place) = place {
                    write!(f, " at {place}")?;
                }
                write!(f, ": {}", bounded(message, MESSAGE))
            }
            Self::Ended { error } => write!(f, "main ends with an error: {}", bounded(error, MESSAGE)),
            Self::Stuck { waiting } => {
                write!(
                    f,
                    "stuck: no task is ready and no timer is set; {} {}",
                    in_words(waiting),
                    if waiting.len() == 1 { "waits" } else { "wait" }
                )
            }
            Self::Starved { turns, shares } => {
                let shares: Vec<_> = shares.iter().map(|(task, turns)| format!("{task} had {turns}")).collect();
                write!(
                    f,
                    "starved: it has not ended after {turns} turns in the loop's own order, which is fair; of these {}, and the \
                     others wait (a program that only takes longer needs more `patience`)",
                    in_words(&shares)
                )
            }
        }
    }
}

fn in_words(names: &[String]) -> String {
    match names {
        [] => "no task".to_owned(),
        [first @ .., last] if (1..20).contains(&first.len()) => {
            format!("{} and {}", listed(first), listed(from_ref(last)))
        }
        many => listed(many),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.why)?;
        let are_all_kept = self.turns.len() as u64 == self.turn_count;
        let departing = self.turns.iter().filter(|turn| turn.departs).count();
        let departing = if are_all_kept { departing } else { self.schedule.departures() };
        let unlike = match (self.turn_count, departing) {
            (0, _) => return write!(f, "\nNo task ran before that.\n\nSeed: {}", self.schedule),
            (1, _) => "1 turn".to_owned(),
            (turns, 0) => format!("{turns} turns, all in the loop's own order"),
            (turns, 1) => format!("{turns} turns, 1 of them (*) out of the loop's own order"),
            (turns, several) => format!("{turns} turns, {several} of them (*) out of the loop's own order"),
        };
        writeln!(f, "\nThe shortest failing schedule that was found has {unlike}:")?;
        let shown = || (1..).zip(&self.turns).take(MOST_SHOWN);
        let width = shown().map(|(_, turn)| turn.task.chars().count()).max().unwrap_or(0).min(WIDEST);
        let has_time = self.turns.iter().any(|turn| turn.time > Duration::ZERO);
        for (number, turn) in shown() {
            let mark = if turn.departs { '*' } else { ' ' };
            write!(f, "{number:>4} {mark} {:width$}  ", turn.task)?;
            if has_time {
                write!(f, "{:>8}  ", format!("{:?}", turn.time))?;
            }
            writeln!(f, "{}", turn.in_one_line())?;
        }
        match self.turn_count.saturating_sub(MOST_SHOWN as u64) {
            0 => {}
            more => writeln!(f, "     and {} more", thousands(more))?,
        }
        write!(f, "\nSeed: {}", self.schedule)
    }
}

impl Turn {
    /// What it did, as far as a line has room, and how it ended.
    fn in_one_line(&self) -> String {
        let shown = |did: &String| in_one_line(&bounded(did, MOST_SAID));
        match self.did.len().saturating_sub(MOST_DONE + 1) {
            0 => self.did.iter().map(shown).collect::<Vec<_>>().join(", "),
            more => {
                let first = self.did.iter().take(MOST_DONE).map(shown).collect::<Vec<_>>().join(", ");
                let last = self.did.last().map(shown).unwrap_or_default();
                format!("{first} and {} more, {last}", thousands(more as u64))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_in_words_and_a_long_one_is_cut() {
        let names = ["sky", "sea", "tree", &"x".repeat(1_000_000)].map(str::to_owned);
        assert_eq!(in_words(&[]), "no task");
        assert_eq!([1, 2, 3].map(|number| in_words(&names[..number])), ["sky", "sky and sea", "sky, sea and tree"]);
        assert_eq!(in_words(&names), format!("sky, sea, tree and {}…", "x".repeat(300)));
        assert_eq!(in_words(&names[3..]).chars().count(), 301);
    }
}
