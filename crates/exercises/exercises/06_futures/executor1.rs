// `block_on` runs one future on this thread. It polls; if the future is pending, it parks the thread until the waker is
// called. `park` may also return for no reason, so a flag says whether that has happened.
//
// Most of the time this one works. But a waker may be called at any moment, from any thread, also while the future is
// still being polled: then this `block_on` sleeps forever. It forgets that wake.
//
// Repair it, so that no wake is lost and no poll is made without one.

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
        // TODO: a wake that has come by now is lost.
        sleeper.is_woken.store(false, SeqCst);
        while !sleeper.is_woken.load(SeqCst) {
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
    use std::future::poll_fn;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    /// Pending once; `first_poll` gets the waker.
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
        within_a_second("block_on(a future that wakes itself while it is polled)", || block_on(wakes_itself));
        let is_woken_meanwhile =
            pending_once(|waker| thread::spawn(|| waker.wake()).join().expect("a wake does not fail"));
        within_a_second("block_on(a future that a thread wakes while it is polled)", || block_on(is_woken_meanwhile));

        let (polled, is_polled) = channel();
        let slow_thread = |waker: Waker| {
            thread::spawn(move || {
                // Nothing waits for this time to pass: in it a `block_on` that polls for no reason gives itself away.
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
        assert!(was_woken, "\n\nblock_on polls, though nobody has woken it since the last poll: it does not sleep\n");
    }
}
