//! The command line: subcommands, options, and their help.

use crate::Entry;
use crate::diagnose::{self, DiagnoseArgs};
use crate::diff::{self, DiffArgs};
use crate::doctor::{self, DoctorArgs};
use crate::explore::{self, ExploreArgs};
use crate::format::Format;
use crate::grade::{self, GradeArgs};
use crate::limits;
use crate::offered::recordings;
use crate::output_args::{ColorArgs, OutputArgs};
use crate::picture::PictureArgs;
use crate::runtime_names::{RUNTIME, RuntimeNames};
use crate::scale::{self, ScaleArgs};
use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Arg, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use paintdry_contenders::versions;
use paintdry_studio::RUSTC;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

const EXAMPLES: &str = "\
The exit status is 0 if all is well, 1 if the result says that something is
wrong, 2 if the command cannot do what you ask, and 130 after Ctrl-C.

Examples:
  paintdry                                    the comparison: about 20 s
  paintdry --speed 10                         the same, ten times as fast
  paintdry -r blocking,tokio --canvases 5
  paintdry paint --drying 1s --poll 250ms --format markdown
  paintdry -f json -o result.json
  paintdry --virtual --replay --open          a page that plays all runs
  paintdry --virtual --stroke-cost 40ns --image dry.svg   a picture of them
  paintdry amap --items 100000                what a yield costs on each runtime
  paintdry scale --tasks 1,10k --drying 1s    what a sleeping task costs
  paintdry explore lost-update                a bug that only some orders show
  paintdry diff all.json                      which runs differ, and why
  paintdry diagnose dry.json                  what is wrong in a recording
  paintdry runtimes                           which runtimes there are
  paintdry doctor                             what the exercises need here";

/// What `--version` prints, and `-V` its first line only: all that a bug report should name.
static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    let [tokio, async_std, smol] = ["tokio", "async-std", "smol"].map(versions::of);
    let (own, commit) = (env!("CARGO_PKG_VERSION"), env!("PAINTDRY_COMMIT"));
    format!("{own}\ncommit {commit}, rustc {RUSTC}\ntokio {tokio}, async-std {async_std}, smol {smol}")
});

/// Watch paint dry, on four async runtimes, side by side
#[derive(Debug, Parser)]
#[command(name = "paintdry", version, long_version = LONG_VERSION.as_str(), after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) paint: PaintArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Paint canvases and wait until they are dry, on each runtime (the default)
    #[command(after_help = PAINT_EXAMPLES)]
    Paint(PaintArgs),
    /// Map a function over sequences in tasks that take turns
    #[command(after_help = AMAP_EXAMPLES)]
    Amap(AmapArgs),
    /// Let a million canvases dry at once: lateness, memory and CPU time
    #[command(after_help = scale::EXAMPLES)]
    Scale(ScaleArgs),
    /// Make a page that plays recorded runs
    #[command(
        after_help = "Examples:\n  paintdry --record dry.json\n  paintdry replay dry.json                    writes dry.html\n  paintdry replay dry.json --open\n  paintdry replay dry.json --image dry.svg    a picture, and no page\n  paintdry replay dry.json > page.html"
    )]
    Replay(ReplayArgs),
    /// Show where recorded runs first differ, and why
    #[command(after_help = diff::EXAMPLES)]
    Diff(DiffArgs),
    /// Name what is wrong in recorded runs: who, where, when, why
    #[command(after_help = diagnose::EXAMPLES)]
    Diagnose(DiagnoseArgs),
    /// Open the lab: a page in which you choose which task runs next
    #[command(
        after_help = "Examples:\n  paintdry lab                    writes lab.html, and opens it\n  paintdry lab --output week3.html\n  paintdry lab > lab.html"
    )]
    Lab(PageArgs),
    /// Run a program under all orders of its tasks and show the shortest failure
    #[command(after_help = explore::EXAMPLES)]
    Explore(ExploreArgs),
    /// Check whether this machine has what the exercises need
    #[command(after_help = doctor::EXAMPLES)]
    Doctor(DoctorArgs),
    /// For teachers: run a student's exercises and list which pass
    #[command(after_help = grade::EXAMPLES)]
    Grade(GradeArgs),
    /// List the runtimes that are built in
    #[command(after_help = "Examples:\n  paintdry runtimes\n  paintdry runtimes --format json")]
    Runtimes(RuntimesArgs),
    /// Print a script that completes this command in a shell
    #[command(
        after_help = "Examples:\n  paintdry completions fish | source          in ~/.config/fish/config.fish\n  source <(paintdry completions bash)         in ~/.bashrc\n  source <(paintdry completions zsh)          in ~/.zshrc"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page
    #[command(after_help = "Examples:\n  paintdry man > ~/.local/share/man/man1/paintdry.1")]
    Man,
}

