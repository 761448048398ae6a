//! The faults that the course's runtime can have around it.

use std::pin::Pin;

pub(crate) const RIGHT: u8 = 0;
pub(crate) const DOES_NOT_START: u8 = 1;
pub(crate) const SAYS_NO_THREADS: u8 = 2;
pub(crate) const SAYS_SEVEN_THREADS: u8 = 3;
pub(crate) const RUNS_ONCE: u8 = 4;
pub(crate) const RUNS_ONCE_AFTER_A_PANIC: u8 = 5;
// Which waker is called
pub(crate) const HANDLES_KEEP_THEIR_FIRST_WAKER: u8 = 10;
pub(crate) const SLEEPS_KEEP_THEIR_FIRST_WAKER: u8 = 11;
pub(crate) const YIELDS_WAKE_THEIR_TASK: u8 = 12;
pub(crate) const MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE: u8 = 13;
// When another thread, another run or an endless yield comes in between
pub(crate) const LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN: u8 = 20;
pub(crate) const LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK: u8 = 21;
pub(crate) const WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS: u8 = 22;
pub(crate) const MAIN_WAITS_UNTIL_NO_TASK_YIELDS: u8 = 23;
pub(crate) const LOSES_WAKES_BETWEEN_RUNS: u8 = 24;
pub(crate) const LOSES_TIMERS_BETWEEN_RUNS: u8 = 25;
pub(crate) const HANDLES_NEVER_END_ELSEWHERE: u8 = 26;
pub(crate) const HANDLES_PANIC_ELSEWHERE: u8 = 27;
pub(crate) const HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE: u8 = 28;
pub(crate) const SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE: u8 = 29;
pub(crate) const WAKES_FROM_ELSEWHERE_WAIT_UNTIL_A_THREAD_IS_IDLE: u8 = 60;
// Tasks
pub(crate) const SPAWN_DROPS_THE_TASK: u8 = 30;
pub(crate) const LOSES_EVERY_THOUSANDTH_TASK: u8 = 31;
pub(crate) const LOSES_PANICS: u8 = 32;
pub(crate) const LEAKS_WHAT_PANICKED: u8 = 33;
pub(crate) const LEAKS_WHAT_COMES_LATE: u8 = 34;
pub(crate) const TURNS_RUN_OUT: u8 = 35;
pub(crate) const DROPPED_HANDLE_ENDS_THE_TASK: u8 = 36;
pub(crate) const HANDLES_THAT_WERE_POLLED_CANCEL: u8 = 37;
// Sleeps
pub(crate) const NEVER_WAKES_A_SLEEPER: u8 = 40;
pub(crate) const SLEEPS_TEN_MICROSECONDS_TOO_SHORT: u8 = 41;
pub(crate) const CUTS_NANOSECONDS_TO_64_BITS: u8 = 42;
pub(crate) const CUTS_MILLISECONDS_TO_32_BITS: u8 = 43;
pub(crate) const CUTS_SECONDS_TO_32_BITS: u8 = 44;
pub(crate) const SLEEP_PANICS_WHEN_DROPPED: u8 = 45;
pub(crate) const TIMERS_WAIT_UNTIL_NO_TASK_YIELDS: u8 = 46;
// Yields
pub(crate) const NINE_OF_TEN_YIELDS_DO_NOTHING: u8 = 50;
pub(crate) const EVERY_SECOND_YIELD_DOES_NOTHING: u8 = 51;
pub(crate) const EVERY_THIRD_YIELD_DOES_NOTHING: u8 = 52;
pub(crate) const EVERY_FIFTIETH_YIELD_DOES_NOTHING: u8 = 53;

/// How many threads a runtime with the fault says it has, if that is its fault or a part of it.
pub(crate) const fn said_threads(fault: u8) -> Option<usize> {
    match fault {
        SAYS_NO_THREADS => Some(0),
        SAYS_SEVEN_THREADS => Some(7),
        WAKES_FROM_ELSEWHERE_WAIT_UNTIL_A_THREAD_IS_IDLE => Some(2),
        _ => None,
    }
}

pub(crate) type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;
