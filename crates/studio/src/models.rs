//! The recorder, the virtual clock and the watchdog in every order in which threads can meet: CONTRIBUTING.md says how these
//! are run.

mod clock;
mod program;
mod recorder;
mod watchdog;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Does it in every order in which at most so many times a thread is interrupted that could go on, and says how many orders
/// these are. `LOOM_MAX_PREEMPTIONS` is another bound.
fn in_every_order(name: &str, interruptions: usize, model: impl Fn() + Send + Sync + 'static) {
    let orders = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&orders);
    let mut loom = loom::model::Builder::new();
    loom.preemption_bound = loom.preemption_bound.or(Some(interruptions));
    loom.check(move || {
        counted.fetch_add(1, Relaxed);
        model();
    });
    println!("{name}: {} orders", orders.load(Relaxed));
}
