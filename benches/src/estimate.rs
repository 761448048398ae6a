//! The arithmetic of the comparison: medians, the interval that holds the true median, and ratios within a round.
//!
//! The interval is made of the sorted samples alone. The true median is equally likely to be above and below each sample, so
//! the number of samples below it follows the throws of a coin. The interval from the second smallest to the second largest
//! of 21 samples, say, misses it only if at most one of 21 coins, or all but one, show heads. No shape of the noise is assumed
//! and nothing is drawn at random, as a bootstrap would; and for a median of so few samples a bootstrap's interval is too short.

use serde::{Deserialize, Serialize};

/// A median, and the interval that holds the true one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The median of the samples.
    pub median: f64,
    /// The ends of the interval; `None` if there are too few samples for the certainty that was asked for.
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    /// The estimate from `samples`, whose interval misses the true median with at most the probability `error`; `None` if there
    /// are no samples.
    #[must_use]
    pub fn of(mut samples: Vec<f64>, error: f64) -> Option<Self> {
        samples.sort_unstable_by(f64::total_cmp);
        let last = samples.len().checked_sub(1)?;
        let median = f64::midpoint(samples[last / 2], samples[last.div_ceil(2)]);
        let interval = outermost(samples.len(), error).map(|left_out| (samples[left_out], samples[last - left_out]));
        Some(Self { median, interval })
    }

    /// The estimate of a ratio, from two rows with a sample for each round. What both have in common within a round, such as a
    /// busy machine, cancels out.
    #[must_use]
    pub fn of_ratio(of: &[f64], to: &[f64], error: f64) -> Option<Self> {
        Self::of(of.iter().zip(to).map(|(of, to)| of / to).collect(), error)
    }

    /// Whether a ratio can be 1: the samples do not tell the two apart.
    #[must_use]
    pub fn is_tie(&self) -> bool {
        self.interval.is_none_or(|(low, high)| low <= 1.0 && 1.0 <= high)
    }
}

/// How many samples at each end the interval leaves out: as many as `error` allows. `None` if it does not even allow the
/// interval from the smallest to the largest of `samples`.
fn outermost(samples: usize, error: f64) -> Option<usize> {
    let coins = i32::try_from(samples).unwrap_or(i32::MAX);
    let mut exactly = 0.5_f64.powi(coins); // the probability of no heads, of one, of two ...
    let mut at_most = exactly;
    let mut allowed = None;
    for heads in 0..samples / 2 {
        if 2.0 * at_most > error {
            break;
        }
        allowed = Some(heads);
        exactly *= as_f64(samples - heads) / as_f64(heads + 1);
        at_most += exactly;
    }
    allowed
}

#[expect(clippy::cast_precision_loss, reason = "rounds are counted in dozens")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ERROR;
    use fastrand::Rng;

    #[test]
    fn the_interval_leaves_out_as_many_as_the_error_allows() {
        // 2 of 32: five coins all show the same.
        assert_eq!([outermost(5, 2.0 / 32.0), outermost(5, 0.05), outermost(6, 0.05)], [Some(0), None, Some(0)]);
        // From the tables of the sign test, for 5 %: at most 5 of 21, at most 1 of 9.
        assert_eq!([outermost(21, 0.05), outermost(9, 0.05)], [Some(5), Some(1)]);
        assert_eq!([outermost(21, 1e-4), outermost(0, 1.0), outermost(1, 1.0)], [Some(1), None, None]);
    }

    #[test]
    fn medians_and_intervals_of_few_and_of_many() {
        assert_eq!(Estimate::of(vec![], 0.05), None);
        assert_eq!(Estimate::of(vec![3.0], 0.05), Some(Estimate { median: 3.0, interval: None }));
        let nine = (1..=9).rev().map(f64::from).collect();
        assert_eq!(Estimate::of(nine, 0.05), Some(Estimate { median: 5.0, interval: Some((2.0, 8.0)) }));
        assert_eq!(Estimate::of(vec![1.0, 2.0, 3.0, 100.0], 0.2).map(|it| it.median), Some(2.5));
    }

    #[test]
    fn a_ratio_is_made_within_a_round() {
        // The machine was three times slower in the second round, and the ratio is 2 all the same.
        let ratio = Estimate::of_ratio(&[2.0, 6.0, 2.0, 2.0, 4.0, 2.0], &[1.0, 3.0, 1.0, 1.0, 2.0, 1.0], 0.05);
        assert_eq!(ratio, Some(Estimate { median: 2.0, interval: Some((2.0, 2.0)) }));
        assert_eq!(ratio.map(|ratio| ratio.is_tie()), Some(false));
    }

    #[test]
    fn too_few_samples_tell_nothing_apart() {
        assert!(Estimate::of_ratio(&[9.0; 5], &[1.0; 5], 0.05).is_some_and(|ratio| ratio.is_tie()));
    }

    /// Samples as a shared machine gives them: mostly close together, and now and then far above.
    fn sample(random: &mut Rng) -> f64 {
        let jitter = 1.0 + 0.05 * random.f64();
        if random.u8(..10) == 0 { jitter * (1.0 + 3.0 * random.f64()) } else { jitter }
    }

    #[test]
    fn two_that_are_the_same_are_told_apart_no_more_often_than_allowed() {
        let mut random = Rng::with_seed(7);
        for (rounds, error) in [(9, 0.05), (21, 0.05), (21, 0.01), (15, 0.001)] {
            let runs = 20_000;
            let told_apart = (0..runs).filter(|_| {
                let mut row = || (0..rounds).map(|_| sample(&mut random)).collect::<Vec<_>>();
                !Estimate::of_ratio(&row(), &row(), error).expect("there are rounds").is_tie()
            });
            let share = as_f64(told_apart.count()) / f64::from(runs);
            assert!(share <= error * 1.2, "{rounds} rounds, {error}: {share}");
        }
    }

    /// How many of a hundred runs tell two rows apart of which one takes a tenth longer, at the error of the reports.
    fn found(rounds: usize) -> usize {
        let mut random = Rng::with_seed(7);
        let found = (0..1_000).filter(|_| {
            let mut row = |factor: f64| (0..rounds).map(|_| factor * sample(&mut random)).collect::<Vec<_>>();
            !Estimate::of_ratio(&row(1.1), &row(1.0), ERROR).expect("there are rounds").is_tie()
        });
        found.count() / 10
    }

    /// Where one sample of ten is far above the others, a difference of a tenth is most often missed by 21 rounds. So a tie of theirs
    /// is no proof that two rows are equal, and noisy groups have 41.
    #[test]
    fn a_difference_of_a_tenth_is_found_by_41_rounds_and_often_missed_by_21() {
        let found = [found(21), found(41)];
        assert!(found[0] < 50 && found[1] > 90, "{found:?} of 100");
    }
}
