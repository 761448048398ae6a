//! What listening costs, in nanoseconds an event: the same program without a subscriber, with an empty one, and
//! with the layer in it.
//!
//! `cargo run --release --example cost`, in the folder crates/layer/programs.

use paintdry_layer::Options;
use std::time::Instant;
use tokio::runtime::Builder;
use tokio::sync::Mutex;
use tokio::task::{spawn, yield_now};
use tracing::Dispatch;
use tracing::dispatcher::with_default;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::Registry;

const ROUNDS: usize = 7;
const TASKS: usize = 100;
const YIELDS: usize = 1_000;

/// A program that yields, or one that locks a free mutex. The seconds that it takes.
fn seconds(locks: bool) -> f64 {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    let start = Instant::now();
    runtime.block_on(async {
        let task = |_| {
            spawn(async move {
                let lock = Mutex::new(());
                for _ in 0..YIELDS {
                    if locks {
                        drop(lock.lock().await);
                    } else {
                        yield_now().await;
                    }
                }
            })
        };
        for task in (0..TASKS).map(task).collect::<Vec<_>>() {
            task.await.expect("it does not panic");
        }
    });
    start.elapsed().as_secs_f64()
}

/// The least of some measurements: what disturbs them only adds to them.
fn least(mut measure: impl FnMut() -> f64) -> f64 {
    (0..ROUNDS).map(|_| measure()).fold(f64::INFINITY, f64::min)
}

/// Measures a program without a subscriber, with an empty one, and with the layer in it.
fn compare(what: &str, locks: bool) {
    let program = || seconds(locks);
    let without = least(program);
    let registry = Dispatch::new(Registry::default());
    let alone = least(|| with_default(&registry, program));
    let mut events = 0_u32;
    let recorded = least(|| {
        let (layer, recorder) = Options::new("never-written.json").layer();
        let dispatch = Dispatch::new(Registry::default().with(layer));
        let seconds = with_default(&dispatch, program);
        events = u32::try_from(recorder.recording().runs[0].events.len()).expect("few enough");
        recorder.discard();
        seconds
    });
    println!("{what}: {events} events; without a subscriber it takes {:.1} ms", without * 1e3);
    for (what, seconds) in [("an empty subscriber", alone), ("the layer", recorded)] {
        let each = (seconds - without) / f64::from(events) * 1e9;
        println!("  {what}: {each:.0} ns an event, {:.1} times as long", seconds / without);
    }
}

fn main() {
    compare("yields", false);
    compare("locks", true);
}
