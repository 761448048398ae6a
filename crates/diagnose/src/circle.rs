//! Circles of tasks in which each waits for the next.

use crate::facts::{Claim, Facts, Uses};
use crate::finding::Confidence::Is;
use crate::kind::Kind;
use crate::report::Found;
use crate::waiting::{distinct, for_what, is_waiting};
use crate::words::{and, name};
use paintdry_core::thousands;
use paintdry_studio::{Aim, RecordedState};
use std::collections::{BTreeSet, HashMap};

/// Why one task waits for another.
#[derive(Debug, Clone, Copy)]
struct Edge<'a> {
    to: u32,
    /// The claim that waits; `None` if the task waits for the end of the other.
    claim: Option<&'a Claim>,
}

/// At most this many tasks that could end one wait are followed.
const MOST_FOLLOWED: usize = 100;

/// At most this many waits of a circle are shown.
const MOST_SHOWN: usize = 6;

/// A circle of tasks in which each waits for the next.
pub(crate) fn of_circle(facts: &Facts<'_>, joined: &[Option<u32>]) -> Option<Found> {
    if let Some(found) = of_own_senders(facts, joined) {
        return Some(found);
    }
    let mut waits: HashMap<u32, Vec<&Claim>> = HashMap::new();
    for claim in facts.claims.all.iter().filter(|claim| claim.waits()) {
        waits.entry(claim.task).or_default().push(claim);
    }
    let waiting = facts.claims.uses.iter().map(|(resource, uses)| (*resource, Waiting::of(facts, uses))).collect();
    let circle = circle(facts, |task| edges(task, &waits, &waiting, joined))?;
    let tasks: Vec<u32> = circle.iter().map(|(task, _)| *task).collect();
    let (kind, why) = if circle.iter().all(|(_, edge)| edge.claim.is_none()) {
        (Kind::JoinCycle, "Each waits for the end of the next, so none of them ends. One of them must not wait.")
    } else {
        (
            Kind::Deadlock,
            "Each waits for the next one in a circle. Take locks in the same order everywhere, and do not wait for another task while you hold one or while it waits for you.",
        )
    };
    let shown = if circle.len() > MOST_SHOWN { MOST_SHOWN - 1 } else { circle.len() };
    let mut sentences: Vec<_> = circle[..shown].iter().map(|(task, edge)| sentence(facts, *task, edge)).collect();
    if circle.len() > shown {
        sentences.push(format!("and so on, in a circle of {} tasks", thousands(circle.len() as u64)));
    }
    let last = last_poll(facts, &tasks);
    Some(Found::new(kind, Is, tasks, last).what(sentences.join("; ")).why(why))
}

fn last_poll(facts: &Facts<'_>, tasks: &[u32]) -> usize {
    tasks.iter().filter_map(|task| facts.polls_of(*task).next_back()).map(|poll| poll.to).max().unwrap_or(0)
}

/// Tasks that wait for messages which only they themselves would send: some have sent, and any other sender has ended, or waits
/// for one of them to end.
fn of_own_senders(facts: &Facts<'_>, joined: &[Option<u32>]) -> Option<Found> {
    let receives = |claim: &&Claim| claim.waits() && claim.aim == Some(Aim::Receive) && is_waiting(facts, claim.task);
    let channels: BTreeSet<u32> = facts.claims.all.iter().filter(receives).map(|claim| claim.resource).collect();
    channels.into_iter().find_map(|channel| {
        let tasks = distinct(facts.claims.waits_for(channel).filter(receives).map(|claim| claim.task));
        let senders = &facts.claims.uses.get(&channel)?.senders;
        let receive = |task: &u32| tasks.binary_search(task).is_ok();
        let (own, others): (Vec<u32>, Vec<u32>) = senders.iter().partition(|sender| receive(sender));
        let is_out = |sender: &u32| {
            facts.task(*sender).state == RecordedState::Done || joined[*sender as usize].is_some_and(|other| receive(&other))
        };
        if own.is_empty() || !others.iter().all(is_out) {
            return None;
        }
        let claim = facts.claims.waits_for(channel).find(receives)?;
        let names: Vec<_> = tasks.iter().map(|task| name(facts.run, *task)).collect();
        let (verb, last) = (if names.len() == 1 { "waits" } else { "wait" }, last_poll(facts, &tasks));
        let what = format!("{} {verb} {}, and no other task would send one", and(&names), for_what(facts, claim));
        Some(Found::new(Kind::Deadlock, Is, tasks, last).what(what).why(
            "A channel is closed when its last sender is dropped, and a task that waits for messages keeps one. Let a task that does \
             not receive keep it, or drop it when the work is done.",
        ))
    })
}

