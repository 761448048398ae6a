//! The job `amap` on one runtime: several tasks that yield after each item, and their promises.

use crate::paint::warmed_up;
use crate::threads::gather_threads;
use crate::{AmapWorkload, RunError};
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError, clock, gather};
use std::hint::black_box;
use std::iter::repeat_n;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The outcome of mapping on one runtime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmapOutcome {
    /// How many threads ran the tasks.
    pub threads: usize,
    /// From before the first spawn until every task has ended: the median of some passes.
    pub wall: Duration,
    /// The order in which the items were processed, as `a0 b0 a1 b1`; `None` above 10,000 items in all. A separate pass recorded
    /// it, so the time that recording takes is not in `wall`.
    pub order: Option<Vec<String>>,
    /// What each task sent on its promise, in the order of the tasks.
    pub results: Vec<Vec<u64>>,
}

/// Above this number of items the order is not recorded.
pub(crate) const LONGEST_ORDER: u64 = 10_000;

/// The number of timed passes, whose median counts.
const PASSES: usize = 5;

/// The name of a task: a to z, then aa, ab and so on, as a spreadsheet names its columns.
pub(crate) fn task_name(task: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = Some(task);
    while let Some(n) = rest {
        letters.push(char::from(b'a' + u8::try_from(n % 26).unwrap_or(0)));
        rest = (n / 26).checked_sub(1);
    }
    letters.iter().rev().collect()
}

/// The function to map. `black_box` hides the item, so that the optimiser cannot finish a whole task at once.
fn double(item: u64) -> u64 {
    black_box(item) * 2
}

/// Which task processed which item, in the order in which it happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderLog(Arc<Mutex<Vec<(usize, u64)>>>);

impl OrderLog {
    /// [`double`] for each task, noting each call.
    pub(crate) fn functions(
        &self,
        tasks: usize,
    ) -> impl Iterator<Item = impl FnMut(u64) -> u64 + Send + 'static + use<>> + use<> {
        let log = self.clone();
        (0..tasks).map(move |task| {
            let Self(log) = log.clone();
            move |item| {
                log.lock().unwrap_or_else(PoisonError::into_inner).push((task, item));
                double(item)
            }
        })
    }

    pub(crate) fn into_names(self) -> Vec<String> {
        let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.iter().map(|(task, item)| format!("{}{item}", task_name(*task))).collect()
    }
}

/// One pass over all tasks: how long it took, and what the promises hold.
pub(crate) struct Pass {
    pub(crate) wall: Duration,
    pub(crate) results: Vec<Vec<u64>>,
}

/// Runs one pass that notes the order, where wanted, and then the timed passes with the function alone.
fn measure(
    workload: &AmapWorkload,
    threads: usize,
    noted: impl Fn(&OrderLog) -> Result<Pass, RunError>,
    plain: impl Fn() -> Result<Pass, RunError>,
) -> Result<AmapOutcome, RunError> {
    let mut order = None;
    if workload.items_in_all() <= LONGEST_ORDER {
        let log = OrderLog::default();
        noted(&log)?;
        order = Some(log.into_names());
    }
    let mut walls = Vec::new();
    let mut results = Vec::new();
    for _ in 0..PASSES {
        results.clear(); // before the next pass, so that only one set of results is in memory
        let pass = plain()?;
        walls.push(pass.wall);
        results = pass.results;
    }
    walls.sort_unstable();
    Ok(AmapOutcome { threads, wall: walls[PASSES / 2], order, results })
}

/// Each function with its task's promise, and the futures of all promises.
#[expect(clippy::type_complexity, reason = "pairs and their futures, which are taken apart at once")]
pub(crate) fn promised<F>(
    functions: impl Iterator<Item = F>,
) -> (Vec<(oneshot::Sender<Vec<u64>>, F)>, Vec<oneshot::Receiver<Vec<u64>>>) {
    functions
        .map(|function| {
            let (promise, future) = oneshot::channel();
            ((promise, function), future)
        })
        .unzip()
}

pub(crate) fn on_runtime<R: Runtime>(workload: &AmapWorkload) -> Result<AmapOutcome, RunError> {
    let AmapWorkload { tasks, items } = *workload;
    let runtime = warmed_up::<R>()?;
    let noted = |log: &OrderLog| pass_on_runtime(&runtime, items, log.functions(tasks));
    let plain = || pass_on_runtime(&runtime, items, repeat_n(double, tasks));
    measure(workload, runtime.threads(), noted, plain)
}

