//! Notes what happens in a run: turn by turn for the reader, event by event for the page that replays it.

use crate::failure::Turn;
use crate::names::{Names, TaskId};
use crate::text::{MESSAGE, bounded};
use crate::traced::Traced;
use crate::uses::Uses;
use paintdry_core::TurnEnd;
use paintdry_studio::{Event, EventKind, WakeSource};
use std::collections::{HashMap, HashSet};
use std::mem;
use std::ops::Range;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

/// Turns beyond this are counted and not kept: no reader would get that far.
const MOST_TURNS: usize = 10_000;

/// The same for events,
const MOST_EVENTS: usize = 1_000_000;

/// and for bytes of notes. A recording has the same limits.
const MOST_BYTES: usize = 10_000_000;

/// What a task does in its turn.
#[derive(Debug)]
enum Did {
    Made(TaskId),
    Said(String),
}

/// A turn whose tasks may not have their names yet.
#[derive(Debug)]
struct Kept {
    task: TaskId,
    position: u32,
    of: u32,
    departs: bool,
    time: Duration,
    did: Vec<Did>,
}

#[derive(Debug, Default)]
pub(crate) struct Recorder {
    /// The tasks, in the order in which they were first seen.
    tasks: Vec<TaskId>,
    /// Where each task is in that list.
    positions: HashMap<TaskId, u32>,
    turns: Vec<Kept>,
    /// The turns that have begun and not ended, by their place in the list, if they are kept. A turn may contain one
    /// of another loop.
    open: Vec<Option<usize>>,
    /// What was said before the first turn.
    said_before: Vec<Did>,
    /// The turns of each task since the last departure from the loop's own order.
    shares: HashMap<TaskId, u64>,
    bytes: usize,
    /// Whether more happened than is kept.
    is_full: bool,
    /// The timers that have not fired: the task, the number, and when it is due, in ns.
    timers: Vec<(TaskId, u32, u64)>,
    last_timer: u32,
    /// The tasks whose timers have fired, and which have had no turn since.
    fired: HashSet<TaskId>,
    pub(crate) events: Vec<Event>,
    /// The tasks that have ended. A recording has no event of a task after its end.
    ended: HashSet<u32>,
    /// The file of each line among the events, by the position of the event.
    pub(crate) files: HashMap<usize, &'static str>,
    time: Duration,
    pub(crate) uses: Arc<Uses>,
}

