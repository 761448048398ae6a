//! A task: a coroutine and then its result, in one place that never moves; and the states of its life.

use crate::generator::Coroutine;
use crate::waker::LentWaker;
use crate::{GeneratorState, Request};
use std::any::Any;
use std::pin::Pin;
use std::task::Context;

/// A task as the loop keeps it, with any coroutine. This is its only allocation.
pub(crate) type BoxedTask = Pin<Box<dyn Task>>;

pub(crate) trait Task {
    fn resume(self: Pin<&mut Self>, lent: &LentWaker) -> Step;
    /// Its last turn has panicked.
    fn panicked(self: Pin<&mut Self>, message: &str);
    /// The result, an `Option<T>`, when it has ended.
    fn result(self: Pin<&mut Self>) -> Option<&mut dyn Any>;
}

/// What one turn of a task came to. It fits into two registers.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    Yielded(Request),
    Ended,
    /// It is the main task's turn, whose coroutine stays with the caller of the run.
    Main,
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
    fn resume(mut self: Pin<&mut Self>, lent: &LentWaker) -> Step {
        let Projected::Running { coroutine } = self.as_mut().project() else { return Step::Ended };
        match coroutine.resume(&mut Context::from_waker(&lent.waker)) {
            GeneratorState::Yielded(request) => {
                if lent.is_kept() {
                    lent.remote().interrupt();
                }
                Step::Yielded(request)
            }
            GeneratorState::Complete(result) => {
                self.set(Self::Ended { result: Some(result) });
                Step::Ended
            }
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

/// Stands for the main task in the queue and in the table.
pub(crate) struct Main;

impl Task for Main {
    fn resume(self: Pin<&mut Self>, _lent: &LentWaker) -> Step {
        Step::Main
    }

    fn panicked(self: Pin<&mut Self>, _message: &str) {}

    fn result(self: Pin<&mut Self>) -> Option<&mut dyn Any> {
        None
    }
}

/// Where a task is in its life. The front page of the crate has the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// It can run, and is on the list of those that the run will put into its queue.
    Ready,
    /// It is in the queue of the run, or has its turn.
    Queued,
    /// It has its turn, and was woken in it: if it now asks to wait, it is ready instead.
    Woken,
    /// It sleeps by [`Request::Sleep`]. Only its timer ends that.
    Asleep,
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
    /// The run puts it into its queue, or takes it out again at the end.
    Enqueue,
    Dequeue,
    /// It is woken, by a waker, a result, or the timer of a sleep that it polls.
    Wake,
    /// The timer of its [`Request::Sleep`] is due.
    Due,
    /// Its turn is over, and it asks for another one, to sleep, or to wait.
    Yield,
    Sleep,
    Wait,
    Cancel,
    End,
    Panic,
    /// Its promise is kept, or dropped.
    Keep,
    Break,
    /// Its result is moved out.
    Take,
}

impl Event {
    pub(crate) fn of(request: Request) -> Self {
        match request {
            Request::Turn => Self::Yield,
            Request::Sleep(_) => Self::Sleep,
            Request::Wait => Self::Wait,
        }
    }
}

impl State {
    /// The state that follows. Every transition is here; what does not apply changes nothing.
    #[inline]
    #[expect(clippy::match_same_arms, reason = "an arm for each way to get there")]
    pub(crate) fn after(self, event: Event) -> Self {
        match (self, event) {
            (Self::Ready, Event::Enqueue) => Self::Queued,
            (Self::Ready, Event::Sleep) => Self::Asleep, // a call that is to be made later
            (Self::Ready, Event::Cancel) => Self::Cancelled,
            (Self::Queued, Event::Dequeue) => Self::Ready,
            (Self::Queued, Event::Wake) => Self::Woken, // the loop tells this only to the task that has its turn
            (Self::Queued | Self::Woken, Event::Sleep) => Self::Asleep,
            (Self::Queued, Event::Wait) => Self::Waiting,
            (Self::Woken, Event::Wait | Event::Yield) => Self::Queued,
            (Self::Queued | Self::Woken, Event::End) => Self::Ended,
            (Self::Queued | Self::Woken, Event::Cancel) => Self::Cancelling,
            (Self::Queued | Self::Woken | Self::Cancelling, Event::Panic) => Self::Panicked,
            (Self::Cancelling, Event::Yield | Event::Sleep | Event::Wait | Event::End) => Self::Cancelled,
            (Self::Asleep, Event::Due) => Self::Ready,
            (Self::Asleep, Event::Cancel) => Self::Cancelled,
            (Self::Waiting, Event::Wake) => Self::Ready,
            (Self::Waiting, Event::Cancel) => Self::Cancelled,
            (Self::Owed, Event::Keep) => Self::Ended,
            (Self::Owed, Event::Break) => Self::Broken,
            (Self::Owed, Event::Cancel) => Self::Cancelled,
            (Self::Ended, Event::Take) => Self::Taken,
            (state, _) => state,
        }
    }

    /// Whether nothing will follow but that the result is read.
    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Cancelled | Self::Ended | Self::Taken | Self::Panicked | Self::Broken)
    }
}
