//! The suites under faults and under load can fail: they catch the course's runtime with one fault each around it, and the
//! learner's executor, whose wakers own the tasks and which drops ended tasks where no code catches a panic.

use crate::learner::{LOSES_A_NESTED_SPAWN, LOSES_A_WAKE_DURING_A_POLL, Learner, NONE};
use crate::says;
use paintdry_conformance::{Broken, PanicInDrop, broken_promises, broken_under_faults, broken_under_load};
use paintdry_core::{Runtime, TaskError};
use paintdry_own_runtime::OwnRuntime;
use std::cell::Cell;
use std::future::{poll_fn, ready};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::Poll;
use std::thread;
use std::time::Duration;

const RIGHT: u8 = 0;
const SLEEP_PANICS_WHEN_DROPPED: u8 = 1;
const DROPPED_HANDLE_ENDS_THE_TASK: u8 = 2;
const LEAKS_WHAT_PANICKED: u8 = 3;
const LOSES_PANICS: u8 = 4;
const RUNS_ONCE_AFTER_A_PANIC: u8 = 5;
const LEAKS_WHAT_COMES_LATE: u8 = 6;
const LOSES_EVERY_THOUSANDTH_TASK: u8 = 7;
const TURNS_RUN_OUT: u8 = 8;
const RUNS_ONCE: u8 = 9;

/// The course's runtime, with a fault.
struct Faulty<const FAULT: u8>(OwnRuntime);

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

thread_local! {
    static HAS_RUN: Cell<bool> = const { Cell::new(false) };
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
    static SPAWNED: Cell<usize> = const { Cell::new(0) };
}

impl<const FAULT: u8> Runtime for Faulty<FAULT> {
    const NAME: &'static str = "faulty";

    type Task<T: Send + 'static> = Boxed<Result<T, TaskError>>;

    fn start() -> Self {
        Self(OwnRuntime::start())
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        assert!(FAULT != RUNS_ONCE_AFTER_A_PANIC || !IS_RUNNING.get(), "it runs already");
        assert!(FAULT != RUNS_ONCE || !HAS_RUN.replace(true), "it has run");
        IS_RUNNING.set(true);
        let output = self.0.run_until_complete(future);
        IS_RUNNING.set(false);
        output
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        SPAWNED.set(SPAWNED.get() + 1);
        match FAULT {
            LOSES_PANICS => {
                let task = OwnRuntime::spawn(future);
                Box::pin(async { task.await.map_err(|_| TaskError::Cancelled) })
            }
            LEAKS_WHAT_PANICKED => OwnRuntime::spawn(leaks_if_it_panics(future)),
            DROPPED_HANDLE_ENDS_THE_TASK => ends_with_its_handle(future),
            LOSES_EVERY_THOUSANDTH_TASK if SPAWNED.get().is_multiple_of(1_000) => {
                Box::pin(ready(Err(TaskError::Cancelled)))
            }
            LEAKS_WHAT_COMES_LATE if !IS_RUNNING.get() => {
                std::mem::forget(future);
                Box::pin(ready(Err(TaskError::Cancelled)))
            }
            TURNS_RUN_OUT => OwnRuntime::spawn(no_more_turns_than(1_500, future)),
            _ => OwnRuntime::spawn(future),
        }
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        let sleep = OwnRuntime::sleep(duration);
        async move {
            let mut guard = (FAULT == SLEEP_PANICS_WHEN_DROPPED).then(|| Armed(true));
            sleep.await;
            if let Some(guard) = &mut guard {
                guard.0 = false;
            }
        }
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        OwnRuntime::yield_now()
    }
}

struct Armed(bool);

impl Drop for Armed {
    fn drop(&mut self) {
        if self.0 {
            resume_unwind(Box::new("the timer is set"));
        }
    }
}

fn leaks_if_it_panics<F: Future<Output: Send> + Send>(future: F) -> impl Future<Output = F::Output> + Send {
    let mut future = Some(Box::pin(future));
    poll_fn(move |context| {
        let poll = AssertUnwindSafe(|| future.as_mut().expect("it has not ended").as_mut().poll(context));
        catch_unwind(poll).unwrap_or_else(|payload| {
            std::mem::forget(future.take());
            resume_unwind(payload)
        })
    })
}

