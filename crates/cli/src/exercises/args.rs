//! The options of `exercises` and of its check.

use clap::{ColorChoice, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const EXAMPLES: &str = "\
The exercises are done with rustlings, a program of its own: this one says what
there is to do, how to install rustlings, and what is missing on this machine.

Examples:
  paintdry exercises                          progress, the next exercise, what to install
  paintdry exercises --dir ~/paintdry
  paintdry exercises check ~/students/ada     for teachers: passed, failed and why";

const CHECK_EXAMPLES: &str = "\
The exercises are a stranger's programs, and checking them runs them, with your
rights. Check them where they can do no harm, such as in a container.

The folder is a clone of the repository, or the folder crates/exercises in one.
The exit status is 0 if all exercises pass, 1 if not, 2 if nothing could be checked.

Examples:
  paintdry exercises check ~/students/ada
  paintdry exercises check ada --format junit --output ada.xml
  paintdry exercises check ada --only paint1,blocking1 --timeout 10s
  paintdry exercises check . --solutions      our own solutions: all of them pass";

#[derive(Debug, clap::Args)]
pub(crate) struct ExercisesArgs {
    #[command(subcommand)]
    pub(crate) command: Option<ExercisesCommand>,
    /// A clone of the repository, or its crates/exercises; unless told, the nearest one from here upwards
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: ListFormat,
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExercisesCommand {
    /// Check a student's folder: run the tests of every exercise, which are a stranger's programs
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// The student's clone of the repository, or its crates/exercises
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Only these exercises; repeat it or separate names by commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// How long the tests of one exercise may run before they are ended and count as hung
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = crate::limits::duration, allow_hyphen_values = true)]
    pub(crate) timeout: Duration,
    /// Check the solutions instead of the exercises
    #[arg(long)]
    pub(crate) solutions: bool,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: CheckFormat,
    /// Write the result to this file, all of it or nothing
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// No live display
    #[arg(long)]
    pub(crate) quiet: bool,
    /// When to use colour
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

/// How the progress is written: for people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Table,
    Json,
}

/// How the check is written: for people, for programs, or for a CI system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Table,
    Json,
    Junit,
}
