//! What is to be done: the parameters of a job, checked by whoever made them.

use crate::report::as_ns;
use serde::Serialize;
use std::time::Duration;

/// The parameters of `paint`. The default is that of the command: 3 canvases, 2 s drying, looking every 500 ms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PaintWorkload {
    /// How many canvases there are, each with a painter of its own.
    pub canvases: usize,
    /// How long a canvas dries after its last stroke.
    #[serde(rename = "drying_ns", serialize_with = "as_ns")]
    pub drying: Duration,
    /// How long a painter waits from one look to the next. Not zero: nobody could ever count the looks.
    #[serde(rename = "poll_ns", serialize_with = "as_ns")]
    pub poll: Duration,
    /// The work of painting one canvas: about a nanosecond each.
    pub strokes: u64,
    /// What a stroke costs in virtual time. In real time it costs what it costs.
    #[serde(rename = "stroke_cost_ns", serialize_with = "as_ns")]
    pub stroke_cost: Duration,
}

impl PaintWorkload {
    /// What painting one canvas costs in virtual time.
    pub(crate) fn painting_cost(&self) -> Duration {
        let ns = self.stroke_cost.as_nanos().saturating_mul(u128::from(self.strokes));
        Duration::from_nanos(u64::try_from(ns).unwrap_or(u64::MAX))
    }
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

/// The parameters of `amap`. The default is that of the command: 2 tasks of 5 items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AmapWorkload {
    /// How many tasks run together.
    pub tasks: usize,
    /// How many items each task works on; it yields after each.
    pub items: u64,
}

impl AmapWorkload {
    /// How many items there are in all, which is also how often is yielded.
    #[must_use]
    pub fn items_in_all(&self) -> u64 {
        self.items.saturating_mul(u64::try_from(self.tasks).unwrap_or(u64::MAX))
    }
}

impl Default for AmapWorkload {
    fn default() -> Self {
        Self { tasks: 2, items: 5 }
    }
}

/// A job and its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "job", rename_all = "lowercase")]
pub enum Workload {
    /// Paint canvases and wait until they are dry.
    Paint(PaintWorkload),
    /// Map a function over a sequence and yield after each item.
    Amap(AmapWorkload),
}
