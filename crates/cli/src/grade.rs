//! The subcommand `grade`: judges a student's folder for the teacher.

use crate::ending::{CtrlC, Exit};
use crate::output_args::OutputArgs;
use clap::ValueEnum;
use paintdry_grade::{Folder, Graded, Plan, Report, grade, junit, page};
use paintdry_terminal::show::{columns, counted};
use std::path::PathBuf;
use std::time::Duration;

pub(crate) const EXAMPLES: &str = "\
A student's exercises are programs, and grading runs them with your rights.
Grade them where they can do no harm, such as in a container.

The folder is a clone of the repository, or the folder crates/exercises in one.
The exit status is 0 if all exercises pass, 1 if not, 2 if grading is impossible.

Examples:
  paintdry grade ~/students/ada
  paintdry grade ada -f junit -o ada.xml
  paintdry grade ada --only paint1,blocking1 --timeout 10s
  paintdry grade . --solutions                our solutions: all of them pass";

/// The time between two checks of a process.
const LOOK: Duration = Duration::from_millis(20);

#[derive(Debug, clap::Args)]
pub(crate) struct GradeArgs {
    /// The student's clone of the repository, or its crates/exercises
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Grade only these exercises; separate names by commas [default: all]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// How long the tests of one exercise may run before they count as hung
    #[arg(long, value_name = "DURATION", default_value = "30s", value_parser = crate::limits::duration, allow_hyphen_values = true)]
    timeout: Duration,
    /// Grade the solutions instead of the exercises
    #[arg(long)]
    solutions: bool,
    /// The format of the result
    #[arg(short, long, value_enum, default_value = "table")]
    format: GradeFormat,
    #[command(flatten)]
    output: OutputArgs,
}

/// The format of the result: for people, for programs, or for a CI system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GradeFormat {
    Table,
    Json,
    Junit,
}

/// Judges the folder and writes the result.
pub(crate) fn grade_job(args: &GradeArgs, ctrl_c: &CtrlC) -> Result<(), Exit> {
    let folder = Folder::named(&args.dir).and_then(|folder| folder.only(&args.only)).map_err(Exit::trouble)?;
    let output = args.output.open()?;
    let (interrupts, colour, live) = (ctrl_c.interrupts(), args.output.colour(), args.output.live());
    let plan = Plan { folder, solutions: args.solutions, limit: args.timeout };
    let graded = grade(&plan, |doing| {
        if let Some(live) = &live {
            live.draw(doing);
        }
        interrupts.within(LOOK)
    });
    if let Some(live) = live {
        live.clear();
    }
    drop(interrupts); // from now on Ctrl-C ends the process
    let Graded { report, interrupted } = graded.map_err(Exit::trouble)?;
    let text = match args.format {
        GradeFormat::Table => page(&report, columns()),
        GradeFormat::Json => report.json(),
        GradeFormat::Junit => {
            junit(&report).map_err(|error| Exit::trouble(format!("the XML cannot be written: {error}")))?
        }
    };
    if interrupted {
        let measured = format!("{} of {}", report.exercises.len(), of_all(&report));
        return Err(Exit::interrupted(&measured, &text, output, colour));
    }
    output.write(&text, colour).map_err(Exit::trouble)?;
    match report.total - report.passed {
        0 => Ok(()),
        left => Err(Exit::failed(format!("{left} of {} did not pass", of_all(&report)))),
    }
}

fn of_all(report: &Report) -> String {
    counted(report.total as u64, "exercise", "exercises")
}
