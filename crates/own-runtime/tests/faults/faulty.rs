//! The course's runtime, with one fault around it. Everything else is the runtime's own.

use crate::named::*;
use crate::wrong_futures::*;
use crate::wrong_wakers::*;
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::cell::Cell;
use std::future::{pending, ready};
use std::panic::resume_unwind;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

pub(crate) struct Faulty<const FAULT: u8>(OwnRuntime);

thread_local! {
    static HAS_RUN: Cell<bool> = const { Cell::new(false) };
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

/// Whether this call fails, where one call in N does.
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
        if FAULT == DOES_NOT_START {
            resume_unwind(Box::new("it does not start")); // which prints nothing, unlike `panic!`
        }
        Self(OwnRuntime::start())
    }

    fn threads(&self) -> usize {
        said_threads(FAULT).unwrap_or(1)
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let shared = shared();
        shared.run.fetch_add(1, SeqCst);
        assert!(FAULT != RUNS_ONCE || !HAS_RUN.replace(true), "it has run");
        assert!(!shared.is_running.swap(true, SeqCst) || FAULT != RUNS_ONCE_AFTER_A_PANIC, "it runs already");
        let output = match FAULT {
            YIELDS_WAKE_THEIR_TASK => self.0.run_until_complete(known_by_its_waker(future)),
            MAIN_IS_WOKEN_ON_ITS_THREAD_ALONE => self.0.run_until_complete(woken_on_its_thread_alone(future)),
            LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_MAIN => {
                self.0.run_until_complete(faultily_woken::<FAULT, _>(future))
            }
            MAIN_WAITS_UNTIL_NO_TASK_YIELDS => self.0.run_until_complete(until_no_task_yields(future)),
            _ => self.0.run_until_complete(future),
        };
        shared.is_running.store(false, SeqCst);
        output
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        match FAULT {
            HANDLES_KEEP_THEIR_FIRST_WAKER => Box::pin(KeepsItsFirstWaker::new(OwnRuntime::spawn(future))),
            YIELDS_WAKE_THEIR_TASK => OwnRuntime::spawn(known_by_its_waker(future)),
            LOSES_WAKES_FROM_ELSEWHERE_IN_A_POLL_OF_A_TASK
            | WAKES_FROM_ELSEWHERE_WAIT_UNTIL_NO_TASK_YIELDS
            | WAKES_FROM_ELSEWHERE_WAIT_UNTIL_A_THREAD_IS_IDLE
            | MAIN_WAITS_UNTIL_NO_TASK_YIELDS
            | LOSES_WAKES_BETWEEN_RUNS => OwnRuntime::spawn(faultily_woken::<FAULT, _>(future)),
            HANDLES_NEVER_END_ELSEWHERE | HANDLES_PANIC_ELSEWHERE | HANDLES_PANIC_WHEN_DROPPED_ELSEWHERE => {
                at_home::<FAULT, _>(OwnRuntime::spawn(future))
            }
            SPAWN_DROPS_THE_TASK => Box::pin(ready(Err(TaskError::Cancelled))),
            LOSES_EVERY_THOUSANDTH_TASK if every(1_000) => Box::pin(ready(Err(TaskError::Cancelled))),
            LOSES_PANICS => {
                let task = OwnRuntime::spawn(future);
                Box::pin(async { task.await.map_err(|_| TaskError::Cancelled) })
            }
            LEAKS_WHAT_PANICKED => OwnRuntime::spawn(leaks_if_it_panics(future)),
            LEAKS_WHAT_COMES_LATE if !shared().is_running.load(SeqCst) => {
                std::mem::forget(future);
                Box::pin(ready(Err(TaskError::Cancelled)))
            }
            TURNS_RUN_OUT => OwnRuntime::spawn(no_more_turns_than(1_500, future)),
            DROPPED_HANDLE_ENDS_THE_TASK => ends_with_its_handle(future),
            HANDLES_THAT_WERE_POLLED_CANCEL => cancels_when_polled(future),
            _ => OwnRuntime::spawn(future),
        }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        const MILLISECOND: Duration = Duration::from_millis(1);
        const SECOND: Duration = Duration::from_secs(1);
        let sleep: Boxed<()> = match FAULT {
            SLEEPS_KEEP_THEIR_FIRST_WAKER => Box::pin(KeepsItsFirstWaker::new(OwnRuntime::sleep(duration))),
            LOSES_TIMERS_BETWEEN_RUNS => Box::pin(faultily_woken::<FAULT, _>(OwnRuntime::sleep(duration))),
            SLEEPS_PANIC_WHEN_DROPPED_ELSEWHERE => at_home::<FAULT, _>(OwnRuntime::sleep(duration)),
            NEVER_WAKES_A_SLEEPER => Box::pin(pending()),
            SLEEPS_TEN_MICROSECONDS_TOO_SHORT if duration >= MILLISECOND => {
                Box::pin(OwnRuntime::sleep(duration.saturating_sub(Duration::from_micros(10))))
            }
            CUTS_NANOSECONDS_TO_64_BITS => {
                Box::pin(OwnRuntime::sleep(Duration::from_nanos(cut(duration.as_nanos(), 64))))
            }
            CUTS_MILLISECONDS_TO_32_BITS if duration >= SECOND => {
                Box::pin(OwnRuntime::sleep(Duration::from_millis(cut(duration.as_millis(), 32))))
            }
            CUTS_SECONDS_TO_32_BITS if duration >= SECOND => {
                Box::pin(OwnRuntime::sleep(Duration::from_secs(cut(duration.as_secs().into(), 32))))
            }
            SLEEP_PANICS_WHEN_DROPPED => Box::pin(panics_when_dropped(OwnRuntime::sleep(duration))),
            TIMERS_WAIT_UNTIL_NO_TASK_YIELDS => Box::pin(sleep_until_no_task_yields(duration)),
            _ => Box::pin(OwnRuntime::sleep(duration)),
        };
        sleep
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        let yield_now: Boxed<()> = match FAULT {
            YIELDS_WAKE_THEIR_TASK => Box::pin(wakes_its_task()),
            NINE_OF_TEN_YIELDS_DO_NOTHING if !every(10) => Box::pin(ready(())),
            EVERY_SECOND_YIELD_DOES_NOTHING if every(2) => Box::pin(ready(())),
            EVERY_THIRD_YIELD_DOES_NOTHING if every(3) => Box::pin(ready(())),
            EVERY_FIFTIETH_YIELD_DOES_NOTHING if every(50) => Box::pin(ready(())),
            _ => Box::pin(noted_yield()),
        };
        yield_now
    }
}
