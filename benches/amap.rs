//! The cost of a yield: amap on every runtime, with 2 and with 100 tasks. Run with `cargo bench --bench amap`.
//!
//! The time is that of 100,000 yields, the throughput is yields in a second. Each time is the median of five passes on
//! a runtime that is running already; the results of every pass are checked. `blocking` does the same work without a
//! yield. The larger the number of items, the less the spawning of a task weighs.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use paintdry::{AmapWorkload, built_in};
use paintdry_benches::sum_of_walls;
use std::time::Duration;

/// Enough that spawning is a small part, and more than the job would note the order of.
const YIELDS: u64 = 100_000;

fn amap(criterion: &mut Criterion) {
    for tasks in [2, 100] {
        let items = YIELDS / tasks;
        let workload = AmapWorkload { tasks: usize::try_from(tasks).expect("it is small"), items };
        let mut group = criterion.benchmark_group(format!("amap, {tasks} tasks of {items} items"));
        group.sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
        group.throughput(Throughput::Elements(workload.items_in_all()));
        for runtime in built_in() {
            group.bench_function(BenchmarkId::from_parameter(runtime.name()), |bencher| {
                bencher.iter_custom(|repeats| {
                    sum_of_walls(repeats, || runtime.amap(&workload).map(|outcome| outcome.wall)) //
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, amap);
criterion_main!(benches);
