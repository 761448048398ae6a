//! The subcommand `doctor`: what the exercises need on this machine, and what to do if it is missing. It installs and
//! changes nothing, and no file of the current folder decides which program runs.

use crate::ending::Exit;
use crate::format::json;
use crate::output_args::ColorArgs;
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use paintdry_grade::Folder;
use paintdry_terminal::output::{advice, to_stdout};
use paintdry_terminal::program::{NotRun, Ran, run};
use paintdry_terminal::show::{columns, flowed, one_line, printable, shorten, shown_path};
use serde::Serialize;
use std::fmt::Write;
use std::io::ErrorKind;
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, thread};

pub(crate) const EXAMPLES: &str = "\
You do the exercises of the course with rustlings, which is a separate program.
The exit status is 1 if something is missing.

Examples:
  paintdry doctor
  paintdry doctor -f json";

/// The version of rustlings that the exercises are tested with, and that `doctor` recommends.
const RUSTLINGS: &str = "6.5.0";

/// How long a program may take to print its version: far more than any needs.
const LONGEST: Duration = Duration::from_secs(10);

/// The longest version of a program that is printed.
const LONGEST_VERSION: usize = 60;

#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    /// The format of the result
    #[arg(short, long, value_enum, default_value = "table")]
    format: DoctorFormat,
    #[command(flatten)]
    color: ColorArgs,
}

/// The format of the result: for people, or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DoctorFormat {
    Table,
    Json,
}

/// One thing that the exercises need.
#[derive(Debug, Serialize)]
struct Need {
    name: &'static str,
    /// Its version, or where it is; `None` if it is missing.
    found: Option<String>,
    /// What is wrong.
    problem: Option<String>,
    /// How to fix it or, if nothing is wrong, how to use it.
    advice: Option<String>,
}

impl Need {
    fn met(name: &'static str, found: &str) -> Self {
        Self { name, found: Some(one_line(found)), problem: None, advice: None }
    }

    fn unmet(name: &'static str, problem: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { name, found: None, problem: Some(one_line(&problem.into())), advice: Some(advice.into()) }
    }

    /// A line for people.
    fn line(&self) -> String {
        let advice = self.advice.as_ref().map(|advice| format!(": {advice}")).unwrap_or_default();
        match (&self.problem, &self.found) {
            (Some(problem), _) => format!("✗ {} {problem}{advice}", self.name),
            (None, found) => format!("✓ {} {}{advice}", self.name, found.as_deref().unwrap_or_default()),
        }
    }
}

/// Prints what is there and what is missing, a line each.
pub(crate) fn doctor_job(args: &DoctorArgs) -> Result<(), Exit> {
    let needs = [cargo(), clippy(), rustlings(), exercises()];
    let text = match args.format {
        DoctorFormat::Table => page(&needs, columns()),
        DoctorFormat::Json => json(&needs),
    };
    to_stdout(&text, args.color.colour()).map_err(Exit::trouble)?;
    let missing: Vec<_> = needs.iter().filter(|need| need.problem.is_some()).map(|need| need.name).collect();
    match missing.as_slice() {
        [] => Ok(()),
        names => {
            let names = names.join(", ");
            Err(Exit::failed(format!("missing: {names}; only the exercises and `paintdry grade` need this")))
        }
    }
}

fn page(needs: &[Need], columns: usize) -> String {
    let mut page = String::new();
    for need in needs {
        let line = flowed(need.line().split_whitespace(), columns, "  ");
        let colour = if need.problem.is_some() { AnsiColor::Red } else { AnsiColor::Green };
        let style = Style::new().fg_color(Some(colour.into())).bold();
        let glyph = line.chars().next().map_or(0, char::len_utf8);
        let _ = writeln!(page, "{style}{}{style:#}{}", &line[..glyph], &line[glyph..]); // to a String, it cannot fail
    }
    page
}

fn cargo() -> Need {
    let needed = env!("CARGO_PKG_RUST_VERSION");
    match version("cargo", &["--version"]) {
        Err(why) => Need::unmet("cargo", why.problem(), "install Rust from https://rustup.rs"),
        Ok(found) if numbers(&found) < numbers(needed) => {
            Need::unmet("cargo", format!("{found} is too old (you need {needed})"), "run `rustup update stable`")
        }
        Ok(found) => Need::met("cargo", &found),
    }
}

/// Without clippy the exercises run, but rustlings counts none as done.
fn clippy() -> Need {
    match version("cargo", &["clippy", "--version"]) {
        Ok(found) => Need::met("clippy", &found),
        Err(_) => Need::unmet(
            "clippy",
            "is not installed, and without it rustlings counts no exercise as done",
            "run `rustup component add clippy`",
        ),
    }
}

fn rustlings() -> Need {
    let unmet =
        |problem| Need::unmet("rustlings", problem, format!("run `cargo install --locked rustlings@{RUSTLINGS}`"));
    match version("rustlings", &["--version"]) {
        Err(why) => unmet(why.problem()),
        Ok(found) if numbers(&found) < numbers(RUSTLINGS) => {
            unmet(format!("{found} is too old (you need {RUSTLINGS})"))
        }
        Ok(found) => Need::met("rustlings", &found),
    }
}

/// What the search for the exercises advises, and what the doctor says instead: its readers may have installed only the command.
const ELSEWHERE: [(&str, &str); 2] =
    [("go to a clone of the repository", A_CLONE), ("go to another one", "go to another one")];
