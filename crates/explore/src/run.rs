//! One run of a program: who makes its choices, and how far it has come. It is kept for the thread while the run goes on,
//! so that the tasks find it.

use crate::hashes::{Hashes, Object};
use crate::recorder::Recorder;
use crate::seed::Random;
use crate::words::hear_words;
use paintdry_generator::{Chooser, TurnEnd};
use std::cell::RefCell;
use std::collections::HashMap;
use std::mem;
use std::ops::Range;
use std::time::Duration;

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// A turn at which several tasks were ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Which of them it was.
    pub(crate) chosen: u32,
    /// How many they were.
    pub(crate) of: u32,
}

/// Who chooses where nothing is prescribed.
#[derive(Debug)]
pub(crate) enum Free {
    /// The loop's own order: the first.
    First,
    Random(Random),
}

/// The states that have been seen, each with the choices that were left below it.
pub(crate) type Seen = HashMap<u64, usize>;

/// Why a run was given up before the program came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// All that can follow has been tried before.
    SeenBefore,
    /// A task other than the main one has panicked.
    Panicked { task: u32, message: String },
    /// It goes on and on, though every task has its turns.
    Starved,
    /// Where it has been before there were so many tasks ready, and now there are others.
    NotRepeated { choice: usize },
}

#[derive(Debug)]
pub(crate) struct Run {
    /// What is prescribed. With `of` 0 it is not known how many were ready.
    pub(crate) prefix: Vec<Choice>,
    pub(crate) free: Free,
    /// After so many choices the loop's own order goes on,
    pub(crate) depth: usize,
    /// and after so many turns in that order the program is called starved.
    pub(crate) patience: u64,
    pub(crate) choices: Vec<Choice>,
    pub(crate) turns: u64,
    /// The turns since the last departure from the loop's own order.
    since: u64,
    /// By the number of a task: at which look at the ready ones it was last among them; and how many looks there were.
    ready_at: Vec<u64>,
    looks: u64,
    /// Whose turn it was last.
    last: u32,
    /// Of the task whose turn it is.
    pub(crate) current: u32,
    pub(crate) time: Duration,
    pub(crate) seen: Option<(Hashes, Seen)>,
    pub(crate) recorder: Option<Recorder>,
    pub(crate) stop: Option<Stop>,
}

impl Run {
    pub(crate) fn new(prefix: Vec<Choice>, free: Free, depth: usize, patience: u64) -> Self {
        Self {
            prefix,
            free,
            depth,
            patience,
            choices: Vec::new(),
            turns: 0,
            since: 0,
            ready_at: Vec::new(),
            looks: 1,
            last: 0,
            current: 0,
            time: Duration::ZERO,
            seen: None,
            recorder: None,
            stop: None,
        }
    }

    /// Runs `program`, whose tasks find this run on their thread meanwhile.
    pub(crate) fn around<T>(self, program: impl FnOnce() -> T) -> (T, Self) {
        hear_words();
        let outer = RUN.replace(Some(self));
        let result = program();
        let run = RUN.replace(outer);
        (result, run.expect("only this function takes it away"))
    }

    /// Notes who has become ready since the last turn, and by whom.
    fn note_ready(&mut self, ready: &[u32], time: Duration) {
        let goes_on = time > self.time;
        let before = self.looks;
        self.looks += 1;
        for task in ready.iter().copied() {
            let index = task as usize;
            if index >= self.ready_at.len() {
                self.ready_at.resize(index + 1, 0);
            }
            let was_ready = mem::replace(&mut self.ready_at[index], self.looks) == before;
            if was_ready || task == self.last {
                continue;
            }
            let by = if goes_on { None } else { Some(self.last).filter(|last| *last != 0) };
            if let (Some((hashes, _)), Some(by)) = (&mut self.seen, by) {
                hashes.woken(task, by);
            }
            if let Some(recorder) = &mut self.recorder {
                recorder.ready(task, by, time);
            }
        }
        self.time = time;
    }

    /// The position that is prescribed for this choice, or that it has.
    fn position(&mut self, of: u32) -> Result<u32, Stop> {
        let choice = self.choices.len();
        if let Some(prescribed) = self.prefix.get(choice) {
            let fits = prescribed.chosen < of && (prescribed.of == of || prescribed.of == 0);
            return if fits { Ok(prescribed.chosen) } else { Err(Stop::NotRepeated { choice }) };
        }
        let left = self.depth - choice;
        if let Some((hashes, seen)) = &mut self.seen {
            let before = seen.entry(hashes.state()).or_insert(0);
            if *before >= left {
                return Err(Stop::SeenBefore);
            }
            *before = left;
        }
        Ok(match &mut self.free {
            Free::First => 0,
            Free::Random(random) => u32::try_from(random.below(of as usize)).unwrap_or(0),
        })
    }
}

impl Chooser for Run {
    fn choose(&mut self, ready: &[u32], time: Duration) -> Option<usize> {
        if self.stop.is_some() {
            return None;
        }
        self.note_ready(ready, time);
        let is_choice = ready.len() > 1 && self.choices.len() < self.depth;
        let of = u32::try_from(ready.len()).unwrap_or(u32::MAX);
        let mut position = 0;
        if is_choice {
            match self.position(of) {
                Ok(chosen) => position = chosen,
                Err(stop) => {
                    self.stop = Some(stop);
                    return None;
                }
            }
            self.choices.push(Choice { chosen: position, of });
        }
        if position > 0 {
            self.since = 0;
        }
        if self.since == self.patience {
            self.stop = Some(Stop::Starved);
            return None;
        }
        self.since += 1;
        self.turns += 1;
        self.current = ready[position as usize];
        if let Some((hashes, _)) = &mut self.seen {
            hashes.turn(self.current);
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.begin(self.current, position, of, time);
        }
        Some(position as usize)
    }

    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>) {
        if let Some((hashes, _)) = &mut self.seen {
            hashes.made(task, made.clone());
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.end(task, made, end);
        }
        if let TurnEnd::Panicked(message) = end {
            self.stop = Some(Stop::Panicked { task, message: message.to_owned() });
        }
        self.last = task;
    }
}

/// Asks the run of this thread, whichever it is at that moment.
pub(crate) struct RunOfThread;

impl Chooser for RunOfThread {
    fn choose(&mut self, ready: &[u32], time: Duration) -> Option<usize> {
        with_run(|run| run.choose(ready, time)).flatten()
    }

    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>) {
        with_run(|run| run.after_turn(task, made, end));
    }
}

/// Hands the run of this thread to `action`; does nothing where none goes on.
pub(crate) fn with_run<T>(action: impl FnOnce(&mut Run) -> T) -> Option<T> {
    // At the end of a thread there is none any more.
    RUN.try_with(|run| run.try_borrow_mut().ok()?.as_mut().map(action)).ok().flatten()
}

/// The task whose turn it is has read from `object`.
pub(crate) fn note_read(object: &Object) {
    with_run(|run| {
        let task = run.current;
        if let Some((hashes, _)) = &mut run.seen {
            hashes.read(task, object);
        }
    });
}

/// It has written to `object`.
pub(crate) fn note_write(object: &Object) {
    with_run(|run| {
        let task = run.current;
        if let Some((hashes, _)) = &mut run.seen {
            hashes.written(task, object);
        }
    });
}
