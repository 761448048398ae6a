//! The job `diff`: the first causal difference of recorded runs.

mod args;
pub(crate) use args::{DiffArgs, EXAMPLES};

mod chosen;

mod report;

mod page;

mod command;
pub(crate) use command::diff_job;
