//! The subcommand `exercises` from its options to its result.

use super::args::{CheckArgs, CheckFormat, ExercisesCommand, ListFormat};
use super::overview::Overview;
use super::{CheckReport, Checks, ExercisesArgs, Folder, Plan, check, junit, page};
use crate::command::{Stop, colour, interruptible, is_coloured, stopped};
use crate::compare::{Event, Events};
use crate::format::json;
use crate::live::Live;
use crate::output::{Output, to_stdout};
use crate::show::counted;
use std::sync::Mutex;
use std::sync::mpsc::Sender;

/// Does what the options say: the front door, or the check.
pub(crate) fn exercises_job(args: &ExercisesArgs, running: &Mutex<Option<Sender<Event>>>) -> Result<(), Stop> {
    match &args.command {
        None => front_door(args),
        Some(ExercisesCommand::Check(args)) => checked(args, running),
    }
}

fn front_door(args: &ExercisesArgs) -> Result<(), Stop> {
    let folder = Folder::find(args.dir.as_deref()).map_err(Stop::usage)?;
    let overview = Overview::of(&folder);
    let text = match args.format {
        ListFormat::Table => overview.page(&folder, page::columns()),
        ListFormat::Json => json(&overview),
    };
    to_stdout(&text, colour(args.color)).map_err(Stop::failed)?;
    match overview.blocked_by().as_slice() {
        [] => Ok(()),
        needs => {
            Err(Stop::failed(format!("the exercises cannot run here before this is repaired: {}", needs.join(", "))))
        }
    }
}

fn checked(args: &CheckArgs, running: &Mutex<Option<Sender<Event>>>) -> Result<(), Stop> {
    let folder = only(&args.only, Folder::named(&args.dir).map_err(Stop::usage)?).map_err(Stop::usage)?;
    let events = Events::new();
    let output = Output::open(args.output.as_deref()).map_err(Stop::usage)?;
    interruptible(running, &events);
    let colour = colour(args.color);
    let live = if args.quiet { None } else { Live::on_terminal(is_coloured(colour)) };
    let plan = Plan { folder, solutions: args.solutions, limit: args.timeout };
    let Checks { report, interrupted } = check(&plan, events, live.as_ref()).map_err(Stop::usage)?;
    let text = render(&report, args.format)?;
    if interrupted {
        let measured =
            format!("{} of {}", report.exercises.len(), counted(report.total as u64, "exercise", "exercises"));
        return Err(stopped(&measured, &text, output, colour));
    }
    output.write(&text, colour).map_err(Stop::failed)?;
    match report.total - report.passed {
        0 => Ok(()),
        left => Err(Stop::failed(format!(
            "{left} of {} did not pass",
            counted(report.total as u64, "exercise", "exercises")
        ))),
    }
}

fn render(report: &CheckReport, format: CheckFormat) -> Result<String, Stop> {
    match format {
        CheckFormat::Table => Ok(page::check_page(report, page::columns())),
        CheckFormat::Json => Ok(json(report)),
        CheckFormat::Junit => {
            junit::xml(report).map_err(|error| Stop::failed(format!("the XML cannot be written: {error}")))
        }
    }
}

/// The exercises with these names, or all of them. The error is one sentence.
fn only(names: &[String], mut folder: Folder) -> Result<Folder, String> {
    let known = |name: &String| folder.exercises.iter().any(|exercise| exercise.name == *name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        let distance = |known: &str| strsim::damerau_levenshtein(known, unknown);
        let nearest = folder.exercises.iter().map(|exercise| (distance(&exercise.name), &exercise.name)).min();
        let suggestion = match nearest {
            Some((distance, known)) if distance <= 3 && distance < known.len() => format!("did you mean '{known}'?"),
            _ => "`paintdry exercises` lists them".to_owned(),
        };
        return Err(format!("no exercise is called '{unknown}', {suggestion}"));
    }
    folder.exercises.retain(|exercise| names.is_empty() || names.contains(&exercise.name));
    Ok(folder)
}
