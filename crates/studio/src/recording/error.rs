//! Why a text is not a recording that can be read.

use super::VERSION;
use paintdry_core::thousands;
use std::error::Error;
use std::fmt;

/// Why a text is not a recording that can be read, or a recording not one that can be written.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordingError {
    /// It ends too early.
    Truncated,
    /// It is not JSON; where and why.
    NotJson(String),
    /// It is JSON, but something else.
    Foreign,
    /// It is a recording of a version that is not known here.
    OtherVersion(u32),
    /// It is a recording, and larger than the [limits](crate::limits) allow.
    TooLarge {
        /// Of what it has too much: `threads in all its runs`.
        what: String,
        /// How much it has.
        has: u64,
        /// How much it may have.
        most: u64,
    },
    /// It is a recording with something wrong in it.
    Wrong(String),
}

/// As its message: that is what `unwrap` and a `main` that gives errors show.
impl fmt::Debug for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => write!(f, "this recording ends in the middle; copy it again, or record the run again"),
            Self::NotJson(error) => {
                write!(f, "this is not a recording, because it is not JSON: {error}; take a file that --record wrote")
            }
            Self::Foreign => {
                write!(f, "this is not a recording, though it is JSON; take a file that --record wrote")
            }
            Self::OtherVersion(version) => write!(
                f,
                "this is a recording of version {version}, and only version {VERSION} is known here; take the paintdry that \
                 made it, or record the run again"
            ),
            Self::TooLarge { what, has, most } => write!(
                f,
                "this recording is too large to be shown: it has {} {what}, and at most {} are allowed; record less: fewer \
                 runs, fewer tasks, or a shorter program",
                thousands(*has),
                thousands(*most)
            ),
            Self::Wrong(what) => write!(f, "this recording is damaged: {what}; record the run again"),
        }
    }
}

impl Error for RecordingError {}

/// serde's message, or its beginning, because it may repeat what the file says.
pub(super) fn wrong(error: &serde_json::Error) -> RecordingError {
    let message = error.to_string();
    if message.chars().nth(300).is_none() {
        return RecordingError::Wrong(message);
    }
    let start: String = message.chars().take(200).collect();
    RecordingError::Wrong(format!("{start}… at line {} column {}", error.line(), error.column()))
}
