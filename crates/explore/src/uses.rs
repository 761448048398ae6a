//! What tasks do with the studio's locks, channels and signals in a recorded run, until the recorder takes it.

use paintdry_studio::sync::NotesUses;
use paintdry_studio::{EventKind, Resource};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

#[derive(Debug, Default)]
pub(crate) struct Uses(Mutex<Noted>);

#[derive(Debug, Default)]
struct Noted {
    resources: Vec<Resource>,
    /// The number of each in this process.
    numbers: Vec<u64>,
    claims: u32,
    /// The task whose turn it is, and its thread.
    current: Option<(u32, ThreadId)>,
    /// What the recorder has not taken yet: which task, and what.
    events: Vec<(u32, EventKind)>,
    is_over: bool,
}

impl Uses {
    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// To be called before each use: it is the turn of this task, or the run is over. What destructors do after that is not noted.
    pub(crate) fn turn_of(&self, task: u32, is_over: bool) {
        let mut noted = self.lock();
        (noted.current, noted.is_over) = (Some((task, thread::current().id())), is_over);
    }

    pub(crate) fn take(&self) -> Vec<(u32, EventKind)> {
        mem::take(&mut self.lock().events)
    }

    pub(crate) fn resources(&self) -> Vec<Resource> {
        self.lock().resources.clone()
    }

    /// What a task did, in the words of its turn.
    pub(crate) fn in_words(&self, what: &EventKind) -> Option<String> {
        let noted = self.lock();
        let name = &noted.resources.get(what.resource()? as usize)?.name;
        Some(match what {
            EventKind::Wait { .. } => format!("waits for {name}"),
            EventKind::Leave { .. } => format!("waits no more for {name}"),
            EventKind::Take { .. } => format!("takes {name}"),
            EventKind::Release { .. } => format!("gives {name} back"),
            EventKind::Send { length, .. } => format!("sends to {name}, which holds {length}"),
            EventKind::Receive { length, .. } => format!("receives from {name}, which holds {length}"),
            EventKind::Close { .. } => format!("closes {name}"),
            EventKind::Signal { listeners: 0, .. } => format!("signals {name}, and no task listens"),
            EventKind::Signal { .. } => format!("signals {name}"),
            EventKind::Hear { .. } => format!("hears {name}"),
            _ => return None,
        })
    }
}

impl NotesUses for Uses {
    fn note_use(&self, task: u32, what: EventKind) {
        let mut noted = self.lock();
        if !noted.is_over {
            noted.events.push((task, what));
        }
    }

    fn position_of(&self, number: u64, describe: &dyn Fn() -> Resource) -> u32 {
        let Noted { resources, numbers, .. } = &mut *self.lock();
        let position = numbers.iter().position(|known| *known == number).unwrap_or_else(|| {
            resources.push(describe());
            numbers.push(number);
            numbers.len() - 1
        });
        u32::try_from(position).unwrap_or(u32::MAX)
    }

    fn next_claim(&self) -> u32 {
        let mut noted = self.lock();
        noted.claims += 1;
        noted.claims - 1
    }

    fn task_here(&self) -> Option<u32> {
        let current = self.lock().current;
        current.filter(|(_, thread)| *thread == thread::current().id()).map(|(task, _)| task)
    }
}
