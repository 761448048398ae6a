//! Finds the fastest runtime, if the differences exceed the noise.

use crate::report::{JobReport, Report, Row};
use crate::runtimes::BLOCKING;
use std::time::Duration;

/// How often chance alone may let a runtime beat another that is equal. Of two either may be called the fastest, so by chance one
/// of them is in at most twice as many comparisons; to beat several at once is rarer.
const CHANCE: f64 = 0.025;

/// What the wall times say about which runtime is fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Race {
    /// There is nothing to compare.
    None,
    /// There are too few runs to tell a difference from the noise.
    TooFew,
    /// The runs of this row are faster than those of each other, and hardly by chance.
    Won(usize),
    /// The fastest cannot be told from the noise, which is so much to each side.
    Noise(Duration),
}

impl Row {
    /// Half the distance between the quartiles of its wall times.
    pub(crate) fn noise(&self) -> Duration {
        let mut walls = self.walls.clone();
        walls.sort_unstable();
        let Some(last) = walls.len().checked_sub(1) else { return Duration::ZERO };
        // Where a quartile lies between two walls, it is at that share of the way.
        let quartile = |quarters: usize| {
            let (below, rest) = (last * quarters / 4, last * quarters % 4);
            let gap = walls[(below + 1).min(last)].saturating_sub(walls[below]);
            walls[below] + gap * u32::try_from(rest).unwrap_or(0) / 4
        };
        quartile(3).saturating_sub(quartile(1)) / 2
    }
}

impl Report {
    /// The fastest runtime, if several are compared.
    pub(crate) fn race(&self) -> Race {
        if !self.workload.is_timed() {
            return Race::None;
        }
        // In amap, blocking does not compete: it does not yield.
        let races = |run: &Row| matches!(run.job, JobReport::Paint { .. }) || run.runtime != BLOCKING;
        let runs = self.runs.iter().enumerate().filter(|(_, run)| races(run));
        let mut measured: Vec<_> = runs.filter(|(_, run)| run.wall.is_some()).collect();
        measured.sort_by_key(|(_, run)| run.wall);
        let [(row, first), (_, second), ..] = measured[..] else { return Race::None };
        let others = measured[1..].iter().map(|(_, other)| (beaten(&first.walls, &other.walls), other.walls.len()));
        let others: Vec<_> = others.collect();
        if others.iter().any(|(_, other)| chance(first.walls.len(), *other, 0) > CHANCE) {
            return Race::TooFew;
        }
        if others.iter().all(|(beaten, other)| chance(first.walls.len(), *other, *beaten) <= CHANCE) {
            Race::Won(row)
        } else {
            Race::Noise(first.noise().max(second.noise()))
        }
    }
}

/// In how many pairs of a run of the one and a run of the other the one is not faster. Both are sorted.
fn beaten(one: &[Duration], other: &[Duration]) -> usize {
    one.iter().map(|wall| other.partition_point(|faster| faster <= wall)).sum()
}

/// How likely `one` runs are not faster in at most `beaten` pairs with `other` runs, if both are equal: the test of Mann, Whitney
/// and Wilcoxon. Each order of all runs is equally likely then, and the orders are counted, as fractions of all.
fn chance(one: usize, other: usize, beaten: usize) -> f64 {
    // By the number of runs of `one` so far, and of pairs so far: how many of the orders have that many.
    let mut orders = vec![vec![0.0; beaten + 1]; one + 1];
    orders[0][0] = 1.0;
    let mut all = vec![0.0_f64; one + 1];
    all[0] = 1.0;
    for so_far in 1..=one + other {
        for own in (1..=one.min(so_far)).rev() {
            // The run that comes last in the order so far is one of `one`: it is slower than all of `other` so far.
            let pairs = so_far - own;
            all[own] += all[own - 1];
            if pairs <= other {
                for many in (pairs..=beaten).rev() {
                    orders[own][many] += orders[own - 1][many - pairs];
                }
            }
        }
    }
    orders[one].iter().sum::<f64>() / all[one].max(1.0)
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
            let run = |wall: &u64| Row { wall: Some(Duration::from_micros(*wall)), error: None, ..row.clone() };
            report.put(index, &walls.iter().map(run).collect::<Vec<_>>());
        }
        report
    }

    #[test]
    fn the_fastest_beats_each_other_more_often_than_by_chance() {
        let apart: [&[u64]; 3] = [&[30, 31, 90, 32, 33], &[12, 11, 10, 13, 99], &[20, 22, 21, 23, 100]];
        assert_eq!(report(&apart[..2]).race(), Race::Noise(Duration::from_micros(1)), "one of five was the slowest");
        let lucky: [&[u64]; 2] = [&[10, 11, 12, 13, 14, 15, 16], &[9, 120, 121, 122, 123, 124, 125]];
        assert_eq!(report(&lucky).race(), Race::Won(0), "one run of the other was lucky");
        assert_eq!(report(&[&[20, 22, 21, 23, 24], &[12, 11, 10, 13, 14]]).race(), Race::Won(1));
        let noise: [&[u64]; 2] = [&[10, 20, 30, 40, 50], &[25, 26, 27, 28, 29]];
        assert_eq!(report(&noise).race(), Race::Noise(Duration::from_micros(10)));
        for few in [[&[10, 11][..], &[98, 99]], [&[10, 11, 12], &[97, 98, 99]]] {
            assert_eq!(report(&few).race(), Race::TooFew);
        }
        assert_eq!(report(&[&[10, 11, 12, 13], &[96, 97, 98, 99]]).race(), Race::Won(0));
        assert_eq!(report(&[&[10]]).race(), Race::None);
    }

    /// The numbers are those of published tables of the test.
    #[test]
    fn chances_are_those_of_the_tables() {
        let is = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found}, not {expected}");
        is(chance(3, 3, 0), 1.0 / 20.0);
        is(chance(5, 5, 0), 1.0 / 252.0);
        is(chance(5, 5, 2), 4.0 / 252.0);
        is(chance(4, 6, 1), 2.0 / 210.0);
        is(chance(2, 2, 4), 1.0);
        is(chance(50, 50, 2_500), 1.0);
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
                won += u32::from(matches!(report(&walls).race(), Race::Won(_)));
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
