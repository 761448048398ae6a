//! `amap` as a generator written by hand: what the compiler makes of the `async fn` in core.

use crate::{Generator, GeneratorState, Promise, Request};
use std::mem;

/// Applies `function` to each item of `sequence` and yields after each; at the end sends the results on `promise`.
///
/// ```text
/// def amap(promise, function, sequence): async fn amap(promise, function, sequence, yield_now) {
///     results = []                           let mut results = Vec::new();
///     for item in sequence:                  for item in sequence {
///         results.append(function(item))         results.push(function(item));
///         yield                                  yield_now().await;
///                                            }
///     promise.set_result(results)            promise.send(results)
///                                        }
/// ```
///
/// Results on a promise whose future was cancelled are dropped.
pub fn amap<I, F, U>(promise: Promise<Vec<U>>, function: F, sequence: I) -> Amap<I::IntoIter, F, U>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> U,
{
    // The function's arguments and the local variables that must outlive a yield are fields.
    Amap { promise, function, items: sequence.into_iter(), results: Vec::new() }
}

/// Returned by [`amap`]. It yields at one place only, so it needs no field for its position.
#[derive(Debug)]
pub struct Amap<I, F, U> {
    promise: Promise<Vec<U>>,
    function: F,
    items: I,
    results: Vec<U>,
}

impl<I, F, U> Generator for Amap<I, F, U>
where
    I: Iterator,
    F: FnMut(I::Item) -> U,
    U: 'static,
{
    type Return = ();

    #[inline]
    fn resume(&mut self) -> GeneratorState<()> {
        if let Some(item) = self.items.next() {
            self.results.push((self.function)(item));
            return GeneratorState::Yielded(Request::Turn); // yield
        }
        // If the future was dropped or cancelled, the reader does not want the results: that is no error here.
        let _ = self.promise.set_result(mem::take(&mut self.results));
        GeneratorState::Complete(())
    }
}
