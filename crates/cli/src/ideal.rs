//! The least time that painting can take, by which the runtimes are judged: what is above it, they cost.

use crate::PaintWorkload;
use std::time::Duration;

/// The time from the last stroke to the look that finds the canvas dry, when no sleep is late: ⌈drying / poll⌉ × poll.
fn waiting(workload: &PaintWorkload) -> Duration {
    let sleeps = workload.drying.as_nanos().div_ceil(workload.poll.as_nanos().max(1));
    times(workload.poll, sleeps)
}

/// What painting costs on this machine. On one thread it is what it was in the run itself, so that a machine that is
/// slower at one moment than at another is not held against the runtime. On several, painters may have held each other
/// up, which is not ideal: there the fastest painting counts that was seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Painting {
    /// All canvases, in the run.
    pub(crate) in_run: Duration,
    /// One canvas: the fastest, before the runs and in the run.
    pub(crate) of_one: Duration,
}

impl Painting {
    /// What can be expected before a run.
    pub(crate) fn expected(workload: &PaintWorkload, of_one: Duration) -> Self {
        Self { in_run: times(of_one, workload.canvases as u128), of_one }
    }
}

/// On `threads`: the painting, divided among them as far as there are cores, and then the waiting, which overlaps.
pub(crate) fn side_by_side(workload: &PaintWorkload, painting: Painting, threads: usize) -> Duration {
    side_by_side_on(cores(), workload, painting, threads)
}

fn side_by_side_on(cores: usize, workload: &PaintWorkload, painting: Painting, threads: usize) -> Duration {
    if threads == 1 {
        return painting.in_run.saturating_add(waiting(workload));
    }
    let at_once = u32::try_from(threads.min(cores).max(1)).unwrap_or(u32::MAX);
    let divided = times(painting.of_one, workload.canvases as u128) / at_once;
    divided.max(painting.of_one).saturating_add(waiting(workload))
}

/// One after another: each canvas pays for its painting and for its waiting.
pub(crate) fn one_after_another(workload: &PaintWorkload, painting: Painting, _threads: usize) -> Duration {
    painting.in_run.saturating_add(times(waiting(workload), workload.canvases as u128))
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

    #[test]
    fn blocking_pays_for_each_canvas_and_the_others_wait_once() {
        let workload = PaintWorkload::default();
        let painting = Painting { in_run: 30 * MILLISECOND, of_one: 7 * MILLISECOND };
        assert_eq!(one_after_another(&workload, painting, 1), 6_030 * MILLISECOND);
        assert_eq!(side_by_side_on(4, &workload, painting, 1), 2_030 * MILLISECOND);
    }

    #[test]
    fn painting_is_divided_among_threads_as_far_as_there_are_cores() {
        let workload = PaintWorkload::default();
        let painting = Painting { in_run: 99 * MILLISECOND, of_one: 10 * MILLISECOND };
        let ideal = |cores, threads| side_by_side_on(cores, &workload, painting, threads).as_millis();
        assert_eq!([ideal(4, 2), ideal(4, 3), ideal(4, 8), ideal(1, 3)], [2_015, 2_010, 2_010, 2_030]);
    }

    #[test]
    fn waiting_ends_with_a_look() {
        for (drying, poll, expected) in [(2_000, 500, 2_000), (2_001, 500, 2_500), (1, 500, 500), (7, 7, 7)] {
            let (drying, poll) = (drying * MILLISECOND, poll * MILLISECOND);
            let workload = PaintWorkload { drying, poll, ..PaintWorkload::default() };
            assert_eq!(waiting(&workload), expected * MILLISECOND);
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        let day = Duration::from_secs(86_400);
        let workload = PaintWorkload { canvases: usize::MAX, drying: Duration::MAX, poll: day, strokes: 1 };
        let painting = Painting { in_run: Duration::MAX, of_one: Duration::MAX };
        assert_eq!(one_after_another(&workload, painting, 1), Duration::MAX);
        assert!(side_by_side_on(1, &workload, painting, 0) >= Duration::from_nanos(u64::MAX));
        let workload = PaintWorkload { poll: Duration::ZERO, ..workload };
        assert_eq!(waiting(&workload), Duration::ZERO); // a poll of zero is refused long before; it must not divide
    }
}
