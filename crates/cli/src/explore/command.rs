//! The subcommand `explore` from its options to its result.

use super::ExploreArgs;
use super::args::ExploreFormat;
use super::observe::observe_job;
use super::report::{Report, json_list, list};
use crate::Entry;
use crate::ending::{CtrlC, Exit, Interrupts};
use crate::format::json;
use crate::place::{Afterwards, Place};
use crate::recording::{Kind, check_differ, content, pictures, write_each};
use crate::runtimes::Explore;
use paintdry_core::thousands;
use paintdry_explore::programs::Program;
use paintdry_explore::{CheckError, Explored, Explorer, Failure, Seed};
use paintdry_studio::{Clock, Recording, Source};
use paintdry_terminal::live::Live;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// What the options ask for. The error is one sentence.
pub(crate) fn explorer(args: &ExploreArgs) -> Result<Explorer, String> {
    let explorer = Explorer::new().depth(args.depth()).budget(args.budget());
    match (&args.seed, args.options_for_several().as_slice()) {
        (Some(Seed::Exact(schedule)), [option, ..]) => {
            Err(format!("--seed {schedule} is one schedule, and {option} is for others; leave one of them out"))
        }
        (Some(seed), _) => Ok(explorer.seed(seed.clone())),
        (None, _) if args.random => Ok(explorer.seed(0)),
        (None, _) => Ok(explorer),
    }
}

/// Lists the programs, or explores one.
pub(crate) fn explore_job(
    runtimes: &[Entry],
    args: &ExploreArgs,
    explorer: &Explorer,
    ctrl_c: &CtrlC,
) -> Result<(), Exit> {
    let Some(program) = args.program else {
        let text = match args.format {
            ExploreFormat::Table => list(),
            ExploreFormat::Json => json(&json_list()),
        };
        return args.output.open()?.write(&text, args.output.colour()).map_err(Exit::trouble);
    };
    if let Some(runs) = args.observe {
        return observe_job(runtimes, args, &program, runs, explorer);
    }
    let runtime = args.runtime.as_deref().unwrap_or(GENERATOR);
    let check = check_on(runtimes, runtime).map_err(Exit::trouble)?;
    let output = args.output.open()?;
    let afterwards = Afterwards { says_so: !args.output.quiet, opens: args.open };
    let mut places = pictures(&args.pictures, afterwards.says_so).map_err(Exit::trouble)?;
    if let Some(name) = &args.replay {
        let page = Place::of_page(name.as_deref(), "--replay", afterwards).map_err(Exit::trouble)?;
        places.push((Kind::Replay, page)); // the last one: if no browser starts, all is written
    }
    check_differ(Some(&output), &places).map_err(Exit::trouble)?;
    let interrupts = ctrl_c.interrupts();
    let (colour, live) = (args.output.colour(), args.output.live());
    let (result, so_far) = explore(check, &program, explorer, &interrupts, live.as_ref(), args.budget());
    drop(interrupts); // from now on Ctrl-C ends the process
    let (done, failure) = match result {
        Ok(done) => (done, None),
        Err(CheckError::Failed(failure)) => (failure.explored, Some(*failure)),
        Err(CheckError::OnlyOnTheLoop) => {
            let name = program.name;
            return Err(Exit::trouble(format!(
                "{name} uses what only the generator loop has; leave --runtime {runtime} out"
            )));
        }
        Err(error @ CheckError::FailedOnce { .. }) => return Err(Exit::failed(error)),
        Err(error) => return Err(Exit::trouble(error)),
    };
    let random = match &args.seed {
        Some(Seed::Random(number)) => Some(*number),
        _ => args.random.then_some(0),
    };
    let is_one = matches!(args.seed, Some(Seed::Exact(_)));
    let report =
        Report { program, runtime: runtime.to_owned(), explored: done, failure, random, is_one, depth: args.depth() };
    let mut text = match args.format {
        ExploreFormat::Table => report.text(),
        ExploreFormat::Json => json(&report.json()),
    };
    if so_far.is_interrupted {
        return Err(Exit::interrupted(&report.runs(), &text, output, colour));
    }
    if !places.is_empty() && report.failure.is_none() && args.format == ExploreFormat::Table {
        text += if args.replay.is_some() { "No page" } else { "No picture" };
        text += " is written, because there is nothing to replay.\n";
    }
    let written = output.write(&text, colour);
    let Some(failure) = report.failure else { return written.map_err(Exit::trouble) };
    let recording = recording_of(&program, runtime, &failure);
    let replayed = write_each(places.into_iter().map(|(kind, place)| Ok((content(kind, &recording)?, place))));
    written.and(replayed).map_err(Exit::trouble)?;
    Err(Exit::failed(format!("{} fails under the schedule {}", program.name, failure.schedule)))
}

/// The runtime that needs no `--runtime`.
const GENERATOR: &str = "generator";

/// How a program is explored on this runtime. The error is one sentence.
fn check_on(runtimes: &[Entry], name: &str) -> Result<Explore, String> {
    match runtimes.iter().find(|entry| entry.name() == name) {
        None => Ok(Program::check), // a command may be made without the generator loop
        Some(entry) => {
            let refused =
                || format!("{name} has no tasks that take turns on one thread; take generator, tokio or smol");
            entry.explore().ok_or_else(refused)
        }
    }
}

/// The progress of an exploration.
struct SoFar {
    shown: Instant,
    is_interrupted: bool,
}

fn explore(
    check: Explore,
    program: &Program,
    explorer: &Explorer,
    interrupts: &Interrupts,
    live: Option<&Live>,
    budget: u64,
) -> (Result<Explored, CheckError>, SoFar) {
    let mut so_far = SoFar { shown: Instant::now(), is_interrupted: false };
    let result = check(program, explorer, &mut |done| {
        if so_far.shown.elapsed() < Live::INTERVAL {
            return ControlFlow::Continue(());
        }
        so_far.shown = Instant::now();
        if let Some(live) = live {
            live.draw(&progress(program, done, budget));
        }
        so_far.is_interrupted = interrupts.within(Duration::ZERO);
        if so_far.is_interrupted { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if let Some(live) = live {
        live.clear();
    }
    (result, so_far)
}

/// Lines of at most 40 columns, so that they fit a narrow window.
fn progress(program: &Program, done: &Explored, budget: u64) -> String {
    let (runs, budget) = (thousands(done.runs()), thousands(budget));
    format!("{}\n  run {runs}\n  of at most {budget}", program.name)
}

/// The recording of a failing schedule, with the text of the program.
fn recording_of(program: &Program, runtime: &str, failure: &Failure) -> Recording {
    let source = Source {
        name: program.name.to_owned(),
        file: program.file.to_owned(),
        first_line: 1,
        text: program.text.to_owned(),
    };
    let run = failure.recorded(runtime, Some(&source));
    let mut recording = Recording::of_program(program.name, Clock::Virtual, vec![source]);
    recording.runs.push(run);
    recording
}
