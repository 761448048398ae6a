//! The sleep of a watched task: the runtime's own, or in virtual time a timer of the run.

use crate::event::EventKind;
use crate::primitives::AtomicBool;
use crate::state::{TaskState, current, polled_here};
use crate::timers::{NEVER, Sleeper, TimerKey, firing};
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// A timer that a task sets when its sleep is first polled.
pub(crate) struct Timer {
    task: Arc<TaskState>,
    key: TimerKey,
    is_set: bool,
}

impl Timer {
    /// A timer of the task that is polled on this thread. It counts from now.
    pub(crate) fn new(duration: Duration) -> Self {
        let task = current("a sleep was made");
        let key = task.run.timer_in(duration);
        Self { task, key, is_set: false }
    }

    /// A timer that holds a thread. In virtual time even the longest comes to its end: a thread cannot be given up as a task
    /// can.
    pub(crate) fn of_a_thread(duration: Duration) -> Self {
        let mut timer = Self::new(duration);
        if timer.is_virtual() {
            timer.key.0 = timer.key.0.min(NEVER - 1);
        }
        timer
    }

    pub(crate) fn is_virtual(&self) -> bool {
        self.task.run.clock.is_virtual()
    }

    /// What is left of it, if it is polled by a task of another run, in which its own run's time means nothing.
    fn rest_elsewhere(&self) -> Option<Duration> {
        polled_here().filter(|task| !Arc::ptr_eq(&task.run, &self.task.run))?;
        let rest = Duration::from_nanos(self.key.0.saturating_sub(self.task.run.clock.now_ns()));
        Some(if self.key.0 == NEVER { Duration::MAX } else { rest })
    }

    pub(crate) fn key(&self) -> TimerKey {
        self.key
    }

    pub(crate) fn record_fired(&self) {
        self.task.record(EventKind::Fire { timer: self.key.1 });
    }

    fn is_due(&self) -> bool {
        self.key.0 <= self.task.run.clock.now_ns()
    }

    /// Notes, once, that it is set. It belongs to the task that polls it.
    pub(crate) fn set(&mut self) {
        if !self.is_set {
            self.is_set = true;
            if let Some(task) = polled_here().filter(|task| Arc::ptr_eq(&task.run, &self.task.run)) {
                self.task = task;
            }
            let (due_ns, timer) = self.key;
            self.task.record(EventKind::Timer { timer, due_ns });
        }
    }
}

pin_project! {
    /// A sleep in the time of the run. The rest of one that is carried into another run passes in the time of that run.
    pub(crate) struct Sleeping<S, M> {
        #[pin]
        kind: Kind<S>,
        make: M,
    }
}

pin_project! {
    #[project = Projected]
    enum Kind<S> {
        Virtual { #[pin] sleep: VirtualSleep },
        Real { #[pin] sleep: RealSleep<S> },
    }
}

impl<S> Kind<S> {
    fn new(duration: Duration, make: impl Fn(Duration) -> S) -> Self {
        let timer = Timer::new(duration);
        if timer.is_virtual() {
            Self::Virtual { sleep: VirtualSleep(timer) }
        } else {
            Self::Real { sleep: RealSleep::new(make(duration), timer) }
        }
    }

    fn timer(&self) -> &Timer {
        match self {
            Self::Virtual { sleep } => &sleep.0,
            Self::Real { sleep } => &sleep.timer,
        }
    }
}

impl<S, M: Fn(Duration) -> S> Sleeping<S, M> {
    /// `make` makes a sleep of the runtime's own, for real time.
    pub(crate) fn new(duration: Duration, make: M) -> Self {
        Self { kind: Kind::new(duration, &make), make }
    }
}

impl<S: Future, M: Fn(Duration) -> S> Future for Sleeping<S, M> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        if let Some(rest) = this.kind.as_ref().timer().rest_elsewhere() {
            this.kind.set(Kind::new(rest, &*this.make));
        }
        match this.kind.project() {
            Projected::Virtual { sleep } => sleep.poll(context),
            Projected::Real { sleep } => sleep.poll(context),
        }
    }
}

/// A sleep in virtual time. Dropping it clears its timer.
pub(crate) struct VirtualSleep(pub(crate) Timer);

impl Future for VirtualSleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let timer = &mut self.0;
        if timer.is_set && timer.is_due() {
            return Poll::Ready(());
        }
        let is_outside = polled_here().is_none();
        assert!(!(is_outside && timer.task.run.is_over()), "a sleep in virtual time is polled after its run has ended");
        timer.set();
        let sleeper = Sleeper::Task(timer.task.number(), context.waker().clone());
        timer.task.run.set_timer(timer.key, sleeper);
        if is_outside {
            timer.task.run.advance_if_idle(); // no poll of a task ends here, so no other code would
        }
        Poll::Pending
    }
}

