//! Where the events of claims are noted: in a run of the studio, or in one of the explorer.

use crate::event::EventKind;
use crate::resource::Resource;
use crate::run::Run;
use crate::state::polled_here;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, OnceLock};

/// A run that notes claims.
#[doc(hidden)]
pub trait NotesUses: Send + Sync {
    /// Notes an event about a resource.
    fn note_use(&self, task: u32, what: EventKind);

    /// The position, in the list of the run, of the resource that has this number in the process.
    fn position_of(&self, number: u64, describe: &dyn Fn() -> Resource) -> u32;

    /// A new number for a claim.
    fn next_claim(&self) -> u32;

    /// The task that is polled on this thread, if it is one of the run.
    fn task_here(&self) -> Option<u32>;
}

impl NotesUses for Run {
    /// If the run is stuck, its recording ends with who waits and who holds what. Then all is dropped, which it does not note.
    fn note_use(&self, task: u32, what: EventKind) {
        if self.stalled.get().is_none() {
            self.waits.note(task, &what);
            self.record(task, what);
        }
    }

    fn position_of(&self, number: u64, describe: &dyn Fn() -> Resource) -> u32 {
        self.resources.position_of(number, describe)
    }

    fn next_claim(&self) -> u32 {
        self.next_claim.fetch_add(1, Relaxed)
    }

    fn task_here(&self) -> Option<u32> {
        polled_here().filter(|task| std::ptr::eq(&raw const *task.run, self)).map(|task| task.number())
    }
}

/// What the explorer knows of the task whose turn it is.
#[doc(hidden)]
pub trait Explores: Sync {
    /// The task uses the resource with this name.
    fn touch(&self, name: &str);

    /// The run of the task and its number there, if the run is recorded.
    fn uses(&self) -> Option<(Arc<dyn NotesUses>, u32)>;
}

static EXPLORER: OnceLock<&'static dyn Explores> = OnceLock::new();

/// Lets the explorer know of each use of a resource.
#[doc(hidden)]
pub fn explore_uses(explorer: &'static dyn Explores) {
    let _ = EXPLORER.set(explorer); // once is enough
}

/// The task that runs here is about to use the resource with this name.
pub(super) fn touch(name: &str) {
    if let Some(explorer) = EXPLORER.get() {
        explorer.touch(name);
    }
}

/// Whether a task may be watched here.
pub(super) fn is_watched() -> bool {
    EXPLORER.get().is_some() || polled_here().is_some()
}

/// Where a use by the task that is polled on this thread is noted, and the task's number there. A run in an exploration may be
/// recorded by either.
pub(super) fn here() -> Option<(Arc<dyn NotesUses>, u32)> {
    let task = polled_here();
    let is_recording = task.as_ref().is_some_and(|task| task.run.logs.is_recording());
    let explored = || EXPLORER.get().and_then(|explorer| explorer.uses());
    let watched =
        |task: Arc<crate::state::TaskState>| -> (Arc<dyn NotesUses>, u32) { (task.run.clone(), task.number()) };
    if is_recording { task.map(watched) } else { explored().or_else(|| task.map(watched)) }
}

/// Whether both are the same run.
pub(super) fn is_same(one: &Arc<dyn NotesUses>, other: &Arc<dyn NotesUses>) -> bool {
    std::ptr::addr_eq(Arc::as_ptr(one), Arc::as_ptr(other))
}
