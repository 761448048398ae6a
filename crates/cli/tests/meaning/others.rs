//! Queues, semaphores and events: libraries that need only a waker, and tokio's own.

use crate::{Log, on_each, on_tokio};
use event_listener::Event;
use futures::future::{join, join3};
use smol::channel;
use smol::future::yield_now;
use smol::lock::Semaphore;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

#[test]
fn a_queue_gives_each_item_to_one_of_several_consumers() {
    let consumed = on_each(|| async {
        let (sender, receiver) = channel::unbounded();
        for item in 0..4 {
            sender.send(item).await.unwrap();
        }
        drop(sender);
        let consume = || async {
            let mut own = Vec::new();
            while let Ok(item) = receiver.recv().await {
                own.push(item);
                yield_now().await;
            }
            own
        };
        let (one, other) = join(consume(), consume()).await;
        let mut all = [one, other].concat();
        all.sort_unstable();
        all
    });
    assert_eq!(consumed, [[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]]);
}

#[test]
fn a_full_queue_lets_its_producer_wait() {
    let events = on_each(|| async {
        let (log, (sender, receiver)) = (Log::default(), channel::bounded(1));
        let produces = async {
            sender.send(0).await.unwrap();
            log.note("put");
            sender.send(1).await.unwrap();
            log.note("put");
        };
        let consumes = async {
            log.note("full");
            assert_eq!((receiver.recv().await, receiver.recv().await), (Ok(0), Ok(1)));
        };
        join(produces, consumes).await;
        log.take()
    });
    assert_eq!(events, [["put", "full", "put"]; 3]);
}

/// A second consumer does not compile: the receiver is not `Clone`.
#[test]
fn tokios_own_queue_has_one_consumer() {
    on_tokio(async {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(1);
        let produces = async move {
            for item in 0..3 {
                sender.send(item).await.unwrap();
            }
        };
        let consumes = async {
            for item in 0..3 {
                assert_eq!(receiver.recv().await, Some(item));
            }
            assert_eq!(receiver.recv().await, None);
        };
        join(produces, consumes).await;
    });
}

#[test]
fn a_semaphore_has_a_number_of_permits_and_lets_the_others_in_in_order() {
    let events = on_each(|| async {
        let (log, racks) = (Log::default(), Semaphore::new(1));
        let dries = |name| {
            let (log, racks) = (&log, &racks);
            async move {
                let _rack = racks.acquire().await;
                log.note(name);
                yield_now().await;
            }
        };
        join3(dries("a"), dries("b"), dries("c")).await;
        log.take()
    });
    assert_eq!(events, [["a", "b", "c"]; 3]);
}

/// Two painters share one rack and need it twice each. The first gives it back and asks again at once.
async fn take_the_rack_twice<'a, R: 'a>(log: &Log, acquire: impl AsyncFn() -> R) {
    let paints = async |name| {
        for _ in 0..2 {
            let _rack = acquire().await;
            log.note(name);
            yield_now().await;
        }
    };
    join(paints("a"), paints("b")).await;
}

#[test]
fn a_permit_may_go_past_the_tasks_that_wait_but_not_with_tokios_own_semaphore() {
    let events = on_each(|| async {
        let (log, racks) = (Log::default(), Semaphore::new(1));
        take_the_rack_twice(&log, || racks.acquire()).await;
        log.take()
    });
    assert_eq!(events, [["a", "a", "b", "b"]; 3]);
    let events = on_each(|| async {
        let (log, racks) = (Log::default(), tokio::sync::Semaphore::new(1));
        take_the_rack_twice(&log, async || racks.acquire().await.unwrap()).await;
        log.take()
    });
    assert_eq!(events, [["a", "b", "a", "b"]; 3]);
}

#[test]
fn an_event_ends_the_wait_of_all() {
    let events = on_each(|| async {
        let (log, event, is_set) = (Log::default(), Event::new(), AtomicBool::new(false));
        let waits = |name| {
            let (log, event, is_set) = (&log, &event, &is_set);
            async move {
                while !is_set.load(SeqCst) {
                    let listener = event.listen();
                    if !is_set.load(SeqCst) {
                        listener.await;
                    }
                }
                log.note(name);
            }
        };
        let sets = async {
            log.note("set");
            is_set.store(true, SeqCst);
            event.notify(usize::MAX);
        };
        join3(waits("a"), waits("b"), sets).await;
        log.take()
    });
    assert_eq!(events, [["set", "a", "b"]; 3]);
}