impl Drop for VirtualSleep {
    fn drop(&mut self) {
        if self.0.is_set {
            self.0.task.run.clear_timer(self.0.key);
        }
    }
}

pin_project! {
    /// A sleep of the runtime's own, with a waker that notes when the runtime fired it.
    pub(crate) struct RealSleep<S> {
        #[pin]
        sleep: S,
        timer: Timer,
        fired: Option<Arc<Fired>>,
        wakers: Option<(Waker, Waker)>,
    }

    impl<S> PinnedDrop for RealSleep<S> {
        fn drop(this: Pin<&mut Self>) {
            let this = this.project();
            if let Some(fired) = this.fired {
                fired.will_not();
            }
        }
    }
}

impl<S> RealSleep<S> {
    pub(crate) fn new(sleep: S, timer: Timer) -> Self {
        Self { sleep, timer, fired: None, wakers: None }
    }
}

impl<S: Future> Future for RealSleep<S> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let (timer, theirs) = (this.timer, context.waker());
        let fired = this.fired.get_or_insert_with(|| {
            timer.set();
            timer.task.run.real_timers.fetch_add(1, SeqCst);
            Arc::new(Fired { task: Arc::clone(&timer.task), key: timer.key, is_over: AtomicBool::new(false) })
        });
        if !this.wakers.as_ref().is_some_and(|(known, _)| known.will_wake(theirs)) {
            let ours = Arc::new(FiringWaker { fired: Arc::clone(fired), theirs: theirs.clone() });
            *this.wakers = Some((theirs.clone(), ours.into()));
        }
        let ours = this.wakers.as_ref().map_or(theirs, |(_, ours)| ours);
        let ended = this.sleep.poll(&mut Context::from_waker(ours));
        if ended.is_ready() {
            fired.note(|| {}); // a sleep that was over at once has woken no task
        }
        ended.map(drop)
    }
}

/// Whether a timer of the runtime has fired. As long as it can, it keeps the watchdog quiet.
struct Fired {
    task: Arc<TaskState>,
    key: TimerKey,
    is_over: AtomicBool,
}

impl Fired {
    /// Notes it, once, and calls `wake`. The watchdog has to see the timer until it sees the woken task.
    fn note(&self, wake: impl FnOnce()) {
        let is_first = !self.is_over.swap(true, SeqCst);
        if is_first {
            self.task.record(EventKind::Fire { timer: self.key.1 });
        }
        wake();
        if is_first {
            self.task.run.real_timers.fetch_sub(1, SeqCst);
            self.task.run.advance_if_idle(); // the woken task may wait again already
        }
    }

    /// Its sleep is dropped.
    fn will_not(&self) {
        if !self.is_over.swap(true, SeqCst) {
            self.task.run.real_timers.fetch_sub(1, SeqCst);
            self.task.run.advance_if_idle(); // a thread outside may drop it while no task runs
        }
    }
}

struct FiringWaker {
    fired: Arc<Fired>,
    theirs: Waker,
}

impl Wake for FiringWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.fired.key.0 <= self.fired.task.run.clock.now_ns() {
            self.fired.note(|| firing(|| self.theirs.wake_by_ref()));
        } else {
            self.theirs.wake_by_ref(); // not due: a runtime may ask for another poll to share out the turns
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::run::Run;
    use crate::watch::Watch;
    use std::future::{pending, poll_fn};
    use std::pin::pin;
    use std::sync::Mutex;

    #[test]
    fn a_sleep_that_is_dropped_when_no_task_runs_leaves_the_run_to_the_watchdog() {
        let run = Arc::new(Run::new(Clock::Real, false, 1, false, Some(Duration::from_secs(3600))));
        let kept = Mutex::new(None);
        let main = poll_fn(|context| {
            let mut sleep = Box::pin(RealSleep::new(pending::<()>(), Timer::new(Duration::from_secs(1))));
            assert!(sleep.as_mut().poll(context).is_pending());
            *kept.lock().expect("no task panics") = Some(sleep);
            Poll::<()>::Pending
        });
        let main = pin!(Watch::new(TaskState::new(&run, None), main, |_| ()));
        assert!(main.poll(&mut Context::from_waker(Waker::noop())).is_pending());
        assert!(!run.is_watched_closely.load(SeqCst), "its timer will fire");
        drop(kept.lock().expect("no task panics").take());
        assert!(run.is_watched_closely.load(SeqCst), "the watchdog would never find it stalled");
        let _ = run.end();
    }
}
