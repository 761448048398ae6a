//! What to record, and where to.

use crate::listener::{Listener, is_wanted};
use crate::log::{Clock, Log};
use crate::recorder::Recorder;
use crate::store::Keep;
use paintdry_studio::limits;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::subscriber::SetGlobalDefaultError;
use tracing::{Subscriber, subscriber};
use tracing_subscriber::filter::FilterFn;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// This number of events is kept, unless you ask for another. They take about 32 MB of memory, and 35 MB in a file.
const USUAL: u32 = 1_000_000;

/// The most events that can be asked for: a recording may have a few more, which say what was going on when it begins.
const MOST: u64 = limits::EVENTS - 500_000;

/// What to record, and where to.
///
/// ```
/// use std::time::Duration;
///
/// let file = std::env::temp_dir().join("paintdry-options.json");
/// let recorder = paintdry_layer::Options::new(&file).last(Duration::from_secs(10)).record()?;
/// drop(recorder); // writes the file
/// # std::fs::remove_file(file)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    path: PathBuf,
    program: String,
    keep: Keep,
    on_ctrl_c: bool,
}

impl Options {
    /// To write the last million events to this file when the [`Recorder`] is dropped.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        let program = std::env::args_os().next().map(PathBuf::from);
        let program = program.as_deref().and_then(|path| path.file_stem()).unwrap_or_default().to_string_lossy();
        let keep = Keep::Newest { records: USUAL as usize, ns: u64::MAX };
        Self { path: path.into(), program: program.into_owned(), keep, on_ctrl_c: false }
    }

    /// The name of the program in the recording. Otherwise it is that of the executable file.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        name.clone_into(&mut self.program);
        self
    }

    /// Keeps this number of events at the end, at most 3,500,000. An event takes 32 bytes of memory.
    #[must_use]
    pub fn last_events(mut self, events: u32) -> Self {
        let ns = if let Keep::Newest { ns, .. } = self.keep { ns } else { u64::MAX };
        self.keep = Keep::Newest { records: bounded(events), ns };
        self
    }

    /// Keeps what happened in this time before the end, if it is not more than the number of events to keep.
    #[must_use]
    pub fn last(mut self, time: Duration) -> Self {
        let records = if let Keep::Newest { records, .. } = self.keep { records } else { USUAL as usize };
        let ns = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.keep = Keep::Newest { records, ns };
        self
    }

    /// Keeps this number of events at the beginning, at most 3,500,000, and nothing that happens later.
    #[must_use]
    pub fn first_events(mut self, events: u32) -> Self {
        self.keep = Keep::Oldest { records: bounded(events) };
        self
    }

    /// On Ctrl-C, and on a signal that asks the process to end, writes the recording and then ends the process with code 130.
    ///
    /// Only for programs that do not handle these themselves. If yours does, let `main` return, or call [`Recorder::write`].
    #[must_use]
    pub fn on_ctrl_c(mut self) -> Self {
        self.on_ctrl_c = true;
        self
    }

    /// Starts to record, as the program's only subscriber of `tracing`. It takes effect for tasks that are spawned from now on.
    ///
    /// # Errors
    /// If the program has set a global subscriber already: then add [`layer`](Self::layer) to that one.
    pub fn record(self) -> Result<Recorder, AlreadySet> {
        let log = Arc::new(Log::new(self.keep, Clock::Since(Instant::now())));
        let listener = Listener { log: Arc::clone(&log) };
        subscriber::set_global_default(Registry::default().with(listener)).map_err(AlreadySet)?;
        Ok(self.recorder(log))
    }

    /// A layer for the program's own subscriber, and the recorder that writes what the layer hears. The layer does not change
    /// what other layers hear.
    ///
    /// ```
    /// use tracing_subscriber::prelude::*;
    ///
    /// let file = std::env::temp_dir().join("paintdry-layer.json");
    /// let (layer, recorder) = paintdry_layer::Options::new(&file).layer();
    /// tracing_subscriber::registry().with(layer).init(); // and with the layers that you have
    /// # drop(recorder);
    /// # std::fs::remove_file(file)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(self) -> (impl Layer<S> + use<S>, Recorder) {
        let clock = Clock::Since(Instant::now());
        self.layer_with(clock)
    }

    pub(crate) fn layer_with<S: Subscriber + for<'a> LookupSpan<'a>>(
        self,
        clock: Clock,
    ) -> (impl Layer<S> + use<S>, Recorder) {
        let log = Arc::new(Log::new(self.keep, clock));
        let listener = Listener { log: Arc::clone(&log) };
        let filter = FilterFn::new(is_wanted as fn(&tracing::Metadata<'_>) -> bool);
        (listener.with_filter(filter), self.recorder(log))
    }

    fn recorder(self, log: Arc<Log>) -> Recorder {
        let recorder = Recorder::new(self.path, self.program, log);
        if self.on_ctrl_c {
            recorder.write_on_ctrl_c();
        }
        recorder
    }
}

fn bounded(events: u32) -> usize {
    usize::try_from(u64::from(events).min(MOST)).unwrap_or(usize::MAX)
}

/// The program has set a global subscriber of `tracing` before.
pub struct AlreadySet(SetGlobalDefaultError);

impl std::fmt::Display for AlreadySet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "this program has a global subscriber of tracing already; add paintdry's layer to it, with \
             `registry().with(…).with(layer)`, where `let (layer, recorder) = paintdry_layer::layer(FILE)`"
        )
    }
}

/// The message, because `unwrap` and a `main` that returns errors show this form.
impl std::fmt::Debug for AlreadySet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for AlreadySet {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}
