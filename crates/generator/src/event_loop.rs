//! The event loop as its users see it, with asyncio's names.

use crate::coroutine::IntoCoroutine;
use crate::future::{LoopFuture, Promise};
use crate::gather::Gather;
use crate::panics::drop_ended;
use crate::shared::{CURRENT, Phase, Shared};
use crate::{Error, Sleep};
use paintdry_core::Chooser;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
/// let (to_a, a) = event_loop.create_future();
/// let (to_b, b) = event_loop.create_future();
/// let double = |n| n * 2;
/// let both = event_loop.gather([amap(to_a, double, 0..3), amap(to_b, double, 10..13)])?;
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

    /// A promise and its future. In asyncio one object is both; here the promise is a value of its own,
    /// so that dropping it can be noticed.
    pub fn create_future<T: 'static>(&self) -> (Promise<T>, LoopFuture<T>) {
        Promise::pair(self.shared())
    }

    /// Makes a task of a generator or a future, which is ready at once and runs when the loop does. Dropping the returned handle
    /// detaches the task.
    ///
    /// A panic in the task is caught, and the future returns it as [`Error::Panicked`]. If a task is cancelled and its destructor
    /// panics, the panic goes to the code that cancels it ([`LoopFuture::cancel`]).
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn create_task<C, const IS_ASYNC: bool>(&self, coroutine: C) -> Result<LoopFuture<C::Return>, Error>
    where
        C: IntoCoroutine<IS_ASYNC, Return: 'static> + 'static,
    {
        LoopFuture::of_task(self.shared(), coroutine.into_coroutine())
    }

    /// [`create_task`](Self::create_task) with a name, which [`Error::Stuck`] shows.
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn create_named_task<C, const IS_ASYNC: bool>(
        &self,
        name: &str,
        coroutine: C,
    ) -> Result<LoopFuture<C::Return>, Error>
    where
        C: IntoCoroutine<IS_ASYNC, Return: 'static> + 'static,
    {
        let task = self.create_task(coroutine)?;
        task.set_name(name);
        Ok(task)
    }

    /// Makes a task of each generator or future, now: they are ready at once, in this order. Returns a future of all their
    /// results, to `.await` or to hand to [`run_until_complete`](Self::run_until_complete). It only waits: the tasks run
    /// whether it is polled or not. Dropping it cancels those that have not ended. (The [`gather`](paintdry_core::gather) for every
    /// runtime spawns its tasks only when it is first polled.)
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed. The error of a task is in that task's place among the results.
    ///
    /// ```
    /// use paintdry_generator::{Error, EventLoop, sleep};
    /// use std::time::Duration;
    ///
    /// let paint = async |name| {
    ///     assert_ne!(name, "sea", "there is no blue left");
    ///     sleep(Duration::from_millis(1)).await;
    ///     format!("the {name} is dry")
    /// };
    /// let event_loop = EventLoop::new();
    /// let all = event_loop.gather(["sky", "sea"].map(paint))?;
    /// let [sky, sea] = &event_loop.run_until_complete(all)?[..] else { panic!("there are two") };
    /// assert_eq!(sky.as_deref(), Ok("the sky is dry"));
    /// assert!(matches!(sea, Err(Error::Panicked(_))));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn gather<C, const IS_ASYNC: bool>(
        &self,
        coroutines: impl IntoIterator<Item = C>,
    ) -> Result<Gather<C::Return>, Error>
    where
        C: IntoCoroutine<IS_ASYNC, Return: 'static> + 'static,
    {
        let tasks = coroutines.into_iter().map(|coroutine| self.create_task(coroutine)).collect::<Result<_, _>>()?;
        Ok(Gather::new(tasks))
    }

    /// Runs `main`, a generator or a future, and the tasks until `main` is complete. Tasks that have not ended continue in the
    /// next run. `main` may borrow what outlives the call.
    ///
    /// # Errors
    /// [`Error::Stuck`], with the names of the tasks, when no task can run, no timer is set, and no waker is left that could
    /// change that; [`Error::WakeTimeout`] when a waker is left, but is not called within the loop's
    /// [patience](Self::with_patience).
    /// [`Error::Running`] if it is called inside itself, [`Error::Closed`] if the loop is closed.
    ///
    /// # Panics
    /// If `main` panics. The loop can be used afterwards.
    pub fn run_until_complete<C, const IS_ASYNC: bool>(&self, main: C) -> Result<C::Return, Error>
    where
        C: IntoCoroutine<IS_ASYNC>,
    {
        self.run(main, None).map(|result| result.expect("only a chooser ends a run before its end"))
    }

    /// Runs `main` and the tasks until `main` is complete, as [`run_until_complete`](Self::run_until_complete), but
    /// before each turn `chooser` picks the task. `None` if the chooser has ended the run. If it always picks the first, the order
    /// is that of `run_until_complete`.
    ///
    /// The same program with the same choices does the same each time, if it depends on nothing else (no clock of the
    /// machine, no random number, no thread): time stops, and jumps to the next timer when no task is ready. All tasks
    /// whose timers are due at that time then become ready, in the order in which the timers were set. The loop does not wait for
    /// wakes from other threads.
    ///
    /// # Errors
    /// [`Error::Stuck`], with the names of the tasks, when none is ready and no timer is set; [`Error::Running`],
    /// [`Error::Closed`].
    ///
    /// # Panics
    /// If `main` or `chooser` panics, or if the chooser returns a position that does not exist.
    pub fn run_choosing<C, const IS_ASYNC: bool>(
        &self,
        main: C,
        chooser: &mut dyn Chooser,
    ) -> Result<Option<C::Return>, Error>
    where
        C: IntoCoroutine<IS_ASYNC>,
    {
        self.run(main, Some(chooser))
    }

    fn run<C: IntoCoroutine<IS_ASYNC>, const IS_ASYNC: bool>(
        &self,
        main: C,
        chooser: Option<&mut dyn Chooser>,
    ) -> Result<Option<C::Return>, Error> {
        let mut main = pin!(Some(main.into_coroutine()));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            let main = main.as_mut().as_pin_mut().expect("it has not ended");
            CURRENT.set(self.shared(), || self.shared().run(main, chooser))
        }));
        drop_ended(ended, || main.set(None))
    }

    /// Calls `callback` when every task that is ready now has run. The future returns its result, and can cancel the call.
    ///
    /// # Errors
    /// [`Error::Closed`] if the loop is closed.
    pub fn call_soon<T: 'static>(&self, callback: impl FnOnce() -> T + 'static) -> Result<LoopFuture<T>, Error> {
        self.create_task(async { callback() })
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
        self.create_task(async move {
            Sleep::until(due).await;
            callback()
        })
    }

    /// The loop's clock: the time since it was made; in [`run_choosing`](Self::run_choosing) since that began.
    #[must_use]
    pub fn time(&self) -> Duration {
        self.shared().clock.time()
    }

    /// Sets how long the loop waits for a waker to be called when it has nothing else to do. The default is 10 seconds.
    /// A thread at work may call a waker that is kept, or every owner of it may have forgotten it. The loop cannot
    /// know, so there is a limit.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        self.shared().patience.set(Some(patience));
        self
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
