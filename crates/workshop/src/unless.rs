//! A race that one side can only end, and the other side wins with a value.

use futures::future::{Either, select};
use std::pin::pin;

/// Runs `future`, unless `end` completes first: then `future` is dropped. If both can complete in the same turn, `end` is first.
pub async fn unless<T>(end: impl Future, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(end), pin!(future)).await {
        Either::Left(_) => None,
        Either::Right((output, _)) => Some(output),
    }
}
