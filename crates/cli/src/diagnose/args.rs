//! The options of `diagnose`.

use crate::offered::recordings;
use crate::output_args::OutputArgs;
use clap::ValueEnum;
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = concat!(
    "\
The exit status is 0 if nothing is wrong or there are only hints, 1 if there is a
fault or a delay, 2 if the file is not a recording.

A cure is a chapter of the book, in the folder docs of the repository,
",
    env!("CARGO_PKG_REPOSITORY"),
    "

Examples:
  paintdry --virtual --record dry.json
  paintdry diagnose dry.json
  paintdry diagnose dry.json --format json"
);

#[derive(Debug, clap::Args)]
pub(crate) struct DiagnoseArgs {
    /// A recording, made with --record or by a program of yours
    #[arg(value_name = "FILE.json", add = recordings())]
    pub(crate) recording: PathBuf,
    /// The format of the result
    #[arg(short, long, value_enum, default_value = "text")]
    pub(crate) format: DiagnoseFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// The format of the result: for people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiagnoseFormat {
    Text,
    Json,
}
