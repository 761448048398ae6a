//! The suite catches the course's runtime with each of the faults around it that break a promise of the trait.

use crate::caught;
use crate::faulty::Faulty;
use crate::named::*;
use crate::surviving::LIMIT;
use paintdry_conformance::{Broken, broken_promises};
use std::sync::LazyLock;
use std::thread;

/// A fault, the promise that it breaks, and words of the message.
type Caught = (u8, &'static str, &'static str);

const IN_A_POLL: &str = "a wake from another thread while the task is polled";
const THREADS: &str = "as many threads run the tasks as `threads` says";
const LONG: &str = "a sleep of `Duration::MAX` begins, does not end";
const EACH_YIELD: &str = "each yield gives up the turn";
const NO_TURN: &str = "the number that gave up no turn";

/// Faults that hang may be reported as a check that has not ended, so they have no words.
const EXPECTED: [Caught; 32] = [
    (SAYS_NO_THREADS, THREADS, "`threads` said 0"),
    (SAYS_SEVEN_THREADS, THREADS, ""),
    (HANDLES_KEEP_THEIR_FIRST_WAKER, "a handle that is polled with one waker", ""),
    (SLEEPS_KEEP_THEIR_FIRST_WAKER, "a sleep that is polled with one waker", ""),
    (YIELDS_WAKE_THEIR_TASK, "a yield calls the waker that it is polled with", ""),
    (MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE, "the main future is woken from another thread", ""),
    (LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN, IN_A_POLL, ""),
    (LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK, IN_A_POLL, ""),
    (
        WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS,
        "a wake from another thread reaches the task while others yield",
        "",
    ),
    (
        WAKES_FROM_ELSEWHERE_WAIT_UNTIL_A_THREAD_IS_IDLE,
        "a wake from another thread reaches the task while others yield",
        "",
    ),
    (MAIN_WAITS_UNTIL_NO_TASK_YIELDS, "the main future runs while tasks yield all the time", ""),
    (LOSES_WAKES_BETWEEN_RUNS, "a task that waits for its waker when a run ends", ""),
    (LOSES_TIMERS_BETWEEN_RUNS, "a task that sleeps when a run ends", ""),
    (HANDLES_NEVER_END_ELSEWHERE, "a handle gives its result on another thread", ""),
    (
        HANDLES_PANIC_ELSEWHERE,
        "a handle gives its result on another thread",
        "Err(the task panicked: polled elsewhere)",
    ),
    (
        HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE,
        "a handle may be dropped on another thread",
        "the drop was Err(the task panicked: dropped elsewhere)",
    ),
    (
        SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE,
        "a sleep may be dropped on another thread",
        "the drop of a sleep that was polled 0 times was Err(the task panicked: dropped elsewhere)",
    ),
    (SPAWN_DROPS_THE_TASK, "a task can spawn a task", "dropped before its end"),
    (LOSES_EVERY_THOUSANDTH_TASK, "ten thousand tasks", "9990 instead of 10000"),
    (LOSES_PANICS, "a task that panics gives an error with its message", ""),
    (HANDLES_THAT_WERE_POLLED_CANCEL, "dropping a handle that was polled", ""),
    (NEVER_WAKES_A_SLEEPER, "three paintings overlap", ""),
    (SLEEPS_TEN_MICROSECONDS_TOO_SHORT, "a sleep that is polled again and again", "ended after 99"),
    (
        CUTS_NANOSECONDS_TO_64_BITS,
        LONG,
        "whether a sleep of 18446744073.709551616s ended before one of a millisecond was Ok(true)",
    ),
    (
        CUTS_MILLISECONDS_TO_32_BITS,
        LONG,
        "whether a sleep of 4294967.296s ended before one of a millisecond was Ok(true)",
    ),
    (CUTS_SECONDS_TO_32_BITS, LONG, "whether a sleep of 4294967296s ended before one of a millisecond was Ok(true)"),
    (TIMERS_WAIT_UNTIL_NO_TASK_YIELDS, "a sleep ends while other tasks are ready all the time", ""),
    (NINE_OF_TEN_YIELDS_DO_NOTHING, "on one thread, of tasks that only yield", "ran ahead at its turn"),
    (EVERY_SECOND_YIELD_DOES_NOTHING, EACH_YIELD, NO_TURN),
    (EVERY_THIRD_YIELD_DOES_NOTHING, EACH_YIELD, NO_TURN),
    (EVERY_FIFTIETH_YIELD_DOES_NOTHING, EACH_YIELD, NO_TURN),
    (DOES_NOT_START, "a spawned task runs even if no task awaits it", "it does not start"),
];