impl Recorder {
    pub(crate) fn position(&mut self, task: TaskId) -> u32 {
        *self.positions.entry(task).or_insert_with(|| {
            self.tasks.push(task);
            u32::try_from(self.tasks.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn event(&mut self, task: TaskId, what: EventKind) {
        self.take_uses();
        self.is_full |= self.events.len() >= MOST_EVENTS;
        if self.is_full {
            return;
        }
        let (ns, task) = (as_ns(self.time), self.position(task));
        if self.ended.contains(&task) {
            return;
        }
        if what.is_end() {
            self.ended.insert(task);
        }
        self.events.push(Event { ns, task, what });
    }

    /// Takes what tasks did with locks and channels since the last event. A task may have ended: what it held is given back when it
    /// is dropped.
    fn take_uses(&mut self) {
        for (task, what) in self.uses.take() {
            self.is_full |= self.events.len() >= MOST_EVENTS;
            if self.is_full {
                return;
            }
            if let Some(words) = self.uses.in_words(&what) {
                self.did(Did::Said(words));
            }
            self.events.push(Event { ns: as_ns(self.time), task, what });
        }
    }

    /// The task whose turn it is did this. Outside all turns, it belongs to the turn before or after.
    fn did(&mut self, did: Did) {
        let place = match (self.open.last(), self.turns.len()) {
            (Some(None), _) => return,
            (Some(Some(open)), _) => *open,
            (None, 0) => return self.said_before.push(did),
            (None, turns) => turns - 1,
        };
        self.turns[place].did.push(did);
    }

    /// A task has become ready, because of another task's turn or because its time has come.
    pub(crate) fn ready(&mut self, task: TaskId, by: Option<TaskId>, time: Duration) {
        self.pass(time, None);
        self.begin_again(task);
        if by.is_none() && self.fired.contains(&task) {
            return;
        }
        if !self.positions.contains_key(&task) {
            return self.event(task, EventKind::Spawn { by: None });
        }
        let by = by.map_or(WakeSource::Timer, |by| WakeSource::Task(self.position(by)));
        if !matches!(self.events.last(), Some(Event { what: EventKind::Spawn { .. }, task: made, .. }) if self.tasks[*made as usize] == task)
        {
            self.event(task, EventKind::Wake(by));
        }
    }

    /// If the task has ended, then it is the main task of a loop that now runs another one: a second task for the recording.
    fn begin_again(&mut self, task: TaskId) {
        if self.positions.get(&task).is_some_and(|position| self.ended.contains(position)) {
            self.positions.remove(&task);
        }
    }

    pub(crate) fn begin(&mut self, task: TaskId, position: u32, of: u32, time: Duration) {
        self.pass(time, None);
        self.begin_again(task);
        self.fired.remove(&task);
        if position > 0 {
            self.shares.clear();
        }
        *self.shares.entry(task).or_default() += 1;
        self.is_full |= self.turns.len() == MOST_TURNS;
        self.event(task, EventKind::Poll { thread: Some(0) });
        let mut place = None;
        if !self.is_full {
            place = Some(self.turns.len());
            let did = mem::take(&mut self.said_before);
            self.turns.push(Kept { task, position, of, departs: position > 0, time, did });
        }
        self.open.push(place);
    }

    pub(crate) fn end(&mut self, task: TaskId, made: Range<u32>, end: TurnEnd<'_>) {
        let by = self.positions.get(&task).copied();
        for number in made {
            let child = TaskId { number, ..task };
            self.event(child, EventKind::Spawn { by });
            if !self.is_full {
                self.did(Did::Made(child));
            }
        }
        let (events, did): (&[EventKind], &str) = match end {
            TurnEnd::Yielded => (&[EventKind::Yield, EventKind::Pending], "yields"),
            TurnEnd::Waits => (&[EventKind::Pending], "waits"),
            TurnEnd::Complete => (&[EventKind::Complete], "ends"),
            TurnEnd::Panicked(message) => (&[EventKind::Panic(bounded(message, MESSAGE).into())], "panics"),
        };
        for event in events {
            self.event(task, event.clone());
        }
        self.did(Did::Said(did.to_owned()));
        self.open.pop();
    }

    /// The task begins to sleep. Returns the number of its timer.
    pub(crate) fn timer(&mut self, task: TaskId, duration: Duration) -> u32 {
        self.last_timer += 1;
        let (timer, due_ns) = (self.last_timer, as_ns(self.time).saturating_add(as_ns(duration)));
        self.timers.push((task, timer, due_ns));
        self.event(task, EventKind::Timer { timer, due_ns });
        timer
    }

    /// The sleep is over, or was dropped.
    pub(crate) fn forget_timer(&mut self, timer: u32) {
        self.timers.retain(|(_, number, _)| *number != timer);
    }

    /// Time passes, in the turn of the current task or between two turns, and timers fire.
    pub(crate) fn pass(&mut self, time: Duration, current: Option<TaskId>) {
        self.take_uses(); // before time passes
        while let Some((task, timer, due)) = self.timers.iter().min_by_key(|(_, _, due)| *due).copied()
            && due <= as_ns(time)
        {
            self.forget_timer(timer);
            self.time = Duration::from_nanos(due).max(self.time);
            self.event(task, EventKind::Fire { timer });
            if current != Some(task) && self.fired.insert(task) {
                self.event(task, EventKind::Wake(WakeSource::Timer));
            }
        }
        self.time = time;
    }

    /// The task puts its thread to sleep,
    pub(crate) fn block(&mut self, task: TaskId) {
        self.event(task, EventKind::Block);
    }

    /// and its thread wakes up.
    pub(crate) fn unblock(&mut self, task: TaskId) {
        self.event(task, EventKind::Unblock);
    }

    /// The task whose turn it is takes a branch that is not the first.
    pub(crate) fn take_branch(&mut self, words: &str) {
        if let Some(Some(open)) = self.open.last().copied() {
            self.turns[open].departs = true;
            self.event(self.turns[open].task, EventKind::Note(words.into()));
        }
        self.did(Did::Said(words.to_owned()));
    }

    /// The program panicked outside all turns.
    pub(crate) fn panicked_outside(&mut self, message: &str) {
        self.open.clear();
        let Some(Kept { task, .. }) = self.turns.last() else { return };
        self.event(*task, EventKind::Panic(bounded(message, MESSAGE).into()));
        self.did(Did::Said("panics".to_owned()));
    }

    /// The task whose turn it is says something, at a line of its file.
    pub(crate) fn note(&mut self, text: &str, place: &'static Location<'static>) {
        self.take_uses();
        self.bytes += text.len();
        self.is_full |= self.bytes > MOST_BYTES;
        if self.is_full {
            return;
        }
        if let Some(Some(open)) = self.open.last() {
            let task = self.turns[*open].task;
            self.files.insert(self.events.len(), place.file());
            self.event(task, EventKind::Line(place.line()));
            self.event(task, EventKind::Note(text.into()));
        }
        self.did(Did::Said(text.to_owned()));
    }

    /// Takes out what happened. The names of the tasks are in the order of the events' numbers.
    pub(crate) fn traced(&mut self, names: &Names) -> Traced {
        self.take_uses();
        let tasks = self.tasks.iter().map(|task| names.of(*task)).collect();
        let (events, files) = (mem::take(&mut self.events), mem::take(&mut self.files));
        Traced { tasks, events, files, time: self.time, resources: self.uses.resources() }
    }

    /// The numbers of these tasks among the events.
    pub(crate) fn numbers(&mut self, tasks: &[TaskId]) -> Vec<u32> {
        tasks.iter().map(|task| self.position(*task)).collect()
    }

    /// The turns, with the names that the tasks got during the run.
    pub(crate) fn turns(self, names: &Names) -> Vec<Turn> {
        let did = |did| match did {
            Did::Made(task) => format!("makes {}", names.of(task)),
            Did::Said(text) => text,
        };
        let turn = |Kept { task, position, of, departs, time, did: all }: Kept| {
            let did = all.into_iter().map(did).collect();
            Turn { task: names.of(task), position, of, departs, time, did }
        };
        self.turns.into_iter().map(turn).collect()
    }

    /// How many turns each task had since the last departure from the loop's own order, the most first.
    pub(crate) fn shares(&self, names: &Names) -> Vec<(String, u64)> {
        let mut shares: Vec<_> = self.shares.iter().map(|(task, turns)| (names.of(*task), *turns)).collect();
        shares.sort_by(|(name, turns), (other, others)| others.cmp(turns).then(name.cmp(other)));
        shares
    }
}

fn as_ns(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
