//! The order of turns: where it first differs between two runs, and whose turns came before a step in one of them alone.

use crate::lives::{Cause, How, Lives, Ready, Turn, TurnOf};
use crate::steps::{Both, Mismatch, Place};

/// Where the turns of two runs first differ.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Departure {
    /// The turn that each run has there; `None` if it has no more turns.
    pub(crate) left: Option<TurnOf>,
    pub(crate) right: Option<TurnOf>,
    /// Whether the same task has the turn in both runs, and something about the turn differs.
    pub(crate) is_of_one_task: bool,
}

impl Both<'_> {
    /// Where the turns first differ; `None` if all are the same, in the same order.
    pub(crate) fn departure(&self) -> Option<Departure> {
        let turns = |lives: &Lives<'_>, main: Option<u32>| {
            lives.turns.iter().copied().filter(|of| Some(of.task) != main).collect::<Vec<_>>()
        };
        let left = turns(&self.left, self.pairs.main_only_left);
        let right = turns(&self.right, self.pairs.main_only_right);
        let same_task = |(one, other): &(&TurnOf, &TurnOf)| self.is_pair(one.task, other.task);
        let same = |both: &(&TurnOf, &TurnOf)| same_task(both) && self.are_alike(*both.0, *both.1);
        let number = left.iter().zip(&right).take_while(same).count();
        let (left, right) = (left.get(number).copied(), right.get(number).copied());
        let is_of_one_task = left.zip(right).is_some_and(|(one, other)| self.is_pair(one.task, other.task));
        (left.is_some() || right.is_some()).then_some(Departure { left, right, is_of_one_task })
    }

    fn is_pair(&self, left: u32, right: u32) -> bool {
        self.pairs.right_of[left as usize] == Some(right)
    }

    /// Whether two turns of one task have the same causes and come as far.
    fn are_alike(&self, one: TurnOf, other: TurnOf) -> bool {
        let (left, right) = (self.left.turn(one), self.right.turn(other));
        let cause = |cause: &Cause| match cause {
            // A task without a partner belongs to no pair.
            Cause::Task(task) => self.pairs.right_of[*task as usize].map(Cause::Task),
            other => Some(*other),
        };
        let mut woken_by: Vec<_> = left.woken_by.iter().map(cause).collect();
        woken_by.sort_unstable();
        let joins = left.joins.iter().map(|task| self.pairs.right_of[*task as usize]);
        let steps = |lives: &Lives<'_>, of: TurnOf| {
            let steps = &lives.life(of.task).steps;
            steps.partition_point(|step| step.turn <= of.turn + 1)
        };
        (left.ns == right.ns || !self.times)
            && woken_by.iter().copied().eq(right.woken_by.iter().map(|cause| Some(*cause)))
            && joins.eq(right.joins.iter().map(|task| Some(*task)))
            && left.is_pending == right.is_pending
            && steps(&self.left, one) == steps(&self.right, other)
    }

    /// Another task that had a turn before this step in one run, and not in the other: the last such turn. If there is none, the order
    /// of turns is not why the step differs.
    pub(crate) fn rival(&self, mismatch: &Mismatch) -> Option<Rival> {
        let (left, right) = (before(&self.left, mismatch.left), before(&self.right, mismatch.right));
        let own = mismatch.left.task;
        let others = self.pairs.iter().filter(|(task, _)| Some(*task) != own);
        let rivals = others.filter_map(|(one, other)| {
            let (ours, theirs) = (left[one as usize], right[other as usize]);
            let is_left_more = ours > theirs;
            let (lives, task, more) = if is_left_more { (&self.left, one, ours) } else { (&self.right, other, theirs) };
            let turn = TurnOf { task, turn: more.checked_sub(1).filter(|_| ours != theirs)? };
            Some((lives.turn(turn).ns, lives.turn(turn).event, Rival { is_left: is_left_more, turn }))
        });
        rivals.max_by_key(|(ns, event, _)| (*ns, *event)).map(|(.., rival)| rival)
    }
}

/// A turn that came before a step in one run alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rival {
    /// Whether that is the left run.
    pub(crate) is_left: bool,
    pub(crate) turn: TurnOf,
}

/// How many turns each task had begun before this step, or in all if there is no such step.
fn before(lives: &Lives<'_>, place: Place) -> Vec<usize> {
    let end = place.step_of(lives).map_or(usize::MAX, |step| step.event);
    lives.tasks.iter().map(|life| life.turns.partition_point(|turn| turn.event < end)).collect()
}

/// How a task became ready that has its turn, or another one later, at the time of this event; `None` if it waits then.
pub(crate) fn ready_at(lives: &Lives<'_>, task: u32, event: usize) -> Option<Ready> {
    let life = lives.life(task);
    let next: Option<&Turn> = life.turns.iter().find(|turn| turn.event >= event);
    let ready = next.map_or(life.ready, |turn| turn.ready);
    ready.filter(|ready| ready.event <= event)
}

/// Whether a yield made it ready.
pub(crate) fn has_yielded(ready: Option<Ready>) -> bool {
    ready.is_some_and(|ready| ready.how == How::Yielded)
}
