//! Why a run on one runtime has no outcome.

use paintdry_core::TaskError;
use paintdry_studio::Stalled;
use std::error::Error;
use std::fmt;
use std::io;

/// Why a run on one runtime failed. The other runtimes still run and are shown.
#[non_exhaustive]
pub enum RunError {
    /// The runtime itself panicked, with this message.
    Panicked(String),
    /// The operating system refused a thread.
    NoThread {
        /// How many threads there were already.
        running: usize,
        /// What the operating system said.
        error: io::Error,
    },
    /// The operating system allows few threads, and the runtime does not work with so few.
    FewThreads {
        /// What happened to it in a process of its own.
        why: String,
    },
    /// More threads were asked for than the command tries.
    TooManyThreads {
        /// How many.
        asked: usize,
        /// The most that it tries.
        most: usize,
    },
    /// A task did not end as it should.
    Task {
        /// Which one: `canvas 2`, or `task b`.
        task: String,
        /// What happened to it.
        error: TaskError,
    },
    /// Nothing could run any more, and no timer was set.
    Stalled(Stalled),
    /// The task ended, but its promise holds nothing.
    NoResults {
        /// Which one: `task b`.
        task: String,
    },
    /// The results on the promise are not those of the function.
    WrongResults {
        /// Which one: `task b`.
        task: String,
    },
}

/// The message, because `unwrap` and a `main` that returns errors show this form.
impl fmt::Debug for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Panicked(message) => {
                write!(f, "the runtime panicked: {message} (set RUST_BACKTRACE=1 to see where)")
            }
            Self::NoThread { running, error } => {
                write!(f, "no thread could be started beside the {running} that run already: {error}; use fewer")
            }
            Self::FewThreads { why } => {
                write!(f, "it has too few threads here: {why}; allow more")
            }
            Self::TooManyThreads { asked, most } => {
                write!(f, "{asked} threads are more than an operating system allows; use {most} or fewer")
            }
            Self::Task { task, error } => write!(f, "{task}: {error}"),
            Self::Stalled(stalled) => write!(f, "{stalled}"),
            Self::NoResults { task } => {
                write!(f, "{task} ended without results on its promise, so the runtime dropped it too early")
            }
            Self::WrongResults { task } => {
                write!(f, "{task} put wrong results on its promise, so the runtime lost or repeated a turn")
            }
        }
    }
}

/// It has no source, because its message contains the source's.
impl Error for RunError {}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_explore::CheckError;
    use paintdry_studio::RecordingError;

    /// `unwrap` and a `main` that returns errors show these messages; each is one complete sentence.
    #[test]
    fn errors_show_their_sentence() {
        let error = paintdry_generator::Error::TimedOut(std::time::Duration::from_millis(20));
        let errors: [Box<dyn Error>; 5] = [
            Box::new(RunError::Task { task: "canvas 2".to_owned(), error: TaskError::Cancelled }),
            Box::new(TaskError::Cancelled),
            Box::new(error),
            Box::new(CheckError::NotRepeatable { choice: 3 }),
            Box::new(RecordingError::Foreign),
        ];
        for error in errors {
            assert_eq!(format!("{error:?}"), error.to_string());
            assert!(error.source().is_none());
        }
    }
}
