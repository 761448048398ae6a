//! The list of a run's resources, in the order in which its tasks first used them.

use crate::resource::Resource;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// (std's mutex in the models as well: a thread that holds it does nothing that they watch.)
#[derive(Default)]
pub(crate) struct Resources(Mutex<Listed>);

#[derive(Default)]
struct Listed {
    list: Vec<Resource>,
    /// By the resource's number in this process.
    positions: HashMap<u64, u32>,
}

impl Resources {
    fn lock(&self) -> MutexGuard<'_, Listed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The position of the resource that has this number in this process. If it is new, it is added.
    pub(crate) fn position_of(&self, number: u64, describe: impl FnOnce() -> Resource) -> u32 {
        let Listed { list, positions } = &mut *self.lock();
        *positions.entry(number).or_insert_with(|| {
            list.push(describe());
            u32::try_from(list.len() - 1).unwrap_or(u32::MAX)
        })
    }

    pub(crate) fn name_of(&self, position: u32) -> Option<String> {
        self.lock().list.get(position as usize).map(|resource| resource.name.clone())
    }

    /// All of them.
    pub(crate) fn listed(&self) -> Vec<Resource> {
        self.lock().list.clone()
    }
}
