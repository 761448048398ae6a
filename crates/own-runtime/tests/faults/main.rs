//! The conformance suite can fail, and its messages teach: it catches runtimes that each have one fault, and the
//! message names the broken promise, shows the event log, and points to the place.

mod around;
mod every_check;
mod faulty;
mod learner;
mod moments;
mod named;
mod pairs;
mod surviving;
mod wrong_futures;
mod wrong_wakers;

use learner::*;
use paintdry_conformance::{Broken, assert_conforms, broken_promises};
use std::sync::{LazyLock, Mutex, OnceLock};
use std::thread::{self, JoinHandle};
use surviving::LIMIT;

/// A suite that runs on a thread of its own, or has run.
struct Suite {
    running: Mutex<Option<JoinHandle<Vec<Broken>>>>,
    found: OnceLock<Vec<Broken>>,
}

impl Suite {
    /// What it has found. The first caller waits for it.
    fn broken(&self) -> &[Broken] {
        self.found.get_or_init(|| {
            let running = self.running.lock().expect("no suite panics").take();
            running.expect("it is joined once").join().expect("the suite catches panics")
        })
    }
}

/// The executor with each of the faults, all tried at the same time, because they mostly wait to see whether a hang ends. It leaves
/// out those that are no faults: their tests check that every promise holds.
static TRIED: LazyLock<[Suite; 17]> = LazyLock::new(|| {
    fn start<const FAULT: u8>() -> Suite {
        let suite = || broken_promises::<Learner<FAULT>>(LIMIT);
        Suite { running: Mutex::new(Some(thread::spawn(suite))), found: OnceLock::new() }
    }
    [
        start::<POLLS_AFTER_THE_END>(),
        start::<3>(),
        start::<4>(),
        start::<5>(),
        start::<6>(),
        start::<7>(),
        start::<8>(),
        start::<9>(),
        start::<10>(),
        start::<11>(),
        start::<12>(),
        start::<13>(),
        start::<14>(),
        start::<15>(),
        start::<16>(),
        start::<17>(),
        start::<18>(),
    ]
});

/// The promises that the executor with this fault breaks. A check that hangs has three seconds; the assertions do not
/// depend on that.
fn broken<const FAULT: u8>() -> &'static [Broken] {
    TRIED[usize::from(FAULT - POLLS_AFTER_THE_END)].broken()
}

/// Asserts that the promise that starts with `promise` is broken and that the events are in its
/// log, one after the other; returns the message.
fn caught(broken: &[Broken], promise: &str, events: &[&str]) -> String {
    let found = broken.iter().find(|broken| broken.promise.starts_with(promise));
    let found = found.unwrap_or_else(|| panic!("`{promise}` is not found broken; instead: {broken:#?}"));
    let message = found.to_string();
    let mut log = found.log.iter();
    for event in events {
        assert!(log.any(|line| line.ends_with(event)), "`{event}` is not where it should be:\n{message}");
    }
    says(&message, &[found.promise, found.trait_says, &found.happened, found.look_at]);
    message
}

/// Asserts that the message says all of these.
fn says(message: &str, words: &[&str]) {
    for word in words {
        assert!(message.contains(word), "it does not say `{word}`:\n{message}");
    }
}

#[test]
fn without_a_fault_it_conforms() {
    assert_conforms::<Learner<NONE>>();
}

#[test]
fn a_task_that_is_in_the_queue_twice_is_no_fault() {
    assert_conforms::<Learner<ENQUEUES_TWICE>>();
}

#[test]
fn it_is_one_if_the_task_is_polled_after_its_end() {
    let message = caught(
        broken::<POLLS_AFTER_THE_END>(),
        "a task that has ended is not polled again",
        &["the task is polled and calls its own waker", "the task returns `Pending`", "the task is polled again"],
    );
    says(&message, &["resumed after completion", "may be in the queue twice"]);
}

#[test]
fn a_wake_that_is_lost_during_a_poll() {
    let message = caught(
        broken::<LOSES_A_WAKE_DURING_A_POLL>(),
        "a wake while the task is polled leads to another poll",
        &["the main future is polled and calls its own waker", "the main future returns `Pending`"],
    );
    says(&message, &["or by the task itself while it runs", "a future waits for ever", "must lead to another poll"]);
    assert!(!message.contains("is polled again"), "{message}");
}

#[test]
fn a_waker_that_does_not_unpark_the_thread() {
    let message = caught(
        broken::<FORGETS_TO_UNPARK>(),
        "a wake from another thread reaches the task",
        &["the task waits", "another thread fulfils the promise, which calls the task's waker"],
    );
    says(&message, &["another thread", "a future waits for ever", "unparks that thread"]);
}

#[test]
fn a_wake_between_the_check_and_the_wait() {
    let message = caught(broken::<CHECKS_AND_THEN_WAITS>(), "a wake that comes when the runtime is about to wait", &[]);
    says(&message, &["by another thread", "a future waits for ever", "check under the lock that the wait releases"]);
}

#[test]
fn a_task_that_runs_inside_spawn() {
    let message = caught(
        broken::<SPAWN_RUNS_AT_ONCE>(),
        "on one thread, a task does not run inside `spawn`",
        &["the spawner calls `spawn`", "the task runs", "the spawner continues after `spawn`"],
    );
    says(&message, &["was Ok(Ok(true)) instead of Ok(Ok(false))", "not inside `spawn`", "only the loop polls"]);
}

