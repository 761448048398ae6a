//! The result of an exploration, as text and as JSON.

use paintdry_core::thousands;
use paintdry_explore::programs::{ALL, Program};
use paintdry_explore::{Explored, Failure, Why};
use paintdry_terminal::show::{columns, counted, fit, flowed};
use serde::Serialize;
use std::fmt::Write;

/// The version of the JSON.
const SCHEMA: u32 = 1;

/// The result of an exploration.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) program: Program,
    pub(super) runtime: String,
    pub(super) explored: Explored,
    /// The shortest failing schedule that was found.
    pub(super) failure: Option<Failure>,
    /// The number that seeded the random orders.
    pub(super) random: Option<u64>,
    /// Whether a single schedule was asked for.
    pub(super) is_one: bool,
    /// How many choices of each run were varied.
    pub(super) depth: usize,
}

impl Report {
    /// The result for people.
    pub(super) fn text(&self) -> String {
        let Program { name, about, .. } = self.program;
        let mut text = format!("{name} on {}: {about}\n\n", self.runtime);
        if let Some(failure) = &self.failure {
            let _ = write!(text, "{failure}\n\n"); // to a String, it cannot fail
        }
        fit(&(text + &self.summary() + "\n"), columns())
    }

    fn summary(&self) -> String {
        let runs = self.runs();
        let drawn = self.random.map(|number| format!(", drawn from {number}")).unwrap_or_default();
        match (&self.failure, self.explored.is_complete) {
            _ if self.is_one => "Only this schedule was run.".to_owned(),
            (Some(_), _) => format!("Found after {runs}{drawn}."),
            (None, true) if self.is_all() => format!("No schedule fails, and these are all: {runs}."),
            (None, true) => {
                let choices = counted(self.depth as u64, "choice", "choices");
                format!("None fails of {runs}. They vary at most {choices}; --depth N varies more.")
            }
            (None, false) if self.random.is_some() => format!("None fails of {runs}{drawn}."),
            (None, false) => {
                format!("None fails of {runs}. There are more; --budget N tries more, --random tries others.")
            }
        }
    }

    /// Whether these are all schedules. If a run had as many choices as were varied, it may have had more.
    fn is_all(&self) -> bool {
        self.explored.is_complete && self.explored.choices < self.depth
    }

    /// The progress, in words.
    pub(super) fn runs(&self) -> String {
        let Explored { schedules, pruned, turns, .. } = self.explored;
        let turns = counted(turns, "turn", "turns");
        let schedules = counted(schedules, "schedule", "schedules");
        match pruned {
            0 => format!("{schedules}, {turns}"),
            _ => format!("{schedules}, and {} cut short because the rest had been tried, {turns}", thousands(pruned)),
        }
    }

    /// The result for programs.
    pub(super) fn json(&self) -> impl Serialize {
        #[derive(Serialize)]
        struct Json<'a> {
            schema: u32,
            job: &'static str,
            program: &'static str,
            runtime: &'a str,
            random: Option<u64>,
            passes: bool,
            complete: bool,
            schedules: u64,
            pruned: u64,
            turns: u64,
            choices: usize,
            failure: Option<JsonFailure>,
        }
        let Explored { schedules, pruned, turns, choices, .. } = self.explored;
        Json {
            schema: SCHEMA,
            job: "explore",
            program: self.program.name,
            runtime: &self.runtime,
            random: self.random,
            passes: self.failure.is_none(),
            complete: self.is_all(),
            schedules,
            pruned,
            turns,
            choices,
            failure: self.failure.as_ref().map(JsonFailure::of),
        }
    }
}

#[derive(Serialize)]
struct JsonFailure {
    kind: &'static str,
    why: String,
    seed: String,
    departures: usize,
    turns: Vec<JsonTurn>,
}

#[derive(Serialize)]
struct JsonTurn {
    task: String,
    position: u32,
    ready: u32,
    time_ns: u64,
    did: Vec<String>,
}

impl JsonFailure {
    fn of(failure: &Failure) -> Self {
        let turns = failure.turns.iter().map(|turn| JsonTurn {
            task: turn.task.clone(),
            position: turn.position,
            ready: turn.of,
            time_ns: u64::try_from(turn.time.as_nanos()).unwrap_or(u64::MAX),
            did: turn.did.clone(),
        });
        Self {
            kind: match failure.why {
                Why::Panicked { .. } => "panicked",
                Why::Stuck { .. } => "stuck",
                Why::Starved { .. } => "starved",
                _ => "failed",
            },
            why: failure.why.to_string(),
            seed: failure.schedule.to_string(),
            departures: failure.schedule.departures(),
            turns: turns.collect(),
        }
    }
}

/// The list of programs, for people.
pub(super) fn list() -> String {
    let width = ALL.iter().map(|program| program.name.len()).max().unwrap_or(0);
    let line = |program: &Program| {
        let name = format!("{:width$} ", program.name);
        let words = [name.as_str()].into_iter().chain(program.about.split(' '));
        flowed(words, columns(), &" ".repeat(width + 2)) + "\n"
    };
    let (buggy, good): (Vec<_>, Vec<_>) = ALL.iter().partition(|program| program.has_bug);
    let lines = |programs: Vec<&Program>| programs.into_iter().map(line).collect::<String>();
    format!("Some schedules of these fail:\n{}\nThese pass all:\n{}", lines(buggy), lines(good))
}

/// The list of programs, for programs.
pub(super) fn json_list() -> impl Serialize {
    #[derive(Serialize)]
    struct Listed {
        program: &'static str,
        about: &'static str,
        has_bug: bool,
    }
    let listed = |program: &Program| Listed { program: program.name, about: program.about, has_bug: program.has_bug };
    ALL.iter().map(listed).collect::<Vec<_>>()
}
