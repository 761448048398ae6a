//! Loop 2 lets the thread sleep, and cannot be woken by another thread.

use crate::{IN_TURN, Log, say, seconds, spawn_two_counters};
use futures::future::join;
use paintdry_course::chapters::futures::{Bell, Listening};
use paintdry_course::loops::clock::{Clock, RealClock, VirtualClock};
use paintdry_course::loops::loop2_timers::{EventLoop, yield_now};
use std::cell::Cell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc;
use std::thread;

#[test]
fn tasks_take_turns() {
    let event_loop = EventLoop::new(Rc::new(VirtualClock::default()));
    let log = spawn_two_counters!(event_loop, yield_now);
    event_loop.run();
    assert_eq!(log.take(), IN_TURN);
}

#[test]
fn a_sleeping_task_costs_no_turns() {
    let (clock, turns) = (Rc::new(VirtualClock::default()), Rc::new(Cell::new(0)));
    let event_loop = EventLoop::new(clock.clone());
    event_loop.spawn({
        let (event_loop, turns) = (Rc::clone(&event_loop), turns.clone());
        async move {
            let mut sleep = Box::pin(event_loop.sleep(seconds(2)));
            poll_fn(|context| {
                turns.set(turns.get() + 1);
                sleep.as_mut().poll(context)
            })
            .await;
        }
    });
    event_loop.run();
    assert_eq!(turns.get(), 2, "one to ask for the sleep, and one after it");
    assert_eq!(clock.parked_until(), [seconds(2)]);
}

#[test]
fn the_thread_parks_until_the_first_timer_is_due() {
    let (clock, log) = (Rc::new(VirtualClock::default()), Log::default());
    let event_loop = EventLoop::new(clock.clone());
    for (name, drying) in [("sky", 2), ("sea", 1), ("sun", 2)] {
        let (event_loop, clock, log) = (Rc::clone(&event_loop), clock.clone(), log.clone());
        event_loop.clone().spawn(async move {
            event_loop.sleep(seconds(drying)).await;
            say(&log, format!("{:?} {name}", clock.now()));
        });
    }
    event_loop.run();
    assert_eq!(log.take(), ["1s sea", "2s sky", "2s sun"]);
    assert_eq!(clock.parked_until(), [seconds(1), seconds(2)]);
}

#[test]
fn a_task_that_yields_does_not_hold_up_a_timer() {
    let (clock, log) = (Rc::new(VirtualClock::default()), Log::default());
    let event_loop = EventLoop::new(clock.clone());
    event_loop.spawn({
        let (event_loop, log) = (Rc::clone(&event_loop), log.clone());
        async move {
            event_loop.sleep(seconds(2)).await;
            say(&log, "wakes");
        }
    });
    event_loop.spawn({
        let (clock, log) = (clock.clone(), log.clone());
        async move {
            for second in 1..=4 {
                clock.advance(seconds(1));
                say(&log, format!("works for {second}"));
                yield_now().await;
            }
        }
    });
    event_loop.run();
    assert_eq!(log.take(), ["works for 1", "works for 2", "works for 3", "wakes", "works for 4"]);
}

#[test]
fn cannot_be_woken_by_another_thread() {
    let (bell, turns) = (Bell::default(), Rc::new(Cell::new(0)));
    let (thousand_turns, are_over) = mpsc::channel();
    let ringer = thread::spawn({
        let bell = bell.clone();
        move || {
            are_over.recv().expect("the task takes them");
            bell.ring();
        }
    });
    let event_loop = EventLoop::new(Rc::new(RealClock::default()));
    event_loop.spawn({
        let (mut listening, turns) = (Listening(bell), turns.clone());
        poll_fn(move |context| {
            turns.set(turns.get() + 1);
            if turns.get() == 1_000 {
                thousand_turns.send(()).expect("the other thread waits for it");
            }
            Pin::new(&mut listening).poll(context)
        })
    });
    event_loop.run();
    ringer.join().expect("it rings the bell");
    assert!(turns.get() >= 1_000, "each turn asks again whether the bell has rung");
}

#[test]
fn cannot_sleep_twice_at_the_same_time_in_one_task() {
    let (clock, log) = (Rc::new(VirtualClock::default()), Log::default());
    let event_loop = EventLoop::new(clock.clone());
    event_loop.spawn({
        let (event_loop, log) = (Rc::clone(&event_loop), log.clone());
        async move {
            let dry = async |seconds_of_drying| {
                event_loop.sleep(seconds(seconds_of_drying)).await;
                say(&log, format!("{:?}", clock.now()));
            };
            join(dry(1), dry(2)).await;
        }
    });
    event_loop.run();
    assert_eq!(log.take(), ["2s", "2s"], "the loop has heard only the second request");
}
