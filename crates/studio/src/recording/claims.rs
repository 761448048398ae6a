//! Whether what a run says of its resources agrees with itself: each claim waits, is notified, takes and gives back in turn.

use crate::event::{Aim, EventKind};
use crate::resource::{Resource, ResourceKind};
use std::collections::HashMap;

/// The claims that wait or hold something at an event.
#[derive(Default)]
pub(super) struct Claims(HashMap<u32, Claim>);

#[derive(Clone, Copy, PartialEq, Eq)]
struct Claim {
    resource: u32,
    phase: Phase,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waits(Aim),
    Notified(Aim),
    Holds,
}

impl Claims {
    /// What is wrong with the next event, if anything is.
    pub(super) fn check(&mut self, what: &EventKind, resources: &[Resource]) -> Result<(), &'static str> {
        let Some(number) = what.resource() else { return Ok(()) };
        let Some(resource) = resources.get(number as usize) else {
            return Err("has a resource that is not in the list of resources");
        };
        if !is_of_kind(what, resource.kind) {
            return Err("does with its resource what is not done with such a one");
        }
        if let EventKind::Send { length, .. } | EventKind::Receive { length, .. } = *what
            && resource.capacity.is_some_and(|capacity| u64::from(length) > capacity)
        {
            return Err("says that a channel holds more messages than it has room for");
        }
        let Some(claim) = what.claim() else { return Ok(()) };
        let before = self.0.get(&claim).copied();
        if before.is_some_and(|before| before.resource != number) {
            return Err("is of a claim to another resource");
        }
        let after = next(before.map(|before| before.phase), what)?;
        match after {
            Some(phase) => self.0.insert(claim, Claim { resource: number, phase }),
            None => self.0.remove(&claim),
        };
        Ok(())
    }
}

fn is_of_kind(what: &EventKind, kind: ResourceKind) -> bool {
    let aim = match what {
        EventKind::Wait { to, .. } => *to,
        EventKind::Take { .. } | EventKind::Release { .. } => Aim::Take,
        EventKind::Send { .. } | EventKind::Receive { .. } | EventKind::Close { .. } => Aim::Send,
        EventKind::Hear { .. } | EventKind::Signal { .. } => Aim::Hear,
        _ => return true,
    };
    match kind {
        ResourceKind::Mutex | ResourceKind::Semaphore => aim == Aim::Take,
        ResourceKind::Channel => matches!(aim, Aim::Send | Aim::Receive),
        ResourceKind::Signal => aim == Aim::Hear,
    }
}

/// The phase of a claim after an event. `None` is before its first event, and after its last one.
fn next(before: Option<Phase>, what: &EventKind) -> Result<Option<Phase>, &'static str> {
    let success = match what {
        EventKind::Take { .. } => Some(Aim::Take),
        EventKind::Send { .. } => Some(Aim::Send),
        EventKind::Receive { .. } => Some(Aim::Receive),
        EventKind::Hear { .. } => Some(Aim::Hear),
        _ => None,
    };
    match (before, what) {
        (None, EventKind::Wait { to, .. }) => Ok(Some(Phase::Waits(*to))),
        // It tries again, or another task waits with it now.
        (Some(Phase::Waits(aim) | Phase::Notified(aim)), EventKind::Wait { to, .. }) if aim == *to => {
            Ok(Some(Phase::Waits(*to)))
        }
        (_, EventKind::Wait { .. }) => Err("begins to wait with a claim that waits for something else, or has it"),
        (Some(Phase::Waits(aim)), EventKind::Notify { .. }) => Ok(Some(Phase::Notified(aim))),
        (_, EventKind::Notify { .. }) => Err("notifies a claim that does not wait"),
        (Some(Phase::Waits(_) | Phase::Notified(_)), EventKind::Leave { .. })
        | (Some(Phase::Holds), EventKind::Release { .. }) => Ok(None),
        (_, EventKind::Leave { .. }) => Err("ends the wait of a claim that does not wait"),
        (_, EventKind::Release { .. }) => Err("gives back what its claim has not taken"),
        (Some(Phase::Waits(aim) | Phase::Notified(aim)), _) if Some(aim) != success => {
            Err("is not what its claim waits for")
        }
        (Some(Phase::Holds), _) => Err("is of a claim that has what it wanted"),
        (_, EventKind::Take { .. }) => Ok(Some(Phase::Holds)),
        _ => Ok(None),
    }
}
