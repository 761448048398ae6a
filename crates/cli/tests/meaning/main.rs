//! Where asyncio promises something: what tokio, async-std and smol do with their own means.
//! docs/asyncio-meaning-tables.md is the table of all these tests.

mod callbacks;
mod cancel;
mod futures_and_promises;
mod gather;
mod groups;
mod loop_lifetime;
mod others;
mod shield;
mod sleep;
mod tasks;
mod wait;
mod wait_for;

use std::sync::{Arc, Mutex};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_millis(1);

fn on_tokio<F: Future>(main: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(main)
}

fn on_async_std<F: Future>(main: F) -> F::Output {
    async_std::task::block_on(main)
}

/// Its tasks run on the thread of smol's global executor.
fn on_smol<F: Future>(main: F) -> F::Output {
    smol::block_on(main)
}

/// Runs code that needs no particular runtime on each of them: tokio, async-std, smol.
fn on_each<F: Future>(main: impl Fn() -> F) -> [F::Output; 3] {
    [on_tokio(main()), on_async_std(main()), on_smol(main())]
}

/// What happened, in order, on any thread. A clone is the same log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<&'static str>>>);

impl Log {
    fn note(&self, event: &'static str) {
        self.0.lock().unwrap().push(event);
    }

    /// Notes the event when the returned value is dropped.
    fn on_drop(&self, event: &'static str) -> OnDrop {
        OnDrop(self.clone(), event)
    }

    fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

struct OnDrop(Log, &'static str);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

/// A coroutine that never ends, and notes when it is dropped.
async fn waits_for_ever(guard: OnDrop) {
    std::future::pending::<()>().await;
    drop(guard);
}
