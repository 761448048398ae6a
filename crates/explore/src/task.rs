//! The tasks of an explored program: the explorer hears of their ends, and of each poll of a handle.

use crate::hashes::Object;
use crate::run::note_use;
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::EventLoop;
use pin_project_lite::pin_project;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

pin_project! {
    /// The handle of a task. Dropping it detaches or cancels the task, as the runtime does.
    pub struct ExploredTask<T, R: Runtime = EventLoop> where T: Send, T: 'static {
        #[pin]
        task: R::Task<T>,
        object: Arc<Object>,
    }
}

impl<T: Send + 'static, R: Runtime> ExploredTask<T, R> {
    /// Spawns `future` on `R`.
    #[track_caller]
    pub(crate) fn spawn(future: impl Future<Output = T> + Send + 'static) -> Self {
        let object = Arc::new(Object::default());
        let end = Arc::clone(&object);
        let task = R::spawn(async move {
            let _end = TouchAtTheEnd(end); // also after a panic
            future.await
        });
        Self { task, object }
    }
}

struct TouchAtTheEnd(Arc<Object>);

impl Drop for TouchAtTheEnd {
    fn drop(&mut self) {
        note_use(&self.0);
    }
}

impl<T: Send + 'static, R: Runtime> Future for ExploredTask<T, R> {
    type Output = Result<T, TaskError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        note_use(this.object);
        this.task.poll(context)
    }
}

impl<T: Send + 'static, R: Runtime> fmt::Debug for ExploredTask<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExploredTask").finish_non_exhaustive()
    }
}
