//! What tasks share: each claim on a lock, a channel or a signal, with what came of it.

use paintdry_studio::{Aim, EventKind, RecordedRun};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The claims of a run, and the tasks that have used each resource.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    /// In the order in which they began.
    pub(crate) all: Vec<Claim>,
    /// By resource.
    pub(crate) uses: BTreeMap<u32, Uses>,
}

/// One attempt to use a resource. Positions are those of events.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim {
    pub(crate) resource: u32,
    /// The task that polled it last.
    pub(crate) task: u32,
    /// What it waits to do, if it has waited.
    pub(crate) aim: Option<Aim>,
    /// It began to wait,
    pub(crate) waited: Option<usize>,
    /// was notified, and has not tried again since,
    pub(crate) notified: Option<usize>,
    /// or was notified at all since it last tried,
    pub(crate) was_notified: Option<usize>,
    /// and got what it waited for, or left.
    pub(crate) got: Option<usize>,
    /// It has something, since then,
    pub(crate) taken: Option<usize>,
    /// and gave it back.
    pub(crate) released: Option<usize>,
}

impl Claim {
    /// Whether it waits at the end of the run.
    pub(crate) fn waits(&self) -> bool {
        self.waited.is_some() && self.got.is_none()
    }

    /// Whether it has the lock or a permit at the end of the run.
    pub(crate) fn holds(&self) -> bool {
        self.taken.is_some() && self.released.is_none()
    }
}

/// How tasks have used a resource.
#[derive(Debug, Default)]
pub(crate) struct Uses {
    /// The tasks that have sent to the channel, or tried to,
    pub(crate) senders: BTreeSet<u32>,
    /// and those that have received from it, or tried to.
    pub(crate) receivers: BTreeSet<u32>,
    /// When the signal was given and no task listened.
    pub(crate) unheard: Vec<usize>,
    /// The claims that have waited, in the order in which they began: positions among the claims.
    pub(crate) waits: Vec<usize>,
    /// The claims that hold it at the end of the run, in the same way.
    pub(crate) holds: Vec<usize>,
}

impl Claims {
    /// Of the first events of the run, so many of them.
    pub(crate) fn of(run: &RecordedRun, events: usize) -> Self {
        let mut claims = Self::default();
        let mut by_number: HashMap<u32, usize> = HashMap::new();
        for (at, event) in run.events.iter().enumerate().take(events) {
            let Some(resource) = event.what.resource() else { continue };
            let uses = claims.uses.entry(resource).or_default();
            match event.what {
                EventKind::Wait { to: Aim::Send, .. } | EventKind::Send { .. } => drop(uses.senders.insert(event.task)),
                EventKind::Wait { to: Aim::Receive, .. } | EventKind::Receive { .. } => {
                    uses.receivers.insert(event.task);
                }
                EventKind::Signal { listeners: 0, .. } => uses.unheard.push(at),
                _ => {}
            }
            let Some(number) = event.what.claim() else { continue };
            let position = *by_number.entry(number).or_insert_with(|| {
                claims.all.push(Claim {
                    resource,
                    task: event.task,
                    aim: None,
                    waited: None,
                    notified: None,
                    was_notified: None,
                    got: None,
                    taken: None,
                    released: None,
                });
                claims.all.len() - 1
            });
            claims.all[position].follow(at, event.task, &event.what);
        }
        for (position, claim) in claims.all.iter().enumerate() {
            if let Some(uses) = claims.uses.get_mut(&claim.resource) {
                uses.waits.extend(claim.waited.map(|_| position));
                uses.holds.extend(claim.holds().then_some(position));
            }
        }
        claims
    }

    /// The claims that have waited for this resource.
    pub(crate) fn waits_for(&self, resource: u32) -> impl Iterator<Item = &Claim> {
        let waits = self.uses.get(&resource).map_or(&[][..], |uses| &uses.waits);
        waits.iter().map(|claim| &self.all[*claim])
    }

    /// Those of them whose waits overlap with the time between these events. Waits mostly end in the order in which they
    /// began.
    pub(crate) fn waits_between(&self, resource: u32, from: usize, to: usize) -> impl Iterator<Item = &Claim> {
        let waits = self.uses.get(&resource).map_or(&[][..], |uses| &uses.waits);
        let first = waits.partition_point(|claim| self.all[*claim].got.is_some_and(|got| got <= from));
        let begun = move |claim: &&Claim| claim.waited.is_some_and(|waited| waited < to);
        waits[first..].iter().map(|claim| &self.all[*claim]).take_while(begun).take(MOST_OVERLAPPING)
    }
}

/// At most this many claims that overlap are looked at.
const MOST_OVERLAPPING: usize = 1_000;

impl Claim {
    fn follow(&mut self, at: usize, task: u32, what: &EventKind) {
        match *what {
            EventKind::Wait { to, .. } => {
                (self.aim, self.task) = (Some(to), task);
                self.waited.get_or_insert(at);
                (self.notified, self.was_notified) = (None, None);
            }
            EventKind::Notify { .. } => (self.notified, self.was_notified) = (Some(at), Some(at)),
            EventKind::Take { .. } => {
                self.taken = Some(at);
                self.task = task;
                self.gets(at);
            }
            EventKind::Release { .. } => self.released = Some(at),
            _ => self.gets(at),
        }
    }

    fn gets(&mut self, at: usize) {
        self.got = Some(at);
        self.notified = None;
    }
}
