// Chapter 8, about 15 minutes: start a tokio runtime, and use its timers and tasks only inside it.
// docs/08-three-runtimes.md
//
// tokio's timers and tasks belong to a runtime. `tokio::spawn` and `tokio::time::sleep` look for the runtime of the thread that calls
// them, and panic with "there is no reactor running" if there is none. `futures::executor::block_on` polls a
// future until it is complete, but it is no runtime: it has neither timers nor tasks.
//
// `tokio::runtime::Runtime::new()` makes a runtime with timers, and a `Builder` makes one with the parts that you enable.
//
// Run the tests, and read what they say. Then let a tokio runtime run the future. The test has two steps, because the second
// future looks for the runtime at an earlier moment than the first.
//
// (This exercise runs in real time. The canvas dries in two milliseconds. `within_a_second` ends a program that hangs.)

use std::time::Duration;

/// Calls `make`, and runs the future that it returns until that is complete.
fn run<F: Future>(make: impl FnOnce() -> F) -> F::Output {
    // TODO: let a tokio runtime do this, with its timers enabled.
    futures::executor::block_on(make())
}

fn main() {
    println!("{}", run(|| dry("sky")));
}

/// You need not change it.
async fn dry(name: &str) -> String {
    tokio::time::sleep(Duration::from_millis(2)).await;
    format!("{name}: dry")
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{check, within_a_second};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    #[test]
    fn timers_and_tasks_find_their_runtime() {
        let task = || run(|| async { tokio::spawn(dry("sky")).await });
        let ended = within_a_second("tokio1", || catch_unwind(AssertUnwindSafe(task)));
        check(
            matches!(&ended, Ok(Ok(dry)) if dry == "sky: dry"),
            "tokio1, step 1 of 2: a task that sleeps panics, see tokio's message above. `tokio::spawn` and `tokio::time::sleep` need a \
             runtime on the thread that calls them, and the sleep needs its timers. Build a runtime in `run`, enable its timers, and \
             let its `block_on` poll the future",
        );

        let sleep = || run(|| tokio::time::sleep(Duration::from_millis(2))); // calls `sleep` in `make`, before any poll
        let ended = within_a_second("tokio1", || catch_unwind(AssertUnwindSafe(sleep)));
        check(
            ended.is_ok(),
            "tokio1, step 2 of 2: `make` itself calls `tokio::time::sleep`, and finds no runtime. Rust evaluates the argument `make()` \
             before it calls `block_on`. Call `make` inside the future that the runtime polls",
        );
    }
}
