//! The checks about `run_until_complete`.

use super::{Check, expect};
use crate::log::Log;
use paintdry_core::Runtime;

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "run_until_complete returns the future's output, and can be called again",
            trait_says: "It can be called again.",
            look_at: "poll the main future when the run begins, and again after each call of its waker; a second run needs \
                      its own main future, and a queue that still works",
            try_it: Box::new(runs_again),
        },
        Check {
            promise: "run_until_complete takes a future that borrows from its caller",
            trait_says: "Runs `future` on the calling thread until it completes",
            look_at: "the main future is neither `'static` nor `Send`: pin it in `run_until_complete` and poll it there",
            try_it: Box::new(borrows),
        },
    ]
}

fn runs_again<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    expect("the first output", &runtime.run_until_complete(log.task("the first main future", async { 1 })), &1)?;
    let second = log.task("the second main future", async { R::spawn(log.task("its task", async { 2 })).await });
    expect("the second output, a task's result,", &runtime.run_until_complete(second), &Ok(2))
}

fn borrows<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let mut text = String::from("paint");
    runtime.run_until_complete(log.task("the main future", async {
        let _ = R::spawn(log.task("a task", async {})).await;
        text.push_str(" dries");
    }));
    expect("the borrowed text", &text.as_str(), &"paint dries")
}
