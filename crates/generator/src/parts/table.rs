//! Gives a task that somebody has to know a number by which it is found: one that waits for a wake, or has a name.
//!
//! A task that only yields and sleeps is in the ready queue or among the timers, and needs no place here.

use crate::parts::task::Ready;
use slab::Slab;
use std::mem;

/// The slot of a task that has no place in the table.
pub(crate) const NO_SLOT: u32 = u32::MAX;

/// By what a task is known. A place in the table is used again, but the number is the task's own, so one that is out of
/// date leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TaskId {
    pub(crate) slot: u32,
    pub(crate) number: u32,
}

impl Default for TaskId {
    fn default() -> Self {
        Self::NONE
    }
}

impl TaskId {
    /// The one of no task.
    pub(crate) const NONE: Self = Self { slot: NO_SLOT, number: 0 };
}

/// What a task with a place is doing.
enum State {
    /// It is ready, or is being resumed. Then a wake must not be lost: what it is about to wait for may be there.
    Busy {
        is_woken: bool,
    },
    /// It has yielded [`Request::Sleep`](crate::Request::Sleep), and goes on for no other reason.
    Asleep,
    Waiting(Ready),
}

struct Place {
    number: u32,
    name: Option<Box<str>>,
    state: State,
    /// When its timer is due. Timers that were set before and have another time are out of date.
    due: Option<u64>,
}

#[derive(Default)]
pub(crate) struct Table {
    places: Slab<Place>,
}

impl Table {
    fn get(&self, id: TaskId) -> Option<&Place> {
        self.places.get(id.slot as usize).filter(|place| place.number == id.number)
    }

    fn get_mut(&mut self, id: TaskId) -> Option<&mut Place> {
        self.places.get_mut(id.slot as usize).filter(|place| place.number == id.number)
    }

    /// A place for the task of that number.
    pub(crate) fn add(&mut self, number: u32, name: Option<&str>) -> TaskId {
        let place = Place { number, name: name.map(Into::into), state: State::Busy { is_woken: false }, due: None };
        let slot = u32::try_from(self.places.insert(place)).expect("memory ends before the numbers do");
        TaskId { slot, number }
    }

    /// Gives the place of a task free. What it gives back is to be dropped when the table is not borrowed.
    pub(crate) fn remove(&mut self, id: TaskId) -> Option<Ready> {
        self.get(id)?;
        match self.places.remove(id.slot as usize).state {
            State::Waiting(ready) => Some(ready),
            _ => None,
        }
    }

    /// Notes a wake. Gives the task if it has waited for one; if it is being resumed, it will not come to wait.
    pub(crate) fn wake(&mut self, id: TaskId, is_current: bool) -> Option<Ready> {
        let place = self.get_mut(id)?;
        match mem::replace(&mut place.state, State::Busy { is_woken: is_current }) {
            State::Waiting(ready) => return Some(ready),
            State::Asleep => place.state = State::Asleep,
            State::Busy { .. } => {}
        }
        None
    }

    /// Notes that a task has had its turn and is ready again.
    pub(crate) fn stay_busy(&mut self, id: TaskId) {
        self.get_mut(id).into_iter().for_each(|place| place.state = State::Busy { is_woken: false });
    }

    /// Notes that a task sleeps.
    pub(crate) fn fall_asleep(&mut self, id: TaskId) {
        self.get_mut(id).into_iter().for_each(|place| place.state = State::Asleep);
    }

    /// Lets a task wait; `true` if it must not, because it has been woken meanwhile.
    pub(crate) fn wait(&mut self, id: TaskId, ready: &Ready) -> bool {
        let Some(place) = self.get_mut(id) else { return false };
        let is_woken = matches!(place.state, State::Busy { is_woken: true });
        place.state = if is_woken { State::Busy { is_woken: false } } else { State::Waiting(ready.clone()) };
        is_woken
    }

    /// Notes when the timer of a task is due. Gives what stood there.
    pub(crate) fn set_due(&mut self, id: TaskId, due: Option<u64>) -> Option<u64> {
        mem::replace(&mut self.get_mut(id)?.due, due)
    }

    /// Whether a timer that is due then is up to date.
    pub(crate) fn is_due(&self, id: TaskId, due: u64) -> bool {
        self.get(id).is_some_and(|place| place.due == Some(due))
    }

    /// Notes that a task's timer has fired, and says whether the task goes on by that.
    pub(crate) fn fire(&mut self, id: TaskId) -> bool {
        let Some(place) = self.get_mut(id) else { return false };
        place.due = None;
        let goes_on = !matches!(place.state, State::Busy { .. });
        if goes_on {
            place.state = State::Busy { is_woken: false };
        }
        goes_on
    }

    /// Every task that waits, with its name or number, in the order of their creation.
    pub(crate) fn names_of_waiting(&self) -> Vec<String> {
        let waiting = |(_, place): &(usize, &Place)| matches!(place.state, State::Waiting(_));
        let mut waiting: Vec<&Place> = self.places.iter().filter(waiting).map(|(_, place)| place).collect();
        waiting.sort_by_key(|place| place.number);
        let name = |place: &Place| place.name.as_ref().map_or(format!("task {}", place.number), ToString::to_string);
        waiting.into_iter().map(name).collect()
    }

    /// Takes every task that waits out of the table.
    pub(crate) fn take(&mut self) -> Vec<Ready> {
        let places = mem::take(&mut self.places).into_iter();
        places
            .filter_map(|(_, place)| if let State::Waiting(ready) = place.state { Some(ready) } else { None })
            .collect()
    }
}
