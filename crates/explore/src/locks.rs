//! The studio's locks, channels and signals in an exploration: each use is noted, for the search and for a recording.

use crate::run::with_run;
use crate::shared::touch;
use paintdry_studio::sync::{Explores, NotesUses, explore_uses};
use std::sync::Arc;

struct Explored;

impl Explores for Explored {
    fn touch(&self, name: &str) {
        touch(name);
        self.uses();
    }

    fn uses(&self) -> Option<(Arc<dyn NotesUses>, u32)> {
        with_run(|run| {
            let recorder = run.recorder.as_mut()?;
            let (task, is_over) = (recorder.position(run.current), run.stop.is_some());
            recorder.uses.turn_of(task, is_over);
            let uses: Arc<dyn NotesUses> = Arc::clone(&recorder.uses) as _;
            (!is_over).then_some((uses, task))
        })
        .flatten()
    }
}

/// Call this before the first run.
pub(crate) fn hear_uses() {
    explore_uses(&Explored);
}
