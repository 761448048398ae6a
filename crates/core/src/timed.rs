//! Times calls of functions and futures, as a decorator does in Python.

use std::fmt;
use std::time::{Duration, Instant};

/// How long one call took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The name that the caller gave.
    pub name: &'static str,
    /// From the call to its return; for a future, from its first poll to its completion.
    pub took: Duration,
}

/// As a sentence: `paint took 2.004 s`.
impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} took {:.3} s", self.name, self.took.as_secs_f64())
    }
}

/// A clock that starts now: each call returns the real time since then. It never goes back, and you can copy it to any
/// thread.
pub fn clock() -> impl Fn() -> Duration + Copy + Send + Sync + 'static {
    let start = Instant::now();
    move || start.elapsed()
}

/// Prints to standard error how long a call took. [`timed`] and [`timed_future`] report with it.
pub fn to_stderr(timing: Timing) {
    eprintln!("{timing}");
}

/// Wraps `function`: the new function does the same and prints to standard error how long each call took. If `function`
/// has several arguments, pass them as a tuple. A call that panics is not reported.
///
/// ```
/// let double = paintdry_core::timed("double", |n: i32| n * 2);
/// assert_eq!(double(21), 42); // and on standard error: double took 0.000 s
/// ```
pub fn timed<A, R>(name: &'static str, function: impl Fn(A) -> R) -> impl Fn(A) -> R {
    timed_with(name, function, clock(), to_stderr)
}

/// [`timed`] with a clock and a report of your own.
pub fn timed_with<A, R>(
    name: &'static str,
    function: impl Fn(A) -> R,
    now: impl Fn() -> Duration,
    report: impl Fn(Timing),
) -> impl Fn(A) -> R {
    move |arguments| {
        let start = now();
        let result = function(arguments);
        report(Timing { name, took: now().saturating_sub(start) });
        result
    }
}

/// Awaits `future` and prints to standard error how long that took. The time in which other tasks ran counts as well.
///
/// ```
/// let answer = futures::executor::block_on(paintdry_core::timed_future("answer", async { 42 }));
/// assert_eq!(answer, 42);
/// ```
pub async fn timed_future<F: Future>(name: &'static str, future: F) -> F::Output {
    timed_future_with(name, future, clock(), to_stderr).await
}

/// [`timed_future`] with a clock and a report of your own. A future that is dropped before its end is not reported.
pub async fn timed_future_with<F: Future>(
    name: &'static str,
    future: F,
    now: impl Fn() -> Duration,
    report: impl Fn(Timing),
) -> F::Output {
    let start = now();
    let output = future.await;
    report(Timing { name, took: now().saturating_sub(start) });
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn reports_each_call() {
        let (time, reports) = (Cell::new(SECOND), RefCell::new(Vec::new()));
        let work = |seconds: u32| time.set(time.get() + seconds * SECOND);
        let work = timed_with("work", work, || time.get(), |timing| reports.borrow_mut().push(timing.to_string()));
        work(2);
        work(3);
        assert_eq!(*reports.borrow(), ["work took 2.000 s", "work took 3.000 s"]);
    }

    #[test]
    fn a_future_is_timed_from_its_first_poll() {
        let (time, took) = (Cell::new(SECOND), Cell::new(None));
        let work = async { time.set(time.get() + 2 * SECOND) };
        let future = timed_future_with("work", work, || time.get(), |timing| took.set(Some(timing.took)));
        time.set(100 * SECOND); // before the first poll nothing runs, so nothing is timed
        futures::executor::block_on(future);
        assert_eq!(took.get(), Some(2 * SECOND));
    }
}
