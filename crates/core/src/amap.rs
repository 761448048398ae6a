//! Maps a function over a sequence and yields after every item.

use futures::channel::oneshot;

/// The text of this file, for tools that show at which line a task is.
#[doc(hidden)]
pub const AMAP_TEXT: &str = include_str!("amap.rs");

/// Applies `function` to each item of `sequence` and yields after each item, so that other tasks run in between. At the
/// end it puts the results, in the order of the items, on the `promise` that the caller handed in.
///
/// `yield_now` is the runtime's own: the line that calls `amap` names the runtime
/// (`amap(promise, f, 0..5, tokio::task::yield_now)`). The future is `Send` if the arguments are.
///
/// If the reader has dropped its half of the promise, the results are dropped. If you drop the future before its end,
/// the reader gets [`oneshot::Canceled`].
///
/// # Panics
/// When it is polled, if `function` or `yield_now` panics. The reader then gets [`oneshot::Canceled`].
///
/// ```
/// use futures::{channel::oneshot, executor::block_on, future::ready};
/// use paintdry_core::amap;
///
/// let (promise, future) = oneshot::channel();
/// block_on(amap(promise, |n| n * 2, 0..5, || ready(()))); // no other task runs here
/// assert_eq!(block_on(future), Ok(vec![0, 2, 4, 6, 8]));
/// ```
pub async fn amap<T, U>(
    promise: oneshot::Sender<Vec<U>>,
    mut function: impl FnMut(T) -> U,
    sequence: impl IntoIterator<Item = T>,
    yield_now: impl AsyncFn(),
) {
    let mut results = Vec::new();
    for item in sequence {
        results.push(function(item));
        yield_now().await;
    }
    // If the reader dropped its half, it does not want the results: no error of the writer.
    let _ = promise.send(results);
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use futures::future::ready;
    use std::cell::Cell;

    #[test]
    fn yields_once_after_every_item() {
        let (promise, future) = oneshot::channel();
        let yields = Cell::new(0);
        let yield_now = async || yields.set(yields.get() + 1);
        block_on(amap(promise, |n: i32| n + yields.get(), 0..4, yield_now));
        assert_eq!(block_on(future), Ok(vec![0, 2, 4, 6]));
        assert_eq!(yields.get(), 4);
    }

    #[test]
    fn nothing_happens_until_it_is_polled_and_dropping_it_breaks_the_promise() {
        let (promise, future) = oneshot::channel();
        let called = Cell::new(false);
        drop(amap(promise, |_| called.set(true), 0..1, || ready(())));
        assert!(!called.get());
        assert_eq!(block_on(future), Err(oneshot::Canceled));
    }

    #[test]
    fn results_without_a_reader_are_dropped() {
        let (promise, future) = oneshot::channel();
        drop(future);
        block_on(amap(promise, |n: i32| n, 0..3, || ready(())));
    }
}
