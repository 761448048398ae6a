//! Chapter 6: a poll that parks its thread takes the token of a wake, and a runtime with a flag of its own keeps the wake.

use paintdry_course::chapters::smallest_runtime::block_on;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Sender, channel};
use std::task::Poll;
use std::thread;

/// The first poll wakes its task, and then parks the thread, as a blocking `recv` may do. The second poll tells whether the thread
/// was unparked once more before it.
async fn wakes_and_parks(has_parked: Sender<()>, is_unparked: &AtomicBool) -> bool {
    let mut is_first = true;
    poll_fn(|context| {
        if !is_first {
            return Poll::Ready(is_unparked.load(SeqCst));
        }
        is_first = false;
        context.waker().wake_by_ref();
        thread::park(); // returns at once
        has_parked.send(()).expect("the test listens");
        Poll::Pending
    })
    .await
}

#[test]
fn the_smallest_runtime_loses_the_wake_of_a_poll_that_parks() {
    let is_unparked = AtomicBool::new(false);
    let (has_parked, parked) = channel();
    let was_unparked = thread::scope(|scope| {
        let runtime = scope.spawn(|| block_on(wakes_and_parks(has_parked, &is_unparked)));
        parked.recv().expect("the first poll has parked");
        is_unparked.store(true, SeqCst);
        runtime.thread().unpark();
        runtime.join().expect("it does not panic")
    });
    assert!(was_unparked, "without this unpark there is no second poll");
}

#[test]
fn a_runtime_with_a_flag_of_its_own_keeps_the_wake() {
    let (has_parked, _parked) = channel();
    assert!(!futures::executor::block_on(wakes_and_parks(has_parked, &AtomicBool::new(false))));
}
