//! The job `amap`, watched.

use super::sources::{AMAP, AmapLines, MAP_AND_YIELD};
use super::{WatchedJob, WatchedOutcome};
use crate::amap::{LONGEST_ORDER, OrderLog, map_and_yield, pass, promised, task_name};
use crate::outcome::Outcome;
use crate::threads::gather_threads;
use crate::{AmapOutcome, AmapWorkload, RunError};
use futures::channel::oneshot;
use paintdry_core::{Runtime, TaskError, gather};
use paintdry_studio::{Studio, WatchedRun, at_line, name_task};
use std::thread;

/// The results that the tasks sent on their promises, and the order in which the tasks worked.
struct Results {
    workload: AmapWorkload,
    log: OrderLog,
    futures: Vec<oneshot::Receiver<Vec<u64>>>,
}

type Function<F> = (usize, oneshot::Sender<Vec<u64>>, F);

impl Results {
    /// The functions of all tasks, each with its task's number and promise.
    fn begin(
        workload: &AmapWorkload,
        lines: AmapLines,
    ) -> (Vec<Function<impl FnMut(u64) -> u64 + Send + 'static>>, Self) {
        let log = OrderLog::default();
        let (functions, futures) = promised(log.functions(workload.tasks));
        let functions = functions.into_iter().enumerate().map(|(task, (promise, mut function))| {
            let function = move |item| {
                at_line(lines.applying);
                function(item)
            };
            (task, promise, function)
        });
        (functions.collect(), Self { workload: *workload, log, futures })
    }

    fn end(
        self,
        threads: usize,
        source: &'static str,
        watched: WatchedRun<()>,
        ended: Result<Vec<Result<(), TaskError>>, RunError>,
    ) -> WatchedOutcome {
        let Self { workload, log, futures } = self;
        let outcome = ended.and_then(|ended| pass(watched.wall, workload.items, ended, futures)).map(|pass| {
            let order = (workload.items_in_all() <= LONGEST_ORDER).then(|| log.into_names());
            Outcome::Amap(AmapOutcome { threads, wall: pass.wall, order, results: pass.results })
        });
        WatchedOutcome { outcome, threads, source, watched }
    }
}

pub(super) fn on_runtime<R: Runtime>(workload: &AmapWorkload, job: &WatchedJob<'_>) -> WatchedOutcome {
    let lines = AmapLines::of(AMAP);
    let studio = job.watching.studio::<R>();
    let (functions, results) = Results::begin(workload, lines);
    let items = workload.items;
    let yield_now = move || {
        at_line(lines.yielding);
        Studio::<R>::yield_now()
    };
    let tasks = functions.into_iter().map(|(task, promise, function)| async move {
        name_task(&task_name(task));
        paintdry_core::amap(promise, function, 0..items, yield_now).await;
    });
    let WatchedRun { result, wall, tasks, events, resources } = studio.run(gather::<Studio<R>, _>(tasks));
    let watched = WatchedRun { result: Ok(()), wall, tasks, events, resources };
    results.end(studio.threads(), AMAP, watched, result.map_err(RunError::Stalled))
}

pub(super) fn blocking(workload: &AmapWorkload, job: &WatchedJob<'_>) -> WatchedOutcome {
    let lines = AmapLines::of(MAP_AND_YIELD);
    let studio = job.watching.blocking_studio(1);
    let (functions, results) = Results::begin(workload, lines);
    let ended = functions.into_iter().map(|(task, promise, function)| {
        let pause = || at_line(lines.yielding);
        studio.task(&task_name(task)).run(|| map_and_yield(promise, function, workload.items, pause))
    });
    let ended = ended.collect();
    results.end(1, MAP_AND_YIELD, studio.end(), Ok(ended))
}

pub(super) fn on_threads(workload: &AmapWorkload, job: &WatchedJob<'_>) -> WatchedOutcome {
    let AmapWorkload { tasks, items } = *workload;
    let lines = AmapLines::of(MAP_AND_YIELD);
    let studio = job.watching.blocking_studio(tasks);
    let (functions, results) = Results::begin(workload, lines);
    let announced: Vec<_> = functions.into_iter().map(|own| (studio.task(&task_name(own.0)), own)).collect();
    let pieces = announced.into_iter().map(|(announced, (_, promise, function))| {
        let pause = move || {
            at_line(lines.yielding);
            thread::yield_now();
        };
        move || announced.run(|| map_and_yield(promise, function, items, pause))
    });
    let ended =
        gather_threads(pieces).map(|ended| ended.into_iter().map(|ended| ended.and_then(|ended| ended)).collect());
    results.end(tasks, MAP_AND_YIELD, studio.end(), ended)
}
