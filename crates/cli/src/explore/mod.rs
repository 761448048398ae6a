//! The job `explore`: a program under all orders of its tasks, on the generator loop or on another runtime.

mod args;
pub(crate) use args::{EXAMPLES, ExploreArgs};

mod report;

mod observe;

mod command;
pub(crate) use command::{explore_job, explorer};
