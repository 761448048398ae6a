//! What tasks share, noted: a value, or anything else by its name.

use crate::hashes::Object;
use crate::run::{note_read, note_use, note_write, with_run};
use crate::text::{NAME, bounded};
use paintdry_core::note;
use std::fmt::{self, Debug};
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::task::{Context, Poll};

/// A value that tasks share. A clone is the same value. Each read and each change is noted. The notes show which orders are
/// equal, and which task saw what before a failure.
///
/// Outside an exploration it is a value behind a lock, and nothing more.
///
/// ```
/// use paintdry_explore::Shared;
///
/// let strokes = Shared::new("strokes", 1);
/// strokes.clone().set(2);
/// assert_eq!(strokes.get(), 2);
/// ```
pub struct Shared<T> {
    inner: Arc<Inner<T>>,
}

struct Inner<T> {
    name: String,
    value: Mutex<T>,
    object: Object,
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

/// Its name and its value. This counts as a read.
impl<T: Debug> Debug for Shared<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        note_read(&self.inner.object);
        write!(f, "{} ", self.inner.name)?;
        match self.inner.value.try_lock() {
            Ok(value) => value.fmt(f),
            Err(TryLockError::Poisoned(value)) => value.into_inner().fmt(f),
            Err(TryLockError::WouldBlock) => write!(f, "(being changed)"),
        }
    }
}

impl<T: Debug> Shared<T> {
    /// A value with this name.
    pub fn new(name: &str, value: T) -> Self {
        let inner = Inner { name: name.to_owned(), value: Mutex::new(value), object: Object::default() };
        Self { inner: Arc::new(inner) }
    }

    /// A waker has a destructor, so a value without one holds none.
    const MAY_HOLD_WAKERS: bool = mem::needs_drop::<T>();

    fn note_change(&self) {
        let note_write = if Self::MAY_HOLD_WAKERS { note_use } else { note_write };
        note_write(&self.inner.object);
    }

    /// Outside an exploration another thread may hold the lock. In one there is one thread, which would wait for itself.
    fn lock(&self) -> MutexGuard<'_, T> {
        match self.inner.value.try_lock() {
            Ok(value) => value,
            Err(TryLockError::Poisoned(value)) => value.into_inner(),
            Err(TryLockError::WouldBlock) if with_run(|_| ()).is_some() => panic!(
                "`{}` is used while it is changed or displayed: use the value that `change` hands out",
                bounded(&self.inner.name, NAME)
            ),
            Err(TryLockError::WouldBlock) => self.inner.value.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// A copy of the value.
    #[track_caller]
    pub fn get(&self) -> T
    where
        T: Clone,
    {
        let note_read = if Self::MAY_HOLD_WAKERS { note_use } else { note_read };
        note_read(&self.inner.object);
        let value = self.lock().clone();
        note(format_args!("sees {} {value:?}", self.inner.name));
        value
    }

    /// Sets another value.
    #[track_caller]
    pub fn set(&self, value: T) {
        self.note_change();
        note(format_args!("sets {} to {value:?}", self.inner.name));
        let before = mem::replace(&mut *self.lock(), value);
        drop(before); // after the lock is released: its destructor may read the new value
    }

    /// Reads and changes the value, in one turn.
    ///
    /// # Panics
    /// In an exploration, if `change` uses this `Shared` again: the value is locked while `change` runs. (Outside an exploration it
    /// may wait for ever.)
    #[track_caller]
    pub fn change<R>(&self, change: impl FnOnce(&mut T) -> R) -> R {
        self.note_change();
        let result = change(&mut self.lock());
        note(format_args!("changes {} to {:?}", self.inner.name, self.lock()));
        result
    }
}

/// Notes that the task whose turn it is uses the object with this name: a channel, a promise, a file. Call it
/// before each read and each change of a shared object that is not a [`Shared`].
pub fn touch(name: &str) {
    with_run(|run| {
        let task = run.current;
        if let Some((hashes, _)) = &mut run.seen {
            hashes.used_by_name(task, name);
        }
    });
}

/// `future`, with a [`touch`] of `name` before each poll: for awaiting a shared object.
pub fn touching<F: Future>(name: &str, future: F) -> Touching<F> {
    Touching { name: name.to_owned(), future: Box::pin(future) }
}

/// The future of [`touching`].
#[derive(Debug)]
#[must_use = "it does nothing until it is awaited"]
pub struct Touching<F> {
    name: String,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for Touching<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        touch(&self.name);
        self.future.as_mut().poll(context)
    }
}
