//! The trait through which a runtime plugs in, and the error of a task that has no result.

use crate::discard;
use std::any::Any;
use std::error::Error;
use std::fmt;
use std::time::Duration;

/// The text of this file, which the conformance suite quotes.
#[doc(hidden)]
pub const RUNTIME_TEXT: &str = include_str!("runtime.rs");

/// An async runtime, or one flavour of it: what the command, the benches and the conformance suite run on.
///
/// Each method is the runtime's own: its spawn, its sleep, its yield. A portable yield would erase the difference that
/// the comparison shows.
///
/// `spawn`, `sleep` and `yield_now` are associated functions that work inside `run_until_complete`, on the thread
/// that called it and on the runtime's worker threads, so that a task can spawn a task. Outside, a runtime may panic, and
/// its documentation says so.
///
/// The trait asks for `Send` throughout, because several threads may run the tasks. A runtime with one thread does not
/// need it and loses nothing.
///
/// The crate `paintdry-conformance` tests an implementation against this text.
///
/// ```
/// use paintdry_core::{Runtime, TaskError};
///
/// /// On any runtime: `answer::<paintdry_tokio::CurrentThread>()`.
/// fn answer<R: Runtime>() -> Result<u32, TaskError> {
///     R::start().run_until_complete(async {
///         let task = R::spawn(async { 42 });
///         R::yield_now().await;
///         task.await
///     })
/// }
/// ```
pub trait Runtime: Sized + 'static {
    /// The name that the command and the tables show, such as `tokio-multi`.
    const NAME: &'static str;

    /// Whether dropping a task's handle cancels the task. Otherwise it detaches it: the task runs on.
    const CANCELS_ON_DROP: bool = false;

    /// Whether a watcher, such as the studio, is between the program and the runtime.
    const IS_WATCHED: bool = false;

    /// Whether a run takes the runtime's own time. A watched runtime takes longer, and an explored one runs in virtual
    /// time. A command that compares a runtime without time of its own does not compile.
    const HAS_OWN_TIME: bool = !Self::IS_WATCHED;

    /// The handle of a spawned task: a future of its result. Any task may poll it, and it calls the waker of its last
    /// poll. Any thread may poll it or drop it. Dropping it detaches or cancels the task, see
    /// [`CANCELS_ON_DROP`](Self::CANCELS_ON_DROP).
    type Task<T: Send + 'static>: Future<Output = Result<T, TaskError>> + Send + 'static;

    /// Starts the runtime, with its threads if it has any.
    ///
    /// # Panics
    /// If the operating system refuses what the runtime needs, such as a thread.
    fn start() -> Self;

    /// How many threads run the tasks, 1 or more. A thread that only waits in [`run_until_complete`] or only keeps
    /// the timers does not count.
    ///
    /// [`run_until_complete`]: Runtime::run_until_complete
    fn threads(&self) -> usize;

    /// Runs `future` on the calling thread until it completes; spawned tasks run meanwhile. Tasks that have not ended
    /// by then are left alone or dropped, as the runtime does. It can be called again. A task that was left alone then
    /// runs on, and loses no wake and no timer.
    ///
    /// A task runs again after its waker is called, by another task, by another thread, or by the task itself while it
    /// runs. It runs soon, even if other tasks yield all the time. A task that has ended is not polled again. You may call a
    /// waker at any time, even when its task has ended or its runtime is gone. The main future is polled on this thread alone. It
    /// is woken as a task is.
    ///
    /// When the main future ends, a ready task may be dropped as well as a waiting one. So await the tasks that must end.
    ///
    /// # Panics
    /// If `future` panics. It can be called again after that. Many runtimes also panic when it is called inside itself.
    fn run_until_complete<F: Future>(&self, future: F) -> F::Output;

    /// Starts `future` as a task of its own, which is ready at once and does not need to be awaited to run. On one
    /// thread it runs when the caller has given up its turn, not inside `spawn`.
    ///
    /// When a task has ended or is cancelled, it is dropped with all that it owns, before its result is there or soon
    /// after. That happens on a thread that runs tasks or on that of the handle. A panic ends the task alone.
    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static;

    /// Waits until at least `duration` has passed; never less, and more by the granularity of the runtime's timers. The
    /// time counts from the call or from the first poll, as the runtime does. A sleep of zero ends soon, one of
    /// [`Duration::MAX`] never. You may drop it before its end, on any thread.
    ///
    /// It uses the time of [`Instant`](std::time::Instant), which never goes back, even if the date is changed. On Linux
    /// and macOS that time stops while the machine is suspended, so a sleep ends that much later.
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static;

    /// Gives up the caller's turn. On one thread every other ready task runs before the caller runs again. In which
    /// order, and how strictly when many are ready, is up to the runtime. On several threads no task starves.
    fn yield_now() -> impl Future<Output = ()> + Send + 'static;

    /// Calls `poll`, which polls a task once. If the runtime limits what a task may do in one poll, it lifts that limit
    /// meanwhile, as tokio's `unconstrained` does. Only an explorer calls this: the limit would add turns that no program wrote.
    #[doc(hidden)]
    fn unconstrained(poll: &mut dyn FnMut()) {
        poll();
    }
}

/// Why a task has no result.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TaskError {
    /// The task panicked, with this message.
    Panicked(String),
    /// The task was dropped before its end.
    Cancelled,
}

impl TaskError {
    /// The error for a panic's payload, which you have from `catch_unwind` or `JoinError::into_panic`. It drops the payload,
    /// even if the payload's destructor panics.
    ///
    /// ```
    /// let dry = std::panic::catch_unwind(|| panic!("dry")).unwrap_err();
    /// assert_eq!(paintdry_core::TaskError::from_panic(dry).to_string(), "the task panicked: dry");
    /// ```
    #[must_use]
    pub fn from_panic(payload: Box<dyn Any + Send>) -> Self {
        let message = Self::panic_message(&*payload);
        discard(payload);
        Self::Panicked(message)
    }

    /// The message in a panic's payload, or a phrase that says that there is none.
    ///
    /// ```
    /// use paintdry_core::TaskError;
    ///
    /// assert_eq!(TaskError::panic_message(&"no paint"), "no paint"); // `panic!("no paint")`
    /// assert_eq!(TaskError::panic_message(&"no oil".to_owned()), "no oil"); // `panic!("no {tool}")`
    /// assert_eq!(TaskError::panic_message(&7), "a value that is not a message"); // `panic_any(7)`
    /// ```
    #[must_use]
    pub fn panic_message(payload: &(dyn Any + Send)) -> String {
        match (payload.downcast_ref::<String>(), payload.downcast_ref::<&'static str>()) {
            (Some(message), _) => message.clone(),
            (None, Some(message)) => (*message).to_owned(),
            (None, None) => "a value that is not a message".to_owned(),
        }
    }
}

/// Shows the message, because `unwrap` and a `main` that returns errors print this form.
impl fmt::Debug for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panicked(message) => write!(f, "the task panicked: {message}"),
            Self::Cancelled => write!(
                f,
                "the task was dropped before its end; await it before its runtime or, where that cancels, its handle is dropped"
            ),
        }
    }
}

impl Error for TaskError {}
