//! `explore --observe`: how many schedules of a program fail, and which of them each runtime takes when nothing steers it.

use super::ExploreArgs;
use super::args::ExploreFormat;
use crate::Entry;
use crate::ending::Exit;
use crate::format::json;
use paintdry_core::{listed, thousands};
use paintdry_explore::programs::Program;
use paintdry_explore::{CheckError, Ended, Explorer, Observed, Survey};
use paintdry_terminal::show::{columns, counted, fit};
use serde::Serialize;
use std::fmt::Write;

/// The version of the JSON.
const SCHEMA: u32 = 1;

#[derive(Debug, Serialize)]
struct Report {
    schema: u32,
    job: &'static str,
    program: &'static str,
    #[serde(skip)]
    about: &'static str,
    /// How many schedules were tried,
    schedules: u64,
    /// how many of them fail,
    failing: u64,
    /// and whether these are all.
    complete: bool,
    runs: u64,
    runtimes: Vec<Row>,
}

/// What a runtime did.
#[derive(Debug, Serialize)]
struct Row {
    runtime: &'static str,
    /// How many runs fail.
    failing: u64,
    /// How many schedules its runs took,
    schedules: u64,
    /// how many of these fail,
    failing_schedules: u64,
    /// and how many runs took none: threads ran tasks at the same time, or a task was woken at another time than on one thread.
    elsewhere: u64,
}

/// Runs the program on each runtime, or on the named one.
pub(super) fn observe_job(
    runtimes: &[Entry],
    args: &ExploreArgs,
    program: &Program,
    runs: u64,
    explorer: &Explorer,
) -> Result<(), Exit> {
    let is_asked = |entry: &&Entry| args.runtime.as_deref().is_none_or(|name| name == entry.name());
    let observable: Vec<_> =
        runtimes.iter().filter(is_asked).filter_map(|entry| Some((entry.name(), entry.observe()?))).collect();
    if observable.is_empty() {
        let name = args.runtime.as_deref().unwrap_or_default();
        return Err(Exit::trouble(format!("{name} has no tasks that take turns; take generator, tokio or smol")));
    }
    let output = args.output.open()?;
    let refused = |error: CheckError| match error {
        CheckError::OnlyOnTheLoop => {
            let name = program.name;
            Exit::trouble(format!("{name} uses what only the generator loop has, so no other runtime can be observed"))
        }
        error => Exit::trouble(error),
    };
    let Survey { schedules, failing, is_complete } = program.survey(explorer).map_err(refused)?;
    let rows = observable.into_iter().map(|(name, observe)| Row::of(name, &observe(program, runs)?, program, explorer));
    let report = Report {
        schema: SCHEMA,
        job: "observe",
        program: program.name,
        about: program.about,
        schedules,
        failing,
        complete: is_complete,
        runs,
        runtimes: rows.collect::<Result<_, _>>().map_err(refused)?,
    };
    let text = match args.format {
        ExploreFormat::Table => report.text(),
        ExploreFormat::Json => json(&report),
    };
    output.write(&text, args.output.colour()).map_err(Exit::trouble)
}

impl Row {
    fn of(
        runtime: &'static str,
        observed: &Observed,
        program: &Program,
        explorer: &Explorer,
    ) -> Result<Self, CheckError> {
        let (failing, elsewhere) = (observed.failing, observed.side_by_side);
        let mut row = Self { runtime, failing, schedules: 0, failing_schedules: 0, elsewhere };
        for (order, runs) in &observed.orders {
            match program.follow(explorer, order)? {
                Some(played) => {
                    row.schedules += 1;
                    row.failing_schedules += u64::from(matches!(played.ended, Ended::Failed(_)));
                }
                None => row.elsewhere += runs,
            }
        }
        Ok(row)
    }

    /// Whether all its runs took the same schedule.
    fn is_one(&self) -> bool {
        self.schedules == 1 && self.elsewhere == 0
    }
}

impl Report {
    fn text(&self) -> String {
        let mut text = format!("{}: {}\n\n{}\n\n", self.program, self.about, self.tree());
        let head = ["runtime", "failing runs", "schedules taken", "of these fail", "runs in no schedule"];
        let cells = |row: &Row| {
            let numbers = [row.failing, row.schedules, row.failing_schedules, row.elsewhere].map(thousands);
            [vec![row.runtime.to_owned()], numbers.to_vec()].concat()
        };
        let rows: Vec<_> = self.runtimes.iter().map(cells).collect();
        let width = |column: usize| {
            rows.iter().map(|row| row[column].len()).chain([head[column].len()]).max().unwrap_or_default()
        };
        let line = |cells: &[&str]| {
            let cell = |(column, cell): (usize, &&str)| match column {
                0 => format!("{cell:0$}", width(0)),
                _ => format!("  {cell:>0$}", width(column)),
            };
            cells.iter().enumerate().map(cell).collect::<String>() + "\n"
        };
        text += &line(&head);
        for row in &rows {
            text += &line(&row.iter().map(String::as_str).collect::<Vec<_>>());
        }
        let _ = writeln!(text, "\n{}", self.summary().join("\n")); // to a String, it cannot fail
        fit(&text, columns())
    }

    fn tree(&self) -> String {
        let runs = format!("{} on each runtime, and nothing steers them.", counted(self.runs, "run", "runs"));
        let schedules = counted(self.schedules, "schedule", "schedules");
        match (self.complete, self.failing) {
            (true, 0) => format!("None fails of {schedules}. {runs}"),
            (true, failing) => format!("{} of {schedules} fail. {runs}", thousands(failing)),
            (false, failing) => {
                let tried = format!("{} of the first {schedules} fail", thousands(failing));
                format!("{tried}; --budget N tries more. {runs}")
            }
        }
    }

    /// What the table means, a sentence for each kind of runtime.
    fn summary(&self) -> Vec<String> {
        let those = |is: &dyn Fn(&Row) -> bool| -> Vec<&str> {
            self.runtimes.iter().filter(|row| is(row)).map(|row| row.runtime).collect()
        };
        let said = |names: Vec<&str>, one: &str, several: &str| match names.as_slice() {
            [] => None,
            [name] => Some(format!("{name} {one}.")),
            [names @ .., last] => Some(format!("{} and {last} {several}.", listed(names))),
        };
        let passes = those(&|row| row.is_one() && row.failing == 0);
        let fails = those(&|row| row.is_one() && row.failing > 0);
        let varies = self.runtimes.iter().filter(|row| !row.is_one()).map(|row| {
            let failing = if row.failing == 0 { "none" } else { &thousands(row.failing) };
            let of = thousands(self.runs);
            Some(format!("{} does not do the same each time: {failing} of {of} runs fail.", row.runtime))
        });
        let always = [
            said(passes, "always takes a schedule that passes", "always take a schedule that passes"),
            said(fails, "always takes a schedule that fails", "always take a schedule that fails"),
        ];
        always.into_iter().chain(varies).flatten().collect()
    }
}
