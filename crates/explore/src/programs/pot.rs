//! A pot of paint, which one painter can have at a time: an async lock.

use crate::{note, touch};
use paintdry_core::note_at;
use std::future::poll_fn;
use std::panic::Location;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

/// A pot. A clone is the same pot.
#[derive(Debug, Clone)]
pub struct Pot {
    colour: &'static str,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    is_taken: bool,
    waiting: Vec<Waker>,
}

impl Pot {
    /// A full pot of this colour.
    #[must_use]
    pub fn new(colour: &'static str) -> Self {
        Self { colour, state: Arc::default() }
    }

    fn with<T>(&self, action: impl FnOnce(&mut State) -> T) -> T {
        touch(self.colour);
        action(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until the pot is free, and takes it. Dropping the guard puts it back.
    #[track_caller]
    pub fn take(&self) -> impl Future<Output = Taken> + use<> {
        let (pot, line) = (self.clone(), Location::caller());
        poll_fn(move |context| {
            pot.with(|state| {
                if state.is_taken {
                    note_at(line, format_args!("finds no {}", pot.colour));
                    state.waiting.push(context.waker().clone());
                    return Poll::Pending;
                }
                note_at(line, format_args!("takes {}", pot.colour));
                state.is_taken = true;
                Poll::Ready(Taken(pot.clone()))
            })
        })
    }
}

/// A pot that a painter has.
#[derive(Debug)]
pub struct Taken(Pot);

impl Drop for Taken {
    fn drop(&mut self) {
        note(format_args!("puts {} back", self.0.colour));
        let waiting = self.0.with(|state| {
            state.is_taken = false;
            std::mem::take(&mut state.waiting)
        });
        waiting.into_iter().for_each(Waker::wake);
    }
}
