//! The suite catches the course's runtime with each of the faults around it that break a promise of the trait.

use crate::caught;
use crate::faulty::Faulty;
use crate::named::*;
use crate::surviving::LIMIT;
use paintdry_conformance::{Broken, broken_promises};
use std::sync::LazyLock;
use std::thread;

/// A fault, and how it is caught.
pub(crate) struct Fault {
    pub(crate) number: u8,
    /// The promise that it breaks.
    promise: &'static str,
    /// Words of the message. A fault that hangs may be reported as a check that has not ended, so it has none.
    words: &'static str,
    broken: fn() -> Vec<Broken>,
}

const fn fault<const FAULT: u8>(promise: &'static str, words: &'static str) -> Fault {
    Fault { number: FAULT, promise, words, broken: || broken_promises::<Faulty<FAULT>>(LIMIT) }
}

const IN_A_POLL: &str = "a wake from another thread while the task is polled";
const THREADS: &str = "as many threads run the tasks as `threads` says";
const LONG: &str = "a sleep of `Duration::MAX` begins, does not end";
const EACH_YIELD: &str = "each yield gives up the turn";
const NO_TURN: &str = "the number that gave up no turn";

const FAULTS: &[Fault] = &[
    fault::<SAYS_NO_THREADS>(THREADS, "`threads` said 0"),
    fault::<SAYS_SEVEN_THREADS>(THREADS, ""),
    fault::<HANDLES_KEEP_THEIR_FIRST_WAKER>("a handle that is polled with one waker", ""),
    fault::<SLEEPS_KEEP_THEIR_FIRST_WAKER>("a sleep that is polled with one waker", ""),
    fault::<YIELDS_WAKE_THEIR_TASK>("a yield calls the waker that it is polled with", ""),
    fault::<MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE>("the main future is woken from another thread", ""),
    fault::<LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN>(IN_A_POLL, ""),
    fault::<LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK>(IN_A_POLL, ""),
    fault::<WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS>(
        "a wake from another thread reaches the task while others yield",
        "",
    ),
    fault::<WAKES_FROM_ELSEWHERE_WAIT_UNTIL_A_THREAD_IS_IDLE>(
        "a wake from another thread reaches the task while others yield",
        "",
    ),
    fault::<MAIN_WAITS_UNTIL_NO_TASK_YIELDS>("the main future runs while tasks yield all the time", ""),
    fault::<LOSES_WAKES_BETWEEN_RUNS>("a task that waits for its waker when a run ends", ""),
    fault::<LOSES_TIMERS_BETWEEN_RUNS>("a task that sleeps when a run ends", ""),
    fault::<HANDLES_NEVER_END_ELSEWHERE>("a handle gives its result on another thread", ""),
    fault::<HANDLES_PANIC_ELSEWHERE>(
        "a handle gives its result on another thread",
        "Err(the task panicked: polled elsewhere)",
    ),
    fault::<HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE>(
        "a handle may be dropped on another thread",
        "the drop was Err(the task panicked: dropped elsewhere)",
    ),
    fault::<SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE>(
        "a sleep may be dropped on another thread",
        "the drop of a sleep that was polled 0 times was Err(the task panicked: dropped elsewhere)",
    ),
    fault::<SPAWN_DROPS_THE_TASK>("a task can spawn a task", "dropped before its end"),
    fault::<LOSES_EVERY_THOUSANDTH_TASK>("ten thousand tasks", "9990 instead of 10000"),
    fault::<LOSES_PANICS>("a task that panics gives an error with its message", ""),
    fault::<HANDLES_THAT_WERE_POLLED_CANCEL>("dropping a handle that was polled", ""),
    fault::<NEVER_WAKES_A_SLEEPER>("three paintings overlap", ""),
    fault::<SLEEPS_TEN_MICROSECONDS_TOO_SHORT>("a sleep that is polled again and again", "ended after 99"),
    fault::<CUTS_NANOSECONDS_TO_64_BITS>(
        LONG,
        "whether a sleep of 18446744073.709551616s ended before one of a millisecond was Ok(true)",
    ),
    fault::<CUTS_MILLISECONDS_TO_32_BITS>(
        LONG,
        "whether a sleep of 4294967.296s ended before one of a millisecond was Ok(true)",
    ),
    fault::<CUTS_SECONDS_TO_32_BITS>(
        LONG,
        "whether a sleep of 4294967296s ended before one of a millisecond was Ok(true)",
    ),
    fault::<TIMERS_WAIT_UNTIL_NO_TASK_YIELDS>("a sleep ends while other tasks are ready all the time", ""),
    fault::<NINE_OF_TEN_YIELDS_DO_NOTHING>("on one thread, of tasks that only yield", "ran ahead at its turn"),
    fault::<EVERY_SECOND_YIELD_DOES_NOTHING>(EACH_YIELD, NO_TURN),
    fault::<EVERY_THIRD_YIELD_DOES_NOTHING>(EACH_YIELD, NO_TURN),
    fault::<EVERY_FIFTIETH_YIELD_DOES_NOTHING>(EACH_YIELD, NO_TURN),
    fault::<DOES_NOT_START>("a spawned task runs even if no task awaits it", "it does not start"),
];

/// A fault, and the promises that it breaks.
type Tried = (&'static Fault, Vec<Broken>);

/// What each of the faults breaks. Several are tried at the same time, because they mostly wait to see whether a hang ends; but
/// not all, because then a check of ten thousand tasks takes as long as one that hangs.
pub(crate) static TRIED: LazyLock<Vec<Tried>> = LazyLock::new(|| {
    let at_once = |faults: &'static [Fault]| {
        let running: Vec<_> = faults.iter().map(|fault| (fault, thread::spawn(fault.broken))).collect();
        running.into_iter().map(|(fault, suite)| (fault, suite.join().expect("the suite catches panics")))
    };
    FAULTS.chunks(8).flat_map(at_once).collect()
});

#[test]
fn each_fault_breaks_the_promise_that_is_meant() {
    for (Fault { number, promise, words, .. }, broken) in TRIED.iter() {
        let message = caught(broken, promise, &[]);
        assert!(message.contains(words), "fault {number} is caught in other words:\n{message}");
    }
}
