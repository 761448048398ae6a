//! Virtual time goes on if nothing can run, and only then.

use super::in_every_order;
use crate::clock::Clock;
use crate::pause::{Timer, VirtualSleep};
use crate::run::Run;
use crate::state::{TaskState, current};
use crate::sync::thread::{self, Thread};
use crate::watch::Watch;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// A runtime of so many threads, under virtual time.
fn run(threads: usize) -> Arc<Run> {
    Arc::new(Run::new(Clock::Virtual, false, threads, false, None))
}

/// Polls a task until its end, on this thread, which runs no other.
fn block_on(task: impl Future<Output = ()>) {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Arc::new(Unpark(thread::current())).into();
    let mut task = pin!(task);
    while task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
        thread::park();
    }
}

/// A watched task, not begun yet. Its panic is passed on.
fn task<F: Future<Output = ()>>(run: &Arc<Run>, future: F) -> impl Future<Output = ()> + use<F> {
    let ended = Arc::new(Mutex::new(None));
    let ending = Arc::clone(&ended);
    let watch = Watch::new(TaskState::new(run, None), future, move |end| *ending.lock().unwrap() = Some(end));
    async move {
        watch.await;
        let end = ended.lock().unwrap().take();
        end.expect("it was not cancelled").unwrap_or_else(|payload| resume_unwind(payload));
    }
}

async fn sleep(seconds: u32) {
    VirtualSleep(Timer::new(seconds * SECOND)).await;
}

/// Fails unless it is that time.
fn expect(seconds: u32) {
    assert_eq!(current("the time was asked for").run.clock.now_ns(), u64::from(seconds) * 1_000_000_000);
}

/// Runs a task on this thread and one on another.
fn together<A, B>(run: &Arc<Run>, here: A, there: B)
where
    A: Future<Output = ()>,
    B: Future<Output = ()> + 'static,
{
    let (here, there) = (task(run, here), task(run, there));
    let other = thread::spawn(move || block_on(there));
    block_on(here);
    other.join().unwrap();
}

#[test]
fn two_sleepers_with_the_same_due_time_both_go_on_then() {
    in_every_order("clock: two sleepers, due at the same time", || {
        let sleeper = async || {
            sleep(1).await;
            expect(1);
        };
        together(&run(2), sleeper(), sleeper());
    });
}
