//! Why two runs differ: what is particular to each of their runtimes, or their programs, or their clocks.

use crate::lives::{Act, Cause, How, Lives, Step, Turn, TurnOf};
use crate::order::{Departure, has_yielded, ready_at};
use crate::particular::{self, Particular};
use crate::steps::{Both, Mismatch, Place};
use paintdry_studio::RecordedRun;
use serde::Serialize;
use std::collections::BTreeSet;

/// Why two runs differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Dropping a handle cancels the task on one runtime, and detaches it on the other.
    DropCancels,
    /// One of them blocks a thread where the other lets other tasks run.
    Blocks,
    /// One of them polls tasks on several threads at once.
    Threads,
    /// The runtimes treat a task that yields differently.
    Yields,
    /// One of them runs the task that was made or woken last before those that have waited longer.
    Slot,
    /// The main task has another place among the tasks.
    Main,
    /// Tokio ended a poll because its budget was used up.
    Budget,
    /// One runtime polled a task that nothing had woken.
    SpuriousPoll,
    /// The timers of one runtime are not as exact as those of the other, in real time.
    Timers,
    /// The runs are of two programs, or the same program was given something else.
    Program,
    /// The runs were in real time, in which no run is like another.
    RealTime,
    /// Nothing that is known of the runtimes explains it.
    Unexplained,
}

/// Two runs and what is known of both.
pub(crate) struct Asked<'a> {
    pub(crate) both: &'a Both<'a>,
    pub(crate) left: &'a RecordedRun,
    pub(crate) right: &'a RecordedRun,
    /// Whether the texts and the parameters that are known differ.
    pub(crate) programs_differ: bool,
}

impl Asked<'_> {
    /// Why a task's step differs.
    pub(crate) fn of_step(&self, mismatch: &Mismatch, departure: Option<&Departure>) -> Reason {
        let left = mismatch.left.step_of(&self.both.left);
        let right = mismatch.right.step_of(&self.both.right);
        let acts = (left.map(|step| step.act), right.map(|step| step.act));
        let is_cancelled = |act| matches!(act, Some(Act::Cancelled { .. }));
        let cancels = match (is_cancelled(acts.0), is_cancelled(acts.1)) {
            (true, false) => Some((self.left, self.right)),
            (false, true) => Some((self.right, self.left)),
            _ => None,
        };
        if let Some((one, other)) = cancels {
            let cancels = |run: &RecordedRun, if_unknown| {
                particular::of(&run.runtime).map_or(if_unknown, |of| of.cancels_on_drop)
            };
            if !self.is_one_runtime() && cancels(one, true) && !cancels(other, false) {
                return Reason::DropCancels;
            }
        }
        let are_late = left.zip(right).is_none_or(|(one, other)| self.both.do_the_same(one, other));
        let has_no_tasks = self.both.pairs.main_only_left.is_some() || self.both.pairs.main_only_right.is_some();
        if acts.0 == Some(Act::Blocks) || acts.1 == Some(Act::Blocks) || (has_no_tasks && !are_late) {
            return Reason::Blocks;
        }
        if self.is_one_runtime() && (self.programs_differ || self.is_repeatable()) {
            return Reason::Program;
        }
        let is_unasked = |lives: &Lives<'_>, place: Place| {
            let turn = place.step_of(lives).zip(place.task).and_then(|(step, task)| {
                let before = step.turn.checked_sub(1)?;
                lives.life(task).turns.get(before)
            });
            turn.is_some_and(|turn| turn.ready.is_none())
        };
        if is_unasked(&self.both.left, mismatch.left) != is_unasked(&self.both.right, mismatch.right) {
            return Reason::SpuriousPoll;
        }
        // Tasks may share what no recording shows, so the order of any turns before may be the cause.
        let is_before = |turn: Option<TurnOf>, lives: &Lives<'_>, step: Option<&Step<'_>>| {
            turn.is_some_and(|of| step.is_none_or(|step| lives.turn(of).event < step.event))
        };
        let departure = departure.filter(|departure| {
            is_before(departure.left, &self.both.left, left) || is_before(departure.right, &self.both.right, right)
        });
        let is_side_by_side =
            self.both.left.runs_side_by_side_before(left) || self.both.right.runs_side_by_side_before(right);
        if self.has_several_threads() && (are_late || cancels.is_some() || is_side_by_side || departure.is_some()) {
            return Reason::Threads;
        }
        if let Some(departure) = departure {
            return self.of_departure(departure);
        }
        self.otherwise()
    }

    /// Why the runs have other errors, though each task does the same.
    pub(crate) fn of_error(&self, departure: Option<&Departure>) -> Reason {
        match departure {
            _ if self.is_one_runtime() && (self.programs_differ || self.is_repeatable()) => Reason::Program,
            Some(departure) => self.of_departure(departure),
            None => self.otherwise(),
        }
    }

    /// Why the turns are in another order.
    pub(crate) fn of_departure(&self, departure: &Departure) -> Reason {
        let Both { left, right, pairs, .. } = self.both;
        if self.is_one_runtime() && self.is_repeatable() {
            return Reason::Program;
        }
        let turns = (departure.left, departure.right);
        let is_main = |of: Option<TurnOf>| of.is_none_or(|of| of.task == 0);
        let has_main = is_main(turns.0) || is_main(turns.1);
        if has_slot(self.left) && turns.0.is_some_and(|of| is_next(left, of))
            || has_slot(self.right) && turns.1.is_some_and(|of| is_next(right, of))
        {
            return Reason::Slot;
        }
        if let ((Some(one), Some(other)), true) = (turns, departure.is_of_one_task)
            && ends_early(self.left, left, one) != ends_early(self.right, right, other)
        {
            return Reason::Budget;
        }
        if workers(left) > 1 || workers(right) > 1 || (departure.is_of_one_task && self.has_several_threads()) {
            return Reason::Threads;
        }
        if let ((Some(one), Some(other)), false) = (turns, departure.is_of_one_task) {
            let (here, there) = (left.turn(one), right.turn(other));
            let rival_here = pairs.left_of[other.task as usize];
            let rival_over_there = pairs.right_of[one.task as usize];
            let ready = [
                here.ready,
                there.ready,
                rival_here.and_then(|task| ready_at(left, task, here.event)),
                rival_over_there.and_then(|task| ready_at(right, task, there.event)),
            ];
            if ready.into_iter().any(has_yielded) && self.differ(|of| of.yields) {
                return Reason::Yields;
            }
            let budget = |run: &RecordedRun, turn: &Turn| {
                let by_itself = matches!(turn.ready.map(|ready| ready.how), Some(How::Woken(Cause::Outside)));
                by_itself && has_budget(run)
            };
            if budget(self.left, here) || budget(self.right, there) {
                return Reason::Budget;
            }
        }
        match () {
            () if has_main && !departure.is_of_one_task && self.differ(|of| of.main) => Reason::Main,
            () if self.has_several_threads() => Reason::Threads,
            () => self.otherwise(),
        }
    }

    /// Whether the two runtimes differ in this, as far as that is known.
    fn differ(&self, what: impl Fn(&Particular) -> &'static str) -> bool {
        let of = |run: &RecordedRun| particular::of(&run.runtime).map(&what);
        match (of(self.left), of(self.right)) {
            (None, None) => self.left.runtime != self.right.runtime,
            (ours, theirs) => ours != theirs,
        }
    }

    /// If no event says why.
    fn otherwise(&self) -> Reason {
        match () {
            () if self.programs_differ => Reason::Program,
            () if self.both.times => Reason::Unexplained,
            () if has_budget(self.left) != has_budget(self.right) => Reason::Timers,
            () => Reason::RealTime,
        }
    }

    fn is_one_runtime(&self) -> bool {
        let of = |run: &'_ RecordedRun| (run.runtime.clone(), run.version.clone());
        of(self.left) == of(self.right)
    }

    /// Whether the runtime, if it is one, does the same each time.
    fn is_repeatable(&self) -> bool {
        self.both.times && !self.has_several_threads()
    }

    fn has_several_threads(&self) -> bool {
        threads(self.left, &self.both.left) > 1 || threads(self.right, &self.both.right) > 1
    }
}

