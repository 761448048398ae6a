//! Which waiting task waits for which other ones, and a circle among them.

use crate::facts::{Claim, Facts, Uses};
use crate::waiting::{distinct, is_waiting};
use paintdry_studio::Aim;
use std::collections::HashMap;

/// Why one task waits for another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge<'a> {
    pub(crate) to: u32,
    /// The claim that waits; `None` if the task waits for the end of the other.
    pub(crate) claim: Option<&'a Claim>,
}

/// The tasks that wait. Each waits for any of the tasks that could end its wait, of which there may be very many for each of very many
/// waits, so both are kept by what they wait for.
pub(crate) struct Graph<'a> {
    /// The claims of each task that wait, with the positions of their sides.
    claims: Vec<Vec<(&'a Claim, usize)>>,
    /// The task for whose end each task waits, if that one waits as well.
    joined: Vec<Option<u32>>,
    sides: Vec<Side>,
    /// In how many ways each task waits for another one that is left.
    ways: Vec<usize>,
    is_left: Vec<bool>,
}

/// Those who can end waits of one kind for a resource: its holders, its senders or its receivers.
struct Side {
    /// In the order of their numbers, as far as they wait themselves: only such tasks can be in a circle.
    enders: Vec<u32>,
    /// A task for each claim.
    waiters: Vec<u32>,
    /// How many of the enders are left.
    left: usize,
}

impl<'a> Graph<'a> {
    pub(crate) fn of(facts: &'a Facts<'_>, joined: &[Option<u32>]) -> Self {
        let is_left: Vec<bool> = facts.numbers().map(|task| is_waiting(facts, task)).collect();
        let joined = joined.iter().map(|other| other.filter(|other| is_left[*other as usize])).collect();
        let (claims, ways) = (vec![Vec::new(); is_left.len()], vec![0; is_left.len()]);
        let mut graph = Self { claims, joined, sides: Vec::new(), ways, is_left };
        let mut known = HashMap::new();
        for claim in facts.claims.all.iter().filter(|claim| claim.waits() && is_waiting(facts, claim.task)) {
            let (Some(aim @ (Aim::Take | Aim::Send | Aim::Receive)), Some(uses)) =
                (claim.aim, facts.claims.uses.get(&claim.resource))
            else {
                continue;
            };
            let side = *known.entry((claim.resource, aim == Aim::Receive)).or_insert_with(|| {
                let enders = distinct(enders(facts, uses, aim).filter(|task| is_waiting(facts, *task)));
                graph.sides.push(Side { left: enders.len(), enders, waiters: Vec::new() });
                graph.sides.len() - 1
            });
            graph.sides[side].waiters.push(claim.task);
            graph.claims[claim.task as usize].push((claim, side));
        }
        graph.leave_out_what_no_circle_has();
        graph
    }

    /// Leaves out each task that waits for none that is left, until all that are left wait for others. Then one that follows them comes
    /// to a circle.
    fn leave_out_what_no_circle_has(&mut self) {
        let mut sides_of: Vec<Vec<usize>> = vec![Vec::new(); self.is_left.len()];
        for (number, side) in self.sides.iter().enumerate() {
            for task in &side.enders {
                sides_of[*task as usize].push(number);
            }
        }
        let mut joiners: Vec<Vec<u32>> = vec![Vec::new(); self.is_left.len()];
        for (task, other) in (0..).zip(&self.joined) {
            if let Some(other) = other {
                joiners[*other as usize].push(task);
            }
        }
        for ((task, claims), joined) in (0..).zip(&self.claims).zip(&self.joined) {
            let others = claims.iter().filter(|(_, side)| self.sides[*side].other_than(task).is_some());
            self.ways[task as usize] = others.count() + usize::from(joined.is_some());
        }
        let mut ended: Vec<u32> = (0..).zip(&self.ways).filter(|(_, ways)| **ways == 0).map(|(task, _)| task).collect();
        while let Some(task) = ended.pop() {
            self.is_left[task as usize] = false;
            let mut lose_one = std::mem::take(&mut joiners[task as usize]);
            for side in std::mem::take(&mut sides_of[task as usize]) {
                let side = &mut self.sides[side];
                side.left -= 1;
                // With one left, that one loses a way, because it does not wait for itself. With none left, the others do.
                match side.left {
                    0 => lose_one.extend(side.waiters.iter().filter(|waiter| **waiter != task)),
                    1 => {
                        let last = side.enders.iter().find(|ender| self.is_left[**ender as usize]);
                        lose_one.extend(side.waiters.iter().filter(|waiter| last == Some(*waiter)));
                    }
                    _ => {}
                }
            }
            for other in lose_one {
                let ways = &mut self.ways[other as usize];
                *ways -= 1;
                if *ways == 0 {
                    ended.push(other);
                }
            }
        }
        for side in &mut self.sides {
            side.enders.retain(|task| self.is_left[*task as usize]);
        }
    }

