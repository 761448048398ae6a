//! The layer hears spans and events shaped as tokio's, from a runtime in miniature, and the recording says what that one did.

use crate::log::Clock;
use crate::{Options, Recorder};
use paintdry_studio::{Event, EventKind, RecordedRun};
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll, Waker};
use tracing::instrument::{Instrument, Instrumented};
use tracing::{Dispatch, Span, dispatcher, trace, trace_span};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::Registry;

mod context;
mod ends;
mod locks;
mod names;
mod random;
mod timers;
mod wakes;
mod window;
mod written;

/// A program whose runtime is recorded.
struct Told {
    recorder: Option<Recorder>,
    dispatch: Dispatch,
}

impl Drop for Told {
    fn drop(&mut self) {
        self.recorder.take().expect("it is there").discard();
    }
}

impl Told {
    fn new() -> Self {
        Self::with(|options| options)
    }

    /// A program that is recorded with these options. Each reading of its clock is a nanosecond later.
    fn with(options: impl FnOnce(Options) -> Options) -> Self {
        let options = options(Options::new(place()).name("program"));
        let (layer, recorder) = options.layer_with(Clock::Readings(AtomicU64::new(0)));
        Self { recorder: Some(recorder), dispatch: Dispatch::new(Registry::default().with(layer)) }
    }

    /// What was recorded until now. That it can be read again is checked.
    fn run(&self) -> RecordedRun {
        let recording = self.recorder.as_ref().expect("it is there").recording();
        recording.check().expect("it can be read");
        recording.runs.into_iter().next().expect("there is one")
    }

    fn in_it<T>(&self, action: impl FnOnce() -> T) -> T {
        dispatcher::with_default(&self.dispatch, action)
    }
}

/// A file in the folder for temporary files, which no other test has.
fn place() -> PathBuf {
    static FILES: AtomicU64 = AtomicU64::new(0);
    let number = FILES.fetch_add(1, Relaxed);
    std::env::temp_dir().join(format!("paintdry-layer-{}-{number}.json", std::process::id()))
}

type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A task as tokio has it: a future in a span. When its future has returned, that is dropped at once.
struct Task {
    future: Option<Pin<Box<Instrumented<Boxed>>>>,
    span: u64,
}

impl Task {
    /// A task that was spawned in this line of the program.
    fn spawn(line: u32, future: impl Future<Output = ()> + Send + 'static) -> Self {
        Self::in_span(span("task", "", line, 5), future)
    }

    fn in_span(span: Span, future: impl Future<Output = ()> + Send + 'static) -> Self {
        let id = span.id().map_or(0, |id| id.into_u64());
        let boxed: Boxed = Box::pin(future);
        Self { future: Some(Box::pin(boxed.instrument(span))), span: id }
    }

    /// Polls it, if it has not ended.
    fn poll(&mut self) {
        let Some(future) = &mut self.future else { return };
        if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
            self.future = None;
        }
    }

    fn cancel(&mut self) {
        self.future = None;
    }

    fn wake(&self) {
        wake(self.span);
    }
}

fn wake(span: u64) {
    trace!(target: "tokio::task::waker", op = "waker.wake", task.id = span);
}

/// A span as tokio makes it.
fn span(kind: &str, name: &str, line: u32, column: u32) -> Span {
    trace_span!(
        target: "tokio::task",
        parent: None,
        "runtime.spawn",
        %kind,
        task.name = %name,
        task.id = 1_u64,
        size.bytes = 8_usize,
        loc.file = "src/main.rs",
        loc.line = line,
        loc.col = column,
    )
}

/// A future that is pending this number of times.
async fn pending(mut times: u32) {
    std::future::poll_fn(|_| {
        let is_ready = times == 0;
        times = times.saturating_sub(1);
        if is_ready { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// The kinds of the events of a task, as words.
fn words(run: &RecordedRun, task: u32) -> Vec<String> {
    run.events.iter().filter(|event| event.task == task).map(word).collect()
}

fn word(event: &Event) -> String {
    match &event.what {
        EventKind::Spawn { by: None } => "spawn".to_owned(),
        EventKind::Spawn { by: Some(by) } => format!("spawn by {by}"),
        EventKind::Poll { .. } => "poll".to_owned(),
        EventKind::Wake(by) => format!("wake by {by:?}"),
        EventKind::Timer { timer, .. } => format!("timer {timer}"),
        EventKind::Fire { timer } => format!("fire {timer}"),
        EventKind::Panic(message) => format!("panic {message}"),
        other => format!("{other:?}").to_lowercase(),
    }
}
