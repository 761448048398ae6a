//! What one run of `scale` has to do.

use crate::PaintWorkload;
use std::time::Duration;

/// So many canvases, painted already, each of which dries for so long while its painter sleeps once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScaleWorkload {
    pub(crate) tasks: usize,
    pub(crate) drying: Duration,
}

impl ScaleWorkload {
    /// The same as a workload of `paint`: no strokes, and one look, at the end. What is ideal is known for that one.
    pub(crate) fn as_paint(&self) -> PaintWorkload {
        let Self { tasks, drying } = *self;
        PaintWorkload { canvases: tasks, drying, poll: drying, strokes: 0, stroke_cost: Duration::ZERO }
    }
}
