//! Chapter 17: what becomes of a task that waits when the main task has ended and its runtime is dropped.

use paintdry_core::Runtime;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

/// Notes that it was dropped.
struct Brush(Arc<AtomicBool>);

impl Drop for Brush {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// Whether a task that waits for ever is dropped, with the brush that it holds, when its runtime is dropped. Its handle is kept.
#[must_use]
pub fn is_dropped_with_its_runtime<R: Runtime>() -> bool {
    let is_dropped = Arc::new(AtomicBool::new(false));
    let brush = Brush(Arc::clone(&is_dropped));
    let runtime = R::start();
    let mut handle = None;
    runtime.run_until_complete(async {
        handle = Some(R::spawn(async move {
            let _brush = brush;
            pending::<()>().await;
        }));
        R::yield_now().await; // the task begins
    });
    drop(runtime);
    let dropped = is_dropped.load(SeqCst);
    drop(handle); // not before: on smol that would cancel the task
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tasks of async-std and of smol's global executor belong to the process, and end with it. No destructor runs then.
    #[test]
    fn a_task_is_dropped_with_its_runtime_unless_the_runtime_is_global() {
        assert!(is_dropped_with_its_runtime::<paintdry_generator::EventLoop>());
        assert!(is_dropped_with_its_runtime::<paintdry_tokio::CurrentThread>());
        assert!(is_dropped_with_its_runtime::<paintdry_tokio::MultiThread>());
        assert!(is_dropped_with_its_runtime::<paintdry_smol::Local>());
        assert!(!is_dropped_with_its_runtime::<paintdry_smol::Global>());
        assert!(!is_dropped_with_its_runtime::<paintdry_async_std::Global>());
    }
}
