//! Why a message was not sent. It comes back.

use std::error::Error;
use std::fmt;

/// All receivers of the channel are dropped. Here is the message.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// Why a message was not sent at once. Here it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// The channel has no room for it: receive first, or wait with [`Sender::send`](super::Sender::send).
    Full(T),
    /// All receivers are dropped.
    Closed(T),
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the channel has no receiver any more; keep one as long as messages are sent")
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(_) => write!(f, "the channel has no room for the message; receive first, or wait with `send`"),
            Self::Closed(message) => SendError(message).fmt(f),
        }
    }
}

/// As its message: what it carries need not be shown.
impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As its message.
impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<T> Error for SendError<T> {}

impl<T> Error for TrySendError<T> {}
