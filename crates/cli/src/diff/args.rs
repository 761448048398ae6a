//! The options of `diff`.

use crate::offered::recordings;
use crate::output_args::OutputArgs;
use clap::ValueEnum;
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
Each task of one run is compared with the task of the same name and parent in
the other. The order of turns does not count, as long as no task does anything
else because of it. The exit status is 0 if the runs do the same, 1 if they
differ, and 2 if they cannot be compared.

`paintdry --virtual --record all.json` makes such a file.

Examples:
  paintdry diff all.json                      which runs differ, and why
  paintdry diff all.json --runtime tokio,smol
  paintdry diff before.json after.json        each runtime before and after
  paintdry diff before.json after.json --runtime tokio --replay --open
  paintdry diff all.json --format json";

#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// A recording, made with --record
    #[arg(value_name = "FILE.json", add = recordings())]
    pub(crate) left: PathBuf,
    /// Another recording; without one, the runs of the first are compared with each other
    #[arg(value_name = "FILE.json", add = recordings())]
    pub(crate) right: Option<PathBuf>,
    /// Compare only the runs on these runtimes; of two recordings, one runtime of each
    #[arg(short, long = "runtime", value_name = "NAME", value_delimiter = ',', allow_hyphen_values = true)]
    pub(crate) runtimes: Vec<String>,
    /// Write a page that plays both runs from the first difference [default name: dry.html]
    #[arg(long, value_name = "FILE.html")]
    #[expect(clippy::option_option, reason = "clap's type for an option whose value may be left out")]
    pub(crate) replay: Option<Option<PathBuf>>,
    /// Open that page in the browser, or in the program that $BROWSER names
    #[arg(long, requires = "replay")]
    pub(crate) open: bool,
    /// The format of the result
    #[arg(short, long, value_enum, default_value = "table")]
    pub(crate) format: DiffFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// The format of the result: for people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    Table,
    Json,
}