/// Whether it is a flavour of tokio.
fn has_budget(run: &RecordedRun) -> bool {
    particular::of(&run.runtime).is_some_and(|of| of.has_budget)
}

/// Whether tokio ended this turn, because the task had used up its budget: the task has not yielded, and only the runtime or the task
/// itself has woken it.
fn ends_early(run: &RecordedRun, lives: &Lives<'_>, of: TurnOf) -> bool {
    let life = lives.life(of.task);
    let yields = life.steps.iter().any(|step| step.turn == of.turn + 1 && step.act == Act::Yields);
    let next = life.turns.get(of.turn + 1).map_or(life.ready, |turn| turn.ready);
    let is_woken = next.is_some_and(|ready| {
        matches!(ready.how, How::Woken(Cause::Outside)) || ready.how == How::Woken(Cause::Task(of.task))
    });
    has_budget(run) && lives.turn(of).is_pending && !yields && is_woken
}

/// On how many threads the runtime polls tasks, the main task among them, as far as that is known. Not each of them has to have done
/// so in this run.
fn threads(run: &RecordedRun, lives: &Lives<'_>) -> u64 {
    let of_main = particular::of(&run.runtime).is_some_and(Particular::has_thread_for_main);
    (lives.threads as u64).max(run.threads.unwrap_or(1) + u64::from(of_main))
}

/// Whether a thread runs the task that was made or woken last before the others.
fn has_slot(run: &RecordedRun) -> bool {
    particular::of(&run.runtime).is_some_and(|of| of.has_slot)
}

/// Whether the task of this turn was made or woken in the turn before it on its thread.
fn is_next(lives: &Lives<'_>, of: TurnOf) -> bool {
    let turn = lives.turn(of);
    let mut earlier = lives.turns.iter().filter(|other| {
        let other = lives.turn(**other);
        turn.thread.is_some() && other.thread == turn.thread && other.event < turn.event
    });
    earlier.next_back().is_some_and(|before| turn.ready.is_some_and(|ready| ready.event > lives.turn(*before).event))
}

/// How many threads are known to have polled tasks other than the main task.
fn workers(lives: &Lives<'_>) -> usize {
    let others = lives.turns.iter().filter(|of| of.task != 0).filter_map(|of| lives.turn(*of).thread);
    others.collect::<BTreeSet<_>>().len()
}
