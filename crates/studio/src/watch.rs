//! The wrapper around a task: it sees each poll, hands in a waker that sees each wake, and sees the end.

use crate::event::What;
use crate::state::{TaskState, acting_as};
use paintdry_core::{TaskError, contain};
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
    /// running: so whoever is woken by that is ready before this task is done, and at no moment nobody seems able to run.
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
            cancel(this.task, || {
                this.future.set(None);
                *this.deliver = None;
            });
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
            cancel(task, || {
                this.future.set(None);
                *this.deliver = None;
            });
            return Poll::Ready(());
        }
        if !this.wakers.as_ref().is_some_and(|wakers| wakers.theirs.will_wake(theirs)) {
            *this.wakers = Some(Wakers::new(task, theirs));
        }
        let ours = this.wakers.as_ref().map_or(theirs, |wakers| &wakers.ours);
        task.begin_poll();
        acting_as(task, || {
            let polled = catch_unwind(AssertUnwindSafe(|| {
                let Some(future) = this.future.as_mut().as_pin_mut() else { return Poll::Pending };
                let polled = future.poll(&mut Context::from_waker(ours));
                if polled.is_ready() {
                    this.future.set(None); // before anybody is told of the end, as in every runtime
                }
                polled
            }));
            let ending = match polled {
                Ok(Poll::Pending) => {
                    task.end_poll();
                    return Poll::Pending;
                }
                Ok(Poll::Ready(output)) => Ok(output),
                Err(payload) => Err(payload),
            };
            let _end = End(task);
            // Noted first: once the end is delivered, the main task may end the run on another thread.
            task.span.close();
            task.record(match &ending {
                Ok(_) => What::Complete,
                Err(payload) => What::Panic(TaskError::panic_message(&**payload).into()),
            });
            let deliver = this.deliver.take();
            // What is dropped here may panic in its destructor. Nobody is left to be told of that.
            contain(|| {
                this.future.set(None); // it is still there if its poll panicked
                if let Some(deliver) = deliver {
                    deliver(ending);
                }
            });
            Poll::Ready(())
        })
    }
}

/// Drops a task before its end.
fn cancel(task: &Arc<TaskState>, drop: impl FnOnce()) {
    task.begin_cancel();
    let _end = End(task);
    acting_as(task, drop);
}

/// Ends the task when it is dropped, whatever happens before that.
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
        self.theirs.wake_by_ref();
    }
}
