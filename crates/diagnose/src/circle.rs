//! Circles of tasks in which each waits for the next.

use crate::facts::{Claim, Facts};
use crate::finding::Confidence::Is;
use crate::kind::Kind;
use crate::report::Found;
use crate::waiting::{distinct, for_what, holders, is_waiting};
use crate::words::{and, name};
use paintdry_studio::{Aim, RecordedState};
use std::collections::{BTreeMap, BTreeSet};

/// Why one task waits for another.
#[derive(Debug, Clone)]
struct Edge {
    to: u32,
    sentence: String,
    /// It waits for the end of the other.
    is_join: bool,
}

/// A circle of tasks in which each waits for the next.
pub(crate) fn of_circle(facts: &Facts<'_>, joined: &dyn Fn(u32) -> Option<u32>) -> Option<Found> {
    if let Some(found) = of_own_senders(facts, joined) {
        return Some(found);
    }
    let edges: BTreeMap<u32, Vec<Edge>> = facts
        .numbers()
        .filter(|task| is_waiting(facts, *task))
        .map(|task| (task, edges(facts, task, joined)))
        .collect();
    let circle = edges.keys().find_map(|first| circle_from(*first, &edges))?;
    let tasks: Vec<u32> = circle.iter().map(|(task, _)| *task).collect();
    let (kind, why) = if circle.iter().all(|(_, edge)| edge.is_join) {
        (Kind::JoinCycle, "Each waits for the end of the next, so none of them ends. One of them must not wait.")
    } else {
        (
            Kind::Deadlock,
            "Each waits for the next one in a circle. Take locks in the same order everywhere, and do not wait for another task while you hold one or while it waits for you.",
        )
    };
    let sentences: Vec<_> = circle.into_iter().map(|(_, edge)| edge.sentence).collect();
    let last = last_poll(facts, &tasks);
    Some(Found::new(kind, Is, tasks, last).what(sentences.join("; ")).why(why))
}

fn last_poll(facts: &Facts<'_>, tasks: &[u32]) -> usize {
    tasks.iter().filter_map(|task| facts.polls_of(*task).next_back()).map(|poll| poll.to).max().unwrap_or(0)
}

/// Tasks that wait for messages which only they themselves would send: some have sent, and any other sender has ended, or waits
/// for one of them to end.
fn of_own_senders(facts: &Facts<'_>, joined: &dyn Fn(u32) -> Option<u32>) -> Option<Found> {
    let receives = |claim: &&Claim| claim.waits() && claim.aim == Some(Aim::Receive) && is_waiting(facts, claim.task);
    let channels: BTreeSet<u32> = facts.claims.all.iter().filter(receives).map(|claim| claim.resource).collect();
    channels.into_iter().find_map(|channel| {
        let tasks = distinct(facts.claims.waits_for(channel).filter(receives).map(|claim| claim.task));
        let senders = &facts.claims.uses.get(&channel)?.senders;
        let (own, others): (Vec<u32>, Vec<u32>) = senders.iter().partition(|sender| tasks.contains(sender));
        let is_out = |sender: &u32| {
            facts.task(*sender).state == RecordedState::Done || joined(*sender).is_some_and(|other| tasks.contains(&other))
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

/// Why this task waits, and for whom.
fn edges(facts: &Facts<'_>, task: u32, joined: &dyn Fn(u32) -> Option<u32>) -> Vec<Edge> {
    let this = name(facts.run, task);
    let claims = facts.claims.all.iter().filter(|claim| claim.task == task && claim.waits());
    let mut edges: Vec<Edge> = claims.flat_map(|claim| of_claim(facts, claim)).collect();
    if let Some(to) = joined(task) {
        let sentence = format!("{this} waits for the end of {}", name(facts.run, to));
        edges.push(Edge { to, sentence, is_join: true });
    }
    edges
}

/// For whom this claim waits.
fn of_claim(facts: &Facts<'_>, claim: &Claim) -> Vec<Edge> {
    let waits = format!("{} waits {}", name(facts.run, claim.task), for_what(facts, claim));
    let holders = holders(facts, claim).map(|holder| Edge {
        to: holder.task,
        sentence: format!("{waits}, which {} holds", name(facts.run, holder.task)),
        is_join: false,
    });
    let mut edges: Vec<Edge> = holders.collect();
    let Some(uses) = facts.claims.uses.get(&claim.resource) else { return edges };
    let (others, does) = match claim.aim {
        Some(Aim::Send) => (&uses.receivers, "receives from it"),
        Some(Aim::Receive) => (&uses.senders, "sends to it"),
        _ => return edges,
    };
    edges.extend(others.iter().filter(|other| **other != claim.task).map(|other| Edge {
        to: *other,
        sentence: format!("{waits}, and {} {does}", name(facts.run, *other)),
        is_join: false,
    }));
    edges
}

/// The way from this task back to itself, or into a circle.
fn circle_from(first: u32, edges: &BTreeMap<u32, Vec<Edge>>) -> Option<Vec<(u32, Edge)>> {
    let mut path: Vec<(u32, usize)> = vec![(first, 0)];
    let mut seen = vec![first];
    while let Some((task, next)) = path.last_mut() {
        let Some(Edge { to, .. }) = edges.get(task).and_then(|all| all.get(*next)) else {
            path.pop();
            continue;
        };
        *next += 1;
        if let Some(at) = path.iter().position(|(task, _)| task == to) {
            let circle = path[at..].iter().map(|(task, next)| (*task, edges[task][next - 1].clone()));
            return Some(circle.collect());
        }
        if !seen.contains(to) {
            seen.push(*to);
            path.push((*to, 0));
        }
    }
    None
}
