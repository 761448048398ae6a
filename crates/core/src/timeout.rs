//! A limit of time around a future, on any runtime.

use crate::Runtime;
use futures::future::{Either, select};
use std::pin::pin;
use std::time::Duration;
use std::{error, fmt};

/// Awaits `future`, but no longer than `limit`. A future that is complete when the limit is over counts as in time.
///
/// # Errors
/// If the limit is over first. Then `future` is dropped. A task's handle is only a handle: whether the task continues, see
/// [`Runtime::CANCELS_ON_DROP`].
///
/// ```
/// # use paintdry_core::{Runtime, TimedOut, timeout};
/// # use std::time::Duration;
/// async fn patience<R: Runtime>() -> Result<(), TimedOut> {
///     let second = Duration::from_secs(1);
///     timeout::<R, _>(2 * second, R::sleep(second)).await // Ok(())
/// }
/// ```
pub async fn timeout<R: Runtime, F: Future>(limit: Duration, future: F) -> Result<F::Output, TimedOut> {
    match select(pin!(future), pin!(R::sleep(limit))).await {
        Either::Left((output, _)) => Ok(output),
        Either::Right(((), _)) => Err(TimedOut(limit)),
    }
}

/// The limit that was over before the future was complete.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TimedOut(pub Duration);

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not complete within {:?}; allow more time, or do less", self.0)
    }
}

/// The sentence, because `main` shows an error by this.
impl fmt::Debug for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl error::Error for TimedOut {}
