//! The end of patience: a program that hangs becomes a message.

use std::io::Write;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);

thread_local! {
    /// The line to which the program on this thread has come, if it has told one: else 0.
    static LINE: Arc<AtomicU32> = Arc::default();
}

/// Notes that the program on this thread has come to this line.
pub(crate) fn came_to(line: u32) {
    LINE.with(|known| known.store(line, Relaxed));
}

/// Runs `program` on this thread; if that takes more than a second, ends the process with a message on stderr.
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
    thread::spawn(move || {
        if is_running.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
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
        "`{what}` hangs: after a second it is still not done.{seen}\nLook for a loop that has no way out, or for a loop or a lock that holds the thread until somebody else does something, who then gets no turn.\nWhere time is virtual, `std::thread::sleep` waits for the real one all the same; `sleep_blocking` and `sleep` do not."
    )
}
