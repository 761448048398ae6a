//! What a recorded program was to do: one of the two lessons with its parameters, or a program of your own.

use crate::clock::as_ns;
use serde::{Serialize, Serializer};
use std::time::Duration;

/// The job and its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "job", rename_all = "lowercase")] // `recording/strict.rs` reads it
pub enum RecordedWorkload {
    /// Paint canvases and wait until they are dry.
    Paint(PaintWorkload),
    /// Map a function over a sequence, and yield after each item.
    Amap(AmapWorkload),
    /// A program of your own.
    Program {
        /// What it is called. The replay page has this as its heading.
        name: String,
    },
}

/// The parameters of `paint`. The default is that of the command: 3 canvases, 2 s drying, looking every 500 ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PaintWorkload {
    /// How many canvases there are, each with a painter of its own.
    pub canvases: usize,
    /// How long a canvas dries after its last stroke.
    #[serde(rename = "drying_ns", serialize_with = "ns")]
    pub drying: Duration,
    /// How long a painter waits from one check to the next. Not zero, because the checks could then not be counted.
    #[serde(rename = "poll_ns", serialize_with = "ns")]
    pub poll: Duration,
    /// The work of painting one canvas: about a nanosecond each.
    pub strokes: u64,
    /// What a stroke costs in virtual time. In real time it costs what it costs.
    #[serde(rename = "stroke_cost_ns", serialize_with = "ns")]
    pub stroke_cost: Duration,
}

impl Default for PaintWorkload {
    fn default() -> Self {
        Self {
            canvases: 3,
            drying: Duration::from_secs(2),
            poll: Duration::from_millis(500),
            strokes: 25_000_000,
            stroke_cost: Duration::ZERO,
        }
    }
}

impl PaintWorkload {
    /// What painting one canvas costs in virtual time.
    #[must_use]
    pub fn painting_cost(&self) -> Duration {
        let ns = self.stroke_cost.as_nanos().saturating_mul(u128::from(self.strokes));
        Duration::from_nanos(u64::try_from(ns).unwrap_or(u64::MAX))
    }
}

/// The parameters of `amap`. The default is that of the command: 2 tasks of 5 items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AmapWorkload {
    /// How many tasks run together.
    pub tasks: usize,
    /// How many items each task works on; it yields after each.
    pub items: u64,
}

impl Default for AmapWorkload {
    fn default() -> Self {
        Self { tasks: 2, items: 5 }
    }
}

impl AmapWorkload {
    /// How many items there are in all, which is also how often is yielded.
    #[must_use]
    pub fn items_in_all(&self) -> u64 {
        self.items.saturating_mul(u64::try_from(self.tasks).unwrap_or(u64::MAX))
    }
}

/// A duration as whole nanoseconds.
fn ns<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(as_ns(*duration))
}
