//! Programs that are drawn at random, compared on all runtimes and with changed copies of themselves.

mod changes;
mod explained;
mod fields;
mod racy;

// The studio's own programs, and how they are drawn and run.
#[path = "../../../studio/tests/properties/draw.rs"]
mod draw;
#[path = "../../../studio/tests/properties/hold.rs"]
mod hold;
#[allow(dead_code, reason = "the outcome of a program is not compared here")]
#[path = "../../../studio/tests/properties/outcome.rs"]
mod outcome;
#[allow(dead_code, reason = "programs are only recorded here")]
#[path = "../../../studio/tests/properties/play.rs"]
mod play;
#[path = "../../../studio/tests/properties/program.rs"]
mod program;

use paintdry_studio::{Clock, RecordedRun, Recording};

/// A recording of these runs, all of one program.
fn recording(runs: Vec<RecordedRun>) -> Recording {
    let mut recording = Recording::of_program("drawn", Clock::Virtual, Vec::new());
    recording.runs = runs;
    recording
}
