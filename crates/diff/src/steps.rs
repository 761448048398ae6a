//! The steps in which tasks differ between two runs, and which of these differences no other one causes.

use crate::lives::{Act, Lives, Step};
use crate::pairs::Pairs;
use paintdry_studio::{EventKind, RecordedRun, WakeSource};
use std::collections::HashMap;

/// The first step in which a task differs between the runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mismatch {
    pub(crate) left: Place,
    pub(crate) right: Place,
}

/// A step of a task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// `None` if the run has no such task.
    pub(crate) task: Option<u32>,
    /// The position among the steps of the task, which may have fewer.
    pub(crate) step: usize,
}

impl Place {
    pub(crate) fn step_of<'l, 'a>(&self, lives: &'l Lives<'a>) -> Option<&'l Step<'a>> {
        lives.life(self.task?).steps.get(self.step)
    }
}

/// Two runs, with the tasks of one matched to those of the other.
pub(crate) struct Both<'a> {
    pub(crate) left: Lives<'a>,
    pub(crate) right: Lives<'a>,
    pub(crate) pairs: Pairs,
    /// Whether times count: both are virtual.
    pub(crate) times: bool,
}

/// Sleeps of real time whose lengths differ by less are the same.
const CLOSE_NS: u64 = 1_000_000;

impl Both<'_> {
    /// For each task that differs, the first step in which it does. A task that one run alone has differs too, unless a step of its
    /// parent says so.
    pub(crate) fn mismatches(&self) -> Vec<Mismatch> {
        let place = |task, step| Place { task: Some(task), step };
        let paired = self.pairs.iter().filter_map(|(left, right)| {
            let step = self.first_mismatch(left, right)?;
            Some(Mismatch { left: place(left, step), right: place(right, step) })
        });
        let nowhere = Place { task: None, step: 0 };
        let alone = |tops: &[u32], partners: &[Option<u32>]| {
            let alone = tops.iter().filter(|task| partners[**task as usize].is_none());
            alone.map(|task| place(*task, 0)).collect::<Vec<_>>()
        };
        let left = alone(self.left.tops(self.pairs.main_only_left), &self.pairs.right_of).into_iter();
        let right = alone(self.right.tops(self.pairs.main_only_right), &self.pairs.left_of).into_iter();
        paired
            .chain(left.map(|left| Mismatch { left, right: nowhere }))
            .chain(right.map(|right| Mismatch { left: nowhere, right }))
            .collect()
    }

    fn first_mismatch(&self, left: u32, right: u32) -> Option<usize> {
        let (ours, theirs) = (&self.left.life(left).steps, &self.right.life(right).steps);
        let same = ours.iter().zip(theirs).take_while(|(one, other)| self.are_same(one, other)).count();
        (same < ours.len().max(theirs.len())).then_some(same)
    }

    fn are_same(&self, one: &Step<'_>, other: &Step<'_>) -> bool {
        self.do_the_same(one, other) && (!self.times || one.ns == other.ns)
    }

    /// Whether they are the same but for the time.
    pub(crate) fn do_the_same(&self, one: &Step<'_>, other: &Step<'_>) -> bool {
        match (one.act, other.act) {
            (Act::Makes(left), Act::Makes(right)) => self.pairs.right_of[left as usize] == Some(right),
            (Act::Cancelled { .. }, Act::Cancelled { .. }) => true,
            (Act::Sleeps { due_ns: left }, Act::Sleeps { due_ns: right }) if !self.times => {
                let (left, right) = (left.saturating_sub(one.ns), right.saturating_sub(other.ns));
                left.abs_diff(right) < CLOSE_NS.max(left.max(right) / 100)
            }
            (left, right) => left == right,
        }
    }

    /// The mismatch that no other one causes; if there are several, the earliest.
    pub(crate) fn first(&self, mismatches: &[Mismatch], runs: (&RecordedRun, &RecordedRun)) -> Option<Mismatch> {
        let places = |side: fn(&Mismatch) -> Place| mismatches.iter().map(side).collect::<Vec<_>>();
        let left = caused(&self.left, runs.0, &places(|mismatch| mismatch.left));
        let right = caused(&self.right, runs.1, &places(|mismatch| mismatch.right));
        // If a task has no such step because the run has ended, the main task has ended it, and is the cause if it differs as well.
        let ends = |lives: &Lives<'_>, place: Place| place.task == Some(0) && place.step_of(lives).is_some();
        let left_ends = mismatches.iter().any(|mismatch| ends(&self.left, mismatch.left));
        let right_ends = mismatches.iter().any(|mismatch| ends(&self.right, mismatch.right));
        // Of one moment, events on several threads have no order that means anything.
        let (left_counts, right_counts) =
            (self.left.threads <= self.right.threads, self.right.threads <= self.left.threads);
        let key = |number: &usize| {
            let mismatch = &mismatches[*number];
            let steps = (mismatch.left.step_of(&self.left), mismatch.right.step_of(&self.right));
            let ns = steps.0.iter().chain(&steps.1).map(|step| step.ns).min();
            let (ours, theirs) = (steps.0.filter(|_| left_counts), steps.1.filter(|_| right_counts));
            let event = ours.iter().chain(&theirs).map(|step| step.event).min().unwrap_or(usize::MAX);
            // If each causes the other, neither is better than the other.
            let is_main = mismatch.left.task == Some(0) || mismatch.right.task == Some(0);
            let left_is_caused = left[*number] || (steps.0.is_none() && left_ends && !is_main);
            let right_is_caused = right[*number] || (steps.1.is_none() && right_ends && !is_main);
            (usize::from(left_is_caused) + usize::from(right_is_caused), ns, event)
        };
        (0..mismatches.len()).min_by_key(key).map(|number| mismatches[number])
    }
}

/// For each of these steps, whether another one of them is a cause of it in this run: its task was made, woken or dropped, directly or
/// through others, by a task that had come to such a step.
fn caused(lives: &Lives<'_>, run: &RecordedRun, places: &[Place]) -> Vec<bool> {
    let mut at: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, place) in places.iter().enumerate() {
        if let Some(step) = place.step_of(lives) {
            at.entry(step.event).or_default().push(number);
        }
    }
    let mut is_touched = vec![false; lives.tasks.len()];
    let mut is_caused = vec![false; places.len()];
    for (position, event) in run.events.iter().enumerate() {
        for number in at.get(&position).into_iter().flatten() {
            let place = &places[*number];
            let dropped_by = match place.step_of(lives).map(|step| step.act) {
                Some(Act::Cancelled { by }) => by,
                _ => None,
            };
            for task in place.task.iter().chain(&dropped_by) {
                is_caused[*number] |= is_touched[*task as usize];
            }
            place.task.iter().for_each(|task| is_touched[*task as usize] = true);
        }
        let cause = match &event.what {
            EventKind::Spawn { by } => *by,
            EventKind::Wake(WakeSource::Task(by)) => Some(*by),
            _ => None,
        };
        is_touched[event.task as usize] |= cause.is_some_and(|by| is_touched[by as usize]);
    }
    is_caused
}
