//! The wrapper around a task: it sees each poll, hands in a waker that sees each wake, and sees the end.

use crate::event::EventKind;
use crate::state::{TaskState, acting_as};
use paintdry_core::{TaskError, contain, drop_ended};
use pin_project_lite::pin_project;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// What a future ended with: its output, or the payload of its panic.
pub(crate) type Ending<T> = Result<T, Box<dyn Any + Send>>;

pin_project! {
    /// A future as a watched task. When it ends, `deliver` is handed what it ended with, while the task still counts as
    /// running: the task that this wakes is ready before this task is done, so there is no moment at which nothing seems able to
    /// run.
    pub(crate) struct Watch<F, D> {
        #[pin]
        future: Option<F>,
        deliver: Option<D>,
        task: Arc<TaskState>,
        wakers: Option<Wakers>,
    }

    impl<F, D> PinnedDrop for Watch<F, D> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if this.future.is_none() {
                return;
            }
            let deliver = this.deliver.take();
            cancel(this.task, deliver, || this.future.set(None));
        }
    }
}

impl<F, D> Watch<F, D> {
    pub(crate) fn new(task: Arc<TaskState>, future: F, deliver: D) -> Self {
        Self { future: Some(future), deliver: Some(deliver), task, wakers: None }
    }
}

impl<F, D> Future for Watch<F, D>
where
    F: Future,
    D: FnOnce(Ending<F::Output>),
{
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let (task, theirs) = (&*this.task, context.waker());
        if this.future.is_none() {
            return Poll::Ready(());
        }
        if task.run.is_over() {
            let deliver = this.deliver.take();
            cancel(task, deliver, || this.future.set(None));
            return Poll::Ready(());
        }
        let is_known = this.wakers.as_ref().is_some_and(|wakers| wakers.theirs.will_wake(theirs));
        if !is_known {
            *this.wakers = Some(Wakers::new(task, theirs));
        }
        if !task.may_pass(theirs, is_known) {
            return Poll::Pending;
        }
        let ours = this.wakers.as_ref().map_or(theirs, |wakers| &wakers.ours);
        task.begin_poll();
        acting_as(task, || {
            let polled = catch_unwind(AssertUnwindSafe(|| {
                let Some(future) = this.future.as_mut().as_pin_mut() else { return Poll::Pending };
                let mut context = Context::from_waker(ours);
                match &task.run.turnstile {
                    None => future.poll(&mut context),
                    Some(turnstile) => turnstile.poll(|| future.poll(&mut context)),
                }
            }));
            let ended = match polled {
                Ok(Poll::Pending) => {
                    task.end_poll();
                    return Poll::Pending;
                }
                Ok(Poll::Ready(output)) => Ok(output),
                Err(payload) => Err(payload),
            };
            let _end = End(task);
            // The future is dropped before the end is delivered, as in every runtime.
            let drop_future = || this.future.set(None);
            let ending = catch_unwind(AssertUnwindSafe(|| drop_ended(ended, drop_future)));
            // Noted first: once the end is delivered, the main task may end the run on another thread.
            task.span.close();
            let message = ending.as_ref().err().map(|payload| TaskError::panic_message(&**payload));
            task.record(match &message {
                None => EventKind::Complete,
                Some(message) => EventKind::Panic(message.as_str().into()),
            });
            let deliver = this.deliver.take();
            // If the handle has been dropped, so is the output, and its destructor may panic.
            contain(|| {
                if let Some(deliver) = deliver {
                    deliver(ending);
                }
            });
            task.end_last_turn(message.as_deref());
            Poll::Ready(())
        })
    }
}

/// Drops a task before its end. `deliver` is dropped after the future, even if that panics, and before the task stops being
/// counted: by then a task that waits for this one is ready. Its waker may panic as well, and two panics at a time would end
/// the process.
fn cancel<D>(task: &Arc<TaskState>, deliver: Option<D>, drop_future: impl FnOnce()) {
    task.begin_cancel();
    let _end = End(task);
    acting_as(task, || {
        let deliver = drop_ended(Ok(deliver), drop_future);
        contain(|| drop(deliver));
    });
}

/// Ends the task when it is dropped.
struct End<'a>(&'a TaskState);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// The waker that the runtime gave, and the one that the future is polled with.
struct Wakers {
    theirs: Waker,
    ours: Waker,
}

impl Wakers {
    fn new(task: &Arc<TaskState>, theirs: &Waker) -> Self {
        let ours = Arc::new(WatchedWaker { task: Arc::clone(task), theirs: theirs.clone() });
        Self { theirs: theirs.clone(), ours: ours.into() }
    }
}

struct WatchedWaker {
    task: Arc<TaskState>,
    theirs: Waker,
}

impl Wake for WatchedWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.task.woken();
        if !self.task.is_held() {
            self.theirs.wake_by_ref(); // else the turnstile calls it, when the task is chosen
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::run::Run;
    use std::future::{Ready, ready};
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

    /// Panics when it is dropped.
    struct Brittle(Ready<()>);

    impl Future for Brittle {
        type Output = ();

        fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
            Pin::new(&mut self.0).poll(context)
        }
    }

    impl Drop for Brittle {
        fn drop(&mut self) {
            std::panic::resume_unwind(Box::new("broke"));
        }
    }

    /// Notes how many tasks run when it is dropped.
    struct Counting(Arc<Run>, Arc<AtomicU32>);

    impl Drop for Counting {
        fn drop(&mut self) {
            self.1.store(self.0.counts.now().running, SeqCst);
        }
    }

    #[test]
    fn a_task_runs_until_its_end_is_noted_though_its_future_breaks() {
        let run = Arc::new(Run::new(Clock::Virtual, false, 1, false, None));
        let seen = Arc::default();
        let counting = Counting(Arc::clone(&run), Arc::clone(&seen));
        let watch = Watch::new(TaskState::new(&run, None), Brittle(ready(())), move |_: Ending<()>| drop(counting));
        let broken = catch_unwind(AssertUnwindSafe(|| drop(watch)));
        assert!(broken.is_err(), "its panic is the runtime's");
        assert_eq!((seen.load(SeqCst), run.counts.now().running), (1, 0));
    }
}
