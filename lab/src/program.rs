//! A program of the lab: what the page shows of it, how it is run, and what its reader should reach.

use crate::survey::Survey;
use crate::threads;
use crate::values::{Parameter, Values};
use paintdry_explore::{Explorer, Play, Played};
use paintdry_studio::{Clock, Host, RUSTC, RecordedWorkload, Recording, Source};
use std::pin::Pin;

pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// What it does, in one sentence.
    pub(crate) about: &'static str,
    /// What the reader is asked.
    pub(crate) question: &'static str,
    /// Its file, from the root of the repository,
    pub(crate) file: &'static str,
    /// and the text of that file.
    pub(crate) text: &'static str,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) goals: &'static [Goal],
    /// The names of its tasks, in the order in which it makes them.
    pub(crate) tasks: fn(&Values) -> Vec<String>,
    /// The job of the course that it is; `None` if it is a program by itself.
    pub(crate) job: fn(&Values) -> Option<RecordedWorkload>,
    /// How many threads run it. The lab's clock simulates more than one.
    pub(crate) threads: fn(&Values) -> usize,
    /// Its main task. All have one type, because the code for each type would be 4 kB.
    pub(crate) main: fn(&Values) -> Pin<Box<dyn Future<Output = ()>>>,
}

pub(crate) struct Goal {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    pub(crate) by: By,
}

/// What shows that a goal is reached.
pub(crate) enum By {
    /// One run.
    Run(fn(&Values, &Played) -> bool),
    /// All schedules.
    Explore(fn(&Values, &Survey) -> bool),
}

impl Program {
    /// Plays it with these values.
    pub(crate) fn play(&self, values: &Values, play: Play<'_>) -> Played {
        Explorer::new().play(|_| (self.main)(values), play)
    }

    /// The goals that this run has reached.
    pub(crate) fn reached_by(&self, values: &Values, played: &Played) -> Vec<&'static str> {
        let is_reached = |goal: &&Goal| matches!(goal.by, By::Run(is_reached) if is_reached(values, played));
        self.goals.iter().filter(is_reached).map(|goal| goal.name).collect()
    }

    /// The goals that are reached if these are all schedules.
    pub(crate) fn reached_by_all(&self, values: &Values, survey: &Survey) -> Vec<&'static str> {
        let is_reached = |goal: &&Goal| matches!(goal.by, By::Explore(is_reached) if is_reached(values, survey));
        self.goals.iter().filter(|_| survey.is_complete()).filter(is_reached).map(|goal| goal.name).collect()
    }

    /// A run as a recording, with the source of the program.
    pub(crate) fn recording(&self, values: &Values, played: &Played) -> Recording {
        let source = Source {
            name: "program".to_owned(),
            file: self.file.to_owned(),
            first_line: 1,
            text: self.text.to_owned(),
        };
        let own = || RecordedWorkload::Program { name: self.title.to_owned() };
        // Not `Host::this()`, which does not know the page.
        let host = Host { os: "WebAssembly".to_owned(), cores: 1, rustc: RUSTC.to_owned() };
        let run = played.recorded("generator", "our loop, in virtual time", Some(&source));
        let threads = (self.threads)(values);
        let run = if threads > 1 { threads::spread(run, threads) } else { run };
        let mut recording = Recording::new(Clock::Virtual, (self.job)(values).unwrap_or_else(own), host, vec![source]);
        recording.runs.push(run);
        recording
    }
}
