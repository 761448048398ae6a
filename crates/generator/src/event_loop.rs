//! The event loop as its users see it, with asyncio's names.

use crate::choosing::Chooser;
use crate::future::{LoopFuture, Promise};
use crate::gather::Gather;
use crate::shared::{CURRENT, Phase, Shared};
use crate::{Error, Generator, Sleep, from_future};
use std::fmt;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

/// A loop that resumes tasks in turn, on the thread that runs it.
///
/// This is a handle: a clone is the same loop, so a task can hold one and create tasks. Tasks need not be `Send`; they
/// run in the order in which they became ready, and only while [`run_until_complete`](Self::run_until_complete) runs.
/// When the last handle is dropped, so are the tasks. A task that holds a handle keeps the loop alive, until
/// [`close`](Self::close).
///
/// ```
/// use paintdry_generator::{Error, EventLoop, amap};
///
/// let event_loop = EventLoop::new();
/// let (promise_a, a) = event_loop.create_future();
/// let (promise_b, b) = event_loop.create_future();
/// let double = |n| n * 2;
/// let both = event_loop.gather([amap(promise_a, double, 0..3), amap(promise_b, double, 10..13)])?;
/// event_loop.run_until_complete(both)?;
/// assert_eq!((a.result()?, b.result()?), (vec![0, 2, 4], vec![20, 22, 24]));
/// event_loop.close()?;
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Default)]
pub struct EventLoop {
    owner: Rc<Owner>,
}

/// All handles of a loop own this, and so its tasks. The futures of tasks share only the loop.
#[derive(Default)]
struct Owner {
    shared: Rc<Shared>,
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.shared.close();
    }
}

impl EventLoop {
    /// A loop with nothing to do. Its clock starts now.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A promise and the future that it fulfils. In asyncio one object is both; here the writing half is one value,
    /// so that dropping it can be noticed.
    pub fn create_future<T: 'static>(&self) -> (Promise<T>, LoopFuture<T>) {
        Promise::pair(self.shared())
    }

    /// Makes a task of `generator`, which is ready at once and runs when the loop does. Dropping the future that is
    /// returned detaches the task.
    ///
    /// A panic in the task is caught, and the future gives it as [`Error::Panicked`]. A panic in a destructor of a task that
    /// is cancelled goes to the code that cancels it ([`LoopFuture::cancel`]).
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn create_task<G: Generator<Return: 'static> + 'static>(
        &self,
        generator: G,
    ) -> Result<LoopFuture<G::Return>, Error> {
        LoopFuture::of_task(self.shared(), generator)
    }

    /// [`create_task`](Self::create_task) with a name, which [`Error::Stuck`] shows.
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn create_named_task<G>(&self, name: &str, generator: G) -> Result<LoopFuture<G::Return>, Error>
    where
        G: Generator<Return: 'static> + 'static,
    {
        let task = self.create_task(generator)?;
        task.set_name(name);
        Ok(task)
    }

    /// Makes a task of each generator. What is returned is a generator too, which is complete when they all are.
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn gather<G>(&self, generators: impl IntoIterator<Item = G>) -> Result<Gather<G::Return>, Error>
    where
        G: Generator<Return: 'static> + 'static,
    {
        let tasks = generators.into_iter().map(|generator| self.create_task(generator)).collect::<Result<_, _>>()?;
        Ok(Gather::new(tasks))
    }

    /// Runs `main` and the tasks until `main` is complete. Tasks that have not ended continue in the next run.
    ///
    /// # Errors
    /// [`Error::Stuck`], with the names of the tasks, when no task can run, no timer is set, and no waker is left that could
    /// change that; [`Error::OutOfPatience`] when a waker is left, but is not called within the loop's
    /// [patience](Self::set_patience).
    /// [`Error::Running`] if it is called inside itself, [`Error::Closed`] if the loop is closed.
    ///
    /// This takes a generator, as asyncio's takes a coroutine; the method of the same name of
    /// [`Runtime`](paintdry_core::Runtime) takes a future. Where both could be meant, name the trait.
    ///
    /// # Panics
    /// If `main` panics. The loop can be used afterwards.
    pub fn run_until_complete<G: Generator>(&self, main: G) -> Result<G::Return, Error> {
        self.run(main, None).map(|result| result.expect("only a chooser ends a run before its end"))
    }

    pub(crate) fn run<G: Generator>(
        &self,
        main: G,
        chooser: Option<&mut dyn Chooser>,
    ) -> Result<Option<G::Return>, Error> {
        let main = pin!(main.into_coroutine());
        CURRENT.set(self.shared(), || self.shared().run(main, chooser))
    }

    /// Calls `callback` when every task that is ready now has had its turn. The future gives its result, and can cancel the call.
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn call_soon<T: 'static>(&self, callback: impl FnOnce() -> T + 'static) -> Result<LoopFuture<T>, Error> {
        self.create_task(from_future(async { callback() }))
    }

    /// Calls `callback` when `delay` has passed, counted from now.
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn call_later<T: 'static>(
        &self,
        delay: Duration,
        callback: impl FnOnce() -> T + 'static,
    ) -> Result<LoopFuture<T>, Error> {
        let due = self.shared().clock.due_in(delay);
        self.create_task(from_future(async move {
            Sleep::until(due).await;
            callback()
        }))
    }

    /// The loop's clock: the time since it was made; in [`run_choosing`](Self::run_choosing) since that began.
    #[must_use]
    pub fn time(&self) -> Duration {
        self.shared().clock.time()
    }

    /// Sets how long the loop waits for a waker to be called when it has nothing else to do; 10 seconds unless you set it.
    /// A thread at work may call a waker that is kept, or everything that knows it may have forgotten it. The loop cannot
    /// know, so there is a limit.
    pub fn set_patience(&self, patience: Duration) {
        self.shared().patience.set(Some(patience));
    }

    /// Drops every task and timer, and refuses new ones from now on. Closing a closed loop does nothing.
    ///
    /// # Errors
    /// [`Error::Running`] if the loop runs: a task cannot close it.
    pub fn close(&self) -> Result<(), Error> {
        if self.shared().phase.get() == Phase::Running {
            return Err(Error::Running);
        }
        self.shared().close();
        Ok(())
    }

    pub(crate) fn shared(&self) -> &Rc<Shared> {
        &self.owner.shared
    }
}

impl fmt::Debug for EventLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventLoop").field("time", &self.time()).finish_non_exhaustive()
    }
}
