//! Runs a program on tokio and gives what the layer recorded of it.

use paintdry_layer::Options;
use paintdry_studio::{EventKind, RecordedRun};
use std::future::Future;
use tokio::runtime::{Builder, Runtime};
use tracing::Dispatch;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::Registry;

/// A recorded run of a program on a runtime of one thread. Only this thread is recorded.
///
/// # Panics
/// If there is no runtime, or the recording contradicts itself.
pub fn on_one_thread(program: impl Future<Output = ()>) -> RecordedRun {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    run(&runtime, program)
}

/// Runs the program and gives its recording.
fn run(runtime: &Runtime, program: impl Future<Output = ()>) -> RecordedRun {
    let (layer, recorder) = Options::new("never-written.json").layer();
    let dispatch = Dispatch::new(Registry::default().with(layer));
    tracing::dispatcher::with_default(&dispatch, || runtime.block_on(program));
    let recording = recorder.recording();
    recording.check().expect("it can be read");
    recorder.discard();
    recording.runs.into_iter().next().expect("there is one")
}

/// The kinds of the events of the task that has this in its name.
///
/// # Panics
/// If there is no such task.
#[must_use]
pub fn kinds<'a>(run: &'a RecordedRun, name: &str) -> Vec<&'a EventKind> {
    let task = run.tasks.iter().position(|task| task.contains(name)).expect("it is recorded");
    run.events.iter().filter(|event| event.task as usize == task).map(|event| &event.what).collect()
}
