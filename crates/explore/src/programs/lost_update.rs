//! A lost update: two painters count their strokes, with an await between the read and the write.

use crate::{Shared, name_task};
use paintdry_core::{Runtime, gather};

/// Fails under some schedules: a painter that runs during the other's await reads the same number, and both write the same.
pub async fn lost_update<R: Runtime>() {
    let strokes = Shared::new("strokes", 0);
    gather::<R, _>([("ada", 0), ("bob", 2)].map(|(name, turns)| {
        let strokes = strokes.clone();
        async move {
            name_task(name);
            mix::<R>(turns).await;
            let seen = strokes.get();
            R::yield_now().await;
            strokes.set(seen + 1);
        }
    }))
    .await;
    assert_eq!(strokes.get(), 2, "each painter has made a stroke");
}

/// Repaired: the read and the write are one turn, and the await comes before them.
pub async fn repaired<R: Runtime>() {
    let strokes = Shared::new("strokes", 0);
    gather::<R, _>([("ada", 0), ("bob", 2)].map(|(name, turns)| {
        let strokes = strokes.clone();
        async move {
            name_task(name);
            mix::<R>(turns).await;
            R::yield_now().await;
            strokes.change(|strokes| *strokes += 1);
        }
    }))
    .await;
    assert_eq!(strokes.get(), 2, "each painter has made a stroke");
}

/// Mixes paint for some turns. Bob mixes longer than Ada, so he comes later in the loop's own order, which works.
async fn mix<R: Runtime>(turns: u32) {
    for _ in 0..turns {
        R::yield_now().await;
    }
}
