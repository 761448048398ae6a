//! What it costs to be watched. Run with `cargo bench --bench studio`.
//!
//! `an event` is one event that a running task notes, alone and with a second thread that does the same: the time with a
//! recording, and the time of the same calls without one. `a yield` is amap with two tasks: as it is compared
//! everywhere else, under the studio, and under its recorder, which notes four events for each item. Figures are in
//! `docs/studio.md`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use futures::channel::oneshot;
use paintdry_core::{Runtime, amap, gather};
use paintdry_studio::{Clock, Studio, at_line};
use std::hint::black_box;
use std::time::{Duration, Instant};

const EVENTS: u32 = 10_000;
const ITEMS: u64 = 10_000;

/// The time in which each of `tasks` tasks notes its events, in one poll.
fn noting<R: Runtime>(studio: &Studio<R>, tasks: u32) -> Duration {
    let tasks = (0..tasks).map(|_| async {
        let start = Instant::now();
        for event in 0..EVENTS {
            at_line(1 + event % 2); // another line each time, because the same line is no event
        }
        start.elapsed()
    });
    let watched = studio.run(gather::<Studio<R>, _>(tasks));
    let times = watched.result.expect("the run ends").into_iter().map(|time| time.expect("no task panics"));
    times.max().unwrap_or_default()
}

fn an_event(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("an event");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    group.throughput(Throughput::Elements(u64::from(EVENTS)));
    for (tasks, name) in [(1, "one thread"), (2, "two threads")] {
        for is_recording in [false, true] {
            let studio = Studio::<paintdry_tokio::MultiThread>::new(Clock::Real);
            let studio = if is_recording { studio.recording() } else { studio };
            let what = if is_recording { "recorded" } else { "not recorded" };
            group.bench_function(BenchmarkId::new(what, name), |bencher| {
                bencher.iter_custom(|repeats| (0..repeats).map(|_| noting(&studio, tasks)).sum());
            });
        }
    }
    group.finish();
}

/// Two tasks that map and yield, each with its results on its promise.
async fn two_tasks<R: Runtime>() {
    let (tasks, futures): (Vec<_>, Vec<_>) = (0..2)
        .map(|_| {
            let (promise, future) = oneshot::channel();
            (amap(promise, |item| black_box(item) * 2, 0..ITEMS, R::yield_now), future)
        })
        .unzip();
    gather::<R, _>(tasks).await;
    for future in futures {
        let results: Vec<u64> = future.await.expect("the task ended");
        assert_eq!((results.len(), results[results.len() - 1]), (10_000, 2 * (ITEMS - 1)));
    }
}

fn a_yield_on<R: Runtime>(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group(format!("a yield on {}", R::NAME));
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    group.throughput(Throughput::Elements(2 * ITEMS));
    let runtime = R::start();
    group.bench_function("not watched", |bencher| {
        bencher.iter(|| runtime.run_until_complete(two_tasks::<R>()));
    });
    let studio = Studio::<R>::new(Clock::Real);
    group.bench_function("watched", |bencher| {
        bencher.iter(|| studio.run(two_tasks::<Studio<R>>()).result.expect("the run ends"));
    });
    let studio = studio.recording();
    group.bench_function("recorded", |bencher| {
        bencher.iter(|| studio.run(two_tasks::<Studio<R>>()).events);
    });
    group.finish();
}

fn a_yield(criterion: &mut Criterion) {
    a_yield_on::<paintdry_generator::EventLoop>(criterion);
    a_yield_on::<paintdry_tokio::CurrentThread>(criterion);
    a_yield_on::<paintdry_smol::Local>(criterion);
}

criterion_group!(benches, an_event, a_yield);
criterion_main!(benches);