/// A fault, and the promises that it breaks.
type Tried = (u8, Vec<Broken>);

/// What each of the faults breaks. Several are tried at the same time, because they mostly wait to see whether a hang ends; but
/// not all, because then a check of ten thousand tasks takes as long as one that hangs.
pub(crate) static TRIED: LazyLock<Vec<Tried>> = LazyLock::new(|| {
    fn tried<const FAULT: u8>() -> Tried {
        (FAULT, broken_promises::<Faulty<FAULT>>(LIMIT))
    }
    let suites: [fn() -> Tried; 32] = [
        tried::<SAYS_NO_THREADS>,
        tried::<SAYS_SEVEN_THREADS>,
        tried::<HANDLES_KEEP_THEIR_FIRST_WAKER>,
        tried::<SLEEPS_KEEP_THEIR_FIRST_WAKER>,
        tried::<YIELDS_WAKE_THEIR_TASK>,
        tried::<MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE>,
        tried::<LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN>,
        tried::<LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK>,
        tried::<WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS>,
        tried::<WAKES_FROM_ELSEWHERE_WAIT_UNTIL_A_THREAD_IS_IDLE>,
        tried::<MAIN_WAITS_UNTIL_NO_TASK_YIELDS>,
        tried::<LOSES_WAKES_BETWEEN_RUNS>,
        tried::<LOSES_TIMERS_BETWEEN_RUNS>,
        tried::<HANDLES_NEVER_END_ELSEWHERE>,
        tried::<HANDLES_PANIC_ELSEWHERE>,
        tried::<HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE>,
        tried::<SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE>,
        tried::<SPAWN_DROPS_THE_TASK>,
        tried::<LOSES_EVERY_THOUSANDTH_TASK>,
        tried::<LOSES_PANICS>,
        tried::<HANDLES_THAT_WERE_POLLED_CANCEL>,
        tried::<NEVER_WAKES_A_SLEEPER>,
        tried::<SLEEPS_TEN_MICROSECONDS_TOO_SHORT>,
        tried::<CUTS_NANOSECONDS_TO_64_BITS>,
        tried::<CUTS_MILLISECONDS_TO_32_BITS>,
        tried::<CUTS_SECONDS_TO_32_BITS>,
        tried::<TIMERS_WAIT_UNTIL_NO_TASK_YIELDS>,
        tried::<NINE_OF_TEN_YIELDS_DO_NOTHING>,
        tried::<EVERY_SECOND_YIELD_DOES_NOTHING>,
        tried::<EVERY_THIRD_YIELD_DOES_NOTHING>,
        tried::<EVERY_FIFTIETH_YIELD_DOES_NOTHING>,
        tried::<DOES_NOT_START>,
    ];
    let at_once = |suites: &[fn() -> Tried]| {
        let running: Vec<_> = suites.iter().map(|suite| thread::spawn(*suite)).collect();
        running.into_iter().map(|suite| suite.join().expect("the suite catches panics")).collect::<Vec<_>>()
    };
    suites.chunks(8).flat_map(at_once).collect()
});

#[test]
fn each_fault_breaks_the_promise_that_is_meant() {
    for ((tried, broken), (fault, promise, words)) in TRIED.iter().zip(EXPECTED) {
        assert_eq!(*tried, fault);
        let message = caught(broken, promise, &[]);
        assert!(message.contains(words), "fault {fault} is caught in other words:\n{message}");
    }
}
