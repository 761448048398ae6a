//! The job `scale`: many canvases that dry at the same time, one run after another, each in a process of its own.

mod contestant;
pub(crate) use contestant::{Contestant, Kind, Start, contestants, on_threads, peers_left_out};

mod python;

pub(crate) mod answer;
pub(crate) use answer::Answer;

mod child;
pub(crate) use child::{asked_of_a_child, child};

pub(crate) mod process;
pub(crate) use process::Interrupted;

mod memory;
pub(crate) use memory::show_bytes;

mod estimate;

mod progress;

mod report;
pub(crate) use report::{MANY, ScaleParameters, ScaleReport, ScaleRun};

mod scaling;
pub(crate) use scaling::{ScaleOptions, Scaled, scale};

mod limits;

mod command;
pub(crate) use command::{drying, scale_job};

mod args;
pub(crate) use args::{EXAMPLES, ScaleArgs};
