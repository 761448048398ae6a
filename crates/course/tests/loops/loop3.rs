//! Loop 3 is woken by any thread, and cannot survive the panic of a task or say that it is stuck.

use crate::{IN_TURN, Log, say, seconds, spawn_two_counters};
use futures::future::join;
use paintdry_course::chapters::futures::{Bell, Forgetful, Listening};
use paintdry_course::loops::clock::{Clock, RealClock, VirtualClock};
use paintdry_course::loops::loop3_wakers::{EventLoop, yield_now};
use paintdry_course::within_a_second;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

/// Runs the loop, if no other thread is waited for. If a wake is lost, the loop hangs, and a message ends the tests.
fn run(event_loop: &EventLoop) {
    within_a_second("a loop whose tasks are all woken", || event_loop.run());
}

/// A future that counts in `turns` how often it is polled.
fn counted(mut future: impl Future<Output = ()> + Unpin, turns: Rc<Cell<u32>>) -> impl Future<Output = ()> {
    poll_fn(move |context| {
        turns.set(turns.get() + 1);
        Pin::new(&mut future).poll(context)
    })
}

#[test]
fn tasks_take_turns() {
    let event_loop = EventLoop::new(Rc::new(VirtualClock::default()));
    let log = spawn_two_counters!(event_loop, yield_now);
    run(&event_loop);
    assert_eq!(log.take(), IN_TURN);
}

#[test]
fn two_sleeps_in_one_task_end_on_time() {
    let (clock, log) = (Rc::new(VirtualClock::default()), Log::default());
    let event_loop = EventLoop::new(clock.clone());
    event_loop.spawn({
        let (event_loop, clock, log) = (Rc::clone(&event_loop), clock.clone(), log.clone());
        async move {
            let dry = async |seconds_of_drying| {
                event_loop.sleep(seconds(seconds_of_drying)).await;
                say(&log, format!("{:?}", clock.now()));
            };
            join(dry(1), dry(2)).await;
        }
    });
    run(&event_loop);
    assert_eq!(log.take(), ["1s", "2s"]);
    assert_eq!(clock.parked_until(), [seconds(1), seconds(2)]);
}

/// A clock that lets another thread ring a bell when the loop parks, and counts how often that happens.
struct RingsWhenParked {
    bell: Bell,
    parks: Cell<u32>,
}

impl Clock for RingsWhenParked {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn park(&self, _due: Option<Duration>) {
        self.parks.set(self.parks.get() + 1);
        let bell = self.bell.clone();
        thread::spawn(move || bell.ring()).join().expect("it rings the bell");
    }
}

#[test]
fn another_thread_wakes_a_task_of_a_parked_loop() {
    let (bell, turns) = (Bell::default(), Rc::new(Cell::new(0)));
    let clock = Rc::new(RingsWhenParked { bell: bell.clone(), parks: Cell::new(0) });
    let event_loop = EventLoop::new(clock.clone());
    event_loop.spawn(counted(Listening(bell), turns.clone()));
    event_loop.run();
    assert_eq!((turns.get(), clock.parks.get()), (2, 1), "a turn, a park, and the turn after the wake");
}

#[test]
fn a_wake_from_another_thread_is_never_lost() {
    let (send, bells) = mpsc::channel::<Bell>();
    let ringer = thread::spawn(move || bells.into_iter().for_each(|bell| bell.ring()));
    let event_loop = EventLoop::new(Rc::new(RealClock::default()));
    event_loop.spawn(async move {
        for _ in 0..1_000 {
            let bell = Bell::default();
            send.send(bell.clone()).expect("the other thread rings until this end is dropped");
            Listening(bell).await;
        }
    });
    event_loop.run();
    ringer.join().expect("it has rung every bell");
}

#[test]
fn a_task_that_is_woken_twice_is_polled_once() {
    let event_loop = EventLoop::new(Rc::new(VirtualClock::default()));
    let (bell, turns) = (Bell::default(), Rc::new(Cell::new(0)));
    let kept = Rc::new(RefCell::new(None::<Waker>));
    event_loop.spawn(counted(
        {
            let (mut listening, kept) = (Listening(bell.clone()), kept.clone());
            poll_fn(move |context| {
                *kept.borrow_mut() = Some(context.waker().clone());
                Pin::new(&mut listening).poll(context)
            })
        },
        turns.clone(),
    ));
    event_loop.spawn({
        let turns = turns.clone();
        async move {
            let waker = kept.take().expect("the first task has had its turn");
            waker.wake_by_ref();
            waker.wake();
            yield_now().await;
            yield_now().await;
            assert_eq!(turns.get(), 2, "the first turn, and one for both wakes");
            bell.ring();
        }
    });
    run(&event_loop);
    assert_eq!(turns.get(), 3);
}

#[test]
fn a_wake_during_the_poll_leads_to_another_turn() {
    let event_loop = EventLoop::new(Rc::new(VirtualClock::default()));
    let turns = Rc::new(Cell::new(0));
    event_loop.spawn({
        let turns = turns.clone();
        poll_fn(move |context| {
            turns.set(turns.get() + 1);
            if turns.get() == 2 {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            context.waker().wake_by_ref();
            Poll::Pending
        })
    });
    run(&event_loop);
    assert_eq!(turns.get(), 2);
}

#[test]
fn cannot_survive_a_panic() {
    let (event_loop, log) = (EventLoop::new(Rc::new(VirtualClock::default())), Log::default());
    event_loop.spawn(async { panic!("the brush breaks") });
    event_loop.spawn({
        let log = log.clone();
        async move { say(&log, "painted") }
    });
    let ended = catch_unwind(AssertUnwindSafe(|| event_loop.run()));
    assert!(ended.is_err(), "the panic of one task ends the run");
    assert!(log.take().is_empty(), "so the other task has had no turn");
}

/// A clock that panics where the thread would park for ever.
struct NoOneWakes;

impl Clock for NoOneWakes {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn park(&self, due: Option<Duration>) {
        assert!(due.is_some(), "the thread parks, and nothing will unpark it");
    }
}

#[test]
#[should_panic(expected = "the thread parks, and nothing will unpark it")]
fn cannot_say_that_it_is_stuck() {
    let event_loop = EventLoop::new(Rc::new(NoOneWakes));
    event_loop.spawn(Forgetful(Bell::default()));
    event_loop.run();
}
