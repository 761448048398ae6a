//! A task: what it resumes, its result in the same place, which never moves, and the states of its life.

use crate::shared::Shared;
use crate::waker::LentWaker;
use crate::yield_now::take_request;
use crate::{GeneratorState, Request};
use std::any::Any;
use std::future::pending;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What a task resumes: a future, or a generator written by hand (`by_hand.rs`). Pinned, because a future may not move.
#[doc(hidden)]
pub trait Coroutine {
    /// Its result.
    type Return;

    /// Runs it to its next pause or to its end. Futures are polled with `context`.
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<Self::Return>;

    /// Its last resume has panicked with this message, and it will be dropped.
    fn panicked(self: Pin<&mut Self>, _message: &str) {}
}

impl<F: Future> Coroutine for F {
    type Return = F::Output;

    #[inline]
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<F::Output> {
        match self.poll(context) {
            Poll::Pending => GeneratorState::Yielded(Request::Wait),
            Poll::Ready(value) => GeneratorState::Complete(value),
        }
    }
}

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
        match take_turn(coroutine, shared, lent) {
            ControlFlow::Break(result) => {
                self.set(Self::Ended { result: Some(result) });
                Event::End
            }
            ControlFlow::Continue(event) => event,
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

/// Gives the coroutine of the current task a turn. Returns its result, or else how the turn ended.
#[inline]
pub(crate) fn take_turn<C: Coroutine>(
    coroutine: Pin<&mut C>,
    shared: &Shared,
    lent: &LentWaker,
) -> ControlFlow<C::Return, Event> {
    ControlFlow::Continue(match coroutine.resume(&mut Context::from_waker(&lent.waker)) {
        GeneratorState::Complete(result) => return ControlFlow::Break(result),
        GeneratorState::Yielded(Request::Turn) => Event::Yield,
        GeneratorState::Yielded(_) if take_request() => {
            if lent.is_kept() {
                shared.remote.end_fast_path();
            }
            Event::Yield
        }
        GeneratorState::Yielded(_) => Event::Wait, // a generator that waits, or a future that is pending
    })
}

/// Stands for the main task in the queue and in the table: its coroutine stays with the caller of the run.
pub(crate) fn stub() -> BoxedTask {
    Box::pin(Stage::Running { coroutine: pending::<()>() })
}

/// Where a task is in its life. The front page of the crate has the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It can run, and is on the list of ready tasks.
    Runnable,
    /// The run has taken it: it is in the queue, or has its turn.
    Scheduled,
    /// It has its turn, and was woken in it: if it now asks to wait, it stays scheduled, as if it had yielded.
    Woken,
    /// It waits to be woken.
    Waiting,
    /// It was cancelled in the queue or in its turn. The run drops it before any task has another turn.
    Cancelling,
    /// It was dropped before its end.
    Cancelled,
    /// Its result is there, unless it has been moved out.
    Ended,
    Panicked,
    /// It is no task, but a future whose promise owes the result.
    Owed,
    /// A future whose promise was dropped without a result.
    Broken,
}

/// What happens to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// The run takes it from the list of ready tasks.
    Schedule,
    /// The run puts it back there.
    PutBack,
    /// It is woken while it waits.
    Wake,
    /// It is woken during its own turn.
    WakeInTurn,
    /// Its turn is over, and it asks for another one, or waits, or has ended, or panicked.
    Yield,
    Wait,
    End,
    Panic,
    Cancel,
    /// Its promise is dropped.
    Break,
}

impl State {
    /// The next state. Every transition is here; an event that does not apply changes nothing.
    #[inline]
    pub(crate) fn after(self, event: Event) -> Self {
        match (self, event) {
            (Self::Runnable, Event::Schedule) | (Self::Woken, Event::Wait | Event::Yield) => Self::Scheduled,
            (Self::Scheduled, Event::WakeInTurn) => Self::Woken,
            (Self::Scheduled, Event::Wait) => Self::Waiting,
            (Self::Scheduled, Event::PutBack) | (Self::Waiting, Event::Wake) => Self::Runnable,
            (Self::Scheduled | Self::Woken | Self::Owed, Event::End) => Self::Ended,
            (Self::Scheduled | Self::Woken | Self::Cancelling, Event::Panic) => Self::Panicked,
            (Self::Scheduled | Self::Woken, Event::Cancel) => Self::Cancelling,
            (Self::Cancelling, Event::Yield | Event::Wait | Event::End)
            | (Self::Runnable | Self::Waiting | Self::Owed, Event::Cancel) => Self::Cancelled,
            (Self::Owed, Event::Break) => Self::Broken,
            (state, _) => state,
        }
    }

    /// Whether it will never change again: what is left is to read its result, or the error instead.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Cancelled | Self::Ended | Self::Panicked | Self::Broken)
    }
}
