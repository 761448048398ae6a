// Chapter 8, about 10 minutes: give a runtime its yield, so that other tasks can run.
// docs/08-three-runtimes.md
//
// A runtime consists of parts: an executor that polls tasks, timers that wake them, and small futures such as a yield. The
// executor here is the one that you know from executor1 and executor2. In this exercise and the next two you make it a runtime
// behind the trait `Runtime` of chapter 8, one item at a time.
//
// The yield is missing. The trait says: "Gives up the caller's turn. On one thread every other ready task runs before the
// caller runs again." Here the yield is over at once, and no other task runs.
//
// The test is the conformance suite, which every runtime of this repository passes. It tries each sentence of the trait.
// Its message quotes the promise that is broken, and says what happened. The text of the trait is in
// `crates/core/src/runtime.rs`. The suite runs in real time.
//
// `remote_handle` splits a future in two: a task, which any executor can poll, and a handle, which is a future of the result.
// `catch_unwind` turns a panic of the task into an error, a `TaskError`. `BoxFuture` is a future in a pinned box.

use futures::future::{BoxFuture, FutureExt};
use paintdry_core::{Runtime, TaskError};
use std::cell::RefCell;
use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

impl Runtime for Workshop {
    const NAME: &'static str = "workshop";

    const CANCELS_ON_DROP: bool = true;

    type Task<T: Send + 'static> = BoxFuture<'static, Result<T, TaskError>>;

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        smol::Timer::after(duration).map(drop)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        // Changed: pending once. It calls its own waker first, so the task is at the end of the queue when the others run. This
        // needs nothing of the executor but a waker, so `smol::future::yield_now`, which does the same, works here too.
        let mut has_yielded = false;
        poll_fn(move |context| {
            if has_yielded {
                return Poll::Ready(());
            }
            has_yielded = true;
            context.waker().wake_by_ref();
            Poll::Pending
        })
    }

    // You need not change anything below this line.

    fn start() -> Self {
        let (queue, ready) = channel();
        Self { queue, ready }
    }

    fn threads(&self) -> usize {
        1
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let (task, handle) = future.remote_handle();
        QUEUE.with_borrow(|queue| add(Some(task.boxed()), queue.as_ref().expect("the workshop runs on this thread")));
        AssertUnwindSafe(handle).catch_unwind().map(|ended| ended.map_err(TaskError::from_panic)).boxed()
    }

    fn run_until_complete<F: Future>(&self, main_future: F) -> F::Output {
        QUEUE.set(Some(self.queue.clone()));
        let main_task = add(None, &self.queue);
        let mut main_future = pin!(main_future);
        loop {
            let task = self.ready.recv().expect("the workshop itself keeps a sender"); // parks while the queue is empty
            task.is_queued.store(false, SeqCst);
            let waker = Waker::from(Arc::clone(&task));
            let mut context = Context::from_waker(&waker);
            let future = task.future.lock().unwrap().take();
            if let Some(mut future) = future {
                if future.as_mut().poll(&mut context).is_pending() {
                    *task.future.lock().unwrap() = Some(future);
                }
                continue;
            }
            if !Arc::ptr_eq(&task, &main_task) {
                continue; // a task that has ended was woken again
            }
            if let Poll::Ready(output) = main_future.as_mut().poll(&mut context) {
                return output;
            }
        }
    }
}

/// Runs tasks on one thread. The ready queue is a channel, so that a waker can send its task from any thread.
struct Workshop {
    queue: Sender<Arc<Task>>,
    ready: Receiver<Arc<Task>>,
}

struct Task {
    future: Mutex<Option<BoxFuture<'static, ()>>>, // `None` during a poll, at the end, and for the main task
    queue: Sender<Arc<Task>>,
    is_queued: AtomicBool,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, SeqCst) {
            let _ = self.queue.send(Arc::clone(&self)); // fails if the workshop is gone
        }
    }
}

thread_local! {
    /// The queue of the workshop that runs on this thread. `spawn` has no `self`, and finds the queue here.
    static QUEUE: RefCell<Option<Sender<Arc<Task>>>> = const { RefCell::new(None) };
}

/// Adds a task to the queue. The main task has no future of its own.
fn add(future: Option<BoxFuture<'static, ()>>, queue: &Sender<Arc<Task>>) -> Arc<Task> {
    let (future, queue) = (Mutex::new(future), queue.clone());
    let task = Arc::new(Task { future, queue, is_queued: AtomicBool::new(false) });
    Arc::clone(&task).wake();
    task
}

fn main() {
    Workshop::start().run_until_complete(async {
        let other = Workshop::spawn(async { println!("another task runs") });
        println!("painted");
        Workshop::yield_now().await;
        Workshop::sleep(Duration::from_millis(200)).await; // in real time
        println!("dry, a fifth of a second later");
        drop(other);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::check;

    #[test]
    fn the_workshop_keeps_the_promises_of_the_trait() {
        let broken = paintdry_conformance::broken_promises::<Workshop>(Duration::from_secs(3));
        // One missing item breaks several promises. This one is about the item itself.
        let item = broken.iter().find(|broken| broken.trait_says.starts_with("Gives up the caller's turn"));
        let shown = item.or(broken.first()).map_or_else(String::new, ToString::to_string);
        let count = broken.len();
        let sentence =
            format!("runtime1: the workshop breaks {count} of the trait's promises. One of them:\n\n{shown}");
        check(broken.is_empty(), &sentence);
    }
}