/// A budget of turns that is never refilled.
fn no_more_turns_than<F: Future + Send>(turns: usize, future: F) -> impl Future<Output = F::Output> + Send {
    let (mut future, mut left) = (Box::pin(future), turns);
    poll_fn(move |context| {
        if left == 0 {
            return Poll::Pending;
        }
        left -= 1;
        future.as_mut().poll(context)
    })
}

/// The task checks at its next turn whether its handle is there.
fn ends_with_its_handle<F>(future: F) -> Boxed<Result<F::Output, TaskError>>
where
    F: Future<Output: Send> + Send + 'static,
{
    let is_wanted = Arc::new(AtomicBool::new(true));
    let (looks, mut future) = (Arc::clone(&is_wanted), Box::pin(future));
    let task = OwnRuntime::spawn(poll_fn(move |context| {
        if looks.load(SeqCst) { future.as_mut().poll(context).map(Some) } else { Poll::Ready(None) }
    }));
    let handle = Handle(is_wanted);
    Box::pin(async move {
        let result = task.await?;
        drop(handle);
        result.ok_or(TaskError::Cancelled)
    })
}

struct Handle(Arc<AtomicBool>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.store(false, SeqCst);
    }
}

/// The promises that the runtime with this fault breaks. A check that hangs has three seconds.
fn broken<const FAULT: u8>() -> Vec<Broken> {
    broken_under_faults::<Faulty<FAULT>>(PanicInDrop::IsCaught, Duration::from_secs(3))
}

/// The promises that any of these faults breaks.
pub(crate) fn broken_by_any() -> Vec<Broken> {
    const LIMIT: Duration = Duration::from_secs(3);
    let suites: [fn() -> Vec<Broken>; 13] = [
        broken::<SLEEP_PANICS_WHEN_DROPPED>,
        broken::<DROPPED_HANDLE_ENDS_THE_TASK>,
        broken::<LEAKS_WHAT_PANICKED>,
        broken::<LOSES_PANICS>,
        broken::<RUNS_ONCE_AFTER_A_PANIC>,
        broken::<LEAKS_WHAT_COMES_LATE>,
        || broken_under_load::<Faulty<LOSES_EVERY_THOUSANDTH_TASK>>(2_000, LIMIT),
        || broken_under_load::<Faulty<TURNS_RUN_OUT>>(2_000, LIMIT),
        || broken_under_load::<Learner<LOSES_A_WAKE_DURING_A_POLL>>(2_000, LIMIT),
        || broken_under_faults::<Learner<LOSES_A_NESTED_SPAWN>>(PanicInDrop::IsCaught, LIMIT),
        || broken_promises::<Faulty<RUNS_ONCE>>(LIMIT),
        || broken_under_faults::<Learner<NONE>>(PanicInDrop::IsCaught, LIMIT),
        || broken_under_load::<Learner<NONE>>(2_000, Duration::from_secs(20)),
    ];
    let running = suites.map(thread::spawn);
    running.into_iter().flat_map(|suite| suite.join().expect("the suite catches panics")).collect()
}

/// Asserts that these promises are broken, and no others, and that the messages say these words.
fn only(broken: &[Broken], expected: &[(&str, &str)]) {
    let promises: Vec<_> = broken.iter().map(|broken| broken.promise).collect();
    assert_eq!(broken.len(), expected.len(), "{promises:#?}");
    for (broken, (promise, words)) in broken.iter().zip(expected) {
        assert!(broken.promise.starts_with(promise), "{promises:#?}");
        says(&broken.to_string(), &[words, broken.trait_says, broken.look_at]);
    }
}

#[test]
fn without_a_fault_it_survives_them() {
    only(&broken::<RIGHT>(), &[]);
    only(&broken_under_load::<Faulty<RIGHT>>(2_000, Duration::from_secs(3)), &[]);
}

#[test]
fn a_sleep_that_must_not_be_dropped() {
    let words = "amap, dropped after 1 polls: the task panicked: the timer is set";
    only(&broken::<SLEEP_PANICS_WHEN_DROPPED>(), &[("a coroutine may be dropped at any of its awaits", words)]);
}

