//! Comparing two runs.

use crate::because::Because;
use crate::difference::{Diff, Difference, Side, Verdict};
use crate::lives::{Act, Lives, Step, TurnOf};
use crate::order::Departure;
use crate::pairs::Pairs;
use crate::reason::{Asked, Reason};
use crate::run::Run;
use crate::steps::{Both, Mismatch};
use crate::words::{does, does_no_more, name, ordinal, quoted, time, who_do};
use paintdry_studio::Clock;

/// Compares two runs: whether each task does the same in both, and if not, where the first difference is and why.
///
/// Tasks are matched by name and parent. The order of turns does not count, unless a task does something else because
/// of it. Times count if they are virtual.
#[must_use]
pub fn diff(left: &Run<'_>, right: &Run<'_>) -> Diff {
    let programs_differ = text(left) != text(right) || left.recording().workload != right.recording().workload;
    let compared = compared(left, right, programs_differ, false);
    // Lines count last: after a change of the program, or in another branch of it, other things say more.
    if are_of_one_text(left, right) && compared.is_same() {
        let with_lines = self::compared(left, right, programs_differ, true);
        if !with_lines.is_same() {
            return with_lines;
        }
    }
    compared
}

fn text<'a>(run: &Run<'a>) -> Option<&'a str> {
    run.source().map(|source| source.text.as_str())
}

/// Whether the lines of both runs are those of one text.
pub(crate) fn are_of_one_text(left: &Run<'_>, right: &Run<'_>) -> bool {
    text(left) == text(right) && (text(left).is_some() || std::ptr::eq(left.recording(), right.recording()))
}

fn compared(left: &Run<'_>, right: &Run<'_>, programs_differ: bool, counts_lines: bool) -> Diff {
    let (left_lives, right_lives) =
        (Lives::of(left.recorded(), counts_lines), Lives::of(right.recorded(), counts_lines));
    let pairs = Pairs::of(&left_lives, &right_lives);
    let times = left.recording().clock == Clock::Virtual && right.recording().clock == Clock::Virtual;
    let both = Both { left: left_lives, right: right_lives, pairs, times };
    let asked = Asked { both: &both, left: left.recorded(), right: right.recorded(), programs_differ };
    let verdict = Comparison { both: &both, asked, left, right }.verdict();
    Diff { left: left.label().to_owned(), right: right.label().to_owned(), verdict }
}

struct Comparison<'a> {
    both: &'a Both<'a>,
    asked: Asked<'a>,
    left: &'a Run<'a>,
    right: &'a Run<'a>,
}