const PAINT_EXAMPLES: &str = "\
Examples:
  paintdry paint --canvases 100               a hundred painters on each runtime
  paintdry paint --strokes 250000000          ten times the work
  paintdry paint --drying 1s --poll 100ms     dry paint is seen sooner
  paintdry paint --virtual                    2 s of drying in no time
  paintdry paint --virtual --stroke-cost 40ns   a painting takes 1 s";

const AMAP_EXAMPLES: &str = "\
Examples:
  paintdry amap                               which task maps which item when
  paintdry amap --tasks 3 --items 3
  paintdry amap --items 100000                what a yield costs on each runtime";

#[derive(Debug, clap::Args)]
pub(crate) struct PaintArgs {
    /// How many canvases to paint; each has its own painter
    #[arg(long, value_name = "N", default_value = "3", value_parser = limits::canvases, allow_hyphen_values = true)]
    pub(crate) canvases: usize,
    /// How long a canvas dries after its last stroke
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = limits::duration, allow_hyphen_values = true)]
    pub(crate) drying: Duration,
    /// How long a painter waits between two checks of a canvas
    #[arg(long, value_name = "DURATION", default_value = "500ms", value_parser = limits::duration, allow_hyphen_values = true)]
    pub(crate) poll: Duration,
    /// How many strokes a painting has; ten million take 4 to 10 ms of work
    #[arg(long, value_name = "N", default_value = "25000000", value_parser = limits::strokes, allow_hyphen_values = true)]
    pub(crate) strokes: u64,
    /// What a stroke costs in virtual time, such as 40ns [default: nothing]
    #[arg(long, value_name = "DURATION", value_parser = limits::cost, allow_hyphen_values = true, requires = "virtual_time")]
    pub(crate) stroke_cost: Option<Duration>,
    /// Divide all durations by this factor
    #[arg(long, value_name = "FACTOR", default_value = "1", value_parser = limits::speed, allow_hyphen_values = true)]
    pub(crate) speed: f64,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AmapArgs {
    /// How many tasks take turns
    #[arg(long, value_name = "N", default_value = "2", value_parser = limits::tasks, allow_hyphen_values = true)]
    pub(crate) tasks: usize,
    /// How many items each task maps; it yields after each one
    #[arg(long, value_name = "N", default_value = "5", value_parser = limits::items, allow_hyphen_values = true)]
    pub(crate) items: u64,
    #[command(flatten)]
    pub(crate) common: CommonArgs,
}

