//! Painting and drying on every runtime. Run with `cargo bench --bench paint`.
//!
//! Three canvases that dry for 8 ms, looked at every 2 ms: a thousandth of the command's two seconds would be lost in
//! the granularity of the timers, and the full time is the command's to show. What is above 8 ms is the painting, the
//! lateness of four sleeps in a row, and the runtime.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use paintdry::{PaintWorkload, RunError, built_in};
use paintdry_benches::sum_of_walls;
use std::time::Duration;

const WORKLOAD: PaintWorkload = PaintWorkload {
    canvases: 3,
    drying: Duration::from_millis(8),
    poll: Duration::from_millis(2),
    strokes: 100_000,
    stroke_cost: Duration::ZERO,
};

fn paint(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("paint, 3 canvases drying for 8 ms");
    group.sample_size(20).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    for runtime in built_in() {
        group.bench_function(BenchmarkId::from_parameter(runtime.name()), |bencher| {
            bencher.iter_custom(|repeats| {
                sum_of_walls(repeats, || {
                    let outcome = runtime.paint(&WORKLOAD)?;
                    assert_eq!(outcome.canvases.len(), WORKLOAD.canvases, "all canvases are dry");
                    assert!(outcome.canvases.iter().all(|canvas| canvas.looks > 1), "and were waited for");
                    Ok::<_, RunError>(outcome.wall)
                })
            });
        });
    }
    group.finish();
}

criterion_group!(benches, paint);
criterion_main!(benches);
