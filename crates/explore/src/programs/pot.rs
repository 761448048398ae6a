//! A pot of paint, which only one painter can have at a time: a lock that is awaited.

use crate::{note, touch};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

#[derive(Clone)]
pub(super) struct Pot {
    colour: &'static str,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    is_taken: bool,
    waiting: Vec<Waker>,
}

impl Pot {
    pub(super) fn new(colour: &'static str) -> Self {
        Self { colour, state: Arc::default() }
    }

    fn with<T>(&self, action: impl FnOnce(&mut State) -> T) -> T {
        touch(self.colour);
        action(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until the pot is free, and takes it. It is put back when what this gives is dropped.
    pub(super) async fn take(&self) -> Taken {
        poll_fn(|context| {
            self.with(|state| {
                if state.is_taken {
                    note(|| format!("waits for {}", self.colour));
                    state.waiting.push(context.waker().clone());
                    return Poll::Pending;
                }
                note(|| format!("takes {}", self.colour));
                state.is_taken = true;
                Poll::Ready(Taken(self.clone()))
            })
        })
        .await
    }
}

pub(super) struct Taken(Pot);

impl Drop for Taken {
    fn drop(&mut self) {
        note(|| format!("puts {} back", self.0.colour));
        let waiting = self.0.with(|state| {
            state.is_taken = false;
            std::mem::take(&mut state.waiting)
        });
        waiting.into_iter().for_each(Waker::wake);
    }
}
