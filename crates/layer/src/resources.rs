//! Makes the events of locks, channels and what else tasks wait for.

use crate::merge::Noted;
use crate::record::{Change, NO_TASK, Record, What};
use crate::seen::{Claim, Resource};
use paintdry_studio::{Aim, EventKind, ResourceKind, limits};
use std::collections::HashMap;
use std::sync::Arc;

/// The resources that have events, and how they are at a record.
#[derive(Debug, Default)]
pub(crate) struct Resources {
    pub(crate) listed: Vec<Arc<Resource>>,
    positions: HashMap<u32, u32>,
    claims: HashMap<u32, State>,
    mutexes: HashMap<u32, Mutex>,
    /// The oneshot channels that have their message.
    filled: HashMap<u32, bool>,
    /// How many claims are made here, for what tokio tells without one.
    own_claims: u32,
}

/// A claim that waits: of which task, for what, and whether it was notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    task: u32,
    resource: u32,
    is_notified: bool,
}

#[derive(Debug, Default)]
struct Mutex {
    /// The claim that holds it, and its task.
    holder: Option<(u32, u32)>,
    /// Whether the word that it is locked is still to come from the holder.
    expects_word: bool,
    /// Who unlocks it, each time.
    unlocks: Vec<Option<u32>>,
    unlocked: usize,
    /// How many words that it is free come later than the next one has it.
    late: usize,
}

/// An event of a task.
type OfTask = (u32, EventKind);

pub(crate) fn kind(resource: &Resource) -> ResourceKind {
    match &*resource.type_name {
        "Mutex" => ResourceKind::Mutex,
        "Sender|Receiver" => ResourceKind::Channel,
        // tokio does not tell who gives permits back, so all that can be told is who waits for some.
        _ => ResourceKind::Signal,
    }
}

impl Resources {
    pub(crate) fn new(noted: &[Noted]) -> Self {
        let mut resources = Self::default();
        for Noted { record, .. } in noted {
            if let What::Changed(resource, Change::Unlocked) = &record.what {
                let mutex = resources.mutexes.entry(resource.number).or_default();
                mutex.unlocks.push(Some(record.task).filter(|task| *task != NO_TASK));
            }
        }
        resources
    }

    /// What a record tells, if it is about a resource.
    pub(crate) fn events(&mut self, record: &Record) -> Vec<OfTask> {
        match &record.what {
            What::Polled(claim, is_ready) if claim.resource.is_listed() && record.task != NO_TASK => {
                let Some(position) = self.position(&claim.resource) else { return Vec::new() };
                if *is_ready {
                    self.gets(record.task, claim, position)
                } else {
                    self.waits(record.task, claim, position)
                }
            }
            What::Notified(claim) => self.notified(claim),
            What::Dropped(claim) => self.dropped(claim),
            // It tells so when it is made, too.
            What::Changed(resource, Change::Unlocked) => {
                let position = self.positions.get(&resource.number).copied().unwrap_or_default();
                self.mutexes.entry(resource.number).or_default().unlock(position)
            }
            What::Changed(resource, change) if record.task == NO_TASK => {
                self.filled.extend((*change == Change::Sent).then_some((resource.number, true)));
                Vec::new()
            }
            What::Changed(resource, change) => {
                let Some(position) = self.position(resource) else { return Vec::new() };
                self.changed(record.task, resource.number, position, *change)
            }
            _ => Vec::new(),
        }
    }

    fn waits(&mut self, task: u32, claim: &Claim, resource: u32) -> Vec<OfTask> {
        let state = State { task, resource, is_notified: false };
        if self.claims.insert(claim.number, state) == Some(state) {
            return Vec::new(); // it was polled for another reason
        }
        let to = match kind(&claim.resource) {
            ResourceKind::Mutex => Aim::Take,
            ResourceKind::Channel => Aim::Receive,
            _ => Aim::Hear,
        };
        vec![(task, EventKind::Wait { resource, claim: claim.number, to })]
    }

