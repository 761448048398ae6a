//! A logarithmic axis from one power of ten to another: that of the charts of `scale` and of the benches.

/// The least that it tells apart from zero: this and everything below it is at the left end.
const LEAST: f64 = 1e-6;

/// Where values stand between two ends.
#[derive(Debug)]
pub struct Axis {
    left: f64,
    right: f64,
    /// The powers of ten at both ends.
    from: f64,
    to: f64,
}

impl Axis {
    /// The least powers of ten that enclose all `values`, and at least one from the other.
    pub fn around(values: impl Iterator<Item = f64>, left: f64, right: f64) -> Self {
        let powers = values.map(power);
        let (from, to) = powers.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), power| {
            (from.min(power.floor()), to.max(power.ceil()))
        });
        if from > to {
            return Self { left, right, from: 0.0, to: 1.0 }; // there are no values
        }
        Self { left, right, from, to: to.max(from + 1.0) }
    }

    /// Where `value` stands; at an end if it is beyond that.
    pub fn place(&self, value: f64) -> f64 {
        let share = (power(value) - self.from) / (self.to - self.from);
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// The powers of ten, each with its place.
    pub fn ticks(&self) -> impl Iterator<Item = (f64, f64)> {
        let values = std::iter::successors(Some(self.from), |power| Some(power + 1.0));
        let values = values.take_while(|power| *power <= self.to).map(|power| 10_f64.powf(power));
        values.map(|value| (self.place(value), value))
    }
}

fn power(value: f64) -> f64 {
    // Rounded, so that the logarithm's last digit does not matter for a power of ten.
    let power = value.max(LEAST).log10();
    if (power - power.round()).abs() < 1e-9 { power.round() } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64]) -> String {
        let axis = Axis::around(values.iter().copied(), 0.0, 100.0);
        axis.ticks().map(|(_, value)| format!("{value:.6}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_ends_are_powers_of_ten_around_all_values() {
        assert_eq!(ticks(&[0.002, 0.3]), "0.001000 0.010000 0.100000 1.000000");
        assert_eq!(ticks(&[0.001, 0.1]), "0.001000 0.010000 0.100000");
        assert_eq!(ticks(&[100.0]), "100.000000 1000.000000");
        assert_eq!(ticks(&[]), "1.000000 10.000000");
        assert_eq!(ticks(&[-1.0, 0.0]), "0.000001 0.000010", "zero is at the left end");
    }

    #[test]
    fn places_are_logarithmic() {
        let axis = Axis::around([1.0, 100.0].into_iter(), 100.0, 300.0);
        let places = [0.0, 1.0, 10.0, 100.0, 1e9].map(|value| format!("{:.1}", axis.place(value)));
        assert_eq!(places, ["100.0", "100.0", "200.0", "300.0", "300.0"]);
    }
}
