//! What threads share: std's types, and in the models, which try every interleaving, loom's.

use std::sync::PoisonError;

#[cfg(all(test, paintdry_loom))]
pub(crate) use of_loom::*;
#[cfg(not(all(test, paintdry_loom)))]
pub(crate) use of_std::*;

/// A lock is never held while user code runs, so a panic cannot leave anything half done.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(not(all(test, paintdry_loom)))]
mod of_std {
    use std::task::Wake;
    pub(crate) use std::{
        sync::atomic::{AtomicBool, AtomicU64, AtomicUsize},
        sync::{Arc, Mutex, MutexGuard},
        task::Waker,
        thread::{Thread, current, park_timeout},
    };

    /// A waker, which is a clone of this.
    #[inline]
    pub(crate) fn waker<W: Wake + Send + Sync + 'static>(wake: &Arc<W>) -> Waker {
        Waker::from(Arc::clone(wake))
    }
}

#[cfg(all(test, paintdry_loom))]
mod of_loom {
    pub(crate) use loom::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
    pub(crate) use loom::sync::{Arc, Mutex, MutexGuard, Notify};
    use std::task::Wake;
    pub(crate) use std::task::Waker;
    use std::time::Duration;

    loom::thread_local! {
        static CURRENT: Thread = Thread(Arc::new(Notify::new()));
    }

    /// A thread that can be parked. loom's own loses an `unpark` that comes while the thread waits for a lock.
    #[derive(Clone)]
    pub(crate) struct Thread(Arc<Notify>);

    impl Thread {
        pub(crate) fn unpark(&self) {
            self.0.notify();
        }
    }

    pub(crate) fn current() -> Thread {
        CURRENT.with(Clone::clone)
    }

    /// Without the time: a park that lasts too long is a deadlock, and loom says so.
    pub(crate) fn park_timeout(_: Duration) {
        current().0.wait();
    }

    /// A waker that only counts as one. loom cannot see into std's `Arc`, which a `Waker` must have, so a model clones `wake`
    /// wherever the loop clones the waker.
    pub(crate) fn waker<W: Send + Sync + 'static>(wake: &Arc<W>) -> Waker {
        struct Counted<W>(#[expect(dead_code, reason = "it is there to be counted")] Arc<W>);
        impl<W> Wake for Counted<W> {
            fn wake(self: std::sync::Arc<Self>) {
                unreachable!("models wake by what the waker is made of");
            }
        }
        Waker::from(std::sync::Arc::new(Counted(Arc::clone(wake))))
    }
}
