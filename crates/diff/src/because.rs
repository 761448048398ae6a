//! The reason of a difference, in a sentence or two.

use crate::lives::{Act, Lives};
use crate::order::Rival;
use crate::particular::{self, Particular};
use crate::reason::Reason;
use crate::run::Run;
use crate::steps::Both;
use crate::words::name;
use paintdry_terminal::show::counted;

/// A reason, and what it is said about.
pub(crate) struct Because<'a> {
    pub(crate) left: &'a Run<'a>,
    pub(crate) right: &'a Run<'a>,
    pub(crate) both: &'a Both<'a>,
    pub(crate) reason: Reason,
}

impl Because<'_> {
    /// Why a task does something else. If another task had its turn before in one run alone, that comes first. On several threads
    /// it is chance which of two tasks begins first.
    pub(crate) fn of_step(&self, rival: Option<Rival>) -> String {
        let is_order = match self.reason {
            Reason::Threads => [self.left, self.right].iter().all(|run| run.recorded().threads == Some(1)),
            reason => matches!(reason, Reason::Yields | Reason::Slot | Reason::Main | Reason::Budget),
        };
        let Some(Rival { is_left, turn }) = rival.filter(|_| is_order) else { return self.of_order() };
        let (lives, here, there) = if is_left {
            (&self.both.left, self.left.place(), self.right.place())
        } else {
            (&self.both.right, self.right.place(), self.left.place())
        };
        let rival = name(lives, Some(turn.task), None);
        format!("{rival} runs before that {here}, and not {there}. {}", self.of_order())
    }

    /// What is particular to the two runtimes.
    pub(crate) fn of_order(&self) -> String {
        let (left, right) = (self.left.label(), self.right.label());
        match self.reason {
            Reason::DropCancels => self.each(|of| {
                let does = if of.cancels_on_drop { "cancels the task" } else { "lets the task continue" };
                format!("{does} when its handle is dropped")
            }),
            Reason::Blocks => {
                let has_no_tasks = self.both.pairs.main_only_left.is_some();
                let (blocking, other) =
                    if has_no_tasks || blocks(&self.both.right) { (right, left) } else { (left, right) };
                if blocks(&self.both.left) || blocks(&self.both.right) {
                    format!("{blocking} blocks its thread to wait, and {other} lets other tasks run meanwhile.")
                } else {
                    format!("{blocking} has no tasks that take turns, and {other} has.")
                }
            }
            Reason::Threads => {
                let threads = |run: &Run<'_>| match run.recorded().threads {
                    Some(threads) => counted(threads, "thread", "threads"),
                    None => "an unknown number of threads".to_owned(),
                };
                match (threads(self.left), threads(self.right)) {
                    (ours, theirs) if ours == theirs && self.left.recorded().threads != Some(1) => {
                        format!("{left} and {right} run tasks on {ours} at the same time.")
                    }
                    (ours, theirs) if ours == theirs => self.each(|of| of.main.to_owned()),
                    (ours, theirs) => format!("{left} runs tasks on {ours}, and {right} on {theirs}."),
                }
            }
            Reason::Slot => self.each(|of| {
                let next = "runs the task that was made or woken last next";
                let last = "puts a task that is made or woken at the back of its queue";
                if of.has_slot { next } else { last }.to_owned()
            }),
            Reason::Yields => self.each(|of| of.yields.to_owned()),
            Reason::Main => self.each(|of| of.main.to_owned()),
            Reason::Budget => {
                let has_budget = |run: &Run<'_>| particular::of(run.runtime()).is_some_and(|of| of.has_budget);
                let tokio = if has_budget(self.left) { left } else { right };
                format!(
                    "{tokio} ends a poll after 128 operations of its channels, locks and timers, though more is ready."
                )
            }
            Reason::SpuriousPoll => {
                "One of them polled the task though nothing had woken it, as any runtime may.".to_owned()
            }
            Reason::Timers => self.each(|of| of.timers.to_owned()),
            Reason::Program if self.left.runtime() == self.right.runtime() => {
                format!("both ran on {}, so the program differs, or what it was given.", self.left.runtime())
            }
            Reason::Program => "the programs differ, or what they were given.".to_owned(),
            Reason::RealTime => {
                "they ran in real time, in which no run is like another; record them with --virtual.".to_owned()
            }
            Reason::Unexplained => format!("unexplained: nothing that is known of {left} and {right} is a reason."),
        }
    }

    /// What each of the two runtimes does, as far as that is known.
    fn each(&self, does: impl Fn(&Particular) -> String) -> String {
        let of = |run: &Run<'_>| particular::of(run.runtime()).map(|of| (run.label().to_owned(), does(of)));
        match (of(self.left), of(self.right)) {
            (Some((left, ours)), Some((right, theirs))) if ours != theirs => {
                format!("{left} {ours}; {right} {theirs}.")
            }
            (Some((left, ours)), Some((right, _))) => format!("{left} {ours}, and so does {right}."),
            (Some((known, does)), None) => format!("{known} {does}; {} does something else.", self.right.label()),
            (None, Some((known, does))) => format!("{known} {does}; {} does something else.", self.left.label()),
            (None, None) => format!("{} and {} do this differently.", self.left.label(), self.right.label()),
        }
    }
}

/// Whether a task blocks its thread.
fn blocks(lives: &Lives<'_>) -> bool {
    lives.tasks.iter().flat_map(|life| &life.steps).any(|step| step.act == Act::Blocks)
}
