//! The suites under faults and under load can fail: they catch the course's runtime with one fault each around it, and the
//! learner's executor, whose wakers own the tasks and which drops ended tasks where no code catches a panic.

use crate::faulty::Faulty;
use crate::learner::{LOSES_A_NESTED_SPAWN, LOSES_A_WAKE_DURING_A_POLL, Learner, NONE};
use crate::named::*;
use crate::says;
use paintdry_conformance::{
    Broken, PanicInDrop, assert_conforms, broken_promises, broken_under_faults, broken_under_load,
};
use paintdry_core::Runtime;
use std::thread;
use std::time::Duration;

/// How long a check that hangs may take.
pub(crate) const LIMIT: Duration = Duration::from_secs(3);

/// The promises that the runtime with this fault breaks.
fn broken<const FAULT: u8>() -> Vec<Broken> {
    broken_under_faults::<Faulty<FAULT>>(PanicInDrop::IsCaught, LIMIT)
}

fn under_load<R: Runtime>() -> Vec<Broken> {
    broken_under_load::<R>(2_000, LIMIT)
}

/// The promises that any of these faults breaks.
pub(crate) fn broken_by_any() -> Vec<Broken> {
    let suites: [fn() -> Vec<Broken>; 13] = [
        broken::<SLEEP_PANICS_WHEN_DROPPED>,
        broken::<DROPPED_HANDLE_ENDS_THE_TASK>,
        broken::<LEAKS_WHAT_PANICKED>,
        broken::<LOSES_PANICS>,
        broken::<RUNS_ONCE_AFTER_A_PANIC>,
        broken::<LEAKS_WHAT_COMES_LATE>,
        under_load::<Faulty<LOSES_EVERY_THOUSANDTH_TASK>>,
        under_load::<Faulty<TURNS_RUN_OUT>>,
        under_load::<Learner<LOSES_A_WAKE_DURING_A_POLL>>,
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
    assert_conforms::<Faulty<RIGHT>>();
    only(&broken::<RIGHT>(), &[]);
    only(&under_load::<Faulty<RIGHT>>(), &[]);
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
    let broken = broken_promises::<Faulty<RUNS_ONCE>>(LIMIT);
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
    let broken = under_load::<Faulty<LOSES_EVERY_THOUSANDTH_TASK>>();
    let many = (
        "very many tasks run side by side",
        "the first wrong result was Some((999, Err(the task was dropped before its end",
    );
    let asleep = ("very many tasks sleep at the same time", "1998 instead of 2000");
    only(&broken, &[many, asleep, ("of very many tasks that await each other", "instead of Ok(Ok(2000))")]);
}

#[test]
fn a_task_that_has_had_its_last_turn_before_its_end() {
    let broken = under_load::<Faulty<TURNS_RUN_OUT>>();
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
    let broken = broken_under_faults::<Learner<NONE>>(PanicInDrop::IsCaught, LIMIT);
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