/// The options of both jobs.
#[derive(Debug, clap::Args)]
pub(crate) struct CommonArgs {
    /// Run only these runtimes; separate names by commas [default: all]
    #[arg(id = RUNTIME, short = 'r', long = "runtime", value_name = "NAME", value_delimiter = ',', allow_hyphen_values = true, hide_possible_values = true)]
    pub(crate) runtimes: Vec<String>,
    /// Run in virtual time: it jumps when all tasks wait, so no run takes long
    #[arg(long = "virtual")]
    pub(crate) virtual_time: bool,
    /// Record the runs and write a page that plays them [default name: dry.html]
    #[arg(long, value_name = "FILE.html", value_parser = page_name())]
    #[expect(clippy::option_option, reason = "clap's type for an option whose value may be left out")]
    pub(crate) replay: Option<Option<PathBuf>>,
    /// Open that page in the browser, or in the program that $BROWSER names
    #[arg(long, requires = "replay")]
    pub(crate) open: bool,
    #[command(flatten)]
    pub(crate) pictures: PictureArgs,
    /// Record the runs and write their events as JSON
    #[arg(long, value_name = "FILE.json")]
    pub(crate) record: Option<PathBuf>,
    /// Record the runs and write a trace for Perfetto
    #[arg(long, value_name = "FILE.json")]
    pub(crate) trace: Option<PathBuf>,
    /// Run each runtime N times and show the medians
    #[arg(long, value_name = "N", default_value = "1", value_parser = clap::value_parser!(u32).range(1..=100), allow_hyphen_values = true, conflicts_with_all = ["virtual_time", "record", "replay", "image", "gif", "trace"])]
    pub(crate) runs: u32,
    /// The format of the result
    #[arg(short, long, value_enum, default_value = "table")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl CommonArgs {
    /// Whether the runs go through the studio.
    pub(crate) fn is_watched(&self) -> bool {
        let files = [self.replay.is_some(), self.pictures.are_asked(), self.record.is_some()];
        self.virtual_time || files.contains(&true) || self.trace.is_some()
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReplayArgs {
    /// A recording, made with --record, by a program of yours or by console-subscriber
    #[arg(value_name = "FILE.json", add = recordings())]
    pub(crate) recording: PathBuf,
    #[command(flatten)]
    pub(crate) page: PageArgs,
    #[command(flatten)]
    pub(crate) pictures: PictureArgs,
}

/// Where a page goes.
#[derive(Debug, clap::Args)]
pub(crate) struct PageArgs {
    /// Write the page to this file [default: a file with a name that fits; in a pipe, standard output]
    #[arg(short, long, value_name = "FILE.html")]
    pub(crate) output: Option<PathBuf>,
    /// Open the page in the browser, or in the program that $BROWSER names
    #[arg(long)]
    pub(crate) open: bool,
    /// Do not name the file that was written
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// Reads the name of a page. A job is no name: a user who writes `--replay amap` has left the name out, which is allowed.
fn page_name() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|name| match name.to_str() {
        Some(job @ ("paint" | "amap")) => {
            Err(format!("{job} is a job; write `paintdry {job} --replay`, or ./{job} if that is the page's name"))
        }
        _ => Ok(name),
    })
}

#[derive(Debug, clap::Args)]
pub(crate) struct RuntimesArgs {
    /// The format of the list
    #[arg(short, long, value_enum, default_value = "table")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) color: ColorArgs,
}

/// The command line, with the names of these runtimes in its errors and completions.
pub(crate) fn command(runtimes: &[Entry]) -> clap::Command {
    let with = |names: Vec<&'static str>| {
        let names = RuntimeNames(names);
        |command: clap::Command| command.mut_arg(RUNTIME, |option| option.value_parser(names))
    };
    let names = || runtimes.iter().map(Entry::name).collect();
    let and_more = scale::contestants(runtimes).iter().map(|contestant| contestant.name).collect();
    with(names())(Args::command())
        .mut_subcommand("paint", with(names()))
        .mut_subcommand("amap", with(names()))
        .mut_subcommand("scale", with(and_more))
        .mut_subcommand("explore", |explore| {
            let needs_a_program = |option: Arg| option.requires("program");
            with(names())(explore).mut_arg("image", needs_a_program).mut_arg("gif", needs_a_program)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The width of a new terminal.
    const WIDEST: usize = 80;

    #[test]
    fn no_example_in_the_help_is_wider_than_a_terminal() {
        let command = command(&[]);
        let pages: Vec<_> = std::iter::once(&command).chain(command.get_subcommands()).collect();
        assert!(pages.len() > 10, "the subcommands are found: {}", pages.len());
        let mut wide = Vec::new();
        for page in pages {
            let help = page.get_after_help().expect("each page has examples").to_string();
            let (_, examples) = help.split_once("Examples:\n").expect("they have this title");
            wide.extend(examples.lines().filter(|line| line.chars().count() > WIDEST).map(str::to_owned));
        }
        assert!(wide.is_empty(), "these lines have more than {WIDEST} characters:\n{}", wide.join("\n"));
    }
}
