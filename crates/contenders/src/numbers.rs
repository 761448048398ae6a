//! The arithmetic of the summary: medians, quartiles, ratios within a round, and when a difference is noise.

use serde::{Deserialize, Serialize};

/// The middle of some figures, and how far half of them spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The median.
    pub median: f64,
    /// A quarter of the figures are below it.
    pub q1: f64,
    /// A quarter of the figures are above it.
    pub q3: f64,
}

impl Spread {
    /// The spread of `figures`; `None` if there are none.
    #[must_use]
    pub fn of(mut figures: Vec<f64>) -> Option<Self> {
        figures.sort_unstable_by(f64::total_cmp);
        let quantile = |quarters| quantile(&figures, quarters);
        Some(Self { median: quantile(2)?, q1: quantile(1)?, q3: quantile(3)? })
    }

    /// The rule for ratios within a round: a difference is noise if the middle half of the ratios contains 1, so that
    /// neither was faster in three of four rounds.
    #[must_use]
    pub fn is_noise(&self) -> bool {
        self.q1 <= 1.0 && 1.0 <= self.q3
    }
}

/// The value below which `quarters` quarters of the sorted `figures` lie, interpolated between the two next to it.
fn quantile(figures: &[f64], quarters: usize) -> Option<f64> {
    let last = figures.len().checked_sub(1)?;
    let (below, rest) = (last * quarters / 4, last * quarters % 4);
    let above = figures[(below + 1).min(last)];
    Some(figures[below] + (above - figures[below]) * [0.0, 0.25, 0.5, 0.75][rest])
}

/// The ratios of two rows, each within one round: what both have in common, such as a busy machine, cancels out. Rounds
/// in which one of them did not take part are left out; `None` if there is no other.
pub fn ratio(of: &[Option<f64>], to: &[Option<f64>]) -> Option<Spread> {
    Spread::of(of.iter().zip(to).filter_map(|(of, to)| Some((*of)? / (*to)?)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of the median and the quartiles around it.
    fn spread([q1, median, q3]: [f64; 3]) -> Spread {
        Spread { median, q1, q3 }
    }

    #[test]
    fn medians_and_quartiles_of_few_and_of_many() {
        assert_eq!(Spread::of(vec![]), None);
        assert_eq!(Spread::of(vec![3.0]), Some(spread([3.0; 3])));
        assert_eq!(Spread::of(vec![4.0, 2.0]), Some(spread([2.5, 3.0, 3.5])));
        assert_eq!(Spread::of(vec![5.0, 1.0, 4.0, 2.0, 3.0]), Some(spread([2.0, 3.0, 4.0])));
        assert_eq!(Spread::of(vec![1.0, 2.0, 3.0, 100.0]), Some(spread([1.75, 2.5, 27.25])));
    }

    #[test]
    fn a_ratio_is_made_within_a_round() {
        // The machine was three times slower in the second round, and the ratio is 2 all the same.
        let of = [Some(2.0), Some(6.0), Some(2.0), None, Some(9.0)];
        let to = [Some(1.0), Some(3.0), Some(1.0), Some(1.0), None];
        assert_eq!(ratio(&of, &to), Some(spread([2.0; 3])));
        assert_eq!(ratio(&[Some(1.0), None], &[None, Some(1.0)]), None);
    }

    #[test]
    fn a_difference_is_noise_if_the_middle_half_of_the_ratios_contains_1() {
        let is_noise = |ratios: &[f64]| Spread::of(ratios.to_vec()).expect("there are some").is_noise();
        assert!(is_noise(&[0.9, 0.95, 1.0, 1.05, 1.1]));
        assert!(is_noise(&[0.98, 1.0, 1.2, 1.3, 1.4])); // a quarter of the rounds went the other way
        assert!(!is_noise(&[0.98, 1.1, 1.2, 1.3, 1.4]));
        assert!(!is_noise(&[0.7, 0.8, 0.9, 0.95, 1.4])); // slower in one round only
        assert!(is_noise(&[1.0, 1.0, 1.0]));
    }
}
