//! Mapping a function over a sequence, with a turn for the others after every item.

use futures::channel::oneshot;

/// The text of the file in which [`amap`] stands, for those who show where a task is.
pub const AMAP_TEXT: &str = include_str!("amap.rs");

/// Applies `function` to each item of `sequence` and yields after each, so that others get their turn; at the end
/// puts the results, in the order of the items, on the `promise` that the caller handed in.
///
/// `yield_now` is the runtime's own: the line that calls `amap` names the runtime
/// (`amap(promise, f, 0..5, tokio::task::yield_now)`). Whether the future is `Send` follows from the arguments.
///
/// If nobody holds the other half of the promise any more, the results are dropped. If the future is dropped before
/// its end, so is the promise, and whoever awaits the other half gets [`oneshot::Canceled`]. A panic in `function`
/// goes to whoever polls, and breaks the promise alike.
///
/// ```
/// use futures::{channel::oneshot, executor::block_on, future::ready};
/// use paintdry_core::amap;
///
/// let (promise, future) = oneshot::channel();
/// block_on(amap(promise, |n| n * 2, 0..5, || ready(()))); // alone, it has nobody to yield to
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
    // That nobody waits for the results any more is the reader's choice, not an error of the writer.
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
    fn results_that_nobody_waits_for_are_dropped() {
        let (promise, future) = oneshot::channel();
        drop(future);
        block_on(amap(promise, |n: i32| n, 0..3, || ready(())));
    }
}
