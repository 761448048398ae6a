//! Loop 1 gives turns, and cannot let the thread sleep.

use crate::{IN_TURN, Log, say, seconds, spawn_two_counters};
use paintdry_course::loops::clock::{Clock, VirtualClock};
use paintdry_course::loops::loop1_turns::{EventLoop, yield_now};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

#[test]
fn tasks_take_turns() {
    let event_loop = EventLoop::new();
    let log = spawn_two_counters!(event_loop, yield_now);
    event_loop.run();
    assert_eq!(log.take(), IN_TURN);
}

#[test]
fn a_task_can_spawn_another() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    event_loop.spawn({
        let (event_loop, log) = (Rc::clone(&event_loop), log.clone());
        async move {
            let inner = log.clone();
            event_loop.spawn(async move { say(&inner, "spawned") });
            say(&log, "spawns");
        }
    });
    event_loop.run();
    assert_eq!(log.take(), ["spawns", "spawned"]);
}

#[test]
fn cannot_sleep() {
    let (event_loop, clock, turns) = (EventLoop::new(), Rc::new(VirtualClock::default()), Rc::new(Cell::new(0)));
    event_loop.spawn({
        let (clock, turns) = (clock.clone(), turns.clone());
        async move {
            while clock.now() < seconds(2) {
                turns.set(turns.get() + 1);
                clock.advance(Duration::from_millis(1)); // a turn takes 1 ms
                yield_now().await;
            }
        }
    });
    event_loop.run();
    assert_eq!(turns.get(), 2_000, "the thread works for two seconds, and does nothing");
    assert!(clock.parked_until().is_empty());
}
