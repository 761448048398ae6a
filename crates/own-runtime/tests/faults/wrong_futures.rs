//! Futures, handles and sleeps that end, leak or panic where they should not.

use crate::named::*;
use futures::future::{AbortHandle, Abortable, Aborted};
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::{Context, Poll};
use std::thread::{self, ThreadId};

/// Aborts the task when it is dropped after a poll.
struct CancelsWhenPolled<T>(Boxed<Result<Result<T, Aborted>, TaskError>>, AbortHandle, bool);

impl<T> Future for CancelsWhenPolled<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.2 = true;
        self.0
            .as_mut()
            .poll(context)
            .map(|result| result.and_then(|result| result.map_err(|Aborted| TaskError::Cancelled)))
    }
}

impl<T> Drop for CancelsWhenPolled<T> {
    fn drop(&mut self) {
        if self.2 {
            self.1.abort();
        }
    }
}

pub(crate) fn cancels_when_polled<F>(future: F) -> Boxed<Result<F::Output, TaskError>>
where
    F: Future<Output: Send> + Send + 'static,
{
    let (cancel, cancelled) = AbortHandle::new_pair();
    Box::pin(CancelsWhenPolled(OwnRuntime::spawn(Abortable::new(future, cancelled)), cancel, false))
}

/// Knows the thread on which it was made.
struct Home<const FAULT: u8>(ThreadId);

impl<const FAULT: u8> Home<FAULT> {
    fn is_elsewhere(&self) -> bool {
        thread::current().id() != self.0
    }
}

impl<const FAULT: u8> Drop for Home<FAULT> {
    fn drop(&mut self) {
        let panics = [HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE, SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE].contains(&FAULT);
        if panics && self.is_elsewhere() {
            resume_unwind(Box::new("dropped elsewhere")); // which prints nothing, unlike `panic!`
        }
    }
}

/// A handle or a sleep that, with some faults, another thread cannot poll or drop.
pub(crate) fn at_home<const FAULT: u8, T: 'static>(future: impl Future<Output = T> + Send + 'static) -> Boxed<T> {
    let mut future = Box::pin(future);
    let home = Home::<FAULT>(thread::current().id());
    Box::pin(poll_fn(move |context| match FAULT {
        HANDLES_NEVER_END_ELSEWHERE if home.is_elsewhere() => Poll::Pending,
        HANDLES_PANIC_ELSEWHERE if home.is_elsewhere() => resume_unwind(Box::new("polled elsewhere")),
        _ => future.as_mut().poll(context),
    }))
}

pub(crate) async fn panics_when_dropped(sleep: impl Future<Output = ()>) {
    let mut guard = Armed(true);
    sleep.await;
    guard.0 = false;
}

struct Armed(bool);

impl Drop for Armed {
    fn drop(&mut self) {
        if self.0 {
            resume_unwind(Box::new("the timer is set"));
        }
    }
}

pub(crate) fn leaks_if_it_panics<F: Future<Output: Send> + Send>(future: F) -> impl Future<Output = F::Output> + Send {
    let mut future = Some(Box::pin(future));
    poll_fn(move |context| {
        let poll = AssertUnwindSafe(|| future.as_mut().expect("it has not ended").as_mut().poll(context));
        catch_unwind(poll).unwrap_or_else(|payload| {
            std::mem::forget(future.take());
            resume_unwind(payload)
        })
    })
}

/// A budget of turns that is never refilled.
pub(crate) fn no_more_turns_than<F: Future + Send>(turns: usize, future: F) -> impl Future<Output = F::Output> + Send {
    let (mut future, mut left) = (Box::pin(future), turns);
    poll_fn(move |context| {
        if left == 0 {
            return Poll::Pending;
        }
        left -= 1;
        future.as_mut().poll(context)
    })
}

/// The task checks at its next turn whether its handle is there.
pub(crate) fn ends_with_its_handle<F>(future: F) -> Boxed<Result<F::Output, TaskError>>
where
    F: Future<Output: Send> + Send + 'static,
{
    let is_wanted = Arc::new(AtomicBool::new(true));
    let (looks, mut future) = (Arc::clone(&is_wanted), Box::pin(future));
    let task = OwnRuntime::spawn(poll_fn(move |context| {
        if looks.load(SeqCst) { future.as_mut().poll(context).map(Some) } else { Poll::Ready(None) }
    }));
    let handle = Handle(is_wanted);
    Box::pin(async move {
        let result = task.await?;
        drop(handle);
        result.ok_or(TaskError::Cancelled)
    })
}

struct Handle(Arc<AtomicBool>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.store(false, SeqCst);
    }
}
