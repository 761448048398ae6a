//! A request for one run, and its answer.

use crate::program::Program;
use crate::request::Asked;
use crate::survey::Kind;
use crate::threads;
use crate::values::Values;
use crate::waits::{Hold, Tasks, Wait};
use paintdry_explore::{Ended, Play, Played, Then, Why};
use paintdry_studio::Recording;
use serde::Serialize;

/// The turns that an answer lists: no reader gets further.
const MOST_TURNS: usize = 1_000;

pub(crate) struct RunJob {
    program: &'static Program,
    values: Values,
    choices: Vec<u32>,
    then: Then,
    does_not_fit: Option<usize>,
}

#[derive(Serialize)]
pub(crate) struct Answer {
    program: &'static str,
    parameters: Values,
    choices: Vec<u32>,
    of: Vec<u32>,
    names: Vec<String>,
    departures: usize,
    does_not_fit: Option<usize>,
    turn: u64,
    time_ns: u64,
    threads: usize,
    ended: Option<End>,
    ready: Vec<Ready>,
    waits: Vec<Wait>,
    holds: Vec<Hold>,
    turns: Vec<Turn>,
    goals: Vec<&'static str>,
    recording: Recording,
}

#[derive(Serialize)]
struct End {
    kind: Kind,
    message: Option<String>,
    waiting: Vec<String>,
}

#[derive(Serialize)]
struct Ready {
    position: u32,
    task: u32,
    name: String,
    begins: bool,
    noted: Vec<String>,
    line: Option<u32>,
}

#[derive(Serialize)]
struct Turn {
    name: String,
    position: u32,
    of: u32,
    time_ns: u64,
    did: Vec<String>,
}

impl RunJob {
    pub(crate) fn new(asked: Asked<'_>) -> Result<Self, String> {
        let program = crate::catalogue::named(asked.program)?;
        let values = Values::read(program.parameters, &asked.parameters)?;
        let then = if asked.finish { Then::OwnOrder } else { Then::Stop };
        Ok(Self { program, values, choices: asked.choices, then, does_not_fit: None })
    }

    pub(crate) fn play(&self) -> impl FnOnce() -> Played + use<> {
        let (program, values, choices, then) = (self.program, self.values.clone(), self.choices.clone(), self.then);
        let (choices, then) = if self.threads() > 1 { (Vec::new(), Then::OwnOrder) } else { (choices, then) };
        move || {
            let names = (program.tasks)(&values);
            let play = Play { choices: &choices, then, names: &names, is_recorded: true };
            program.play(&values, play)
        }
    }

    /// The answer, or `None` if the run must be played again, with fewer choices.
    pub(crate) fn hear(&mut self, played: &Played) -> Option<Answer> {
        if let Ended::DoesNotFit { choice } = played.ended {
            self.choices.truncate(choice - 1);
            self.does_not_fit = Some(choice);
            return None;
        }
        let made = if self.threads() > 1 { 0 } else { played.choices.len() };
        if made < self.choices.len() {
            self.does_not_fit = Some(made + 1);
        }
        let answer = self.answer(played);
        Some(if self.threads() > 1 { answer.on_threads() } else { answer })
    }

    fn threads(&self) -> usize {
        (self.program.threads)(&self.values)
    }

    fn answer(&self, played: &Played) -> Answer {
        let tasks = Tasks::of(played);
        let at_choices = || played.turns.iter().filter(|turn| turn.of > 1);
        let numbers: &[u32] = if let Ended::Undecided { ready } = &played.ended { ready } else { &[] };
        let ready = (0..).zip(numbers).map(|(position, &task)| Ready {
            position,
            task,
            name: tasks.name(task),
            begins: tasks.begins(task),
            noted: tasks.noted(task),
            line: tasks.line(task),
        });
        let is_over = numbers.is_empty();
        Answer {
            program: self.program.name,
            parameters: self.values.clone(),
            choices: played.choices.iter().map(|choice| choice.chosen).collect(),
            of: played.choices.iter().map(|choice| choice.of).collect(),
            names: at_choices().take(played.choices.len()).map(|turn| turn.task.clone()).collect(),
            departures: played.choices.iter().filter(|choice| choice.chosen > 0).count(),
            does_not_fit: self.does_not_fit,
            turn: played.turn_count + u64::from(!is_over),
            time_ns: as_ns(played.time()),
            threads: self.threads(),
            ended: is_over.then(|| end(&played.ended)),
            ready: ready.collect(),
            waits: tasks.waits(),
            holds: tasks.holds(),
            turns: turns(played),
            goals: if is_over { self.program.reached_by(&self.values, played) } else { Vec::new() },
            recording: self.program.recording(&self.values, played),
        }
    }
}

impl Answer {
    /// The answer to a run on several threads, in which the reader has nothing to choose.
    fn on_threads(self) -> Self {
        let [run] = &self.recording.runs[..] else { return self };
        let turns = self.turns.into_iter().filter(|turn| run.tasks.contains(&turn.name));
        let turns = turns.zip(threads::starts(&run.events)).map(|(turn, time_ns)| Turn { of: 1, time_ns, ..turn });
        Self {
            choices: Vec::new(),
            of: Vec::new(),
            names: Vec::new(),
            turn: run.tasks.len() as u64,
            time_ns: run.wall_ns,
            turns: turns.collect(),
            ..self
        }
    }
}

fn end(ended: &Ended) -> End {
    let (message, waiting) = match ended {
        Ended::Failed(Why::Stuck { waiting }) => (None, waiting.clone()),
        _ => (None, Vec::new()),
    };
    let message = if let Ended::Failed(why) = ended { Some(why.to_string()) } else { message };
    End { kind: Kind::of(ended), message, waiting }
}

fn turns(played: &Played) -> Vec<Turn> {
    let turn = |turn: &paintdry_explore::Turn| Turn {
        name: turn.task.clone(),
        position: turn.position,
        of: turn.of,
        time_ns: as_ns(turn.time),
        did: turn.did.clone(),
    };
    played.turns.iter().take(MOST_TURNS).map(turn).collect()
}

fn as_ns(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
