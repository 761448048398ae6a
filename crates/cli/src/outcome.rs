//! What came of a job on one runtime, whichever job it was.

use crate::{AmapOutcome, PaintOutcome};

#[derive(Debug)]
pub(crate) enum Outcome {
    Paint(PaintOutcome),
    Amap(AmapOutcome),
}
