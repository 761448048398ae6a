//! The options of `explore`.

use crate::output_args::OutputArgs;
use crate::picture::PictureArgs;
use crate::runtime_names::RUNTIME;
use clap::ValueEnum;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use paintdry_explore::Seed;
use paintdry_explore::programs::{ALL, Program};
use std::ffi::OsStr;
use std::path::PathBuf;

pub(crate) const EXAMPLES: &str = "\
The program runs again and again on the generator loop, or on the runtime that
--runtime names, each time with another order of its ready tasks, until all
orders have been tried or a run fails. A run fails if a task panics, if tasks
are stuck, or if they take turns and never end. If one fails, the result is the
shortest failing schedule, and the exit status 1.

Examples:
  paintdry explore                            lists the programs
  paintdry explore lost-update                a failing schedule, turn by turn
  paintdry explore lost-update-repaired       no schedule fails
  paintdry explore two-locks --replay --open
  paintdry explore two-locks --runtime tokio   the same schedules on tokio
  paintdry explore lost-update --observe 1000   how often each runtime fails
  paintdry explore two-locks --seed 1:1,2:1,3:1   that schedule again
  paintdry explore lost-wakeup --random --seed 42 --budget 1000";

#[derive(Debug, clap::Args)]
pub(crate) struct ExploreArgs {
    /// The program to explore; without one, list them all
    #[arg(id = "program", value_name = "PROGRAM", value_parser = ProgramName)]
    pub(crate) program: Option<Program>,
    /// Run the tasks on this runtime, if it has one thread [default: generator]
    #[arg(id = RUNTIME, short = 'r', long = "runtime", value_name = "NAME", requires = "program", allow_hyphen_values = true, hide_possible_values = true)]
    pub(crate) runtime: Option<String>,
    /// Try random orders instead of all
    #[arg(long, requires = "program")]
    pub(crate) random: bool,
    /// A number for the random orders, or a schedule to repeat, such as 2:1,5:3
    #[arg(long, value_name = "SEED", requires = "program", allow_hyphen_values = true)]
    pub(crate) seed: Option<Seed>,
    /// Vary only the first N choices of each run [default: 1000]
    #[arg(long, value_name = "N", value_parser = depth, requires = "program", allow_hyphen_values = true)]
    depth: Option<usize>,
    /// Run the program at most N times [default: 100000]
    #[arg(long, value_name = "N", value_parser = budget, requires = "program", allow_hyphen_values = true)]
    budget: Option<u64>,
    /// Run the program N times on each runtime as that likes, and say which of all schedules it takes
    #[arg(long, value_name = "N", value_parser = observed, requires = "program", allow_hyphen_values = true, conflicts_with_all = ["random", "seed", "replay", "image", "gif"])]
    pub(crate) observe: Option<u64>,
    /// Write a page that plays the failing schedule [default name: dry.html]
    #[arg(long, value_name = "FILE.html", requires = "program")]
    #[expect(clippy::option_option, reason = "clap's type for an option whose value may be left out")]
    pub(crate) replay: Option<Option<PathBuf>>,
    /// Open that page in the browser, or in the program that $BROWSER names
    #[arg(long, requires = "replay")]
    pub(crate) open: bool,
    #[command(flatten)]
    pub(crate) pictures: PictureArgs,
    /// The format of the result
    #[arg(short, long, value_enum, default_value = "table")]
    pub(crate) format: ExploreFormat,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl ExploreArgs {
    /// How many choices of each run are varied.
    pub(crate) fn depth(&self) -> usize {
        self.depth.unwrap_or(1_000)
    }

    /// How many runs there are at most.
    pub(crate) fn budget(&self) -> u64 {
        self.budget.unwrap_or(100_000)
    }

    /// The options that say which schedules to try, and have no meaning for a single one.
    pub(crate) fn options_for_several(&self) -> Vec<&'static str> {
        let given = [("--random", self.random), ("--depth", self.depth.is_some()), ("--budget", self.budget.is_some())];
        given.into_iter().filter(|(_, is_given)| *is_given).map(|(option, _)| option).collect()
    }
}

/// The format of the result: for people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExploreFormat {
    Table,
    Json,
}

const MOST_CHOICES: u64 = 100_000;
const MOST_RUNS: u64 = 10_000_000;

fn depth(text: &str) -> Result<usize, String> {
    crate::limits::count(text, MOST_CHOICES).and_then(crate::limits::fits)
}

/// A run on several threads takes about a millisecond.
const MOST_OBSERVED: u64 = 100_000;

fn observed(text: &str) -> Result<u64, String> {
    crate::limits::count(text, MOST_OBSERVED)
}

fn budget(text: &str) -> Result<u64, String> {
    crate::limits::count(text, MOST_RUNS)
}

/// Reads the name of a program.
#[derive(Debug, Clone)]
struct ProgramName;

impl TypedValueParser for ProgramName {
    type Value = Program;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<Program, clap::Error> {
        let name = value.to_string_lossy();
        if let Some(program) = ALL.iter().copied().find(|program| program.name == name) {
            return Ok(program);
        }
        let nearest = ALL.iter().map(|known| (strsim::damerau_levenshtein(known.name, &name), known.name)).min();
        let suggestion = match nearest {
            Some((distance, known)) if distance <= 3 && distance < known.len() => format!("did you mean '{known}'?"),
            _ => "`paintdry explore` lists them".to_owned(),
        };
        let message = format!("no program is called '{name}'; {suggestion}\n");
        Err(clap::Error::raw(ErrorKind::InvalidValue, message).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ALL.iter().map(|program| PossibleValue::new(program.name).help(program.about))))
    }
}
