//! The conformance suite can fail: it catches runtimes that each add one fault to the loop.

use futures::FutureExt;
use futures::future::{pending, ready};
use paintdry_conformance::{Broken, assert_conforms, broken_promises};
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::EventLoop;
use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::time::Duration;

const NONE: u8 = 0;
const SLEEPS_TOO_SHORT: u8 = 1;
const NEVER_WAKES_A_SLEEPER: u8 = 2;
const YIELD_DOES_NOTHING: u8 = 3;
const NINE_OF_TEN_YIELDS_DO_NOTHING: u8 = 4;
const SPAWN_WAITS_FOR_AWAIT: u8 = 5;
const SPAWN_DROPS_THE_TASK: u8 = 6;
const LOSES_THE_MESSAGE_OF_A_PANIC: u8 = 7;
const LOSES_EVERY_THOUSANDTH_TASK: u8 = 8;
const SLEEPS_A_MICROSECOND_TOO_SHORT: u8 = 9;
const EVERY_SECOND_YIELD_DOES_NOTHING: u8 = 10;
const EVERY_THIRD_YIELD_DOES_NOTHING: u8 = 11;
const EVERY_FIFTIETH_YIELD_DOES_NOTHING: u8 = 12;
const CUTS_NANOSECONDS_TO_64_BITS: u8 = 13;
const CUTS_MILLISECONDS_TO_32_BITS: u8 = 14;
const CUTS_SECONDS_TO_32_BITS: u8 = 15;
const SAYS_NO_THREADS: u8 = 16;

/// The loop, with a fault.
struct Faulty<const FAULT: u8>(EventLoop);

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

thread_local!(static CALLS: Cell<u32> = const { Cell::new(0) });

fn every(calls: u32) -> bool {
    CALLS.set(CALLS.get() + 1);
    CALLS.get().is_multiple_of(calls)
}

/// What `as u64`, or `as u32`, leaves of a number.
fn cut(number: u128, bits: u32) -> u64 {
    u64::try_from(number % (1 << bits)).expect("it has no more bits than that")
}

impl<const FAULT: u8> Runtime for Faulty<FAULT> {
    const NAME: &'static str = "faulty";

    type Task<T: Send + 'static> = Boxed<Result<T, TaskError>>;

    fn start() -> Self {
        let event_loop = EventLoop::new();
        // The fault may be a hang, so it waits only briefly.
        Self(if FAULT == NONE { event_loop } else { event_loop.with_patience(Duration::from_millis(100)) })
    }

