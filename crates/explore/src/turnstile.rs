//! Any runtime as a [`Runtime`] that can be explored: a turnstile lets its tasks through one at a time.

use crate::chooser::{GivenUp, run_at_the_turnstile};
use crate::error::CheckError;
use crate::run::{Run, with_run};
use crate::task::ExploredTask;
use crate::time::Sleeping;
use crate::verdict::Verdict;
use paintdry_core::Runtime;
use paintdry_studio::{Clock, Studio};
use std::cell::OnceCell;
use std::panic::resume_unwind;
use std::time::Duration;

/// The runtime `R`, for programs to explore with [`Explorer::check_on`](crate::Explorer::check_on). The tasks run on `R`, and use
/// its queues, its locks and its channels. `R` polls a task when it likes; a task whose turn it is not is held back.
///
/// Spawn, sleep and yield through this type: of a task that you spawn on `R` itself, and of a sleep of `R`, the explorer
/// knows nothing, and may call a program stuck that waits for them. Locks and channels may be any that need only a waker.
///
/// ```
/// use paintdry_core::{Runtime, gather};
/// use paintdry_explore::{CheckError, Explorer, Turnstile, name_task};
/// use paintdry_tokio::{CurrentThread, tokio::sync::Mutex};
/// use std::sync::Arc;
///
/// type Tokio = Turnstile<CurrentThread>;
///
/// async fn paints(name: &str, first: Arc<Mutex<()>>, second: Arc<Mutex<()>>) {
///     name_task(name);
///     let _first = first.lock().await;
///     Tokio::yield_now().await;
///     let _second = second.lock().await;
/// }
///
/// let result = Explorer::new().check_on::<CurrentThread, _>(|| async {
///     let (red, blue) = (Arc::default(), Arc::default());
///     let ada = paints("ada", Arc::clone(&red), Arc::clone(&blue));
///     gather::<Tokio, _>([ada, paints("bob", blue, red)]).await;
/// });
/// let Err(CheckError::Failed(failure)) = result else { panic!("each has a pot of the other") };
/// assert!(failure.to_string().ends_with("
///    1   main  makes ada, makes bob, waits
///    2   ada   yields
///    3   bob   yields
///    4   ada   waits
///    5   bob   waits
///
/// Seed: 1:0"), "{failure}");
/// ```
#[derive(Debug)]
pub struct Turnstile<R> {
    studio: Studio<R>,
    /// The number of this runtime among the loops of its run.
    number: OnceCell<u32>,
}

impl<R: Runtime> Turnstile<R> {
    /// Says why `R` cannot be explored, if it cannot. What the explorer knows of a run belongs to one thread.
    pub(crate) fn check() -> Result<(), CheckError> {
        if Studio::<R>::new(Clock::Virtual).is_on_one_thread() {
            Ok(())
        } else {
            Err(CheckError::SeveralThreads { runtime: R::NAME })
        }
    }
}

impl<R: Runtime> Runtime for Turnstile<R> {
    const NAME: &'static str = R::NAME;

    const CANCELS_ON_DROP: bool = R::CANCELS_ON_DROP;

    const IS_WATCHED: bool = true;

    type Task<T: Send + 'static> = ExploredTask<T, Studio<R>>;

    fn start() -> Self {
        Self { studio: Studio::new(Clock::Virtual), number: OnceCell::new() }
    }

    fn threads(&self) -> usize {
        self.studio.threads()
    }

    /// # Panics
    /// If `future` panics, outside of an exploration, and if `R` runs tasks on threads of its own.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        assert!(self.studio.is_on_one_thread(), "{}", CheckError::SeveralThreads { runtime: R::NAME });
        let number = with_run(Run::new_loop)
            .expect("a `Turnstile` runs only in an exploration: hand the program to `check_on`, or start it in `check_blocking`");
        let number = *self.number.get_or_init(|| number);
        run_at_the_turnstile(&self.studio, number, future).unwrap_or_else(|| resume_unwind(Box::new(GivenUp)))
    }

    /// # Panics
    /// Outside of a run.
    #[track_caller]
    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        ExploredTask::spawn(future)
    }

    /// In virtual time. A sleep of zero is a yield, as on our loop.
    async fn sleep(duration: Duration) {
        let _sleeping = Sleeping::begin(duration);
        if duration.is_zero() {
            return Studio::<R>::yield_now().await;
        }
        Studio::<R>::sleep(duration).await;
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        Studio::<R>::yield_now()
    }
}

/// Runs a program on a new runtime, and judges its output, if it has not been given up.
pub(crate) fn on_runtime<R: Runtime, F>(program: &impl Fn() -> F) -> Option<String>
where
    F: Future<Output: Verdict>,
{
    let studio = Studio::<R>::new(Clock::Virtual); // a new one for each run, because tasks that are stuck stay in it
    let ended = run_at_the_turnstile(&studio, with_run(Run::new_loop).unwrap_or(1), program());
    drop(studio);
    ended.and_then(Verdict::failure)
}
