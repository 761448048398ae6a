//! What the command compares: one of the two jobs, and its parameters, which the caller has checked.

use paintdry_studio::{AmapWorkload, PaintWorkload, RecordedWorkload};
use serde::Serialize;

/// A job and its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "job", rename_all = "lowercase")]
pub(crate) enum Workload {
    /// Paint canvases and wait until they are dry.
    Paint(PaintWorkload),
    /// Map a function over a sequence and yield after each item.
    Amap(AmapWorkload),
}

impl From<Workload> for RecordedWorkload {
    fn from(workload: Workload) -> Self {
        match workload {
            Workload::Paint(paint) => Self::Paint(paint),
            Workload::Amap(amap) => Self::Amap(amap),
        }
    }
}
