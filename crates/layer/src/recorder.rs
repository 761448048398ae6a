//! Holds what is recorded, and writes it: when it is dropped, on a panic that ends the process, or on Ctrl-C.

use crate::log::{Log, lock};
use crate::run::recording;
use paintdry_studio::{Recording, RecordingError};
use std::fmt::{self, Display};
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, Weak};
use std::{fs, io, process};

/// Writes the recording when it is dropped, so keep it until the end of `main`: `let _recorder = …`, not `let _ = …`.
///
/// It is dropped, and so writes, also when `main` panics. If panics abort your program, it writes before that. It does not
/// write if the process is ended by `std::process::exit` or by a signal; for Ctrl-C there is
/// [`on_ctrl_c`](crate::Options::on_ctrl_c).
#[derive(Debug)]
#[must_use = "the recording ends when this is dropped; keep it in a variable that begins with a letter, or with `_` and a letter"]
pub struct Recorder(Arc<Output>);

/// What is written, and where.
#[derive(Debug)]
struct Output {
    path: PathBuf,
    program: String,
    log: Arc<Log>,
    is_written: Mutex<bool>,
}

impl Recorder {
    pub(crate) fn new(path: PathBuf, program: String, log: Arc<Log>) -> Self {
        let output = Arc::new(Output { path, program, log, is_written: Mutex::new(false) });
        note_panics(&output);
        Self(output)
    }

    /// What was recorded until now. The recording continues.
    pub fn recording(&self) -> Recording {
        self.0.recording()
    }

    /// Ends the recording and writes the file, now and not when this is dropped.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn write(self) -> Result<PathBuf, WriteError> {
        self.0.write().map(|_| self.0.path.clone())
    }

    /// Ends the recording and writes nothing.
    pub fn discard(self) {
        self.0.log.end();
        *lock(&self.0.is_written) = true;
    }

    pub(crate) fn write_on_ctrl_c(&self) {
        let output = Arc::downgrade(&self.0);
        let set = ctrlc::set_handler(move || {
            if let Some(output) = output.upgrade() {
                output.write_and_say();
            }
            process::exit(130);
        });
        if let Err(error) = set {
            eprintln!("error: paintdry: Ctrl-C will not write {}: {error}", self.0.path.display());
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.0.write_and_say();
    }
}

impl Output {
    fn recording(&self) -> Recording {
        recording(&self.program, &self.log.snapshot(), self.log.keep)
    }

    /// Writes the file, unless it has been written, and gives the recording that is in it.
    fn write(&self) -> Result<Option<Recording>, WriteError> {
        let mut is_written = lock(&self.is_written);
        if std::mem::replace(&mut *is_written, true) {
            return Ok(None);
        }
        self.log.end();
        let recording = self.recording();
        recording.check().map_err(WriteError::Recording)?;
        write_whole(&self.path, recording.to_json() + "\n")
            .map_err(|error| WriteError::File(self.path.clone(), error))?;
        Ok(Some(recording))
    }

    fn write_and_say(&self) {
        match self.write() {
            Ok(None) => {}
            Ok(Some(recording)) => {
                let run = &recording.runs[0];
                let (events, tasks) = (run.events.len(), run.tasks.len());
                eprintln!("paintdry: {} has {events} events of {tasks} tasks", self.path.display());
                if events == 0 {
                    eprintln!(
                        "paintdry: was the program built with `--cfg tokio_unstable` and tokio's feature `tracing`?"
                    );
                }
            }
            Err(error) => eprintln!("error: paintdry: {error}"),
        }
    }
}

/// Writes the file as a whole, or leaves what was there. A link stays, and what it leads to is written. A pipe or a device is
/// written to, because a file must not take its place.
fn write_whole(path: &Path, text: String) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return fs::write(path, text);
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", process::id()));
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
}

/// Keeps what panics say, and calls the hook that was there before. If a panic ends the process, it writes the recording.
fn note_panics(output: &Arc<Output>) {
    let output: Weak<Output> = Arc::downgrade(output);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if let Some(output) = output.upgrade() {
            let payload = info.payload();
            let text = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
            let message = text.unwrap_or("a panic whose value is no text");
            output.log.of_this_thread().panic_message = Some(message.into());
            if cfg!(panic = "abort") {
                output.write_and_say();
            }
        }
        before(info);
    }));
}

/// Why the recording was not written.
#[non_exhaustive]
pub enum WriteError {
    /// This file cannot be written.
    File(PathBuf, io::Error),
    /// It is more than a recording may hold.
    Recording(RecordingError),
}

impl Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => {
                write!(
                    f,
                    "{} cannot be written: {error}; name a file in a folder that you may write to",
                    path.display()
                )
            }
            Self::Recording(error) => write!(f, "{error}; keep fewer events with `Options::last_events`"),
        }
    }
}

/// The message, because `unwrap` and a `main` that returns errors show this form.
impl fmt::Debug for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

/// It has no source, because its message contains the source's.
impl std::error::Error for WriteError {}
