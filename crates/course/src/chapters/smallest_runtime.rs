//! Chapter 6: the smallest runtime, first without a waker, and then with one.

use super::futures::{Bell, Forgetful, Listening};
use crate::{milliseconds, say, seconds, sleep, sleep_blocking, spawn, spawn_thread, work};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

/// Runs one future on this thread: polls it again and again until it is ready.
pub fn block_on_spinning<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Wakes by unparking a thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs one future on this thread. Between two polls the thread sleeps until the waker is called.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        thread::park();
    }
}

/// What a poll costs in the two programs below, so that virtual time passes while a thread polls.
pub const POLL: Duration = milliseconds(30);

/// The bell rings after a second. The thread asks for it all the time.
pub fn spinning_morning() {
    let bell = Bell::default();
    let ringer = spawn_thread("ringer", {
        let bell = bell.clone();
        move || {
            sleep_blocking(seconds(1));
            bell.ring();
        }
    });
    block_on_spinning(at_a_cost(Forgetful(bell)));
    say("is awake");
    ringer.join().expect("ringing does not fail");
}

/// The same morning, with a waker.
pub async fn quiet_morning() {
    let bell = Bell::default();
    let sleeper = spawn("sleeper", {
        let listening = Listening(bell.clone());
        async {
            at_a_cost(listening).await;
            say("is awake");
        }
    });
    sleep(seconds(1)).await;
    bell.ring();
    sleeper.await.expect("waking up does not fail");
}

/// The same future, but each poll takes [`POLL`].
fn at_a_cost(mut future: impl Future<Output = ()> + Unpin) -> impl Future<Output = ()> {
    poll_fn(move |context| {
        work(POLL);
        say("polls");
        Pin::new(&mut future).poll(context)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{watch, watch_blocking};

    #[test]
    fn without_a_waker_the_thread_polls_all_the_time() {
        let spinning = watch_blocking("spinning", spinning_morning);
        let polls = spinning.times_of("main: polls").len();
        spinning.assert(polls == 34, "33 polls in 990 ms find nothing, and the next one is ready");
        spinning.assert_took(milliseconds(1020), "each poll takes 30 ms");
    }

    #[test]
    fn with_a_waker_two_polls_are_enough() {
        let quiet = watch("quiet", quiet_morning());
        let polls = quiet.times_of("sleeper: polls").len();
        quiet.assert(polls == 2, "one finds nothing, and the bell wakes the task for the other");
        quiet.assert_took(milliseconds(1030), "the second poll begins when the bell rings");
    }

    #[test]
    fn both_return_what_the_future_returns() {
        assert_eq!(block_on_spinning(async { 6 * 7 }), 42);
        assert_eq!(block_on(async { 6 * 7 }), 42);
    }

    #[test]
    fn block_on_sleeps_until_another_thread_wakes_it() {
        let bell = Bell::default();
        let ringer = thread::spawn({
            let bell = bell.clone();
            move || bell.ring()
        });
        block_on(Listening(bell));
        ringer.join().expect("ringing does not fail");
    }

    #[test]
    fn a_wake_during_the_poll_is_not_lost() {
        block_on(async {
            let mut has_yielded = false;
            poll_fn(|context| {
                if has_yielded {
                    return Poll::Ready(());
                }
                has_yielded = true;
                context.waker().wake_by_ref();
                Poll::Pending
            })
            .await;
        });
    }
}
