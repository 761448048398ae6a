//! The yield of a watched task: the runtime's own, and its waker says when it is over.

use crate::event::EventKind;
use crate::primitives::AtomicBool;
use crate::state::{TaskState, polled_here};
use crate::turnstile::Turnstile;
use paintdry_core::contain;
use pin_project_lite::pin_project;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::task::{Context, Poll, Wake, Waker};

pin_project! {
    /// A yield of the runtime's own. Some runtimes call its waker only later: until then the task is ready all the same.
    pub(crate) struct Yielding<Y> {
        #[pin]
        yielding: Y,
        waker: Option<Arc<YieldWaker>>,
    }

    impl<Y> PinnedDrop for Yielding<Y> {
        fn drop(this: Pin<&mut Self>) {
            this.project().waker.iter().for_each(|waker| waker.end());
        }
    }
}

impl<Y> Yielding<Y> {
    pub(crate) fn new(yielding: Y) -> Self {
        Self { yielding, waker: None }
    }
}

impl<Y: Future> Future for Yielding<Y> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let Some(task) = polled_here() else { return this.yielding.poll(context).map(drop) };
        if this.waker.is_none() {
            task.record(EventKind::Yield);
        }
        let known = this.waker.take_if(|waker| waker.is_of(&task, context.waker()));
        this.waker.iter().for_each(|other| other.end());
        let waker = known.unwrap_or_else(|| YieldWaker::new(task, context.waker()));
        waker.begin(); // before it is called, which may be at once
        let polled = this.yielding.poll(&mut Context::from_waker(&Waker::from(Arc::clone(&waker))));
        if polled.is_ready() {
            waker.end();
        } else {
            waker.task.run.turnstile.iter().for_each(Turnstile::note_yield);
        }
        *this.waker = Some(waker);
        polled.map(drop)
    }
}

/// The waker of a yield that a task has begun. The yield lasts until the waker is called.
struct YieldWaker {
    task: Arc<TaskState>,
    theirs: Waker,
    is_over: AtomicBool,
}

impl YieldWaker {
    fn new(task: Arc<TaskState>, theirs: &Waker) -> Arc<Self> {
        Arc::new(Self { task, theirs: theirs.clone(), is_over: AtomicBool::new(true) })
    }

    fn is_of(&self, task: &Arc<TaskState>, theirs: &Waker) -> bool {
        Arc::ptr_eq(&self.task, task) && self.theirs.will_wake(theirs)
    }

    fn begin(&self) {
        if self.is_over.swap(false, SeqCst) {
            self.task.begin_yield();
        }
    }

    fn end(&self) {
        if !self.is_over.swap(true, SeqCst) {
            self.task.end_yield();
        }
    }
}

impl Wake for YieldWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        contain(|| self.theirs.wake_by_ref()); // else a waker that panics would keep the task ready for ever
        self.end(); // after the wake: there must be no moment at which the task seems to wait
    }
}
