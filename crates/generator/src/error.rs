//! The errors of the loop, with messages that say what to do.

use paintdry_core::{TaskError, listed};
use std::error;
use std::fmt;
use std::time::Duration;

/// An error of the loop, of a task or of a future.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The result was read before it was there.
    NotReady,
    /// The result was read after it had been moved out.
    Taken,
    /// The task or future was cancelled.
    Cancelled,
    /// The promise was dropped without a result.
    Broken,
    /// It was not done within this limit. [`timeout`](crate::timeout) leaves a task running, [`wait_for`](crate::wait_for) cancels it.
    TimedOut(Duration),
    /// The task panicked, with this message.
    Panicked(String),
    /// The loop was used after it had been closed.
    Closed,
    /// A task was created in a task group that had ended, or had begun to because a task failed.
    GroupEnded,
    /// The loop was run, or closed, while it was running.
    Running,
    /// These tasks wait, no task can run, no timer is set, and no waker is left that could wake one.
    Stuck(Vec<String>),
    /// These tasks wait, no task can run, no timer is set, and no waker that is left was called in time.
    WakeTimeout(Vec<String>),
}

/// The message, because `unwrap` and a `main` that returns errors show this form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotReady => write!(f, "the result is not there yet; run the loop until it is, or await the future"),
            Self::Taken => write!(f, "the result has been moved out; keep it where you awaited it"),
            Self::Cancelled => write!(f, "it was cancelled; await it before you cancel it, or expect this error"),
            Self::Broken => write!(f, "the promise was dropped without a result; call set_result before dropping it"),
            Self::TimedOut(limit) => {
                write!(
                    f,
                    "it was not done within {limit:?}; give it longer, or continue without it (timeout leaves a task running, wait_for cancels it)"
                )
            }
            Self::Panicked(message) => write!(f, "the task panicked: {message}"),
            Self::Closed => write!(f, "the event loop is closed; make a new one with EventLoop::new"),
            Self::GroupEnded => {
                write!(
                    f,
                    "the task group has ended; create its tasks before its body ends and before one of them fails"
                )
            }
            Self::Running => write!(
                f,
                "the event loop is running; inside a task, create tasks and await them, and close the loop after the run"
            ),
            Self::Stuck(tasks) => write!(
                f,
                "no task can run and no timer is set, but these tasks wait: {}; set the result that each waits for, or cancel it",
                listed(tasks)
            ),
            Self::WakeTimeout(tasks) => write!(
                f,
                "no task can run and no timer is set, and none of these tasks was woken in time: {}; \
                 if another thread is to do it, give it longer with EventLoop::with_patience",
                listed(tasks)
            ),
        }
    }
}

impl error::Error for Error {}

impl From<TaskError> for Error {
    fn from(error: TaskError) -> Self {
        match error {
            TaskError::Panicked(message) => Self::Panicked(message),
            _ => Self::Cancelled,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_about_many_tasks_is_one_that_can_be_read() {
        let tasks = (1..=200_000).map(|number| format!("task {number}")).collect();
        let text = Error::Stuck(tasks).to_string();
        assert!(text.contains(": task 1, task 2, ") && text.contains("task 20 and 199,980 more; set "), "{text}");
        assert!(text.len() < 500);
    }
}
