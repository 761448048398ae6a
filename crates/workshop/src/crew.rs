//! The tasks of a workshop. A crew owns its tasks: it can wait for them, and cancel them.

use futures::StreamExt;
use futures::future::{AbortHandle, FutureExt, abortable};
use futures::stream::FuturesUnordered;
use paintdry_core::Runtime;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Tasks that belong together. On smol, a task is cancelled when its handle is dropped, so the crew keeps the handles, until
/// their tasks have ended. A crew that is dropped cancels its tasks, on every runtime.
pub struct Crew<R: Runtime> {
    members: FuturesUnordered<Member<R>>,
}

impl<R: Runtime> Crew<R> {
    /// A crew without tasks.
    #[must_use]
    pub fn new() -> Self {
        Self { members: FuturesUnordered::new() }
    }

    /// Starts a task. It first lets go of the handles of tasks that have ended, so that their number does not grow.
    pub fn spawn(&mut self, future: impl Future<Output = ()> + Send + 'static) {
        while let Some(Some(())) = self.members.next().now_or_never() {}
        let (future, abort) = abortable(future);
        let task = R::spawn(async { _ = future.await });
        self.members.push(Member { task: Box::pin(task), abort });
    }

    /// Waits until all tasks have ended. A task that has panicked has ended.
    pub async fn join(&mut self) {
        while self.members.next().await.is_some() {}
    }

    /// Cancels all tasks. Each is dropped in its next turn; [`join`](Self::join) waits for that.
    pub fn cancel(&self) {
        self.members.iter().for_each(|member| member.abort.abort());
    }
}

impl<R: Runtime> Default for Crew<R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<R: Runtime> Drop for Crew<R> {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl<R: Runtime> fmt::Debug for Crew<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Crew").field("members", &self.members.len()).finish()
    }
}

/// A task: a future of its end.
struct Member<R: Runtime> {
    task: Pin<Box<R::Task<()>>>,
    abort: AbortHandle,
}

impl<R: Runtime> Future for Member<R> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.task.as_mut().poll(context).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_generator::EventLoop;

    #[test]
    fn a_crew_lets_go_of_the_tasks_that_have_ended() {
        let left = Runtime::run_until_complete(&EventLoop::new(), async {
            let mut crew = Crew::<EventLoop>::new();
            for _ in 0..1_000 {
                crew.spawn(async {});
                <EventLoop as Runtime>::yield_now().await;
            }
            crew.members.len()
        });
        assert!(left <= 2, "{left} handles");
    }
}