    fn threads(&self) -> usize {
        usize::from(FAULT != SAYS_NO_THREADS)
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        Runtime::run_until_complete(&self.0, future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        match FAULT {
            SPAWN_WAITS_FOR_AWAIT => {
                Box::pin(AssertUnwindSafe(future).catch_unwind().map(|result| result.map_err(TaskError::from_panic)))
            }
            SPAWN_DROPS_THE_TASK => Box::pin(ready(Err(TaskError::Cancelled))),
            LOSES_EVERY_THOUSANDTH_TASK if every(1000) => Box::pin(ready(Err(TaskError::Cancelled))),
            LOSES_THE_MESSAGE_OF_A_PANIC => {
                Box::pin(EventLoop::spawn(future).map(|result| result.map_err(|_| TaskError::Cancelled)))
            }
            _ => Box::pin(EventLoop::spawn(future)),
        }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let sleep: Boxed<()> = match FAULT {
            SLEEPS_TOO_SHORT => Box::pin(ready(())), // by any time at all, a busy machine might make up for it
            NEVER_WAKES_A_SLEEPER => Box::pin(pending()),
            SLEEPS_A_MICROSECOND_TOO_SHORT if duration >= Duration::from_millis(1) => {
                Box::pin(<EventLoop as Runtime>::sleep(duration.saturating_sub(Duration::from_micros(1))))
            }
            CUTS_NANOSECONDS_TO_64_BITS => {
                Box::pin(<EventLoop as Runtime>::sleep(Duration::from_nanos(cut(duration.as_nanos(), 64))))
            }
            CUTS_MILLISECONDS_TO_32_BITS if duration >= Duration::from_secs(1) => {
                Box::pin(<EventLoop as Runtime>::sleep(Duration::from_millis(cut(duration.as_millis(), 32))))
            }
            CUTS_SECONDS_TO_32_BITS if duration >= Duration::from_secs(1) => {
                Box::pin(<EventLoop as Runtime>::sleep(Duration::from_secs(cut(duration.as_secs().into(), 32))))
            }
            _ => Box::pin(<EventLoop as Runtime>::sleep(duration)),
        };
        sleep
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        let yield_now: Boxed<()> = match FAULT {
            YIELD_DOES_NOTHING => Box::pin(ready(())),
            NINE_OF_TEN_YIELDS_DO_NOTHING if !every(10) => Box::pin(ready(())),
            EVERY_SECOND_YIELD_DOES_NOTHING if every(2) => Box::pin(ready(())),
            EVERY_THIRD_YIELD_DOES_NOTHING if every(3) => Box::pin(ready(())),
            EVERY_FIFTIETH_YIELD_DOES_NOTHING if every(50) => Box::pin(ready(())),
            _ => Box::pin(EventLoop::yield_now()),
        };
        yield_now
    }
}

/// The promises that the loop with this fault breaks. A check that hangs has three seconds; the assertions do not depend
/// on that.
fn broken<const FAULT: u8>() -> Vec<Broken> {
    broken_promises::<Faulty<FAULT>>(Duration::from_secs(3))
}

/// Asserts that the promise that starts with `promise` is broken, and returns what happened.
fn caught(broken: &[Broken], promise: &str) -> String {
    let found = broken.iter().find(|broken| broken.promise.starts_with(promise));
    found.unwrap_or_else(|| panic!("not caught; instead: {broken:?}")).happened.clone()
}

#[test]
fn without_a_fault_it_conforms() {
    assert_conforms::<Faulty<NONE>>();
}

#[test]
fn sleeps() {
    let short = broken::<SLEEPS_TOO_SHORT>();
    assert!(caught(&short, "a sleep never ends early").contains("a sleep of 5.5ms ended after"));
}

#[test]
fn sleeps_that_are_a_little_too_short() {
    let short = broken::<SLEEPS_A_MICROSECOND_TOO_SHORT>();
    assert!(caught(&short, "a sleep that is polled again and again").contains("ended after 999."));
}

#[test]
fn sleeps_that_are_cut() {
    const LONG: &str = "a sleep of `Duration::MAX` begins, does not end";
    let ended = |broken: &[Broken], sleep: &str| {
        let happened = caught(broken, LONG);
        let expected = format!("whether a sleep of {sleep} ended before one of a millisecond was Ok(true)");
        assert!(happened.contains(&expected), "{happened}");
    };
    ended(&broken::<CUTS_NANOSECONDS_TO_64_BITS>(), "18446744073.709551616s");
    ended(&broken::<CUTS_MILLISECONDS_TO_32_BITS>(), "4294967.296s");
    ended(&broken::<CUTS_SECONDS_TO_32_BITS>(), "4294967296s");
}

#[test]
fn no_threads() {
    let happened = caught(&broken::<SAYS_NO_THREADS>(), "as many threads run the tasks as `threads` says");
    assert_eq!(happened, "`threads` said 0");
}

#[test]
fn yields_of_which_some_do_nothing() {
    for broken in [
        broken::<EVERY_SECOND_YIELD_DOES_NOTHING>(),
        broken::<EVERY_THIRD_YIELD_DOES_NOTHING>(),
        broken::<EVERY_FIFTIETH_YIELD_DOES_NOTHING>(),
    ] {
        assert!(caught(&broken, "each yield gives up the turn").contains("the number that gave up no turn"));
    }
}

#[test]
fn sleepers() {
    let never = broken::<NEVER_WAKES_A_SLEEPER>();
    assert!(caught(&never, "three paintings overlap").contains("no task can run"));
}

#[test]
fn yields() {
    let none = broken::<YIELD_DOES_NOTHING>();
    assert!(caught(&none, "a yield lets every other task run").contains("[Ok(1), Ok(2),"));
    assert!(caught(&none, "two amaps interleave").contains("one ran alone"));
    assert!(caught(&none, "on one thread, a yield lets").contains("[Ok(Ok(0)), Ok(Ok(0)), Ok(Ok(0))]"));
    let few = broken::<NINE_OF_TEN_YIELDS_DO_NOTHING>();
    assert!(caught(&few, "on one thread, of tasks that only yield").contains("ran ahead at its turn"));
}

#[test]
fn spawns() {
    caught(&broken::<SPAWN_WAITS_FOR_AWAIT>(), "a spawned task runs even if no task awaits it");
    assert!(caught(&broken::<SPAWN_DROPS_THE_TASK>(), "a task can spawn a task").contains("dropped before its end"));
    let few = broken::<LOSES_EVERY_THOUSANDTH_TASK>();
    assert!(caught(&few, "ten thousand tasks").contains("9990 instead of 10000"));
    caught(&broken::<LOSES_THE_MESSAGE_OF_A_PANIC>(), "a task that panics gives an error with its message");
}
