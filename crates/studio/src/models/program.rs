//! What the models of the clock and of the watchdog run: tasks on threads of their own, in the place of a runtime.

use crate::pause::{Timer, VirtualSleep};
use crate::primitives::AtomicBool;
use crate::primitives::thread::{self, Thread};
use crate::run::Run;
use crate::state::{TaskState, current};
use crate::watch::Watch;
use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

pub(super) const SECOND: Duration = Duration::from_secs(1);

pub(super) struct Unpark {
    thread: Thread,
    pub(super) is_woken: AtomicBool,
}

impl Unpark {
    /// For a task that is to be polled on this thread.
    pub(super) fn this_thread() -> Self {
        Self { thread: thread::current(), is_woken: AtomicBool::new(true) }
    }
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.is_woken.swap(true, SeqCst); // loom lets a plain store come before a swap that has not seen it
        self.thread.unpark();
    }
}

/// Polls a task until its end, on this thread, which runs no other.
pub(super) fn block_on(task: impl Future<Output = ()>) {
    let waker = Arc::new(Unpark::this_thread()).into();
    let mut task = pin!(task);
    while task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
        thread::park();
    }
}

/// A watched task, not begun yet. Its panic is passed on.
pub(super) fn task<F: Future<Output = ()>>(run: &Arc<Run>, future: F) -> impl Future<Output = ()> + use<F> {
    let ended = Arc::new(Mutex::new(None));
    let ending = Arc::clone(&ended);
    let watch = Watch::new(TaskState::new(run, None), future, move |end| *ending.lock().unwrap() = Some(end));
    async move {
        watch.await;
        let end = ended.lock().unwrap().take();
        end.expect("it was not cancelled").unwrap_or_else(|payload| resume_unwind(payload));
    }
}

pub(super) async fn sleep(seconds: u32) {
    VirtualSleep(Timer::new(seconds * SECOND)).await;
}

/// Fails unless it is that time.
pub(super) fn expect(seconds: u32) {
    assert_eq!(current("the time was asked for").run.clock.now_ns(), u64::from(seconds) * 1_000_000_000);
}

/// Runs a task on this thread and one on another.
pub(super) fn together<A, B>(run: &Arc<Run>, here: A, there: B)
where
    A: Future<Output = ()>,
    B: Future<Output = ()> + 'static,
{
    let (here, there) = (task(run, here), task(run, there));
    let other = thread::spawn(move || block_on(there));
    block_on(here);
    other.join().unwrap();
}

/// Something that one task waits for and another lets happen.
#[derive(Default)]
pub(super) struct Signal(crate::primitives::Mutex<(bool, Option<Waker>)>);

impl Signal {
    pub(super) fn send(&self) {
        let mut signal = self.0.lock().unwrap();
        signal.0 = true;
        let waker = signal.1.take();
        drop(signal);
        waker.into_iter().for_each(Waker::wake);
    }

    pub(super) fn poll(&self, context: &Context<'_>) -> Poll<()> {
        let mut signal = self.0.lock().unwrap();
        signal.1 = Some(context.waker().clone());
        if signal.0 { Poll::Ready(()) } else { Poll::Pending }
    }

    pub(super) async fn wait(&self) {
        poll_fn(|context| self.poll(context)).await;
    }
}
