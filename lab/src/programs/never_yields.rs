//! A task that mixes paint for long, beside canvases that dry. Without a yield, it holds the only thread.

use super::boxed;
use paintdry_core::{Runtime, gather};
use paintdry_explore::{ExploredLoop, name_task, note, now, work};
use std::time::Duration;

pub(crate) async fn never_yields(canvases: u32, drying: Duration, pots: u32, mixing: Duration, yields: bool) {
    let canvases = (1..=canvases).map(|number| {
        boxed(async move {
            name_task(&format!("canvas {number}"));
            let dry_at = now() + drying;
            note("is painted, and dries");
            ExploredLoop::sleep(drying).await;
            note(format_args!("is dry; its painter sees it {:?} later", now().saturating_sub(dry_at)));
        })
    });
    let mixes = boxed(async move {
        name_task("mixer");
        for pot in 1..=pots {
            note(format_args!("mixes pot {pot}"));
            work(mixing);
            if yields {
                ExploredLoop::yield_now().await;
            }
        }
    });
    gather::<ExploredLoop, _>(canvases.chain([mixes])).await;
}
