//! Which lock, channel or signal it is: what a run lists of it, and its number in that list.

use super::uses::NotesUses;
use crate::recording::limits::{COUNT, shortened};
use crate::resource::{Resource, ResourceKind};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The next number of a resource in this process.
static NEXT: AtomicU64 = AtomicU64::new(0);

pub(super) struct Identity {
    kind: ResourceKind,
    name: Box<str>,
    capacity: Option<u64>,
    /// No other in this process has it.
    number: u64,
}

impl Identity {
    pub(super) fn new(kind: ResourceKind, name: &str, capacity: Option<usize>) -> Arc<Self> {
        let capacity = capacity.map(|capacity| (capacity as u64).min(COUNT)); // no program fills more
        Arc::new(Self { kind, name: name.into(), capacity, number: NEXT.fetch_add(1, Relaxed) })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Its position in the list of a run, which may be a new one.
    pub(super) fn position_in(&self, uses: &dyn NotesUses) -> u32 {
        uses.position_of(self.number, &|| self.listed())
    }

    fn listed(&self) -> Resource {
        Resource { kind: self.kind, name: shortened(self.name.to_string()), capacity: self.capacity }
    }
}

/// As the `Debug` of what has this identity.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({:?})", self.kind, self.name)
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
