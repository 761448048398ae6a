//! The programs of the lab. Each file is shown to the reader as it is, so its parameters and goals are in `catalogue`.

use std::pin::Pin;

pub(crate) mod amap;
pub(crate) mod backpressure;
pub(crate) mod lost_update;
pub(crate) mod lost_wakeup;
pub(crate) mod lost_waker;
pub(crate) mod never_yields;
pub(crate) mod paint;
pub(crate) mod retry;
pub(crate) mod select_loses;
pub(crate) mod two_locks;

pub(crate) const PAINTERS: [&str; 4] = ["ada", "bob", "cleo", "dan"];

pub(crate) const CANVASES: [&str; 4] = ["sky", "sea", "tree", "house"];

/// Tasks of different types in one list.
fn boxed(task: impl Future<Output = ()> + Send + 'static) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(task)
}
