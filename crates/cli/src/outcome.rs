//! The outcome of a job on one runtime, for either job.

use crate::{AmapOutcome, PaintOutcome};

#[derive(Debug)]
pub(crate) enum Outcome {
    Paint(PaintOutcome),
    Amap(AmapOutcome),
}
