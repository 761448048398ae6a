//! How the command ends: its exit statuses, Ctrl-C, and the messages of panics on the way.

use paintdry_terminal::leftovers::clean_up;
use paintdry_terminal::output::{Output, to_stdout};
use paintdry_terminal::signals::watch_ends;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{env, fmt, panic, process};

/// The command has done what was asked, and found something wrong.
pub(crate) const FAILED: u8 = 1;
/// It could not do what was asked, or not all of it.
pub(crate) const TROUBLE: u8 = 2;
/// 128 plus the number of the signal, as a shell reports it.
const INTERRUPTED: u8 = 130;

/// Why the command ends early: a sentence for standard error, and the exit status.
pub(crate) struct Exit {
    pub(crate) sentence: String,
    pub(crate) status: u8,
}

impl Exit {
    pub(crate) fn trouble(sentence: impl fmt::Display) -> Self {
        Self { sentence: sentence.to_string(), status: TROUBLE }
    }

    pub(crate) fn failed(sentence: impl fmt::Display) -> Self {
        Self { sentence: sentence.to_string(), status: FAILED }
    }

    /// Prints the partial result. A file keeps its old content: half a comparison does not replace it.
    pub(crate) fn interrupted(measured: &str, text: &str, output: Output, colour: anstream::ColorChoice) -> Self {
        let unwritten = if output.has_name() { "; no file was written" } else { "" };
        drop(output);
        let sentence = match to_stdout(text, colour) {
            Ok(()) => format!("interrupted after {measured}{unwritten}"),
            Err(sentence) => sentence,
        };
        Self { sentence, status: INTERRUPTED }
    }
}

/// Called at a Ctrl-C; returns whether it was received.
type Listener = Box<dyn FnOnce() -> bool + Send>;

/// Handles Ctrl-C, or another request to end. The first one goes to the listener, if there is one. Without a listener, and
/// from the second one on, it ends the process at once, because the listener may be blocked, for example on an unread pipe.
#[derive(Clone)]
pub(crate) struct CtrlC(Arc<Mutex<Option<Listener>>>);

impl CtrlC {
    /// Starts to listen.
    pub(crate) fn watch() -> Self {
        let listener = Arc::new(Mutex::new(None::<Listener>));
        let ctrl_c = Self(Arc::clone(&listener));
        watch_ends(move || {
            let listener = listener.lock().unwrap_or_else(PoisonError::into_inner).take();
            if listener.is_none_or(|hears| !hears()) {
                clean_up();
                process::exit(i32::from(INTERRUPTED));
            }
        });
        ctrl_c
    }

    /// Sets the listener for the next Ctrl-C.
    pub(crate) fn tell(&self, listener: impl FnOnce() -> bool + Send + 'static) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(Box::new(listener));
    }

    /// Notes the next Ctrl-C from now on.
    pub(crate) fn interrupts(&self) -> Interrupts {
        let (sender, receiver) = channel();
        self.tell(move || sender.send(()).is_ok());
        Interrupts(receiver)
    }
}

/// Where Ctrl-C is noted. When this is dropped, no listener is left.
pub(crate) struct Interrupts(Receiver<()>);

impl Interrupts {
    /// Whether Ctrl-C comes before `wait` is over.
    pub(crate) fn within(&self, wait: Duration) -> bool {
        !matches!(self.0.recv_timeout(wait), Err(RecvTimeoutError::Timeout))
    }
}

/// Hides the messages of panics meanwhile: a run's panic is its row's error, and would disturb the live display.
pub(crate) fn without_panic_messages<T>(work: impl FnOnce() -> T) -> T {
    if wants_backtraces() {
        return work();
    }
    let messages = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let result = work();
    panic::set_hook(messages);
    result
}

pub(crate) fn wants_backtraces() -> bool {
    env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0")
}
