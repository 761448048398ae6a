//! Who waits for which lock, channel or signal at the end of a run, and who holds it.

use crate::facts::{Claim, Facts};
use crate::words::shortened;
use paintdry_studio::{Aim, RecordedState, ResourceKind};
use std::collections::BTreeSet;

/// A longer name of a resource is cut.
const LONGEST_NAME: usize = 40;

pub(crate) fn is_waiting(facts: &Facts<'_>, task: u32) -> bool {
    facts.task(task).state == RecordedState::Waiting
}

/// `the lock "brush"`.
pub(crate) fn thing(facts: &Facts<'_>, resource: u32) -> String {
    let Some(known) = facts.run.resources.get(resource as usize) else { return format!("resource {resource}") };
    let kind = match known.kind {
        ResourceKind::Mutex => "lock",
        ResourceKind::Semaphore => "semaphore",
        ResourceKind::Channel => "channel",
        ResourceKind::Signal => "signal",
        _ => "resource",
    };
    format!("the {kind} \"{}\"", shortened(&known.name, LONGEST_NAME))
}

/// `for the lock "brush"`.
pub(crate) fn for_what(facts: &Facts<'_>, claim: &Claim) -> String {
    let thing = thing(facts, claim.resource);
    match claim.aim {
        Some(Aim::Send) => format!("for room in {thing}"),
        Some(Aim::Receive) => format!("for a message from {thing}"),
        _ => format!("for {thing}"),
    }
}

/// The other tasks that wait for this resource at the end.
pub(crate) fn waits_for(facts: &Facts<'_>, resource: u32, but: u32) -> Vec<u32> {
    let waits = facts.claims.waits_for(resource).filter(|claim| claim.waits());
    distinct(waits.map(|claim| claim.task).filter(|task| *task != but))
}

pub(crate) fn distinct(tasks: impl Iterator<Item = u32>) -> Vec<u32> {
    let tasks: BTreeSet<u32> = tasks.collect();
    tasks.into_iter().collect()
}
