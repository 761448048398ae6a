//! One run of a program: its choices, and how far it has come. The thread keeps it during the run, so that the
//! tasks find it.

use crate::hashes::{Hashes, Object};
use crate::names::{Names, TaskId};
use crate::recorder::Recorder;
use crate::seed::Random;
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// A turn at which several tasks were ready, or a branch inside a turn: of a [`select`](crate::select), or of a
/// [`cancel_at_any_await`](crate::cancel_at_any_await).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The task that was chosen: its position among the ready tasks. Or the branch.
    pub chosen: u32,
    /// How many were ready, or how many branches there were.
    pub of: u32,
}

/// Chooses where nothing is prescribed.
#[derive(Debug)]
pub(crate) enum Free {
    /// The loop's own order: the first.
    First,
    Random(Random),
    /// It does not choose: the run stops there.
    Undecided,
}

/// The states that have been seen, each with the choices that were left below it.
pub(crate) type Visited = HashMap<u64, usize>;

/// Why a run was given up before the program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EarlyEnd {
    /// All that can follow has been tried before.
    SeenBefore,
    /// A task other than the main one has panicked, at this place.
    Panicked { task: TaskId, message: String, place: Option<String> },
    /// These tasks wait, and none can run.
    Stuck { waiting: Vec<String> },
    /// It does not end, though every task runs again and again.
    Starved,
    /// Another number of tasks is ready than prescribed.
    NotRepeated { choice: usize },
    /// One of these tasks is to be chosen, and nothing says which.
    Undecided { ready: Vec<TaskId> },
}

#[derive(Debug)]
pub(crate) struct Run {
    /// What is prescribed. If `of` is 0, the number of ready tasks is not known.
    pub(crate) prefix: Vec<Choice>,
    pub(crate) free: Free,
    /// After this many choices the loop's own order applies,
    pub(crate) depth: usize,
    /// and after this many turns in that order the program is called starved.
    pub(crate) patience: u64,
    pub(crate) choices: Vec<Choice>,
    pub(crate) turns: u64,
    /// The turns since the last departure from the loop's own order.
    since: u64,
    /// How many loops were started.
    loops: u32,
    /// The task whose turn it is, in the innermost loop.
    pub(crate) current: TaskId,
    /// The main task that panicked.
    pub(crate) panicked: Option<TaskId>,
    pub(crate) time: Duration,
    /// How much of it was work in the current turn of the innermost loop.
    pub(crate) worked: Duration,
    /// How time passes in a turn, if the innermost loop is a runtime at the turnstile. (A function, so that the lab does not carry the
    /// studio's.)
    pub(crate) work_at_the_turnstile: Option<fn(Duration)>,
    pub(crate) names: Names,
    pub(crate) seen: Option<(Hashes, Visited)>,
    pub(crate) recorder: Option<Recorder>,
    pub(crate) stop: Option<EarlyEnd>,
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
            loops: 0,
            current: TaskId::default(),
            panicked: None,
            time: Duration::ZERO,
            worked: Duration::ZERO,
            work_at_the_turnstile: None,
            names: Names::default(),
            seen: None,
            recorder: None,
            stop: None,
        }
    }

    /// Runs `program`, whose tasks find this run on their thread meanwhile.
    pub(crate) fn around<T>(self, program: impl FnOnce() -> T) -> (T, Self) {
        let outer = RUN.replace(Some(self));
        let result = program();
        let run = RUN.replace(outer);
        (result, run.expect("only this function takes it"))
    }

    /// A new number for a loop in this run.
    pub(crate) fn new_loop(&mut self) -> u32 {
        self.loops += 1;
        self.loops
    }

    /// Chooses one of several ready tasks: its position, or why the run is given up.
    pub(crate) fn choose(&mut self, ready: usize) -> Result<u32, EarlyEnd> {
        let of = u32::try_from(ready).unwrap_or(u32::MAX);
        let mut position = 0;
        if of > 1 && self.choices.len() < self.depth {
            position = self.position(of)?;
            self.choices.push(Choice { chosen: position, of });
        }
        if position > 0 {
            self.since = 0;
        }
        if self.since == self.patience {
            return Err(EarlyEnd::Starved);
        }
        self.since += 1;
        self.turns += 1;
        Ok(position)
    }

    /// The position that is prescribed for this choice, or else the first or a random one.
    fn position(&mut self, of: u32) -> Result<u32, EarlyEnd> {
        let choice = self.choices.len();
        if let Some(prescribed) = self.prefix.get(choice) {
            let fits = prescribed.chosen < of && (prescribed.of == of || prescribed.of == 0);
            return if fits { Ok(prescribed.chosen) } else { Err(EarlyEnd::NotRepeated { choice }) };
        }
        let left = self.depth - choice;
        if let Some((hashes, seen)) = &mut self.seen {
            let before = seen.entry(hashes.state()).or_insert(0);
            if *before >= left {
                return Err(EarlyEnd::SeenBefore);
            }
            *before = left;
        }
        Ok(match &mut self.free {
            Free::First => 0,
            Free::Random(random) => u32::try_from(random.below(of as usize)).unwrap_or(0),
            Free::Undecided => return Err(EarlyEnd::Undecided { ready: Vec::new() }), // the loop fills them in
        })
    }

    /// Chooses between two branches in the current turn: whether it takes the second one, which these words describe. `None` if the run
    /// is given up.
    pub(crate) fn choose_branch(&mut self, second: &str) -> Option<bool> {
        if self.stop.is_some() {
            return None;
        }
        if self.choices.len() >= self.depth {
            return Some(false);
        }
        let chosen = match self.position(2) {
            Ok(chosen) => chosen,
            Err(EarlyEnd::Undecided { .. }) => 0, // a run stops between two turns, and not inside one
            Err(stop) => {
                self.stop = Some(stop);
                return None;
            }
        };
        self.choices.push(Choice { chosen, of: 2 });
        if let Some((hashes, _)) = &mut self.seen {
            hashes.took_branch(self.current, chosen);
        }
        if let Some(recorder) = self.recorder.as_mut().filter(|_| chosen > 0) {
            recorder.take_branch(second);
        }
        Some(chosen > 0)
    }

    /// Time passes in the current turn.
    pub(crate) fn work(&mut self, duration: Duration) {
        self.time = self.time.saturating_add(duration);
        self.worked = self.worked.saturating_add(duration);
        if let Some((hashes, _)) = &mut self.seen {
            hashes.clock_written(self.current);
            if self.work_at_the_turnstile.is_some() {
                hashes.worked(self.current);
            }
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.pass(self.time, Some(self.current));
        }
    }
}

/// Takes this thread's run, which a panic has ended.
#[cfg(panic = "abort")]
pub(crate) fn take_run() -> Option<Run> {
    RUN.take()
}

/// Hands this thread's run to `action`; does nothing if there is none.
pub(crate) fn with_run<T>(action: impl FnOnce(&mut Run) -> T) -> Option<T> {
    // At the end of a thread it is gone already.
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

/// It has used `object`, which can hold wakers.
pub(crate) fn note_use(object: &Object) {
    with_run(|run| {
        let task = run.current;
        if let Some((hashes, _)) = &mut run.seen {
            hashes.used(task, object);
        }
    });
}
