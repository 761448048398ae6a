//! The command from its arguments to its exit status.

use crate::args::{self, AmapArgs, Args, Command, CommonArgs, PaintArgs};
use crate::compare::{CompareOptions, Comparison, Events, compare};
use crate::diagnose::diagnose_job;
use crate::diff::diff_job;
use crate::doctor::doctor_job;
use crate::ending::{CtrlC, Exit, TROUBLE, without_panic_messages};
use crate::explore::{explore_job, explorer};
use crate::grade::grade_job;
use crate::recording::{Exports, lab_place, replay_of, write_each};
use crate::scale::{self, scale_job};
use crate::{AmapWorkload, Entry, PaintWorkload, Workload, completions, format, limits};
use clap::FromArgMatches;
use clap::error::ErrorKind;
use clap_mangen::Man;
use paintdry_terminal::output::{complain, not_printed, print_error, to_stdout, unless_closed};
use paintdry_terminal::show::printable;
use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

/// The longest word of a command line, in bytes, that a usage error repeats as it is.
const LONGEST_WORD: usize = 1_000;

/// The command `paintdry` over these runtimes: reads the process's arguments, does what they say, and returns the exit
/// status, which the table in [the crate's documentation](crate#exit-status) explains.
///
/// Call it at the end of `main`: it takes over Ctrl-C, and hides the messages of panics, which it reports itself,
/// unless `RUST_BACKTRACE` is set.
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "`main(built_in())` is how it is called, and nothing comes after it")]
pub fn main(runtimes: Vec<Entry>) -> ExitCode {
    if let Some(workload) = scale::asked_of_a_child(env::args_os()) {
        let answer = without_panic_messages(|| scale::child(&runtimes, &workload));
        return ExitCode::from(if to_stdout(&answer, anstream::ColorChoice::Never).is_ok() { 0 } else { TROUBLE });
    }
    if let Some(answer) = completions::answer(&runtimes) {
        let done = answer.and_then(|text| to_stdout(&text, anstream::ColorChoice::AlwaysAnsi).map_err(Exit::trouble));
        return ExitCode::from(status_after(done.map(|()| 0)));
    }
    let mut command = args::command(&runtimes);
    let status = match parsed(&mut command, env::args_os()) {
        Ok((job, args)) => run(&runtimes, &mut command, job.as_deref(), args),
        Err(error) => usage(&error),
    };
    ExitCode::from(status)
}

/// Reads a command line, whose first word is the command's own name, and stops before it would open files
/// or run anything. Returns the exit status and the text if the line is refused or asks for help, and `None` otherwise.
///
/// It is [`main`] without the action, for tests that try thousands of lines. It is not part of the library's promises.
#[doc(hidden)]
pub fn reader(runtimes: Vec<Entry>) -> impl FnMut(Vec<OsString>) -> Option<(u8, String)> {
    let mut command = args::command(&runtimes);
    move |line| refusal(&runtimes, &mut command, line)
}

fn refusal(runtimes: &[Entry], command: &mut clap::Command, line: Vec<OsString>) -> Option<(u8, String)> {
    let (job, args) = match parsed(command, line) {
        Ok(parsed) => parsed,
        Err(error) => return Some((status_of(&error), error.render().to_string())),
    };
    let checked = match args.command.unwrap_or(Command::Paint(args.paint)) {
        Command::Paint(args) => paint_workload(&args).map(|workload| Some((workload, args.common))),
        Command::Amap(args) => amap_workload(&args).map(|workload| Some((workload, args.common))),
        Command::Scale(args) => scale::drying(&args).map(|_| None),
        Command::Explore(args) => explorer(&args).map(|_| None),
        _ => Ok(None), // only files are left to check
    };
    match checked {
        Err(sentence) => Some((TROUBLE, refused(command, job.as_deref(), sentence).render().to_string())),
        Ok(None) => None,
        Ok(Some((workload, options))) => {
            let refused = few_enough(&asked(runtimes, &options), workload, &options, options.is_watched()).err();
            refused.map(|sentence| (TROUBLE, sentence))
        }
    }
}

