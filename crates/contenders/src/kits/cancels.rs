//! For passes that cancel: tasks that wait for ever, and a latch that knows when all wait and when all have been dropped.

use crate::contender::{Fault, Pass};
use crate::tally::Tally;
use futures::future::join_all;
use futures::task::AtomicWaker;
use std::future::{Ready, poll_fn, ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::AcqRel, Ordering::Acquire};
use std::task::{Context, Poll};
use std::time::Instant;

/// Counts the tasks that wait, and then those that have been dropped. The last of each wakes the main future.
#[derive(Debug, Default)]
pub(crate) struct Latch {
    tasks: usize,
    waiting: AtomicUsize,
    dropped: AtomicUsize,
    main: AtomicWaker,
}

impl Latch {
    fn count(&self, counter: &AtomicUsize) {
        if counter.fetch_add(1, AcqRel) + 1 == self.tasks {
            self.main.wake();
        }
    }

    async fn all(&self, counter: &AtomicUsize) {
        poll_fn(|context| {
            self.main.register(context.waker());
            if counter.load(Acquire) == self.tasks { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

/// A task that waits for ever. What it costs to count is the same on every runtime: two additions.
#[derive(Debug)]
pub(crate) struct Waits<T: Tally> {
    latch: Arc<Latch>,
    is_waiting: bool,
    tally: PhantomData<fn() -> T>,
}

impl<T: Tally> Future for Waits<T> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if !std::mem::replace(&mut self.is_waiting, true) {
            self.latch.count(&self.latch.waiting);
        }
        Poll::Pending
    }
}

impl<T: Tally> Drop for Waits<T> {
    fn drop(&mut self) {
        T::cancelled(u64::from(self.is_waiting));
        self.latch.count(&self.latch.dropped);
    }
}

/// Spawns the tasks, waits until all of them wait, and then times `cancel`, which cancels and joins them. The clock is read when
/// the last destructor has run, which for some runtimes is after the join.
pub(crate) async fn pass<T: Tally, H>(
    tasks: usize,
    spawn: impl Fn(Waits<T>) -> Result<H, Fault>,
    cancel: impl AsyncFnOnce(Vec<H>) -> Result<(), Fault>,
) -> Result<Pass, Fault> {
    let latch = Arc::new(Latch { tasks, ..Latch::default() });
    let mut handles = Vec::with_capacity(tasks);
    for _ in 0..tasks {
        T::spawned(1);
        handles.push(spawn(Waits { latch: Arc::clone(&latch), is_waiting: false, tally: PhantomData })?);
    }
    latch.all(&latch.waiting).await;
    let start = Instant::now();
    cancel(handles).await?;
    latch.all(&latch.dropped).await;
    let time = start.elapsed();
    Ok(Pass::new(time, latch.dropped.load(Acquire) as u64))
}

/// Cancels by dropping all handles, without a join.
pub(crate) fn drop_all<H>(handles: Vec<H>) -> Ready<Result<(), Fault>> {
    drop(handles);
    ready(Ok(()))
}

/// Polls the futures that cancel and join a task each, all side by side.
pub(crate) async fn join_cancelled(cancels: impl Iterator<Item: Future<Output = Option<()>>>) -> Result<(), Fault> {
    join_all(cancels).await.into_iter().try_for_each(no_output)
}

/// What a join gives after a cancel must not be an output.
pub(crate) fn no_output(output: Option<()>) -> Result<(), Fault> {
    match output {
        None => Ok(()),
        Some(()) => Err(Fault::Failed("a task that waits for ever has ended".to_owned())),
    }
}
