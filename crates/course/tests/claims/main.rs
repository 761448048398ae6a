//! Tries what the book says of tokio and smol, where no program of a chapter shows it.

mod blocking;
mod cancelling;
#[cfg(unix)]
mod ctrl_c;
mod futures;
mod parking;
mod scopes;
mod turns;

use std::rc::Rc;
use tokio::runtime::{Builder, Runtime};

/// Tokio on the thread that calls `block_on`.
fn current_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("there is memory left")
}

/// Waits for ever, and holds a value. The value is dropped when the future is.
async fn holds(value: Rc<()>) {
    std::future::pending::<()>().await;
    drop(value);
}
