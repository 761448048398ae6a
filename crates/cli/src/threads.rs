//! Runs several pieces of work side by side on OS threads, as core's `gather` does with tasks.

use crate::RunError;
use paintdry_core::TaskError;
use std::thread;

/// The most that are tried: far above it, Linux runs out of memory maps, and aborts the process without an error.
const MOST_THREADS: usize = 10_000;

/// Whether this number is tried.
pub(crate) fn are_bearable(asked: usize) -> Result<(), RunError> {
    if asked <= MOST_THREADS { Ok(()) } else { Err(RunError::TooManyThreads { asked, most: MOST_THREADS }) }
}

/// Starts a thread for each piece of `work` and waits for all of them. The results are in the order of the work.
/// A panic of a thread becomes an error in its place.
///
/// # Errors
/// If there are too many pieces of work, or the operating system refuses a thread. It still waits for the threads that
/// run already, so none runs on unseen.
pub(crate) fn gather_threads<W, T>(
    work: impl ExactSizeIterator<Item = W>,
) -> Result<Vec<Result<T, TaskError>>, RunError>
where
    W: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    are_bearable(work.len())?;
    let mut handles = Vec::with_capacity(work.len());
    let mut refused = None;
    for work in work {
        match thread::Builder::new().spawn(work) {
            Ok(handle) => handles.push(handle),
            Err(error) => {
                refused = Some(RunError::NoThread { running: handles.len(), error });
                break;
            }
        }
    }
    let ended = handles.into_iter().map(|handle| handle.join().map_err(TaskError::from_panic)).collect();
    refused.map_or(Ok(ended), Err)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order_and_a_panic_is_an_error_in_its_place() {
        let work =
            (0..3).map(|n| move || if n == 1 { std::panic::resume_unwind(Box::new("dropped the brush")) } else { n });
        let ended = gather_threads(work).expect("three threads can be started");
        assert_eq!(ended, [Ok(0), Err(TaskError::Panicked("dropped the brush".to_owned())), Ok(2)]);
    }
}
