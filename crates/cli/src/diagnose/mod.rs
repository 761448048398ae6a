//! The subcommand `diagnose`: names what is wrong in a recording.

mod args;
mod command;

pub(crate) use args::{DiagnoseArgs, EXAMPLES};
pub(crate) use command::diagnose_job;
