//! A random order that can be had again: the same seed gives the same orders.

/// A generator of random numbers, `SplitMix64`: small, and good enough to shuffle rows.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts at `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Puts `items` into a random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let place = usize::try_from(self.next() % (end as u64 + 1)).unwrap_or(end);
            items.swap(end, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_its_orders_and_every_place_is_reached() {
        let order = |random: &mut Random| {
            let mut items = [0, 1, 2, 3];
            random.shuffle(&mut items);
            items
        };
        let orders = |seed| {
            let mut random = Random::new(seed);
            (0..50).map(|_| order(&mut random)).collect::<Vec<_>>()
        };
        assert_eq!(orders(7), orders(7));
        assert_ne!(orders(7), orders(8));
        for (item, place) in (0..4).flat_map(|item| (0..4).map(move |place| (item, place))) {
            assert!(orders(7).iter().any(|order| order[place] == item), "{item} was never at {place}");
        }
    }
}
