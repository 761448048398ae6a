//! Circles of tasks in which each waits for the next.

use crate::facts::{Claim, Facts};
use crate::finding::Confidence::Is;
use crate::graph::{Edge, Graph};
use crate::kind::Kind;
use crate::report::Found;
use crate::waiting::{distinct, for_what, is_waiting};
use crate::words::{and, name};
use paintdry_core::thousands;
use paintdry_studio::{Aim, RecordedState};
use std::collections::BTreeSet;

/// At most this many waits of a circle are shown.
const MOST_SHOWN: usize = 6;

/// A circle of tasks in which each waits for the next.
pub(crate) fn of_circle(facts: &Facts<'_>, joined: &[Option<u32>]) -> Option<Found> {
    if let Some(found) = of_own_senders(facts, joined) {
        return Some(found);
    }
    let circle = Graph::of(facts, joined).circle()?;
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
