//! Queues, semaphores and events, which asyncio has and the loop does not: crates that need only a waker.

use crate::{Log, run, run_ready, task};
use async_lock::Semaphore;
use event_listener::Event;
use paintdry_generator::{EventLoop, yield_now};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

#[test]
fn a_queue_gives_each_item_to_one_of_several_consumers() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (sender, receiver) = async_channel::unbounded();
    let consumers = ["a", "b"].map(|name| {
        let (receiver, log) = (receiver.clone(), log.clone());
        task(&event_loop, async move {
            while let Ok(item) = receiver.recv().await {
                log.note(format!("{name}{item}"));
                yield_now().await;
            }
        })
    });
    drop(receiver);
    run(&event_loop, async {
        for item in 0..4 {
            sender.send(item).await.unwrap();
        }
        drop(sender);
    });
    for consumer in consumers {
        run(&event_loop, consumer).unwrap();
    }
    assert_eq!(log.take(), ["a0", "b1", "a2", "b3"]);
}

#[test]
fn a_full_queue_lets_its_producer_wait() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (sender, receiver) = async_channel::bounded(1);
    let puts = log.clone();
    let producer = task(&event_loop, async move {
        for item in 0..3 {
            sender.send(item).await.unwrap();
            puts.note(format!("put {item}"));
        }
    });
    run_ready(&event_loop);
    log.note("none has been taken");
    let taken = run(&event_loop, async { [receiver.recv().await, receiver.recv().await, receiver.recv().await] });
    assert_eq!(taken, [Ok(0), Ok(1), Ok(2)]);
    run(&event_loop, producer).unwrap();
    assert_eq!(log.take(), ["put 0", "none has been taken", "put 1", "put 2"]);
}

#[test]
fn a_semaphore_has_a_number_of_permits_and_lets_the_others_in_in_order() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let racks = Arc::new(Semaphore::new(2));
    let painters = ["a", "b", "c", "d"].map(|name| {
        let (racks, log) = (racks.clone(), log.clone());
        task(&event_loop, async move {
            let _rack = racks.acquire().await;
            log.note(name);
            for _ in 0..3 {
                yield_now().await;
            }
            log.note(format!("{name} is dry"));
        })
    });
    for painter in painters {
        run(&event_loop, painter).unwrap();
    }
    assert_eq!(log.take(), ["a", "b", "a is dry", "b is dry", "c", "d", "c is dry", "d is dry"]);
}

/// `b` waits when `a` gives its permit back, and `a` takes it again before `b` has its turn. On asyncio they alternate.
#[test]
fn a_permit_may_go_past_the_tasks_that_wait() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let racks = Arc::new(Semaphore::new(1));
    let painters = ["a", "b"].map(|name| {
        let (racks, log) = (racks.clone(), log.clone());
        task(&event_loop, async move {
            for _ in 0..3 {
                let _rack = racks.acquire().await;
                log.note(name);
                yield_now().await;
            }
        })
    });
    for painter in painters {
        run(&event_loop, painter).unwrap();
    }
    assert_eq!(log.take(), ["a", "a", "a", "b", "b", "b"]);
}

#[test]
fn an_event_ends_the_wait_of_all() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (is_set, event) = (Rc::new(Cell::new(false)), Rc::new(Event::new()));
    let waiters = ["a", "b"].map(|name| {
        let (is_set, event, log) = (is_set.clone(), event.clone(), log.clone());
        task(&event_loop, async move {
            while !is_set.get() {
                event.listen().await;
            }
            log.note(name);
        })
    });
    run_ready(&event_loop);
    log.note("set");
    is_set.set(true);
    event.notify(usize::MAX);
    for waiter in waiters {
        run(&event_loop, waiter).unwrap();
    }
    assert_eq!(log.take(), ["set", "a", "b"]);
}