impl Comparison<'_> {
    fn verdict(&self) -> Verdict {
        let departure = self.both.departure();
        let mismatches = self.both.mismatches();
        match (self.both.first(&mismatches, (self.left.recorded(), self.right.recorded())), departure) {
            (Some(first), departure) => self.of_step(&first, departure.as_ref(), mismatches.len() - 1),
            (None, departure) if self.left_error() != self.right_error() => self.of_error(departure.as_ref()),
            (None, None) => Verdict::Same,
            (None, Some(departure)) => self.of_turn(&departure),
        }
    }

    fn left_error(&self) -> Option<&str> {
        self.both.left.error_of(self.left.recorded())
    }

    fn right_error(&self) -> Option<&str> {
        self.both.right.error_of(self.right.recorded())
    }

    /// A task does something else.
    fn of_step(&self, mismatch: &Mismatch, departure: Option<&Departure>, others: usize) -> Verdict {
        let Both { left, right, .. } = self.both;
        let reason = self.asked.of_step(mismatch, departure);
        let steps = (mismatch.left.step_of(left), mismatch.right.step_of(right));
        let elsewhere = mismatch.right.task.map(|task| right.life(task).name);
        let task = name(left, mismatch.left.task, elsewhere);
        let side = |step: Option<&Step<'_>>, lives: &Lives<'_>, place| Side {
            event: step.map(|step| step.event),
            ns: step.map(|step| step.ns),
            line: step.and_then(|step| step.line),
            does: step.map_or_else(|| does_no_more(lives, place), |step| does(step, lives)),
        };
        let (one, other) = (side(steps.0, left, mismatch.left), side(steps.1, right, mismatch.right));
        let because = Because { left: self.left, right: self.right, both: self.both, reason };
        Verdict::Different(Difference {
            until: self.until(&task, mismatch),
            then: self.then(&task, steps, &one, &other),
            because: because.of_step(self.both.rival(mismatch)),
            task,
            left: one,
            right: other,
            reason,
            others,
        })
    }

    /// "ada and bob do the same until 1.5 s."
    fn until(&self, task: &str, mismatch: &Mismatch) -> String {
        let Both { left, right, pairs, times } = self.both;
        let steps = [mismatch.left.step_of(left), mismatch.right.step_of(right)];
        let ns = steps.into_iter().flatten().map(|step| step.ns).min().unwrap_or(0);
        let names: Vec<_> =
            pairs.iter().map(|(one, other)| name(left, Some(one), Some(right.life(other).name))).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        let turn = steps.into_iter().flatten().map(|step| step.turn).min().unwrap_or(0);
        match turn {
            _ if names.is_empty() => "They differ from the start.".to_owned(),
            _ if *times && ns > 0 => format!("{} the same until {}.", who_do(&names), time(ns)),
            0 => format!("{} the same until {task} is made.", who_do(&names)),
            turn => format!("{} the same until the {} turn of {task}.", who_do(&names), ordinal(turn)),
        }
    }

    /// "Then bob ends on tokio, and sleeps for 2 s on smol."
    fn then(&self, task: &str, steps: (Option<&Step<'_>>, Option<&Step<'_>>), left: &Side, right: &Side) -> String {
        let (here, there) = (self.left.place(), self.right.place());
        let acts = (steps.0.map(|step| step.act), steps.1.map(|step| step.act));
        let at = |side: &Side| match side.ns {
            Some(ns)
                if self.both.times && left.ns != right.ns && (ns > 0 || left.ns.is_some() == right.ns.is_some()) =>
            {
                format!(" at {}", time(ns))
            }
            _ => String::new(),
        };
        let cancelled = |act, lives| match act {
            Some(Act::Cancelled { by: Some(by) }) => {
                Some(format!(", where {} drops its handle", name(lives, Some(by), None)))
            }
            Some(Act::Cancelled { by: None }) => Some(", where its handle is dropped".to_owned()),
            _ => None,
        };
        let (ours, theirs) = (cancelled(acts.0, &self.both.left), cancelled(acts.1, &self.both.right));
        let continues = |side: &Side| if side.event.is_some() { "continues" } else { &side.does }.to_owned();
        let does = |side: &Side, act| match (side.line, act) {
            (Some(line), Some(act)) if !matches!(act, Act::ComesTo(_)) => format!("{} at line {line}", side.does),
            _ => side.does.clone(),
        };
        let (one, other) = (&does(left, acts.0), &does(right, acts.1));
        match (acts, ours, theirs) {
            (_, Some(how), None) => format!("Then {task} is cancelled {here}{how}, and {} {there}.", continues(right)),
            (_, None, Some(how)) => format!("Then {task} {} {here}, and is cancelled {there}{how}.", continues(left)),
            ((Some(Act::Blocks), _), ..) => {
                format!("Then {task} blocks its thread {here}, and lets other tasks run {there}.")
            }
            ((_, Some(Act::Blocks)), ..) => {
                format!("Then {task} lets other tasks run {here}, and blocks its thread {there}.")
            }
            ((Some(Act::Says(ours)), Some(Act::Says(theirs))), ..) if ours != theirs => {
                format!("Then {task} says {} {here}, and {} {there}.", quoted(ours), quoted(theirs))
            }
            _ if one == other => format!("Then {task} {one}{} {here}, and{} {there}.", at(left), at(right)),
            _ => format!("Then {task} {one} {here}{}, and {other} {there}{}.", at(left), at(right)),
        }
    }

    /// The runs have other errors, and no task does anything else.
    fn of_error(&self, departure: Option<&Departure>) -> Verdict {
        let side = |run: &Run<'_>| {
            let (events, error) = (&run.recorded().events, run.recorded().error.as_deref());
            Side {
                event: events.len().checked_sub(1),
                ns: events.last().map(|last| last.ns),
                line: None,
                does: error.map_or("ends without an error".to_owned(), |error| format!("fails with {}", quoted(error))),
            }
        };
        let (one, other) = (side(self.left), side(self.right));
        let (here, there) = (self.left.place(), self.right.place());
        let reason = self.asked.of_error(departure);
        Verdict::Different(Difference {
            task: "the run".to_owned(),
            until: "All tasks do the same.".to_owned(),
            then: format!("But the run {} {here}, and {} {there}.", one.does, other.does),
            because: Because { left: self.left, right: self.right, both: self.both, reason }.of_order(),
            left: one,
            right: other,
            reason,
            others: 0,
        })
    }

    /// A turn is another one, and no task does anything else.
    fn of_turn(&self, departure: &Departure) -> Verdict {
        let Both { left, right, times, .. } = self.both;
        let reason = self.asked.of_departure(departure);
        let turn_name = |of: TurnOf, lives: &Lives<'_>| name(lives, Some(of.task), None);
        let side = |of: Option<TurnOf>, lives: &Lives<'_>| Side {
            event: of.map(|of| lives.turn(of).event),
            ns: of.map(|of| lives.turn(of).ns),
            line: None,
            does: of.map_or_else(|| "the run ends".to_owned(), |of| format!("{} runs", turn_name(of, lives))),
        };
        let (one, other) = (side(departure.left, left), side(departure.right, right));
        let task = departure.left.map(|of| turn_name(of, left));
        let task = task.or_else(|| departure.right.map(|of| turn_name(of, right))).unwrap_or_default();
        let ns = one.ns.or(other.ns).filter(|_| *times).map(|ns| format!(", at {},", time(ns))).unwrap_or_default();
        let (here, there) = (self.left.place(), self.right.place());
        let is_of_one_task = departure.is_of_one_task;
        let then = if is_of_one_task {
            self.other_wakes(&task, departure)
        } else {
            format!("The first turn that differs{ns} is where {} {here}, and {} {there}.", one.does, other.does)
        };
        let because = Because { left: self.left, right: self.right, both: self.both, reason }.of_order();
        let until = "All tasks do the same.".to_owned();
        let first = Difference { task, left: one, right: other, reason, until, then, because, others: 0 };
        if is_of_one_task && matches!(reason, Reason::Program | Reason::Unexplained) {
            return Verdict::Different(first);
        }
        Verdict::AnotherOrder(first)
    }

    /// A turn of one task that has other causes, or ends elsewhere.
    fn other_wakes(&self, task: &str, departure: &Departure) -> String {
        let number = departure.left.map_or(0, |of| of.turn) + 1;
        let causes = |of: Option<TurnOf>, lives: &Lives<'_>| {
            of.map_or_else(String::new, |of| crate::words::woken_by(&lives.turn(of).woken_by, lives))
        };
        let (one, other) = (causes(departure.left, &self.both.left), causes(departure.right, &self.both.right));
        let (here, there) = (self.left.place(), self.right.place());
        let turn = ordinal(number);
        let is_pending = |of: Option<TurnOf>, lives: &Lives<'_>| of.is_some_and(|of| lives.turn(of).is_pending);
        match (is_pending(departure.left, &self.both.left), is_pending(departure.right, &self.both.right)) {
            (true, false) => return format!("The {turn} turn of {task} is its last {there}, and not {here}."),
            (false, true) => return format!("The {turn} turn of {task} is its last {here}, and not {there}."),
            _ if one == other => return format!("In its {turn} turn, {task} does not come as far in both."),
            _ => {}
        }
        format!("Before its {turn} turn, {task} is {one} {here}, and {other} {there}.")
    }
}