const A_CLONE: &str = concat!("go to a clone of the repository, ", env!("CARGO_PKG_REPOSITORY"));

/// The nearest folder of exercises. rustlings keeps its notes there, and cargo its builds.
fn exercises() -> Need {
    let folder = match Folder::from_here() {
        Ok(folder) => shorter(folder.path),
        Err(error) => {
            let sentence = error.to_string();
            // A sentence without this advice says why a list is broken, in the words of its file.
            let advised = ELSEWHERE.iter().find_map(|(said, ours)| Some((sentence.strip_suffix(said)?, *ours)));
            let (problem, advice) =
                advised.unwrap_or((&sentence, "repair the list, or go to a clone of the repository"));
            let problem = problem.trim_end_matches("; ");
            return Need::unmet("exercises", format!("cannot be found: {problem}"), advice);
        }
    };
    if let Err(error) = tempfile::tempfile_in(if folder == Path::new("") { Path::new(".") } else { &folder }) {
        let problem = format!("in {} cannot be written to ({error})", shown_path(&folder));
        let advice = advice(&error, "make the folder yours, or copy the repository to one that is");
        return Need::unmet("exercises", problem, advice);
    }
    let found = if folder == Path::new("") { "here".to_owned() } else { format!("in {}", shown_path(&folder)) };
    Need { advice: Some(start(&folder)), ..Need::met("exercises", &found) }
}

/// The path from the current folder, if it is below it.
fn shorter(path: PathBuf) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(here).map(Path::to_owned).unwrap_or(path)
}

/// What to type to start rustlings in this folder.
fn start(folder: &Path) -> String {
    let shown = shown_path(folder);
    match folder.to_str() {
        Some("") => "run `rustlings`".to_owned(),
        Some(folder) if folder == shown => format!("run `cd {} && rustlings`", quoted(folder)),
        _ => "go there and start `rustlings`".to_owned(), // its name cannot be typed
    }
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// Why a program has no version.
#[derive(Debug, PartialEq, Eq)]
enum Unusable {
    Absent,
    /// It fails, with this line.
    Says(String),
}

impl Unusable {
    fn problem(&self) -> String {
        match self {
            Self::Absent => "is not installed".to_owned(),
            Self::Says(said) => format!("does not start ({said})"),
        }
    }
}

/// The second word of what `program` prints about itself, such as `cargo 1.95.0 (f2d3ce0bd 2026-03-21)`. It starts in the
/// root of the file system, because in a stranger's folder a file may choose a toolchain, or redefine `cargo clippy`.
fn version(program: &str, arguments: &[&str]) -> Result<String, Unusable> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(MAIN_SEPARATOR_STR);
    let waits = || {
        thread::sleep(Duration::from_millis(5));
        false
    };
    let (status, stdout, stderr) = match run(command, Stdio::null(), LONGEST, &waits) {
        Ok(Ran::Ended { status, stdout, stderr }) => (status, stdout, stderr),
        Err(NotRun::Failed(error)) if error.kind() == ErrorKind::NotFound => return Err(Unusable::Absent),
        Err(NotRun::Failed(error)) => return Err(Unusable::Says(error.to_string())),
        Ok(Ran::Hung) | Err(NotRun::Interrupted) => return Err(Unusable::Says("it does not answer".to_owned())),
    };
    let said = stdout.split_whitespace().nth(1).map(|word| shorten(&printable(word), LONGEST_VERSION));
    let complaint = || {
        let stderr = printable(&stderr);
        stderr.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing").trim().to_owned()
    };
    said.filter(|_| status.success()).ok_or_else(|| Unusable::Says(complaint()))
}

/// The numbers of `1.88` or `1.95.0-nightly`, to compare them.
fn numbers(version: &str) -> [u32; 3] {
    let mut numbers = version.split(['.', '-', '+']).map_while(|number| number.parse().ok());
    std::array::from_fn(|_| numbers.next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_their_numbers() {
        assert_eq!(numbers("1.95.0-nightly"), [1, 95, 0]);
        assert!(numbers("1.9.0") < numbers("1.88") && numbers("1.88") == numbers("1.88.0"));
        assert!(numbers("6.10.0") > numbers(RUSTLINGS) && numbers("unknown") == [0, 0, 0]);
    }

    #[test]
    fn a_program_that_is_absent_or_fails() {
        assert_eq!(version("no-such-program", &[]), Err(Unusable::Absent));
        let Err(Unusable::Says(said)) = version("cargo", &["no-such-command"]) else { panic!("there is none") };
        assert!(said.contains("no-such-command"), "{said}");
    }

    #[test]
    fn the_folder_is_written_as_a_shell_reads_it() {
        let starts = ["", "crates/exercises", "my dir/it's", "a\nrm"].map(|folder| start(Path::new(folder)));
        let words = ["run `rustlings`", "run `cd crates/exercises && rustlings`"];
        let others = [r"run `cd 'my dir/it'\''s' && rustlings`", "go there and start `rustlings`"];
        assert_eq!(starts, [words, others].concat()[..]);
    }

    #[test]
    fn each_need_is_a_line() {
        let needs = [Need::met("cargo", "1.95.0"), Need::unmet("rustlings", "is not installed", "run it")];
        let page = printable(&page(&needs, 40));
        assert_eq!(page, "✓ cargo 1.95.0\n✗ rustlings is not installed: run it\n");
    }
}
