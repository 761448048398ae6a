//! Painters count their strokes, and may fetch a brush between the read and the write.

use super::PAINTERS;
use paintdry_core::{Runtime, gather};
use paintdry_explore::{ExploredLoop, Shared, name_task};

pub(crate) async fn lost_update(painters: u32, strokes: u32, mixing: u32, fetches_first: bool) {
    let counted = Shared::new("strokes", 0);
    gather::<ExploredLoop, _>((0..painters).zip(PAINTERS).map(|(nth, name)| {
        let counted = counted.clone();
        async move {
            name_task(name);
            for _ in 0..nth * mixing {
                ExploredLoop::yield_now().await; // mixes paint, longer than the painter before
            }
            for _ in 0..strokes {
                if fetches_first {
                    fetch_a_brush().await;
                }
                let seen = counted.get();
                if !fetches_first {
                    fetch_a_brush().await; // others can count meanwhile
                }
                counted.set(seen + 1);
            }
        }
    }))
    .await;
    assert_eq!(counted.get(), painters * strokes, "every stroke is counted");
}

async fn fetch_a_brush() {
    ExploredLoop::yield_now().await;
}