/// The subcommand that the line names, if it names one, and all that it says.
fn parsed(
    command: &mut clap::Command,
    line: impl IntoIterator<Item = OsString>,
) -> Result<(Option<String>, Args), clap::Error> {
    let matches = command.try_get_matches_from_mut(line)?;
    Ok((matches.subcommand_name().map(str::to_owned), Args::from_arg_matches(&matches)?))
}

/// The error of options that do not go together, with the usage of their subcommand.
fn refused(command: &mut clap::Command, job: Option<&str>, sentence: String) -> clap::Error {
    if let Some(job) = job
        && let Some(subcommand) = command.find_subcommand_mut(job)
    {
        return subcommand.error(ErrorKind::ValueValidation, sentence);
    }
    command.error(ErrorKind::ValueValidation, sentence)
}

fn status_of(error: &clap::Error) -> u8 {
    u8::try_from(error.exit_code()).unwrap_or(TROUBLE)
}

/// Prints a usage error, or the help that was asked for. The error repeats words of the command line. If one of them is
/// long or could act on the terminal, the error is cleaned, which also takes clap's colours away.
fn usage(error: &clap::Error) -> u8 {
    let is_harmless = |word: OsString| {
        let word = word.to_string_lossy();
        word.len() <= LONGEST_WORD && printable(&word) == word
    };
    if error.use_stderr() && !env::args_os().all(is_harmless) {
        print_error(&error.render().to_string());
        return status_of(error);
    }
    match unless_closed(error.print()) {
        Err(unread) if !error.use_stderr() => {
            complain(&not_printed(&unread));
            TROUBLE
        }
        _ => status_of(error),
    }
}

fn run(runtimes: &[Entry], command: &mut clap::Command, job_name: Option<&str>, args: Args) -> u8 {
    let ctrl_c = CtrlC::watch();
    let mut status = 0;
    let done = match args.command.unwrap_or(Command::Paint(args.paint)) {
        Command::Paint(args) => match paint_workload(&args) {
            Ok(workload) => job(runtimes, workload, args.speed, &args.common, &ctrl_c),
            Err(sentence) => return usage(&refused(command, job_name, sentence)),
        },
        Command::Amap(args) => match amap_workload(&args) {
            Ok(workload) => job(runtimes, workload, 1.0, &args.common, &ctrl_c), // nothing in it takes a set time
            Err(sentence) => return usage(&refused(command, job_name, sentence)),
        },
        Command::Scale(args) => match scale::drying(&args) {
            Ok(drying) => scale_job(runtimes, &args, drying, &ctrl_c),
            Err(sentence) => return usage(&refused(command, job_name, sentence)),
        },
        Command::Explore(args) => match explorer(&args) {
            Ok(explorer) => explore_job(runtimes, &args, &explorer, &ctrl_c),
            Err(sentence) => return usage(&refused(command, job_name, sentence)),
        },
        Command::Diff(args) => diff_job(&args).map(|compared| status = compared),
        Command::Diagnose(args) => diagnose_job(&args),
        Command::Doctor(args) => doctor_job(&args),
        Command::Grade(args) => grade_job(&args, &ctrl_c),
        Command::Replay(args) => {
            replay_of(&args).and_then(|files| write_each(files.into_iter().map(Ok))).map_err(Exit::trouble)
        }
        Command::Lab(args) => {
            lab_place(&args).and_then(|place| place.write(paintdry_replay::lab().as_bytes())).map_err(Exit::trouble)
        }
        Command::Runtimes(args) => {
            to_stdout(&format::render_list(runtimes, args.format), args.color.colour()).map_err(Exit::trouble)
        }
        Command::Completions { shell } => {
            to_stdout(&completions::script_for(shell), anstream::ColorChoice::AlwaysAnsi).map_err(Exit::trouble)
        }
        Command::Man => to_stdout(&man_page(command), anstream::ColorChoice::AlwaysAnsi).map_err(Exit::trouble),
    };
    status_after(done.map(|()| status))
}

/// The exit status of what was done; says why it ended early.
fn status_after(done: Result<u8, Exit>) -> u8 {
    match done {
        Ok(status) => status,
        Err(Exit { sentence, status }) => {
            complain(&sentence);
            status
        }
    }
}

