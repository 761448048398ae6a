//! Who is the fastest, if that can be told from the noise.

use crate::report::{JobReport, Report, Run};
use crate::runtimes::BLOCKING;
use std::time::Duration;

/// Fewer runs say nothing about the noise.
const FEWEST_RUNS: usize = 3;

/// What the wall times say about who is the fastest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Race {
    /// There is nothing to compare.
    None,
    /// There are too few runs to tell a difference from the noise.
    TooFew,
    /// The middle half of this row's wall times lies below that of each other.
    Won(usize),
    /// The first is not faster than the noise, which is so much to each side.
    Noise(Duration),
}

impl Run {
    /// The quartiles of its wall times.
    fn middle_half(&self) -> (Duration, Duration) {
        let quartile = |quarters: u32| {
            let last = u32::try_from(self.walls.len().saturating_sub(1)).unwrap_or(u32::MAX);
            let (position, rest) = (last * quarters / 4, last * quarters % 4);
            let at = |position: u32| self.walls.get(position.min(last) as usize).copied().unwrap_or_default();
            at(position) + at(position + 1).saturating_sub(at(position)) * rest / 4
        };
        (quartile(1), quartile(3))
    }

    /// Half the width of the middle half.
    pub(crate) fn noise(&self) -> Duration {
        let (first, third) = self.middle_half();
        third.saturating_sub(first) / 2
    }
}

impl Report {
    /// Who is the fastest, where several are compared.
    pub(crate) fn race(&self) -> Race {
        if !self.workload.is_timed() {
            return Race::None;
        }
        // In amap, blocking is out of the race: it does not yield.
        let races = |run: &Run| matches!(run.job, JobReport::Paint { .. }) || run.runtime != BLOCKING;
        let runs = self.runs.iter().enumerate().filter(|(_, run)| races(run));
        let mut measured: Vec<_> = runs.filter(|(_, run)| run.wall.is_some()).collect();
        measured.sort_by_key(|(_, run)| run.wall);
        let [(index, first), second, ..] = measured[..] else { return Race::None };
        if measured.iter().any(|(_, run)| run.walls.len() < FEWEST_RUNS) {
            return Race::TooFew;
        }
        let is_apart = |(_, other): &(usize, &Run)| first.middle_half().1 < other.middle_half().0;
        if measured[1..].iter().all(is_apart) {
            Race::Won(index)
        } else {
            Race::Noise(first.noise().max(second.1.noise()))
        }
    }
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
    fn the_fastest_is_whose_middle_half_lies_below_that_of_each_other() {
        let apart: [&[u64]; 3] = [&[30, 31, 90, 32, 33], &[12, 11, 10, 13, 99], &[20, 22, 21, 23, 24]];
        assert_eq!(report(&apart).race(), Race::Won(1));
        let noise: [&[u64]; 2] = [&[10, 20, 30, 40, 50], &[25, 26, 27, 28, 29]];
        assert_eq!(report(&noise).race(), Race::Noise(Duration::from_micros(10)));
        let few: [&[u64]; 2] = [&[10, 11], &[99, 98]];
        assert_eq!(report(&few).race(), Race::TooFew);
        assert_eq!(report(&few[..1]).race(), Race::None);
    }

    #[test]
    fn the_row_of_several_runs_is_that_of_the_median_one() {
        let report = report(&[&[30, 10, 50, 20, 40]]);
        assert_eq!(report.runs[0].wall, Some(Duration::from_micros(30)));
        assert_eq!(report.runs[0].walls, [10, 20, 30, 40, 50].map(Duration::from_micros));
        assert_eq!(report.runs[0].noise(), Duration::from_micros(10));
    }
}
