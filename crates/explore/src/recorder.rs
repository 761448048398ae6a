//! Notes what happens in a run: turn by turn for people, event by event for the page that replays it.

use crate::failure::Turn;
use paintdry_generator::{Request, TurnEnd};
use paintdry_studio::{Event, What, WokenBy};
use std::collections::HashMap;
use std::ops::Range;
use std::panic::Location;
use std::time::Duration;

/// More turns than these are counted, not kept: nobody would read them.
const MOST_TURNS: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Recorder {
    /// The numbers of the tasks, in the order in which they were first seen. The main one comes first.
    tasks: Vec<u32>,
    /// Where they are there.
    positions: HashMap<u32, u32>,
    names: HashMap<u32, String>,
    turns: Vec<(u32, Turn)>,
    /// What has been said in the turn that goes on.
    said: Vec<String>,
    /// The turns of each task since the last departure from the loop's own order.
    shares: HashMap<u32, u64>,
    /// Whether there have been more turns than are kept.
    is_full: bool,
    pub(crate) events: Vec<Event>,
    /// In which file each line among the events is, by the position of the event.
    pub(crate) files: HashMap<usize, &'static str>,
    time: Duration,
}

impl Recorder {
    fn position(&mut self, task: u32) -> u32 {
        *self.positions.entry(task).or_insert_with(|| {
            self.tasks.push(task);
            u32::try_from(self.tasks.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn event(&mut self, task: u32, what: What) {
        if !self.is_full {
            let (ns, task) = (u64::try_from(self.time.as_nanos()).unwrap_or(u64::MAX), self.position(task));
            self.events.push(Event { ns, task, what });
        }
    }

    /// A task has become ready, by another one's turn or because it is time.
    pub(crate) fn ready(&mut self, task: u32, by: Option<u32>, time: Duration) {
        self.time = time;
        if !self.positions.contains_key(&task) {
            return self.event(task, What::Spawn { by: None });
        }
        let by = by.map_or(WokenBy::Timer, |by| WokenBy::Task(self.position(by)));
        if !matches!(self.events.last(), Some(Event { what: What::Spawn { .. }, task: made, .. }) if self.tasks[*made as usize] == task)
        {
            self.event(task, What::Wake(by));
        }
    }

    pub(crate) fn begin(&mut self, task: u32, position: u32, of: u32, time: Duration) {
        self.time = time;
        if position > 0 {
            self.shares.clear();
        }
        *self.shares.entry(task).or_default() += 1;
        self.is_full |= self.turns.len() == MOST_TURNS;
        self.event(task, What::Poll { thread: 0 });
        if !self.is_full {
            let turn = Turn { task: String::new(), position, of, time, did: Vec::new() };
            self.turns.push((task, turn));
        }
    }

    pub(crate) fn end(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>) {
        let by = Some(self.position(task));
        for child in made {
            self.event(child, What::Spawn { by });
            self.said.push(format!("makes task {child}"));
        }
        let (events, did): (&[What], String) = match end {
            TurnEnd::Yielded(Request::Turn) => (&[What::Yield, What::Pending], "yields".to_owned()),
            TurnEnd::Yielded(Request::Sleep(_) | Request::Wait) => (&[What::Pending], "waits".to_owned()),
            TurnEnd::Complete => (&[What::Complete], "ends".to_owned()),
            TurnEnd::Panicked(message) => (&[What::Panic(message.into())], "panics".to_owned()),
        };
        for event in events {
            self.event(task, event.clone());
        }
        self.said.push(did);
        let said = std::mem::take(&mut self.said);
        if let Some((_, turn)) = self.turns.last_mut().filter(|_| !self.is_full) {
            turn.did.extend(said);
        }
    }

    /// The main task has panicked, which the loop does not tell.
    pub(crate) fn main_panicked(&mut self, message: &str) {
        let Some((task, _)) = self.turns.last() else { return };
        self.end(*task, 0..0, TurnEnd::Panicked(message));
    }

    /// The task says something, at a line of its file.
    pub(crate) fn note(&mut self, task: u32, text: &str, place: &'static Location<'static>) {
        self.files.insert(self.events.len(), place.file());
        self.event(task, What::Line(place.line()));
        self.event(task, What::Note(text.into()));
        self.said.push(text.to_owned());
    }

    pub(crate) fn name(&mut self, task: u32, name: &str) {
        self.names.entry(task).or_insert_with(|| name.to_owned());
    }

    /// What a task is called: the main one is the first.
    pub(crate) fn name_of(&self, task: u32) -> String {
        let is_main = self.tasks.first() == Some(&task);
        let unnamed = || if is_main { "main".to_owned() } else { format!("task {task}") };
        self.names.get(&task).cloned().unwrap_or_else(unnamed)
    }

    /// The names of the tasks, in the order of the events' numbers.
    pub(crate) fn names(&self) -> Vec<String> {
        self.tasks.iter().map(|task| self.name_of(*task)).collect()
    }

    /// What the loop calls a task that waits, as the program does.
    pub(crate) fn known_as(&self, name: &str) -> String {
        let number = name.strip_prefix("task ").and_then(|number| number.parse().ok());
        number.map_or_else(|| name.to_owned(), |number| self.name_of(number))
    }

    /// The turns, with the names that the tasks got in the course of the run.
    pub(crate) fn turns(&self) -> Vec<Turn> {
        let named = |(task, turn): &(u32, Turn)| {
            let did = turn.did.iter().map(|did| match did.strip_prefix("makes ") {
                Some(made) => format!("makes {}", self.known_as(made)),
                None => did.clone(),
            });
            Turn { task: self.name_of(*task), did: did.collect(), ..turn.clone() }
        };
        self.turns.iter().map(named).collect()
    }

    /// How many turns each task had since the last departure from the loop's own order, the most first.
    pub(crate) fn shares(&self) -> Vec<(String, u64)> {
        let mut shares: Vec<_> = self.shares.iter().map(|(task, turns)| (self.name_of(*task), *turns)).collect();
        shares.sort_by(|(name, turns), (other, others)| others.cmp(turns).then(name.cmp(other)));
        shares
    }

    pub(crate) fn time(&self) -> Duration {
        self.time
    }
}