#[test]
fn a_task_that_waits_to_be_awaited() {
    let message = caught(
        broken::<SPAWN_WAITS_FOR_AWAIT>(),
        "a spawned task runs even if no task awaits it",
        &["keeps its handle, without awaiting it", "the main future waits"],
    );
    says(&message, &["does not need to be awaited to run", "`spawn` itself puts the task into the ready queue"]);
    assert!(!message.contains("the task runs"), "{message}");
}

#[test]
fn a_spawn_from_a_task_that_is_lost() {
    let message = caught(
        broken::<LOSES_A_NESTED_SPAWN>(),
        "a task can spawn a task",
        &["the first task runs", "the first task waits"],
    );
    says(&message, &["so that a task can spawn a task", "`spawn` is called while a task is polled"]);
    assert!(!message.contains("the second task runs"), "{message}");
}

#[test]
fn results_in_the_order_of_the_ends() {
    let message = caught(
        broken::<RESULTS_BY_COMPLETION>(),
        "results are in the order in which the futures were given",
        &["task 2 ends", "task 1 ends", "task 0 ends"],
    );
    says(&message, &["[Ok(4), Ok(3), ", "instead of [Ok(0), Ok(1), ", "a future of its result", "a place of its own"]);
}

#[test]
fn a_handle_that_cancels_and_does_not_say_so() {
    let message = caught(
        broken::<HANDLE_CANCELS>(),
        "dropping a task's handle",
        &["the main future drops the task's handle", "the task is dropped before its end"],
    );
    says(&message, &["whether the task ran on was false", "Set `CANCELS_ON_DROP`"]);
}

#[test]
fn a_handle_that_detaches_and_says_that_it_cancels() {
    let message = caught(
        broken::<SAYS_THAT_IT_CANCELS>(),
        "dropping a task's handle",
        &["the task waits", "drops the task's handle"],
    );
    says(&message, &["a future waits for ever", "Set `CANCELS_ON_DROP`"]);
}

#[test]
fn a_panic_that_ends_the_loop() {
    let message =
        caught(broken::<PANIC_ENDS_THE_LOOP>(), "a task that panics gives an error", &["task 1 runs", "task 1 panics"]);
    says(&message, &["the check ended early: the task panicked: the brush broke", "`catch_unwind` around each poll"]);
}

#[test]
fn a_sleep_that_holds_the_thread() {
    let message = caught(
        broken::<SLEEP_HOLDS_THE_THREAD>(),
        "while a task sleeps, the others run",
        &["task 0 runs", "task 0 ends", "task 1 runs"],
    );
    says(&message, &["spawned tasks run meanwhile", "[Ok(1), Ok(2), ", "as `thread::sleep` does"]);
    assert!(!message.contains("task 0 waits"), "{message}");
}

#[test]
fn a_sleep_that_is_rounded_down() {
    let message = caught(
        broken::<SLEEP_ROUNDS_DOWN>(),
        "a sleep never ends early",
        &["the sleeper of 5.5ms runs", "the sleeper of 5.5ms ends"],
    );
    says(&message, &["never less", "a sleep of 5.5ms ended after", "not rounded down"]);
}

#[test]
fn a_sleep_that_is_later_than_the_clock_can_tell() {
    let message = caught(
        broken::<SLEEP_OVERFLOWS>(),
        "a sleep of `Duration::MAX` begins, does not end",
        &["the sleeper of 18446744073709551615.999999999s panics"],
    );
    says(&message, &["overflow when adding duration", "`checked_add` gives `None`"]);
}

#[test]
fn timers_in_the_wrong_order() {
    let message = caught(
        broken::<LATEST_TIMER_FIRST>(),
        "a short sleep does not wait for a longer one",
        &["the sleeper of 1 ms waits", "the sleeper of 50 ms ends", "the sleeper of 1 ms ends"],
    );
    says(&message, &["the granularity of the runtime's timers", "a `BinaryHeap` has the latest first"]);
}

#[test]
fn a_yield_that_goes_to_the_front_of_the_queue() {
    let broken = broken::<WAKES_GO_TO_THE_FRONT>();
    let message = caught(
        broken,
        "on one thread, a yield lets every ready task run",
        &[
            "the yielder has spawned 10 tasks and yields",
            "the yielder waits",
            "the yielder runs",
            "the yielder runs again; 0 of the others have run",
            "task 0 runs",
        ],
    );
    says(&message, &["Gives up the caller's turn", "at the end of the ready queue"]);
    caught(broken, "a yield lets every other task run", &["task 0 runs", "task 0 waits", "task 0 ends", "task 1 runs"]);
}

#[test]
fn a_yield_that_does_nothing() {
    let broken = broken::<YIELD_DOES_NOTHING>();
    let message = caught(broken, "two amaps interleave", &["amap 0 runs", "amap 0 ends", "amap 1 runs"]);
    says(&message, &["one ran alone", "Gives up the caller's turn"]);
    let message =
        caught(broken, "on one thread, of tasks that only yield", &["task 0 has its turn 1", "task 0 has its turn 2"]);
    says(&message, &["task 0 ran ahead at its turn"]);
}
