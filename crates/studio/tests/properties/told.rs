//! What tasks know of the locks and channels that they use, by their own account.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// What a task knows to have happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Did {
    Takes(&'static str),
    GivesBack(&'static str),
    Sends,
    Receives,
    /// It asks for this, and may have to wait. Not part of a recording.
    Asks(&'static str),
    /// It did not get what it asked for.
    GivesUp,
}

/// By the task's name, in its order; and of each lock the names of the tasks that took it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    pub(crate) did: BTreeMap<String, Vec<Did>>,
    pub(crate) takers: HashMap<&'static str, Vec<String>>,
}

#[derive(Clone)]
pub(crate) struct Teller {
    pub(crate) name: String,
    pub(crate) known: Arc<Mutex<Known>>,
}

impl Teller {
    pub(crate) fn tell(&self, did: Did) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Did::Takes(what) = did {
            known.takers.entry(what).or_default().push(self.name.clone());
        }
        known.did.entry(self.name.clone()).or_default().push(did);
    }

    pub(crate) fn takes<T>(&self, what: &'static str, guard: T) -> Held<T> {
        self.tell(Did::Takes(what));
        Held { teller: self.clone(), what, _guard: guard }
    }
}

/// Tells that it is given back, and then does so.
pub(crate) struct Held<T> {
    teller: Teller,
    what: &'static str,
    _guard: T,
}

impl<T> Drop for Held<T> {
    fn drop(&mut self) {
        self.teller.tell(Did::GivesBack(self.what));
    }
}
