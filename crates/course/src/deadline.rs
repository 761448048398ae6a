//! The end of patience: a program that hangs becomes a message.

use std::io::Write;
use std::process;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);

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
    thread::spawn(move || {
        if is_running.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            // Not eprintln!, which goes to the output that a test keeps for itself.
            let _ = writeln!(std::io::stderr(), "\n{}\n", message(&what));
            process::exit(101); // as after a panic
        }
    });
    running
}

fn message(what: &str) -> String {
    format!(
        "`{what}` hangs: after a second it is still not done.\nLook for a loop that has no way out, or that waits for a change that nobody else gets a turn to make.\nTime is virtual here: `std::thread::sleep` waits for the real one, `sleep_blocking` and `sleep` do not."
    )
}
