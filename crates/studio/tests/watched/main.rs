//! The studio on every runtime.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Calls a function that is generic over its runtime with each of them, all at the same time, because some wait for the
/// watchdog. (A list of types is nothing that a function takes.)
macro_rules! on_every_runtime {
    ($function:ident) => {
        std::thread::scope(|scope| {
            scope.spawn($function::<paintdry_generator::EventLoop>);
            scope.spawn($function::<paintdry_tokio::CurrentThread>);
            scope.spawn($function::<paintdry_tokio::MultiThread>);
            scope.spawn($function::<paintdry_async_std::Global>);
            scope.spawn($function::<paintdry_smol::Local>);
            scope.spawn($function::<paintdry_smol::Global>);
        });
    };
}

/// To be kept by a test whose tasks hold their threads: some runtimes have one pool of threads for the whole process, so
/// while another run holds one of them, this run has fewer than it counts on.
fn alone_on_the_threads() -> MutexGuard<'static, ()> {
    static THREADS: Mutex<()> = Mutex::new(());
    THREADS.lock().unwrap_or_else(PoisonError::into_inner)
}

mod conformance;
mod console;
mod edges;
mod hostile;
mod limits;
mod reading;
mod recorder;
mod runs;
mod sync;
mod threads;
mod trace;
mod turnstile;
mod virtual_time;
mod watchdog;