fn pass_on_runtime<R: Runtime>(
    runtime: &R,
    items: u64,
    functions: impl Iterator<Item = impl FnMut(u64) -> u64 + Send + 'static>,
) -> Result<Pass, RunError> {
    let (tasks, futures) = promised(functions);
    let tasks =
        tasks.into_iter().map(|(promise, function)| paintdry_core::amap(promise, function, 0..items, R::yield_now));
    let now = clock();
    let ended = runtime.run_until_complete(gather::<R, _>(tasks));
    pass(now(), items, ended, futures)
}

/// One task after another, without yields: the work alone.
pub(crate) fn blocking(workload: &AmapWorkload) -> Result<AmapOutcome, RunError> {
    let AmapWorkload { tasks, items } = *workload;
    let noted = |log: &OrderLog| blocking_pass(items, log.functions(tasks));
    measure(workload, 1, noted, || blocking_pass(items, repeat_n(double, tasks)))
}

fn blocking_pass(items: u64, functions: impl Iterator<Item = impl FnMut(u64) -> u64>) -> Result<Pass, RunError> {
    let (tasks, futures) = promised(functions);
    let mut ended = Vec::with_capacity(tasks.len());
    let now = clock();
    for (promise, function) in tasks {
        map_and_yield(promise, function, items, || ());
        ended.push(Ok(()));
    }
    pass(now(), items, ended, futures)
}

pub(crate) fn on_threads(workload: &AmapWorkload) -> Result<AmapOutcome, RunError> {
    let AmapWorkload { tasks, items } = *workload;
    let noted = |log: &OrderLog| pass_on_threads(items, log.functions(tasks));
    measure(workload, tasks, noted, || pass_on_threads(items, repeat_n(double, tasks)))
}

fn pass_on_threads(
    items: u64,
    functions: impl Iterator<Item = impl FnMut(u64) -> u64 + Send + 'static>,
) -> Result<Pass, RunError> {
    let (tasks, futures) = promised(functions);
    let tasks =
        tasks.into_iter().map(|(promise, function)| move || map_and_yield(promise, function, items, thread::yield_now));
    let now = clock();
    let ended = gather_threads(tasks)?;
    pass(now(), items, ended, futures)
}

/// Core's `amap` without `async`, for the two rows without tasks.
pub(crate) fn map_and_yield(
    promise: oneshot::Sender<Vec<u64>>,
    mut function: impl FnMut(u64) -> u64,
    items: u64,
    yield_now: impl Fn(),
) {
    let mut results = Vec::new();
    for item in 0..items {
        results.push(function(item));
        yield_now();
    }
    let _ = promise.send(results); // the receiver may have been dropped on purpose
}

/// Takes the results from the promises and proves that they are right.
pub(crate) fn pass(
    wall: Duration,
    items: u64,
    ended: Vec<Result<(), TaskError>>,
    futures: Vec<oneshot::Receiver<Vec<u64>>>,
) -> Result<Pass, RunError> {
    let mut results = Vec::with_capacity(futures.len());
    for (number, (ended, mut future)) in ended.into_iter().zip(futures).enumerate() {
        let task = || format!("task {}", task_name(number));
        ended.map_err(|error| RunError::Task { task: task(), error })?;
        let Ok(Some(own)) = future.try_recv() else {
            return Err(RunError::NoResults { task: task() });
        };
        if !own.iter().copied().eq((0..items).map(|item| item * 2)) {
            return Err(RunError::WrongResults { task: task() });
        }
        results.push(own);
    }
    Ok(Pass { wall, results })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_named_as_columns_are() {
        let names = [0, 1, 25, 26, 27, 51, 52, 701, 702, 999_999].map(task_name);
        assert_eq!(names, ["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa", "bdwgn"]);
    }

    #[test]
    fn blocking_finishes_one_task_before_the_next() {
        let outcome = blocking(&AmapWorkload { tasks: 2, items: 2 }).expect("nothing can fail");
        assert_eq!(outcome.order.expect("it is short").join(" "), "a0 a1 b0 b1");
        assert_eq!(outcome.results, [[0, 2], [0, 2]]);
    }

    #[test]
    fn missing_and_wrong_results_are_errors() {
        let ended = || vec![Ok(()), Ok(())];
        let promised = |second: Option<Vec<u64>>| {
            let (first_promise, first) = oneshot::channel();
            let (second_promise, future) = oneshot::channel();
            first_promise.send(vec![0, 2]).expect("the future is here");
            second.map(|results| second_promise.send(results));
            vec![first, future]
        };
        let error = |futures| pass(Duration::ZERO, 2, ended(), futures).map(|_| ()).unwrap_err().to_string();
        assert!(error(promised(None)).starts_with("task b ended without results"));
        assert!(error(promised(Some(vec![0, 3]))).starts_with("task b put wrong results"));
        assert!(error(promised(Some(vec![0]))).starts_with("task b put wrong results"));
    }
}
