//! Painters check whether the canvas is dry, and then wait for the bell. It may have rung in between.

use super::{PAINTERS, boxed};
use paintdry_core::{Runtime, gather};
use paintdry_explore::programs::bell::Bell;
use paintdry_explore::{ExploredLoop, Shared, name_task};

pub(crate) async fn lost_wakeup(painters: usize, drying: u32, listens_first: bool) {
    let (is_dry, bell) = (Shared::new("dry", false), Bell::default());
    let painters = PAINTERS.into_iter().take(painters).map(|name| {
        let (is_dry, bell) = (is_dry.clone(), bell.clone());
        boxed(async move {
            name_task(name);
            let listening = listens_first.then(|| bell.listen());
            if !is_dry.get() {
                ExploredLoop::yield_now().await; // puts the brush away
                match listening {
                    Some(rung) => rung.await,
                    None => bell.listen().await,
                }
            }
        })
    });
    let canvas = boxed(dries(drying, is_dry.clone(), bell.clone()));
    gather::<ExploredLoop, _>(painters.chain([canvas])).await;
}

/// Dries for some turns, and then the bell rings.
async fn dries(turns: u32, is_dry: Shared<bool>, bell: Bell) {
    name_task("canvas");
    for _ in 0..turns {
        ExploredLoop::yield_now().await;
    }
    is_dry.set(true);
    bell.ring();
}
