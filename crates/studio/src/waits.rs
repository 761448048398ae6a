//! Which claims of a run wait for a lock, a channel or a signal, and which hold one: what is said of a run that is stuck.

use crate::event::EventKind;
use crate::resources::Resources;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// By the number of the claim. (std's mutex in the models as well: a thread that holds it does nothing that they watch.)
#[derive(Default)]
pub(crate) struct Waits(Mutex<Claims>);

#[derive(Default)]
struct Claims {
    waiting: BTreeMap<u32, Claim>,
    holding: BTreeMap<u32, Claim>,
}

struct Claim {
    task: u32,
    resource: u32,
}

impl Waits {
    fn lock(&self) -> MutexGuard<'_, Claims> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes an event about a resource.
    pub(crate) fn note(&self, task: u32, what: &EventKind) {
        let (Some(resource), Some(claim)) = (what.resource(), what.claim()) else { return };
        let Claims { waiting, holding } = &mut *self.lock();
        match what {
            EventKind::Wait { .. } => drop(waiting.insert(claim, Claim { task, resource })),
            EventKind::Notify { .. } => {}
            EventKind::Release { .. } => drop(holding.remove(&claim)),
            _ => {
                waiting.remove(&claim);
                if matches!(what, EventKind::Take { .. }) {
                    holding.insert(claim, Claim { task, resource });
                }
            }
        }
    }

    /// The name of what a task began to wait for last, and the tasks that hold it.
    pub(crate) fn of(&self, task: u32, resources: &Resources) -> Option<(String, Vec<u32>)> {
        let claims = self.lock();
        let resource = claims.waiting.values().rfind(|claim| claim.task == task)?.resource;
        let holds = |claim: &&Claim| claim.resource == resource;
        let holders = claims.holding.values().filter(holds).map(|claim| claim.task).collect();
        Some((resources.name_of(resource)?, holders))
    }
}