fn paint_workload(args: &PaintArgs) -> Result<Workload, String> {
    let PaintArgs { canvases, drying, poll, strokes, .. } = *args;
    let stroke_cost = args.stroke_cost.unwrap_or_default();
    let workload = limits::sped_up(PaintWorkload { canvases, drying, poll, strokes, stroke_cost }, args.speed)?;
    limits::painted_within_a_day(workload).map(Workload::Paint)
}

fn amap_workload(args: &AmapArgs) -> Result<Workload, String> {
    limits::few_enough(AmapWorkload { tasks: args.tasks, items: args.items }).map(Workload::Amap)
}

/// The runtimes that the user named, or all.
fn asked(runtimes: &[Entry], options: &CommonArgs) -> Vec<Entry> {
    let asked =
        |entry: &&Entry| options.runtimes.is_empty() || options.runtimes.iter().any(|name| name == entry.name());
    runtimes.iter().filter(asked).copied().collect()
}

/// Refuses a run that would take too much memory or time.
fn few_enough(runtimes: &[Entry], workload: Workload, options: &CommonArgs, is_watched: bool) -> Result<(), String> {
    limits::few_enough_runs(workload, options.runs)?;
    if is_watched {
        limits::few_enough_events(workload, runtimes.len())?;
    }
    if !options.virtual_time {
        limits::ends_within_a_day(workload, runtimes)?;
    }
    Ok(())
}

/// Runs the comparison and writes its result. The durations of `workload` have been divided by `speed` already.
fn job(runtimes: &[Entry], workload: Workload, speed: f64, options: &CommonArgs, ctrl_c: &CtrlC) -> Result<(), Exit> {
    let runtimes = asked(runtimes, options);
    let events = Events::new();
    let output = options.output.open()?;
    let exports = Exports::open(options, &output).map_err(Exit::trouble)?;
    ctrl_c.tell(events.listener()); // only now: opening a pipe waits until it has a reader
    let watching = exports.watching();
    few_enough(&runtimes, workload, options, watching.is_some()).map_err(Exit::trouble)?;
    let colour = options.output.colour();
    let live = if options.virtual_time { None } else { options.output.live() };
    let compared = CompareOptions { workload, speed, runs: options.runs, watching };
    let compare = || compare(&runtimes, compared, events, live.as_ref());
    let Comparison { report, recorded, done, interrupted } = without_panic_messages(compare);
    let text = format::render(&report, options.format);
    if interrupted {
        let measured = match options.runs as usize {
            1 => format!("{done} of {} runtimes", runtimes.len()),
            runs => format!("{done} of {} runs", runs * runtimes.len()),
        };
        return Err(Exit::interrupted(&measured, &text, output, colour));
    }
    let written = output.write(&text, colour);
    let exported = exports.write(report.workload.workload, recorded); // even if the other failed: the runs were made for it
    written.and(exported).map_err(Exit::trouble)?;
    match report.failed().as_slice() {
        [] => Ok(()),
        failed => Err(Exit::failed(format!("the run failed on {}; the result says why", failed.join(", ")))),
    }
}

/// One man page for the command and its subcommands, with a section for each.
fn man_page(command: &mut clap::Command) -> String {
    command.build();
    let whole = Man::new(command.clone());
    let mut page = Vec::new();
    let written = (whole.render_title(&mut page))
        .and_then(|()| whole.render_name_section(&mut page))
        .and_then(|()| whole.render_synopsis_section(&mut page))
        .and_then(|()| whole.render_options_section(&mut page))
        .and_then(|()| whole.render_extra_section(&mut page));
    drop(written); // a vector takes what is written
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        let name = subcommand.get_bin_name().unwrap_or_else(|| subcommand.get_name()).to_owned();
        let part = Man::new(subcommand.clone());
        let mut section = Vec::new();
        let written = (part.render_description_section(&mut section))
            .and_then(|()| part.render_synopsis_section(&mut section))
            .and_then(|()| part.render_options_section(&mut section))
            .and_then(|()| part.render_extra_section(&mut section));
        drop(written); // a vector takes what is written
        let section = String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ");
        page.push_str(&[".SH \"", &name.to_uppercase(), "\"\n", &section].concat());
    }
    page
}
