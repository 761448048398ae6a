// Chapter 6, about 20 minutes: write a `block_on` that loses no wake.
// docs/06-futures-and-wakers.md
//
// `block_on` runs one future on this thread. It polls the future. If the future is pending, it parks the thread until the
// waker is called. Because `park` may return for no reason, a flag says whether the waker was called.
//
// Most of the time this one works. But any thread may call the waker at any moment, also while the future is still being
// polled. This `block_on` forgets such a wake, and sleeps for ever.
//
// Repair it: a wake must never be lost, and after the first poll, each poll should have a wake as its reason.
//
// `Wake` is the trait of a type that can be a waker. An `AtomicBool` is a `bool` that threads can share: `load` reads it, `store`
// sets it, and `swap` does both in one step. The last argument of each is an order of memory: take `SeqCst`, the strictest.
// `within_a_second` ends a program that hangs.

use paintdry_course::within_a_second;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Sleeper {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.is_woken.store(true, SeqCst);
        self.thread.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let sleeper = Arc::new(Sleeper { thread: thread::current(), is_woken: AtomicBool::new(false) });
    let waker = Waker::from(Arc::clone(&sleeper));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(result) = future.as_mut().poll(&mut context) {
            return result;
        }
        // Changed: the flag means "woken since the last poll began". It is cleared only when the loop sees that it is set,
        // in the same step, and then the next poll answers the wake. After a wake during the poll, the thread does not park.
        while !sleeper.is_woken.swap(false, SeqCst) {
            thread::park();
        }
    }
}

fn main() {
    println!("{}", within_a_second("executor1", || block_on(async { "the sky is dry" })));
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::check;
    use std::future::poll_fn;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Pending once. Its first poll gives the waker to `first_poll`.
    async fn pending_once(first_poll: impl FnOnce(Waker)) {
        let mut first_poll = Some(first_poll);
        poll_fn(|context| match first_poll.take() {
            Some(first_poll) => {
                first_poll(context.waker().clone());
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
    }

    #[test]
    fn it_polls_when_it_is_woken_and_only_then() {
        let wakes_itself = pending_once(Waker::wake);
        within_a_second("block_on(a future that wakes itself during its poll)", || block_on(wakes_itself));
        let is_woken_meanwhile =
            pending_once(|waker| thread::spawn(|| waker.wake()).join().expect("a wake does not fail"));
        within_a_second("block_on(a future that a thread wakes during its poll)", || block_on(is_woken_meanwhile));

        let (polled, is_polled) = channel();
        let slow_thread = |waker: Waker| {
            thread::spawn(move || {
                // In these 20 ms nothing wakes the future, so a `block_on` that polls it now has no reason to.
                if is_polled.recv_timeout(Duration::from_millis(20)).is_err() {
                    drop(is_polled);
                    waker.wake();
                }
            });
        };
        let twice_pending = async {
            pending_once(Waker::wake).await; // so that one wake has been used up
            pending_once(slow_thread).await;
            polled.send(()).is_err() // because the thread has stopped listening, and then sent the wake
        };
        let was_woken = within_a_second("block_on(a future that a slow thread wakes)", || block_on(twice_pending));
        check(
            was_woken,
            "executor1: block_on polls again although nothing has called the waker since the last poll. When is the flag cleared?",
        );
    }
}
