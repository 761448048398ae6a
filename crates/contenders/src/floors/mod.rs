//! The floors: loops that do a job and nothing else. No handles, no cancellation, no wakers, no caught panics. What a
//! runtime costs above its floor is what it gives for these.

pub(crate) mod blocking;
pub(crate) mod cancels;
pub(crate) mod dries;
#[cfg(feature = "groups")]
pub(crate) mod echo;
pub(crate) mod files;
pub(crate) mod locks;
pub(crate) mod paints;
pub(crate) mod selects;
pub(crate) mod spawns;
pub(crate) mod starts;
pub(crate) mod sync;
pub(crate) mod timeouts;
pub(crate) mod timers;
pub(crate) mod wakes;
pub(crate) mod yields;

use crate::contender::Fault;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};

/// A future on the heap, as a task of a loop that has nothing but a queue.
type BoxedFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Resumes a task; its output if it has ended.
fn poll<T>(future: &mut BoxedFuture<'_, T>) -> Option<T> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Starts all threads, and then joins each.
fn join<O>(threads: impl Iterator<Item = io::Result<JoinHandle<O>>>) -> Result<Vec<O>, Fault> {
    let threads: Vec<_> = threads.collect::<Result<_, _>>()?;
    threads.into_iter().map(|thread| thread.join().map_err(Fault::from_panic)).collect()
}

/// A yield that is only pending once. It calls no waker, because the loop comes round anyway.
#[derive(Debug, Default)]
struct Turn {
    has_yielded: bool,
}

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.has_yielded, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Wakes a thread that is parked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs `future` on this thread and parks while it waits: the smallest executor there is.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// Above this number OS threads are not tried: a system runs out of memory maps far above it.
const MOST_THREADS: usize = 1_000;

/// Why this many threads are not tried; `None` if they are.
pub(crate) fn too_many_threads(threads: usize) -> Option<String> {
    (threads > MOST_THREADS).then(|| format!("more than {MOST_THREADS} OS threads at once are not tried"))
}
