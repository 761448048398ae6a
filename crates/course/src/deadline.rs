//! The end of patience: turns a program that hangs into a message.

use crate::chapter;
use std::env;
use std::io::Write;
use std::panic::Location;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long the watch sleeps between two checks. It counts checks, and not the time on the clock: if the whole machine
/// stops for a while, that is one check.
const LOOK: Duration = Duration::from_millis(10);

/// After this many checks patience ends. In virtual time a program takes a few milliseconds. Rustlings runs an exercise that
/// fails twice, its test and its `main`, and the verdict should come within two seconds.
const LOOKS: u32 = 40;

/// The same if `RUST_BACKTRACE` is set, because printing a backtrace may take longer than any program. Also for what is no
/// exercise: the course's own programs and tests share a busy machine, and their verdicts are not urgent.
const LOOKS_WITH_PATIENCE: u32 = 300;

thread_local! {
    /// The last line that the program on this thread has reported, or 0.
    static LINE: Arc<AtomicU32> = Arc::default();
}

/// Notes that the program on this thread has reached this line.
pub(crate) fn came_to(line: u32) {
    LINE.with(|known| known.store(line, Relaxed));
}

/// Runs `program` on this thread; if it hangs, ends the process with a message on stderr: in an exercise within a second, and
/// elsewhere within a few.
///
/// A loop that never ends cannot be stopped from outside, and rustlings would wait with it. The studio's
/// watchdog, which says more, comes first if a task waits; this is for a program that never waits.
///
/// ```
/// assert_eq!(paintdry_course::within_a_second("adding", || 1 + 1), 2);
/// ```
#[track_caller]
pub fn within_a_second<T>(what: &str, program: impl FnOnce() -> T) -> T {
    let _running = begin(what, chapter::pointer(Location::caller().file()).unwrap_or_default());
    program()
}

/// Starts counting, and stops when the returned value is dropped.
fn begin(what: &str, chapter: String) -> Sender<()> {
    let (running, is_running) = channel();
    let what = what.to_owned();
    came_to(0);
    let line = LINE.with(Arc::clone);
    let needs_patience = chapter.is_empty() || env::var_os("RUST_BACKTRACE").is_some();
    let looks = if needs_patience { LOOKS_WITH_PATIENCE } else { LOOKS };
    thread::spawn(move || {
        if (0..looks).all(|_| is_running.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout)) {
            // Not eprintln!, which a test captures.
            let _ = writeln!(std::io::stderr(), "\n{}\n{chapter}\n", message(&what, line.load(Relaxed)));
            process::exit(101); // as after a panic
        }
    });
    running
}

fn message(what: &str, line: u32) -> String {
    let seen = if line > 0 { format!(" It was last seen at line {line}.") } else { String::new() };
    format!(
        "`{what}` hangs: it should take a few milliseconds, and is still not done.{seen}\nLook for a loop that has no way out, for a parked thread that is never woken, or for a loop or a lock that blocks the thread until another task does something: that task never runs.\nIn virtual time, use `sleep` or `sleep_blocking`: `std::thread::sleep` waits in real time."
    )
}
