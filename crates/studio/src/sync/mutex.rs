//! A lock that is watched.

use super::identity::Identity;
use super::semaphore::{Permit, Semaphore};
use crate::resource::ResourceKind;
use async_lock::MutexGuardArc;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// [`async_lock::Mutex`], watched: one task at a time can use the value. A clone is the same lock.
///
/// ```
/// use paintdry_core::{Runtime, gather, name_task};
/// use paintdry_studio::{Clock, EventKind, Studio, sync::Mutex};
/// use paintdry_tokio::CurrentThread;
///
/// type Watched = Studio<CurrentThread>;
///
/// let watched = Watched::new(Clock::Virtual).recording().run(async {
///     let blue = Mutex::new("blue", 0);
///     let painters = ["ada", "bob"].map(|name| {
///         let blue = blue.clone();
///         async move {
///             name_task(name);
///             let mut strokes = blue.lock().await;
///             Watched::yield_now().await;
///             *strokes += 1;
///         }
///     });
///     gather::<Watched, _>(painters).await;
///     *blue.lock().await
/// });
/// assert_eq!(watched.result?, 2);
/// assert_eq!(watched.resources[0].name, "blue");
/// let waits = watched.events.iter().find(|event| matches!(event.what, EventKind::Wait { .. }));
/// assert_eq!(watched.tasks[waits.unwrap().task as usize], "bob");
/// # Ok::<(), paintdry_studio::Stalled>(())
/// ```
pub struct Mutex<T> {
    value: Arc<async_lock::Mutex<T>>,
    /// Tasks wait here. The waits of `value` itself go by the machine's clock: a task that has waited for half a millisecond goes
    /// first, so the same schedule could go two ways.
    gate: Semaphore,
}

impl<T> Mutex<T> {
    /// A lock with this name around `value`.
    #[must_use]
    pub fn new(name: &str, value: T) -> Self {
        let gate = Semaphore::of(Identity::new(ResourceKind::Mutex, name, Some(1)), 1);
        Self { value: Arc::new(async_lock::Mutex::new(value)), gate }
    }

    /// Waits until no task holds the lock, and takes it. If the future is dropped before that, it has not taken the lock.
    ///
    /// The lock is not fair: when it is given back, the task that has waited longest is notified, but another task may take the
    /// lock before that one is polled. A task that locks it twice waits for itself.
    ///
    /// # Panics
    /// Never: who has passed the gate finds the value free.
    pub async fn lock(&self) -> MutexGuard<T> {
        let permit = self.gate.acquire().await;
        self.guard(permit).expect("only the task that has the permit uses the value")
    }

    /// Takes the lock, if no task holds it.
    #[must_use = "the lock is given back at once if the guard is dropped"]
    pub fn try_lock(&self) -> Option<MutexGuard<T>> {
        self.guard(self.gate.try_acquire()?)
    }

    fn guard(&self, permit: Permit) -> Option<MutexGuard<T>> {
        Some(MutexGuard { value: self.value.try_lock_arc()?, _permit: permit })
    }
}

impl<T> Clone for Mutex<T> {
    fn clone(&self) -> Self {
        Self { value: Arc::clone(&self.value), gate: self.gate.clone() }
    }
}

/// As `Mutex("blue")`.
impl<T> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.gate.fmt(f)
    }
}

/// The value of a [`Mutex`]. The lock is given back when this is dropped, by any task and on any thread.
#[must_use = "the lock is given back at once if the guard is dropped"]
pub struct MutexGuard<T> {
    /// The first field: the value is free before another task passes the gate.
    value: MutexGuardArc<T>,
    _permit: Permit,
}

impl<T> Deref for MutexGuard<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for MutexGuard<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for MutexGuard<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
