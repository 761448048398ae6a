//! The checks about two handles that one task awaits, and about the moment at which a handle is dropped: before the task's first
//! turn, in the task itself, or after the task's end.

use super::tasks::handle_dropped_by;
use super::{Check, expect};
use crate::log::Log;
use futures::channel::oneshot;
use futures::future::{Either, select};
use paintdry_core::Runtime;
use std::pin::pin;

const WHETHER: &str = "Whether dropping a task's handle cancels the task. Otherwise it detaches it: the task runs on.";

pub(super) fn checks<R: Runtime>() -> Vec<Check<R>> {
    vec![
        Check {
            promise: "a task may await two handles at once, and continues when one of the two ends",
            trait_says: "Any task may poll it, and it calls the waker of its last poll.",
            look_at: "keep the waker with the task that is awaited, and not with the one that awaits: that may await several",
            try_it: Box::new(two_awaited_at_once),
        },
        Check {
            promise: "a handle that is dropped before the task's first turn cancels or detaches the task, as `CANCELS_ON_DROP` says",
            trait_says: WHETHER,
            look_at: "`spawn` gives the task an owner before it returns: a handle that owns the task until its first poll cancels \
                      it, and a cancel that looks for a task that has begun misses it",
            try_it: Box::new(dropped_before_the_first_turn),
        },
        Check {
            promise: "a task may drop its own handle",
            trait_says: "Any thread may poll it or drop it.",
            look_at: "the handle may be dropped inside a poll of its task: a lock or a borrow that the loop holds during the poll must \
                      not be needed for that",
            try_it: Box::new(dropped_by_its_own_task),
        },
        Check {
            promise: "a handle that is dropped after the task's end harms no other task",
            trait_says: WHETHER,
            look_at: "another task may have the slot of the one that has ended: give each task a number that is never used again, and \
                      compare it before you cancel",
            try_it: Box::new(dropped_after_the_end),
        },
    ]
}

/// The handle that is polled first is the one whose task ends.
fn two_awaited_at_once<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (release, is_released) = oneshot::channel::<()>();
    let (ends, waits) = (log.task("the task that ends", R::yield_now()), log.task("the task that waits", is_released));
    let ended = runtime.run_until_complete(log.task("the main future", async {
        let (ends, waits) = (R::spawn(ends), R::spawn(waits));
        let ended_first = matches!(select(pin!(ends), pin!(waits)).await, Either::Left((Ok(()), _)));
        drop(release);
        ended_first
    }));
    expect("whether the first of the two had ended", &ended, &true)
}

fn dropped_before_the_first_turn<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    handle_dropped_by(runtime, log, false, async |handle| {
        log.note("the main future drops the task's handle at once");
        drop(handle);
        Ok(())
    })
}

/// A task that cancels itself so still runs to its next await, as every poll does.
fn dropped_by_its_own_task<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    let (promise, future) = oneshot::channel();
    let (give, given) = oneshot::channel::<R::Task<()>>();
    let own_log = log.clone();
    let task = log.task("the task", async move {
        let handle = given.await;
        own_log.note("the task drops its own handle");
        drop(handle);
        let _ = promise.send("it ran on");
    });
    let sent = runtime.run_until_complete(async {
        let _ = give.send(R::spawn(task));
        future.await
    });
    expect("what the task sent", &sent, &Ok("it ran on"))
}

/// The second task is spawned in between, so that it gets a slot that is free again.
fn dropped_after_the_end<R: Runtime>(runtime: &R, log: &Log) -> Result<(), String> {
    for is_awaited in [true, false] {
        let (promise, has_ended) = oneshot::channel();
        let first = log.task("the first task", async { promise.send(()) });
        let second = runtime.run_until_complete(async {
            let mut handle = Box::pin(R::spawn(first));
            let _ = has_ended.await;
            if is_awaited {
                let _ = handle.as_mut().await;
            } else {
                R::yield_now().await;
            }
            let (release, is_released) = oneshot::channel();
            let second = R::spawn(log.task("the second task", is_released));
            R::yield_now().await;
            log.note("the main future drops the first task's handle");
            drop(handle);
            R::yield_now().await;
            let _ = release.send("it ran on");
            second.await
        });
        expect("the end of the second task", &second, &Ok(Ok("it ran on")))?;
    }
    Ok(())
}
