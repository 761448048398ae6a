//! The loop behind core's trait, beside the other runtimes.

use crate::asyncio::unrolled::unrolled;
use crate::panics::{contain, drop_ended};
use crate::shared::with_current;
use crate::task::Coroutine;
use crate::{EventLoop, GeneratorState, Request, sleep, yield_now};
use paintdry_core::{Runtime, TaskError};
use std::fmt;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

impl Runtime for EventLoop {
    const NAME: &'static str = "generator";

    const CANCELS_ON_DROP: bool = false;

    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        Self::new()
    }

    fn threads(&self) -> usize {
        1
    }

    /// # Panics
    /// If `future` panics, and with the message of the [`Error`](crate::Error) if the loop is stuck, closed or running.
    /// The trait's handles can move to other threads and so keep wakers. The loop therefore learns only when its
    /// [patience](EventLoop::with_patience) ends that nothing will call them.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        match EventLoop::run_until_complete(self, future) {
            Ok(output) => output,
            Err(error) => panic!("{error}"),
        }
    }

    /// # Panics
    /// If no event loop runs on this thread.
    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let reply = Arc::new(Mutex::new(Reply::Owed(None)));
        let sender = Sender { reply: Arc::clone(&reply) };
        let task = Spawned { future: Some(future), sender };
        with_current("a task is spawned", |running| running.spawn(task, false));
        Task { reply, drop_reply: |reply| unrolled(move || drop(reply)) }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        yield_now()
    }
}

/// A result on its way from the task to its handle, which may be on another thread: the loop's own future of the task
/// could not leave this one.
enum Reply<T> {
    /// The handle is polled with this waker.
    Owed(Option<Waker>),
    There(Result<T, TaskError>),
    Taken,
}

struct Sender<T> {
    reply: Arc<Mutex<Reply<T>>>,
}

impl<T> Sender<T> {
    /// Sends the result, unless one has been sent.
    fn send(&self, result: Result<T, TaskError>) {
        let mut reply = lock(&self.reply);
        if let Reply::Owed(waker) = &mut *reply {
            let waker = waker.take();
            *reply = Reply::There(result);
            drop(reply);
            if let Some(waker) = waker {
                contain(|| waker.wake()); // after the lock is released
            }
        }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.send(Err(TaskError::Cancelled));
    }
}

fn lock<T>(reply: &Mutex<Reply<T>>) -> std::sync::MutexGuard<'_, Reply<T>> {
    reply.lock().unwrap_or_else(PoisonError::into_inner)
}

pin_project_lite::pin_project! {
    /// A task that sends its result when its future has been dropped.
    struct Spawned<F: Future> {
        #[pin]
        future: Option<F>,
        sender: Sender<F::Output>,
    }
}

impl<F: Future> Coroutine for Spawned<F> {
    type Return = ();

    #[inline]
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<()> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else { return GeneratorState::Complete(()) };
        match future.poll(context) {
            Poll::Pending => GeneratorState::Yielded(Request::Wait),
            Poll::Ready(value) => {
                let value = drop_ended(Ok(value), || this.future.set(None));
                this.sender.send(Ok(value));
                GeneratorState::Complete(())
            }
        }
    }

    fn panicked(self: Pin<&mut Self>, message: &str) {
        let mut this = self.project();
        contain(|| this.future.set(None));
        this.sender.send(Err(TaskError::Panicked(message.to_owned())));
    }
}

/// A future of a task's result that may move to another thread. Dropping it detaches the task, which keeps running.
pub struct Task<T> {
    reply: Arc<Mutex<Reply<T>>>,
    /// Drops a result. It is made at the spawn, where `T` is known to be `'static`.
    drop_reply: fn(Reply<T>),
}

impl<T> Future for Task<T> {
    type Output = Result<T, TaskError>;

    /// Polled again after it has returned the result, it returns [`TaskError::Cancelled`].
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let is_owed = matches!(*lock(&self.reply), Reply::Owed(_));
        let own = is_owed.then(|| context.waker().clone()); // while nothing is locked, because a waker is foreign code
        let mut reply = lock(&self.reply);
        if let Reply::Owed(waker) = &mut *reply {
            let before = mem::replace(waker, own);
            drop(reply);
            drop(before);
            return Poll::Pending;
        }
        let reply = mem::replace(&mut *reply, Reply::Taken);
        Poll::Ready(if let Reply::There(result) = reply { result } else { Err(TaskError::Cancelled) })
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        let reply = mem::replace(&mut *lock(&self.reply), Reply::Taken);
        if matches!(reply, Reply::There(_)) {
            (self.drop_reply)(reply); // it may hold another handle, and so on
        }
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task").field("done", &!matches!(*lock(&self.reply), Reply::Owed(_))).finish_non_exhaustive()
    }
}
