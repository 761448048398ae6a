//! A task: a coroutine and then its result, in one place that never moves; and the states of its life.

use crate::coroutine::{Coroutine, Polled};
use crate::pause::take_request;
use crate::shared::Shared;
use crate::waker::LentWaker;
use crate::{GeneratorState, Request};
use std::any::Any;
use std::future::pending;
use std::pin::Pin;
use std::task::Context;

/// A task as the loop keeps it, with any coroutine. This is its only allocation.
pub(crate) type BoxedTask = Pin<Box<dyn Task>>;

pub(crate) trait Task {
    /// Gives it a turn, and returns how the turn ended: [`Event::Yield`], [`Event::Wait`] or [`Event::End`].
    fn resume(self: Pin<&mut Self>, shared: &Shared, lent: &LentWaker) -> Event;
    /// Its last turn has panicked.
    fn panicked(self: Pin<&mut Self>, message: &str);
    /// The result, an `Option<T>`, when it has ended.
    fn result(self: Pin<&mut Self>) -> Option<&mut dyn Any>;
}

pin_project_lite::pin_project! {
    /// How far a task has come. The result takes the coroutine's place.
    #[project = Projected]
    pub(crate) enum Stage<C: Coroutine> {
        Running { #[pin] coroutine: C },
        Ended { result: Option<C::Return> },
    }
}

impl<C: Coroutine<Return: 'static>> Task for Stage<C> {
    #[inline]
    fn resume(mut self: Pin<&mut Self>, shared: &Shared, lent: &LentWaker) -> Event {
        let Projected::Running { coroutine } = self.as_mut().project() else { return Event::End };
        match resume(coroutine, shared, lent) {
            Ok(result) => {
                self.set(Self::Ended { result: Some(result) });
                Event::End
            }
            Err(event) => event,
        }
    }

    fn panicked(self: Pin<&mut Self>, message: &str) {
        if let Projected::Running { coroutine } = self.project() {
            coroutine.panicked(message);
        }
    }

    fn result(self: Pin<&mut Self>) -> Option<&mut dyn Any> {
        match self.project() {
            Projected::Running { .. } => None,
            Projected::Ended { result } => Some(result),
        }
    }
}

/// Resumes the coroutine of the current task. Returns its result, or how the turn ended.
#[inline]
pub(crate) fn resume<C: Coroutine>(
    coroutine: Pin<&mut C>,
    shared: &Shared,
    lent: &LentWaker,
) -> Result<C::Return, Event> {
    match coroutine.resume(&mut Context::from_waker(&lent.waker)) {
        GeneratorState::Complete(result) => Ok(result),
        GeneratorState::Yielded(Request::Turn) => Err(Event::Yield),
        // The future that was polled has asked for a turn in the mailbox of `pause.rs`.
        GeneratorState::Yielded(_) if take_request() => {
            if lent.is_kept() {
                shared.remote.interrupt();
            }
            Err(Event::Yield)
        }
        GeneratorState::Yielded(_) => Err(Event::Wait), // also a future that is pending
    }
}

/// Represents the main task in the queue and in the table: its coroutine stays with the caller of the run.
pub(crate) fn stub() -> BoxedTask {
    Box::pin(Stage::Running { coroutine: Polled { future: pending::<()>() } })
}

/// Where a task is in its life. The front page of the crate has the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It can run, and is on the list of ready tasks.
    Runnable,
    /// It is in the queue of the run, or has its turn.
    Queued,
    /// It has its turn, and was woken in it: if it now asks to wait, it is ready instead.
    Woken,
    /// It waits to be woken.
    Waiting,
    /// It was cancelled in the queue. The run drops it before any task has another turn.
    Cancelling,
    /// It was dropped before its end.
    Cancelled,
    /// Its result is there.
    Ended,
    /// Its result has been moved out.
    Taken,
    Panicked,
    /// It is no task, but a future whose promise owes the result.
    Owed,
    /// A future whose promise was dropped without a result.
    Broken,
}

/// What happens to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The run takes it from the list of ready tasks, or puts it back there.
    Enqueue,
    Dequeue,
    /// It is woken, during its own turn or otherwise.
    Wake,
    WakeInTurn,
    /// Its turn is over, and it asks for another one, or waits, or has ended, or panicked.
    Yield,
    Wait,
    End,
    Panic,
    Cancel,
    /// Its promise is dropped.
    Break,
    /// Its result is moved out.
    Take,
}

impl State {
    /// The next state. Every transition is here; an event that does not apply changes nothing.
    #[inline]
    pub(crate) fn after(self, event: Event) -> Self {
        match (self, event) {
            (Self::Runnable, Event::Enqueue) | (Self::Woken, Event::Wait | Event::Yield) => Self::Queued,
            (Self::Queued, Event::WakeInTurn) => Self::Woken,
            (Self::Queued, Event::Wait) => Self::Waiting,
            (Self::Queued, Event::Dequeue) | (Self::Waiting, Event::Wake) => Self::Runnable,
            (Self::Queued | Self::Woken | Self::Owed, Event::End) => Self::Ended,
            (Self::Queued | Self::Woken | Self::Cancelling, Event::Panic) => Self::Panicked,
            (Self::Queued | Self::Woken, Event::Cancel) => Self::Cancelling,
            (Self::Cancelling, Event::Yield | Event::Wait | Event::End)
            | (Self::Runnable | Self::Waiting | Self::Owed, Event::Cancel) => Self::Cancelled,
            (Self::Owed, Event::Break) => Self::Broken,
            (Self::Ended, Event::Take) => Self::Taken,
            (state, _) => state,
        }
    }

    /// Whether only reading the result is left.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Cancelled | Self::Ended | Self::Taken | Self::Panicked | Self::Broken)
    }
}
