//! The end of patience: turns a program that hangs into a message.

use crate::chapter;
use std::cell::RefCell;
use std::env;
use std::fs;
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

/// In an exercise, the learner's part ends here.
const MARK: &str = "// You need not change anything below this line.";

thread_local! {
    static CALLS: RefCell<Arc<Calls>> = RefCell::default();
}

/// The lines from which the program on this thread called the course.
#[derive(Default)]
struct Calls {
    /// The program's file; a call from another file is not noted.
    file: &'static str,
    /// The line of [`MARK`], or the end of all lines.
    mark: u32,
    /// The line of the last call, or 0.
    last: AtomicU32,
    /// The line of the last call above the mark, or 0.
    last_above: AtomicU32,
}

impl Calls {
    fn of(file: &'static str) -> Self {
        let text = fs::read_to_string(file).unwrap_or_default();
        let mark =
            (1..).zip(text.lines()).find(|(_, line)| line.trim_start() == MARK).map_or(u32::MAX, |(line, _)| line);
        Self { file, mark, ..Self::default() }
    }

    fn came_to(&self, line: u32) {
        self.last.store(line, Relaxed);
        if line < self.mark {
            self.last_above.store(line, Relaxed);
        }
    }

    /// Where to look. The program hangs after its last call, but that may be a call of another task.
    fn advice(&self) -> String {
        let below = ", which is in the part that you need not change";
        let (last, above) = (self.last.load(Relaxed), self.last_above.load(Relaxed));
        let (place, then) = match (last, above) {
            (0, _) => return String::new(),
            (_, 0) => (format!("{last}{below}"), "look at what your part does then"),
            _ => {
                let above = if last == above {
                    String::new()
                } else {
                    format!("{below}; above it, the last was at line {above}")
                };
                (format!("{last}{above}"), "look at what runs then, and at the loop around it")
            }
        };
        format!(
            "\nIts last call into the course was at line {place}. It hangs after that call, perhaps in another task: {then}."
        )
    }
}

/// Notes that the program on this thread has called the course from here.
pub(crate) fn came_to(caller: &Location<'_>) {
    CALLS.with_borrow(|calls| {
        if caller.file() == calls.file {
            calls.came_to(caller.line());
        }
    });
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
    let file = Location::caller().file();
    let calls = Arc::new(Calls::of(file));
    let _running = begin(what, chapter::pointer(file).unwrap_or_default(), Arc::clone(&calls));
    let before = CALLS.replace(calls);
    let result = program();
    CALLS.set(before); // of the program that this one was a part of
    result
}

/// Starts counting, and stops when the returned value is dropped.
fn begin(what: &str, chapter: String, calls: Arc<Calls>) -> Sender<()> {
    let (running, is_running) = channel();
    let what = what.to_owned();
    let needs_patience = chapter.is_empty() || env::var_os("RUST_BACKTRACE").is_some();
    let looks = if needs_patience { LOOKS_WITH_PATIENCE } else { LOOKS };
    thread::spawn(move || {
        if (0..looks).all(|_| is_running.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout)) {
            // Not eprintln!, which a test captures.
            let _ = writeln!(std::io::stderr(), "\n{}\n{chapter}\n", message(&what, &calls));
            process::exit(101); // as after a panic
        }
    });
    running
}

fn message(what: &str, calls: &Calls) -> String {
    let advice = calls.advice();
    format!(
        "`{what}` hangs: it should take a few milliseconds, and is still not done.{advice}\nLook for a loop that has no way out, for a parked thread that is never woken, or for a loop or a lock that blocks the thread until another task does something: that task never runs.\nIn virtual time, use `sleep` or `sleep_blocking`: `std::thread::sleep` waits in real time."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hang_names_the_last_call_and_does_not_say_that_it_hangs_there() {
        let after = |lines: &[u32]| {
            let calls = Calls { mark: 20, ..Calls::default() };
            for line in lines {
                calls.came_to(*line);
            }
            message("paint", &calls)
        };
        assert!(!after(&[]).contains("line"), "{}", after(&[]));
        for (lines, place) in [
            (&[33, 12][..], "\nIts last call into the course was at line 12. It hangs after that call"),
            (&[33], " at line 33, which is in the part that you need not change. It hangs after that call"),
            (
                &[12, 33],
                " at line 33, which is in the part that you need not change; above it, the last was at line 12.",
            ),
        ] {
            let message = after(lines);
            assert!(message.contains(place) && message.contains(": look at what "), "{message}");
        }
    }

    #[test]
    fn the_learners_part_ends_at_the_mark() {
        let loop4 = concat!(env!("CARGO_MANIFEST_DIR"), "/../exercises/exercises/03_event_loop/loop4.rs");
        let text = fs::read_to_string(loop4).expect("the exercise is there");
        let above = text.lines().take_while(|line| *line != MARK).count();
        assert_eq!(Calls::of(loop4).mark as usize, above + 1);
        assert_eq!(Calls::of("no file").mark, u32::MAX);
    }
}