/// For whom this task waits, and why.
fn edges<'a>(
    task: u32,
    waits: &HashMap<u32, Vec<&'a Claim>>,
    waiting: &HashMap<u32, Waiting>,
    joined: &[Option<u32>],
) -> Vec<Edge<'a>> {
    let mut edges = Vec::new();
    for claim in waits.get(&task).into_iter().flatten() {
        let Some(Waiting { holders, senders, receivers }) = waiting.get(&claim.resource) else { continue };
        let to: Vec<u32> = match claim.aim {
            Some(Aim::Take) => holders.clone(),
            Some(Aim::Send) => receivers.iter().copied().filter(|other| *other != task).collect(),
            Some(Aim::Receive) => senders.iter().copied().filter(|other| *other != task).collect(),
            _ => continue,
        };
        edges.extend(to.into_iter().map(|to| Edge { to, claim: Some(claim) }));
    }
    edges.extend(joined[task as usize].map(|to| Edge { to, claim: None }));
    edges
}

/// The waiting tasks that could end a wait for a resource. Only such tasks can be in a circle.
struct Waiting {
    holders: Vec<u32>,
    senders: Vec<u32>,
    receivers: Vec<u32>,
}

impl Waiting {
    fn of(facts: &Facts<'_>, uses: &Uses) -> Self {
        let those = |tasks: &mut dyn Iterator<Item = u32>| {
            tasks.filter(|task| is_waiting(facts, *task)).take(MOST_FOLLOWED).collect()
        };
        Self {
            holders: those(&mut uses.holds.iter().map(|holder| facts.claims.all[*holder].task)),
            senders: those(&mut uses.senders.iter().copied()),
            receivers: those(&mut uses.receivers.iter().copied()),
        }
    }
}

/// `ada waits for the lock "brush", which bob holds`.
fn sentence(facts: &Facts<'_>, task: u32, Edge { to, claim }: &Edge<'_>) -> String {
    let (this, other) = (name(facts.run, task), name(facts.run, *to));
    let Some(claim) = claim else { return format!("{this} waits for the end of {other}") };
    let waits = format!("{this} waits {}", for_what(facts, claim));
    match claim.aim {
        Some(Aim::Send) => format!("{waits}, and {other} receives from it"),
        Some(Aim::Receive) => format!("{waits}, and {other} sends to it"),
        _ => format!("{waits}, which {other} holds"),
    }
}

/// The first circle that a search from each waiting task in turn finds. It comes to each task once: from one that it has left, no
/// circle can be found.
fn circle<'a>(facts: &Facts<'_>, edges: impl Fn(u32) -> Vec<Edge<'a>>) -> Option<Vec<(u32, Edge<'a>)>> {
    let mut seen = vec![false; facts.tasks.len()];
    let mut place: HashMap<u32, usize> = HashMap::new();
    for first in facts.numbers().filter(|task| is_waiting(facts, *task)) {
        let mut path: Vec<(u32, Vec<Edge<'_>>, usize)> = Vec::new();
        let mut step = Some(first);
        loop {
            if let Some(task) = step.filter(|task| !std::mem::replace(&mut seen[*task as usize], true)) {
                place.insert(task, path.len());
                path.push((task, if is_waiting(facts, task) { edges(task) } else { Vec::new() }, 0));
            }
            let Some((task, edges, next)) = path.last_mut() else { break };
            step = edges.get(*next).map(|edge| edge.to);
            *next += 1;
            if let Some(at) = step.and_then(|to| place.get(&to)) {
                return Some(path[*at..].iter().map(|(task, edges, next)| (*task, edges[next - 1])).collect());
            }
            if step.is_none() {
                place.remove(task);
                path.pop();
            }
        }
    }
    None
}
