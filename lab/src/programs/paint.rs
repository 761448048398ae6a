//! Paints canvases, each of which has to dry. While a canvas dries, its painter paints others, or waits at the easel.

use paintdry_core::{Canvas, Runtime, gather};
use paintdry_explore::{ExploredLoop, name_task, note, now, sleep_blocking, work};
use std::time::Duration;

pub(crate) async fn paint(canvases: u32, painting: Duration, drying: Duration, poll: Duration, takes_turns: bool) {
    gather::<ExploredLoop, _>((1..=canvases).map(|number| async move {
        name_task(&format!("canvas {number}"));
        let mut canvas = Canvas::new(drying);
        note("paints");
        work(painting);
        canvas.paint(1, now);
        note("is wet");
        while !canvas.is_dry(now()) {
            if takes_turns {
                ExploredLoop::sleep(poll).await; // meanwhile, others can be painted
            } else {
                sleep_blocking(poll); // meanwhile, nothing else happens
            }
        }
        note("is dry");
    }))
    .await;
}
