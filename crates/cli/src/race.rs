//! Finds the fastest runtime, if the differences exceed the noise.

use crate::report::{JobReport, Report, Run};
use crate::runtimes::BLOCKING;
use paintdry_contenders::numbers::Spread;
use std::time::Duration;

/// How often chance alone may make a runtime the fastest, if all are equal.
const CHANCE: f64 = 0.05;

/// What the wall times say about which runtime is fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Race {
    /// There is nothing to compare.
    None,
    /// There are too few runs to tell a difference from the noise.
    TooFew,
    /// The fastest runs of all, this many in a row, all belong to this runtime: more than chance gives.
    Won {
        /// The row.
        row: usize,
        /// How many.
        fastest: usize,
    },
    /// The first is not faster by more than the noise, which is this much to each side.
    Noise(Duration),
}

impl Run {
    /// Half the distance between the quartiles of its wall times.
    pub(crate) fn noise(&self) -> Duration {
        let spread = Spread::of(self.walls.iter().map(Duration::as_secs_f64).collect());
        let half = spread.map_or(0.0, |spread| (spread.q3 - spread.q1) / 2.0);
        Duration::try_from_secs_f64(half).unwrap_or_default()
    }
}

impl Report {
    /// The fastest runtime, if several are compared.
    pub(crate) fn race(&self) -> Race {
        if !self.workload.is_timed() {
            return Race::None;
        }
        // In amap, blocking does not compete: it does not yield.
        let races = |run: &Run| matches!(run.job, JobReport::Paint { .. }) || run.runtime != BLOCKING;
        let runs = self.runs.iter().enumerate().filter(|(_, run)| races(run));
        let mut measured: Vec<_> = runs.filter(|(_, run)| run.wall.is_some()).collect();
        measured.sort_by_key(|(_, run)| run.wall);
        let [(_, first), (_, second), ..] = measured[..] else { return Race::None };
        let all: usize = measured.iter().map(|(_, run)| run.walls.len()).sum();
        if measured.iter().any(|(_, run)| chance(run.walls.len(), run.walls.len(), all) > CHANCE) {
            return Race::TooFew;
        }
        let (row, fastest) = in_front(&measured);
        if chance(fastest, self.runs[row].walls.len(), all) <= CHANCE {
            Race::Won { row, fastest }
        } else {
            Race::Noise(first.noise().max(second.noise()))
        }
    }
}

/// The row of the fastest run, and how many of its runs are faster than every other row's runs.
fn in_front(measured: &[(usize, &Run)]) -> (usize, usize) {
    let best_of = |run: &Run| run.walls.first().copied().unwrap_or(Duration::MAX);
    let Some((row, winner)) = measured.iter().min_by_key(|(_, run)| best_of(run)) else { return (0, 0) };
    let others = measured.iter().filter(|(other, _)| other != row).map(|(_, run)| best_of(run));
    let limit = others.min().unwrap_or_default();
    (*row, winner.walls.iter().filter(|wall| **wall < limit).count())
}

/// The probability that the fastest `count` of `all` runs belong to one runtime, which has `own` of them, if all runtimes are
/// equal. The fastest run may be any runtime's; each of the next must be of the same one.
#[expect(clippy::cast_precision_loss, reason = "there are at most some thousands of runs")]
fn chance(count: usize, own: usize, all: usize) -> f64 {
    let left = |of: usize, taken: usize| of.saturating_sub(taken) as f64;
    (1..count).map(|taken| left(own, taken) / left(all, taken).max(1.0)).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::WorkloadReport;
    use crate::{AmapWorkload, RunError, Workload, built_in};
    use paintdry_studio::Clock;

    /// A report of amap on the first runtimes after blocking and threads, with these wall times in microseconds.
    fn report(walls: &[&[u64]]) -> Report {
        let workload = Workload::Amap(AmapWorkload { tasks: 1, items: 1 });
        let workload = WorkloadReport { workload, speed: 1.0, clock: Clock::Real, recorded: false };
        let mut report = Report::new(workload);
        for (index, (entry, walls)) in built_in().iter().skip(2).zip(walls).enumerate() {
            let row = report.run_of(entry, Err(RunError::NoResults { task: String::new() }));
            let run = |wall: &u64| Run { wall: Some(Duration::from_micros(*wall)), error: None, ..row.clone() };
            report.put(index, &walls.iter().map(run).collect::<Vec<_>>());
        }
        report
    }

    #[test]
    fn the_fastest_is_whose_runs_stand_in_front_more_often_than_by_chance() {
        let apart: [&[u64]; 3] = [&[30, 31, 90, 32, 33], &[12, 11, 10, 13, 99], &[20, 22, 21, 23, 24]];
        assert_eq!(report(&apart).race(), Race::Won { row: 1, fastest: 4 });
        let noise: [&[u64]; 2] = [&[10, 20, 30, 40, 50], &[25, 26, 27, 28, 29]];
        assert_eq!(report(&noise).race(), Race::Noise(Duration::from_micros(10)));
        for few in [[&[10, 11][..], &[98, 99]], [&[10, 11, 12], &[97, 98, 99]]] {
            assert_eq!(report(&few).race(), Race::TooFew);
        }
        assert_eq!(report(&[&[10, 11, 12, 13], &[96, 97, 98, 99]]).race(), Race::Won { row: 0, fastest: 4 });
        assert_eq!(report(&[&[10]]).race(), Race::None);
    }

    /// All runtimes draw from the same times, so a winner wins by chance.
    #[test]
    fn equals_are_told_apart_by_chance_only() {
        let mut state = 1_u64;
        let mut draw = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        for (runtimes, runs) in [(2, 4), (2, 5), (3, 5), (6, 3), (6, 5), (6, 9)] {
            let mut won = 0;
            for _ in 0..1_000 {
                let walls: Vec<Vec<u64>> = (0..runtimes).map(|_| (0..runs).map(|_| draw()).collect()).collect();
                let walls: Vec<_> = walls.iter().map(Vec::as_slice).collect();
                won += u32::from(matches!(report(&walls).race(), Race::Won { .. }));
            }
            assert!(won <= 70, "{won} of 1,000, with {runs} runs of {runtimes} runtimes");
        }
    }

    #[test]
    fn the_row_of_several_runs_is_that_of_the_median_one() {
        let report = report(&[&[30, 10, 50, 20, 40]]);
        assert_eq!(report.runs[0].wall, Some(Duration::from_micros(30)));
        assert_eq!(report.runs[0].walls, [10, 20, 30, 40, 50].map(Duration::from_micros));
        assert_eq!(report.runs[0].noise(), Duration::from_micros(10));
    }
}