    /// A circle of tasks, each with the reason why it waits for the next.
    pub(crate) fn circle(&self) -> Option<Vec<(u32, Edge<'a>)>> {
        let mut task = u32::try_from(self.is_left.iter().position(|is_left| *is_left)?).ok()?;
        let mut places: HashMap<u32, usize> = HashMap::new();
        let mut path = Vec::new();
        loop {
            let edge = self.edge_of(task)?;
            places.insert(task, path.len());
            path.push((task, edge));
            task = edge.to;
            if let Some(place) = places.get(&task) {
                return Some(path.split_off(*place));
            }
        }
    }

    /// A task for which this one waits.
    fn edge_of(&self, task: u32) -> Option<Edge<'a>> {
        let claims = self.claims[task as usize].iter();
        let mut edges = claims
            .filter_map(|(claim, side)| Some(Edge { to: self.sides[*side].other_than(task)?, claim: Some(claim) }));
        let joined = || self.joined[task as usize].filter(|other| self.is_left[*other as usize]);
        edges.next().or_else(|| Some(Edge { to: joined()?, claim: None }))
    }
}

impl Side {
    fn other_than(&self, task: u32) -> Option<u32> {
        self.enders.iter().copied().find(|ender| *ender != task)
    }
}

fn enders<'f>(facts: &'f Facts<'_>, uses: &'f Uses, aim: Aim) -> Box<dyn Iterator<Item = u32> + 'f> {
    match aim {
        Aim::Take => Box::new(uses.holds.iter().map(|holder| facts.claims.all[*holder].task)),
        Aim::Send => Box::new(uses.receivers.iter().copied()),
        _ => Box::new(uses.senders.iter().copied()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Resource, ResourceKind};
    use proptest::collection::vec;
    use proptest::prelude::{any, proptest};
    use std::time::Duration;

    const TASKS: u32 = 6;
    const LOCKS: u32 = 4;

    /// A run that is stuck. Each task holds and wants the locks whose bits are set in its numbers, and may join another.
    fn run(tasks: &[(u8, u8, u8)]) -> RecordedRun {
        let mut events = Vec::new();
        let mut claim = 0;
        for (task, (holds, wants, joins)) in (0..).zip(tasks) {
            let mut happens = |what| events.push(Event { ns: 0, task, what });
            happens(EventKind::Spawn { by: None });
            happens(EventKind::Poll { thread: Some(0) });
            for resource in 0..LOCKS {
                if holds & (1 << resource) > 0 {
                    happens(EventKind::Take { resource, claim });
                    claim += 1;
                }
            }
            for resource in 0..LOCKS {
                if wants & (1 << resource) > 0 {
                    happens(EventKind::Wait { resource, claim, to: Aim::Take });
                    claim += 1;
                }
            }
            if u32::from(*joins) < TASKS {
                happens(EventKind::Join { other: (*joins).into() });
            }
            happens(EventKind::Pending);
        }
        let lock =
            |number| Resource { kind: ResourceKind::Semaphore, name: format!("lock {number}"), capacity: Some(9) };
        let names = (0..TASKS).map(|task| task.to_string()).collect();
        let run = RecordedRun::new("smol", "", Duration::ZERO, names, events);
        RecordedRun { error: Some("stuck".to_owned()), resources: (0..LOCKS).map(lock).collect(), ..run }
    }

    proptest! {
        #[test]
        fn there_is_a_circle_if_a_task_waits_for_itself_through_others(
            tasks in vec((any::<u8>(), any::<u8>(), 0..20_u8), TASKS as usize)
        ) {
            // Bits that two numbers have in common are rarer than those of one.
            let tasks: Vec<_> = tasks.into_iter().map(|(holds, wants, joins)| (holds & holds >> 4, wants & wants >> 4, joins)).collect();
            let waits_for = |one: u32, other: u32| {
                let ((_, wants, joins), (holds, ..)) = (tasks[one as usize], tasks[other as usize]);
                (one != other && wants & holds & 0xF > 0) || u32::from(joins) == other
            };
            let mut reaches = vec![[false; TASKS as usize]; TASKS as usize];
            for (one, other) in (0..TASKS).flat_map(|one| (0..TASKS).map(move |other| (one, other))) {
                reaches[one as usize][other as usize] = waits_for(one, other);
            }
            for through in 0..TASKS as usize {
                for (one, other) in (0..TASKS as usize).flat_map(|one| (0..TASKS as usize).map(move |other| (one, other))) {
                    reaches[one][other] |= reaches[one][through] && reaches[through][other];
                }
            }
            let run = run(&tasks);
            let facts = Facts::of(&run, Clock::Virtual);
            let joined: Vec<_> = tasks.iter().map(|(.., joins)| Some(u32::from(*joins)).filter(|other| *other < TASKS)).collect();
            let circle = Graph::of(&facts, &joined).circle();
            assert_eq!(circle.is_some(), (0..TASKS as usize).any(|task| reaches[task][task]));
            let circle = circle.unwrap_or_default();
            let next = circle.iter().cycle().skip(1);
            for ((task, edge), (to, _)) in circle.iter().zip(next) {
                assert!(edge.to == *to && waits_for(*task, *to));
                let claim = edge.claim.is_none_or(|claim| claim.task == *task && tasks[*to as usize].0 & (1 << claim.resource) > 0);
                assert!(claim);
            }
        }
    }
}
