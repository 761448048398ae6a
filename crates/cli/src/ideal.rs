//! The time that painting would take if the runtime cost nothing. A run's time above it is the runtime's cost.

use crate::PaintWorkload;
use std::time::Duration;

/// The time from the last stroke to the check that finds the canvas dry, when no sleep is late: ⌈drying / poll⌉ × poll.
fn waiting(workload: &PaintWorkload) -> Duration {
    let sleeps = workload.drying.as_nanos().div_ceil(workload.poll.as_nanos().max(1));
    times(workload.poll, sleeps)
}

/// On `threads`: the paintings, divided among the cores, and then the waiting, which overlaps.
pub(crate) fn side_by_side(workload: &PaintWorkload, paintings: &[Duration], threads: usize) -> Duration {
    side_by_side_on(cores(), workload, paintings, threads)
}

fn side_by_side_on(cores: usize, workload: &PaintWorkload, paintings: &[Duration], threads: usize) -> Duration {
    let at_once = u32::try_from(threads.min(cores).max(1)).unwrap_or(u32::MAX);
    let longest = paintings.iter().max().copied().unwrap_or_default();
    (sum(paintings) / at_once).max(longest).saturating_add(waiting(workload))
}

/// One after another: each canvas pays for its painting and for its waiting.
pub(crate) fn one_after_another(workload: &PaintWorkload, paintings: &[Duration], _threads: usize) -> Duration {
    sum(paintings).saturating_add(times(waiting(workload), workload.canvases as u128))
}

fn sum(durations: &[Duration]) -> Duration {
    durations.iter().fold(Duration::ZERO, |sum, duration| sum.saturating_add(*duration))
}

/// The number of cores that this process may use.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn times(duration: Duration, count: u128) -> Duration {
    let nanoseconds = duration.as_nanos().saturating_mul(count);
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MILLISECOND: Duration = Duration::from_millis(1);

    const PAINTINGS: [Duration; 3] = [Duration::from_millis(10); 3];

    #[test]
    fn blocking_pays_for_each_canvas_and_the_others_wait_once() {
        let workload = PaintWorkload::default();
        assert_eq!(one_after_another(&workload, &PAINTINGS, 1), 6_030 * MILLISECOND);
        assert_eq!(side_by_side_on(4, &workload, &PAINTINGS, 1), 2_030 * MILLISECOND);
    }

    #[test]
    fn painting_is_divided_among_threads_as_far_as_there_are_cores() {
        let workload = PaintWorkload::default();
        let ideal = |cores, threads| side_by_side_on(cores, &workload, &PAINTINGS, threads).as_millis();
        assert_eq!([ideal(4, 2), ideal(4, 3), ideal(4, 8), ideal(1, 3)], [2_015, 2_010, 2_010, 2_030]);
    }

    #[test]
    fn waiting_ends_with_a_check() {
        for (drying, poll, expected) in [(2_000, 500, 2_000), (2_001, 500, 2_500), (1, 500, 500), (7, 7, 7)] {
            let (drying, poll) = (drying * MILLISECOND, poll * MILLISECOND);
            let workload = PaintWorkload { drying, poll, ..PaintWorkload::default() };
            assert_eq!(waiting(&workload), expected * MILLISECOND);
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        let day = Duration::from_secs(86_400);
        let workload =
            PaintWorkload { canvases: usize::MAX, drying: Duration::MAX, poll: day, ..PaintWorkload::default() };
        let paintings = [Duration::MAX; 2];
        assert_eq!(one_after_another(&workload, &paintings, 1), Duration::MAX);
        assert_eq!(side_by_side_on(1, &workload, &paintings, 0), Duration::MAX);
        let workload = PaintWorkload { poll: Duration::ZERO, ..workload };
        assert_eq!(waiting(&workload), Duration::ZERO); // a poll of zero is refused earlier; here it must not divide by zero
    }
}
