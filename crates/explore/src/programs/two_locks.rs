//! A deadlock: two painters need the red and the blue pot, and take them in different orders.

use super::pot::Pot;
use crate::name_task;
use paintdry_core::{Runtime, gather};

/// Fails under some schedules: each has one pot and waits for the other.
pub async fn two_locks<R: Runtime>() {
    let (red, blue) = (Pot::new("red"), Pot::new("blue"));
    let painters = [("ada", 0, red.clone(), blue.clone()), ("bob", 3, blue, red)];
    gather::<R, _>(painters.map(|(name, turns, first, second)| paints::<R>(name, turns, first, second))).await;
}

/// Repaired: both take them in the same order.
pub async fn repaired<R: Runtime>() {
    let (red, blue) = (Pot::new("red"), Pot::new("blue"));
    let painters = [("ada", 0), ("bob", 3)].map(|(name, turns)| (name, turns, red.clone(), blue.clone()));
    gather::<R, _>(painters.map(|(name, turns, first, second)| paints::<R>(name, turns, first, second))).await;
}

/// Looks at the canvas for some turns, and paints with both pots. Bob looks longer, so he comes after Ada in the loop's own
/// order, which works.
async fn paints<R: Runtime>(name: &'static str, turns: u32, first: Pot, second: Pot) {
    name_task(name);
    for _ in 0..turns {
        R::yield_now().await;
    }
    let _first = first.take().await;
    R::yield_now().await;
    let _second = second.take().await;
}
