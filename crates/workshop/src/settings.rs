//! How large a workshop is, and how patient.

use crate::order::Order;
use std::time::Duration;

/// How large a workshop is, and how patient. Each limit has the step that brings it in.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Paints a canvas, before it dries. It panics if that fails.
    pub paint: fn(&Order),
    /// Step 3: how many bytes a line may have.
    pub line: usize,
    /// Step 4: how many canvases can dry at the same time.
    pub racks: usize,
    /// Step 4: how many orders can wait for a rack.
    pub queue: usize,
    /// Step 6: how long a client may take for its next line.
    pub silence: Duration,
    /// Step 6: how long an order may take.
    pub patience: Duration,
    /// Step 6: how long a client may take to read an answer.
    pub reading: Duration,
    /// Step 9: how long a workshop that closes waits for its orders.
    pub draining: Duration,
    /// Step 12: how many clients can be connected.
    pub clients: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            paint: |_| {},
            line: 128,
            racks: 4,
            queue: 8,
            silence: Duration::from_secs(60),
            patience: Duration::from_secs(30),
            reading: Duration::from_secs(5),
            draining: Duration::from_secs(10),
            clients: 10_000,
        }
    }
}
