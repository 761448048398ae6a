//! The end of patience: a program that hangs becomes a message.

use std::env;
use std::io::Write;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long the watch sleeps from look to look. It counts looks, and not the time on the clock: when the whole machine
/// stands still for a while, that is one look.
const LOOK: Duration = Duration::from_millis(10);

/// After how many looks patience ends. In virtual time a program takes a few milliseconds. Rustlings runs an exercise that
/// fails twice, its test and its `main`, and the verdict should be there within two seconds.
const LOOKS: u32 = 40;

/// The same where `RUST_BACKTRACE` is set, because to print a backtrace may take longer than any program; and in the course's
/// own tests, which share their threads with each other, and for whose verdicts nobody waits.
const LOOKS_WITH_PATIENCE: u32 = 90;

thread_local! {
    /// The line to which the program on this thread has come, if it has told one: else 0.
    static LINE: Arc<AtomicU32> = Arc::default();
}

/// Notes that the program on this thread has come to this line.
pub(crate) fn came_to(line: u32) {
    LINE.with(|known| known.store(line, Relaxed));
}

/// Runs `program` on this thread; if it hangs, ends the process with a message on stderr, within a second.
///
/// A loop that never ends cannot be stopped from outside, and whoever runs the exercises would wait with it. The studio's
/// watchdog, which says more, comes first wherever somebody waits; this is for whoever does not even wait.
///
/// ```
/// assert_eq!(paintdry_course::within_a_second("adding", || 1 + 1), 2);
/// ```
pub fn within_a_second<T>(what: &str, program: impl FnOnce() -> T) -> T {
    let _running = begin(what);
    program()
}

/// Begins to count; dropping what it gives ends that.
fn begin(what: &str) -> Sender<()> {
    let (running, is_running) = channel();
    let what = what.to_owned();
    came_to(0);
    let line = LINE.with(Arc::clone);
    let needs_patience = cfg!(test) || env::var_os("RUST_BACKTRACE").is_some();
    let looks = if needs_patience { LOOKS_WITH_PATIENCE } else { LOOKS };
    thread::spawn(move || {
        if (0..looks).all(|_| is_running.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout)) {
            // Not eprintln!, which goes to the output that a test keeps for itself.
            let _ = writeln!(std::io::stderr(), "\n{}\n", message(&what, line.load(Relaxed)));
            process::exit(101); // as after a panic
        }
    });
    running
}

fn message(what: &str, line: u32) -> String {
    let seen = if line > 0 { format!(" It was last seen at line {line}.") } else { String::new() };
    format!(
        "`{what}` hangs: it should take a few milliseconds, and is still not done.{seen}\nLook for a loop that has no way out, or for a loop or a lock that holds the thread until somebody else does something, who then gets no turn.\nWhere time is virtual, `std::thread::sleep` waits for the real one all the same; `sleep_blocking` and `sleep` do not."
    )
}