#[test]
fn a_dropped_handle_that_ends_the_task_though_it_is_to_detach_it() {
    let broken = broken::<DROPPED_HANDLE_ENDS_THE_TASK>();
    let found = broken.iter().find(|broken| broken.promise.starts_with("a task whose handle is dropped"));
    let words = "of amap, whose handle was dropped at await 0, was Err(Canceled) instead of Ok(4)";
    says(&found.expect("it is caught").to_string(), &[words]);
}

#[test]
fn a_panic_that_leaves_the_future_behind() {
    let words = "what is left of amap, which panics at await 0, was 1 instead of 0";
    only(&broken::<LEAKS_WHAT_PANICKED>(), &[("a panic at any await", words)]);
}

#[test]
fn a_panic_that_looks_like_a_cancel() {
    let words = "instead of (Err(the task panicked: the brush broke), Err(Canceled))";
    let lost = "Err(the task was dropped before its end";
    let in_drop = ("a panic in the drop of a coroutine's variable", &*format!("[Ok(0), {lost}"));
    let in_function = ("a panic in amap's function", &*format!("[Ok(()), {lost}"));
    let in_callback = ("a panic in a callback", &*format!("the clock at the start panics was [Ok(0), {lost}"));
    let in_payload = ("a panic whose payload panics", lost);
    let expected = [("a panic at any await", words), in_function, in_callback, in_drop, in_payload];
    only(&broken::<LOSES_PANICS>(), &expected);
}

#[test]
fn a_runtime_that_runs_no_more_after_a_panic() {
    let words = "the check ended early: the task panicked: it runs already";
    only(&broken::<RUNS_ONCE_AFTER_A_PANIC>(), &[("a panic of the main future goes to the caller", words)]);
}

#[test]
fn a_runtime_that_runs_only_once() {
    let broken = broken_promises::<Faulty<RUNS_ONCE>>(Duration::from_secs(3));
    let first = &broken[..1]; // other checks also run it twice
    only(first, &[("run_until_complete returns the future's output", "the task panicked: it has run")]);
}

#[test]
fn a_task_that_is_spawned_too_late_and_leaked() {
    let words = "what is left was 3 instead of 0";
    only(&broken::<LEAKS_WHAT_COMES_LATE>(), &[("a task may spawn another when it is dropped", words)]);
}

#[test]
fn a_task_of_very_many_that_is_lost() {
    let broken = broken_under_load::<Faulty<LOSES_EVERY_THOUSANDTH_TASK>>(2_000, Duration::from_secs(3));
    let many = (
        "very many tasks run side by side",
        "the first wrong result was Some((999, Err(the task was dropped before its end",
    );
    only(&broken, &[many, ("of very many tasks that await each other", "instead of Ok(Ok(2000))")]);
}

#[test]
fn a_task_that_has_had_its_last_turn_before_its_end() {
    let broken = broken_under_load::<Faulty<TURNS_RUN_OUT>>(2_000, Duration::from_secs(3));
    only(&broken, &[("a task awaits very many times", "a future waits for ever")]);
}

#[test]
fn wakers_that_own_the_tasks_of_a_long_chain() {
    let broken = broken_under_load::<Learner<NONE>>(2_000, Duration::from_secs(20)); // it never hangs, and gives up after two
    only(&broken, &[("very many tasks that await each other", "what is left by the runtime was 2001 instead of 0")]);
}

/// The usual first runtime: a waker owns its task, and the task its future.
#[test]
fn wakers_that_own_the_tasks_and_drops_outside_of_the_catch() {
    let broken = broken_under_faults::<Learner<NONE>>(PanicInDrop::IsCaught, Duration::from_secs(3));
    let hangs = |promise| (promise, "a future waits for ever");
    let ends = |promise| (promise, "the check ended early: the task panicked: the brush broke");
    let expected = [
        hangs("tasks that wait at any of their awaits when the runtime is dropped"),
        hangs("a task may spawn another when it is dropped with the runtime"),
        ends("a panic in the drop of a future"),
        ends("a panic in the drop of a result"),
        ends("if a drop panics while the runtime is dropped"),
    ];
    only(&broken, &expected);
}