    fn gets(&mut self, task: u32, claim: &Claim, resource: u32) -> Vec<OfTask> {
        let has_waited = self.claims.remove(&claim.number).is_some();
        let (number, claim) = (claim.resource.number, &claim.number);
        match kind(&self.listed[resource as usize]) {
            ResourceKind::Mutex => {
                let mutex = self.mutexes.entry(number).or_default();
                mutex.expects_word = true;
                mutex.take(task, *claim, resource)
            }
            ResourceKind::Channel if self.filled.remove(&number).is_some() => {
                vec![(task, EventKind::Receive { resource, claim: *claim, length: 0 })]
            }
            ResourceKind::Channel if has_waited => vec![(task, EventKind::Leave { resource, claim: *claim })],
            ResourceKind::Signal if has_waited => vec![(task, EventKind::Hear { resource, claim: *claim })],
            _ => Vec::new(),
        }
    }

    fn notified(&mut self, claim: &Claim) -> Vec<OfTask> {
        // The claim may be a part, which has the number of the whole, and another resource.
        let Some(state) = self.claims.get_mut(&claim.number).filter(|state| !state.is_notified) else {
            return Vec::new();
        };
        state.is_notified = true;
        vec![(state.task, EventKind::Notify { resource: state.resource, claim: claim.number })]
    }

    fn dropped(&mut self, claim: &Claim) -> Vec<OfTask> {
        let left = self.claims.remove(&claim.number);
        let event = |State { task, resource, .. }| (task, EventKind::Leave { resource, claim: claim.number });
        left.into_iter().map(event).collect()
    }

    fn changed(&mut self, task: u32, number: u32, resource: u32, change: Change) -> Vec<OfTask> {
        match change {
            Change::Unlocked => Vec::new(),
            Change::Locked => {
                let mutex = self.mutexes.entry(number).or_default();
                if std::mem::take(&mut mutex.expects_word) {
                    return Vec::new();
                }
                // `try_lock` takes it without a claim.
                self.own_claims += 1;
                mutex.take(task, u32::MAX - self.own_claims, resource)
            }
            Change::Sent => {
                self.filled.insert(number, true);
                self.own_claims += 1;
                let claim = u32::MAX - self.own_claims;
                vec![(task, EventKind::Send { resource, claim, length: 1 })]
            }
            Change::Closed => vec![(task, EventKind::Close { resource })],
        }
    }

    /// The place of a resource in the list, if there is one.
    fn position(&mut self, resource: &Arc<Resource>) -> Option<u32> {
        if let Some(position) = self.positions.get(&resource.number) {
            return Some(*position);
        }
        let position = u32::try_from(self.listed.len()).ok().filter(|next| u64::from(*next) < limits::RESOURCES)?;
        self.positions.insert(resource.number, position);
        self.listed.push(Arc::clone(resource));
        Some(position)
    }
}

impl Mutex {
    /// A claim takes it. tokio hands a lock on before it tells that the lock is free, so it may still have a holder here.
    fn take(&mut self, task: u32, claim: u32, resource: u32) -> Vec<OfTask> {
        let mut events = Vec::new();
        if let Some((holder, of_task)) = self.holder.replace((claim, task)) {
            let by = self.unlocks.get(self.unlocked + self.late).copied().flatten();
            self.late += 1;
            events.push((of_task, EventKind::Release { resource, claim: holder, by }));
        }
        events.push((task, EventKind::Take { resource, claim }));
        events
    }

    /// tokio tells that it is free: also when it is made.
    fn unlock(&mut self, resource: u32) -> Vec<OfTask> {
        let by = self.unlocks.get(self.unlocked).copied().flatten();
        self.unlocked += 1;
        if self.late > 0 {
            self.late -= 1;
            return Vec::new();
        }
        let held = self.holder.take();
        held.into_iter().map(|(claim, task)| (task, EventKind::Release { resource, claim, by })).collect()
    }
}
