//! A painter who is faster than the canvases dry, and racks to dry them on. With backpressure the painter waits for a rack.

use paintdry_core::Runtime;
use paintdry_explore::programs::bell::Bell;
use paintdry_explore::{ExploredLoop, Shared, name_task, note, work};
use std::time::Duration;

pub(crate) async fn backpressure(canvases: u32, racks: u32, painting: Duration, drying: Duration, waits: bool) {
    name_task("painter");
    let (used, freed) = (Shared::new("racks in use", 0), Bell::default());
    let mut all = Vec::new();
    for number in 1..=canvases {
        loop {
            let freed = freed.listen(); // before the check, or the bell could ring in between
            if !waits || used.get() < racks {
                break;
            }
            note("waits for a rack");
            freed.await;
        }
        note(format_args!("paints canvas {number}"));
        work(painting);
        used.change(|used| *used += 1);
        assert!(used.get() <= racks, "canvas {number} falls on the floor: all racks are in use");
        all.push(ExploredLoop::spawn(dries(number, drying, used.clone(), freed.clone())));
        ExploredLoop::yield_now().await; // the canvas begins to dry
    }
    for canvas in all {
        canvas.await.expect("drying does not fail");
    }
}

async fn dries(number: u32, drying: Duration, used: Shared<u32>, freed: Bell) {
    name_task(&format!("canvas {number}"));
    note("dries");
    ExploredLoop::sleep(drying).await;
    note("is dry");
    used.change(|used| *used -= 1);
    freed.ring();
}
