//! Each painter needs two pots of paint. Two have the same two; more sit in a ring, and share one with each neighbour.

use super::PAINTERS;
use paintdry_core::{Runtime, gather};
use paintdry_explore::programs::pot::Pot;
use paintdry_explore::{ExploredLoop, name_task};

pub(crate) async fn two_locks(painters: usize, looks: usize, same_order: bool) {
    let pots = ["red", "blue", "yellow", "green"].map(Pot::new);
    gather::<ExploredLoop, _>((0..painters).map(|nth| {
        let (mut first, mut second) = (nth, (nth + 1) % painters);
        if same_order && second < first {
            (first, second) = (second, first); // everyone takes red before blue, blue before yellow, and so on
        }
        let (first, second) = (pots[first].clone(), pots[second].clone());
        async move {
            name_task(PAINTERS[nth]);
            for _ in 0..nth * looks {
                ExploredLoop::yield_now().await; // looks at the canvas, longer than the painter before
            }
            let _first = first.take().await;
            ExploredLoop::yield_now().await; // fetches a brush
            let _second = second.take().await;
        }
    }))
    .await;
}
