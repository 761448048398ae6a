//! synchrony: the locks of compio's authors, <https://docs.rs/synchrony>. The `unsync` ones cannot leave their thread.

use crate::sync::{Lock, Protected};
use synchrony::unsync::mutex;

/// A mutex without atomics.
pub(super) type Mutex = mutex::Mutex<Protected>;

impl Lock for Mutex {
    type Guard<'a> = mutex::MutexGuard<'a, Protected>;

    fn new(protected: Protected) -> Self {
        Self::new(protected)
    }

    async fn lock(&self) -> Self::Guard<'_> {
        self.lock().await
    }
}
