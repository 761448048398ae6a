//! Hands the samples to criterion, for its statistics and its HTML report. Criterion times nothing here: it measures one
//! bench after the other, and these samples were taken in turn.
//!
//! What criterion 0.8 does with a bench, and what is made of it: it warms up, calling the bench until the warm-up time has
//! passed, which is a nanosecond and so one call, that takes a microsecond here; from the time that this call took it finds
//! a number of iterations, the same for each sample because sampling is flat; and then it calls the bench once for each
//! sample. The answer is the recorded time of an iteration, times that number.

use crate::report::GroupReport;
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use std::time::{Duration, Instant};

/// Criterion takes no fewer samples.
pub const FEWEST: usize = 10;

/// Makes criterion's report of a group. Rows with fewer than ten samples are left out; their names are returned.
///
/// # Panics
/// If criterion takes more or fewer samples than it was told: then its report would be of other figures.
pub fn replay(criterion: &mut Criterion, report: &GroupReport) -> Vec<String> {
    let mut group = criterion.benchmark_group(report.id.clone());
    group.sampling_mode(SamplingMode::Flat).warm_up_time(Duration::from_nanos(1)).nresamples(10_000);
    group.throughput(Throughput::Elements(1));
    let mut left_out = Vec::new();
    for row in &report.rows {
        let samples: Vec<f64> = row.samples.iter().flatten().copied().collect();
        if samples.len() < FEWEST {
            left_out.push(row.name.clone());
            continue;
        }
        group.sample_size(samples.len());
        group.measurement_time(Duration::from_millis(100) * u32::try_from(samples.len()).unwrap_or(u32::MAX));
        let mut warm_up = Some(());
        let mut samples = samples.into_iter();
        group.bench_function(BenchmarkId::from_parameter(&row.name), |bencher| {
            bencher.iter_custom(|iterations| {
                if warm_up.take().is_some() {
                    return spin(Duration::from_micros(1));
                }
                let nanoseconds = samples.next().expect("criterion takes as many samples as it was told");
                Duration::from_secs_f64(nanoseconds * as_f64(iterations) / 1e9)
            });
        });
        assert_eq!(samples.next(), None, "criterion took every sample of {}", row.name);
    }
    group.finish();
    left_out
}

/// Takes a time that criterion can measure.
fn spin(time: Duration) -> Duration {
    let start = Instant::now();
    while start.elapsed() < time {
        std::hint::spin_loop();
    }
    time
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::rows_of;
    use std::fs;

    #[test]
    fn criterion_reports_exactly_the_samples_and_rows_of_few_are_named() {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        let mut criterion = Criterion::default().without_plots().output_directory(folder.path());
        let samples: Vec<f64> = (0..12).map(|n| 0.7 + f64::from(n)).collect();
        let left_out = replay(&mut criterion, &rows_of(&[("many", &samples), ("few", &samples[..9])]));
        assert_eq!(left_out, ["few"]);

        let json = fs::read_to_string(folder.path().join("yield-2/many/new/sample.json")).expect("criterion wrote it");
        let written: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        let figures = |key: &str| serde_json::from_value::<Vec<f64>>(written[key].clone()).expect("they are figures");
        let replayed: Vec<f64> =
            figures("times").iter().zip(figures("iters")).map(|(time, count)| time / count).collect();
        assert_eq!(replayed.len(), samples.len());
        for (replayed, sample) in replayed.iter().zip(&samples) {
            assert!((replayed / sample - 1.0).abs() < 0.01, "{replayed} was {sample}");
        }
    }
}
