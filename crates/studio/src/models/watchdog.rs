//! The watchdog calls no run stalled that can continue, and is set on each that cannot.

use super::in_every_order;
use super::program::{Signal, Unpark, block_on, expect, sleep, task};
use crate::clock::Clock;
use crate::pause::{RealSleep, Timer};
use crate::primitives::{AtomicBool, thread};
use crate::run::Run;
use crate::watchdog::{Health, Looks};
use std::future::pending;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::task::Context;
use std::time::{Duration, Instant};

fn watched_by_this_thread(clock: Clock) -> Arc<Run> {
    Arc::new(Run::new(clock, false, 2, false, Some(Duration::ZERO)))
}

/// A task that does something and then waits for nothing.
struct Stopping {
    task: Pin<Box<dyn Future<Output = ()>>>,
    has_stopped: Arc<AtomicBool>,
    waker: Arc<Unpark>,
}

impl Stopping {
    fn new(run: &Arc<Run>, future: impl Future<Output = ()> + 'static) -> Self {
        let has_stopped = Arc::new(AtomicBool::new(false));
        let stops = Arc::clone(&has_stopped);
        let task = Box::pin(task(run, async move {
            future.await;
            stops.store(true, SeqCst);
            pending::<()>().await;
        }));
        Self { task, has_stopped, waker: Arc::new(Unpark::this_thread()) }
    }

    /// Polls it as often as it is woken.
    fn poll(&mut self) {
        let waker = Arc::clone(&self.waker).into();
        while self.waker.is_woken.swap(false, SeqCst) {
            assert!(self.task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        }
    }

    /// Polls it on a thread of its own, until it has stopped. The caller that gets it back polls it if it is woken later.
    fn on_its_thread(mut self) -> thread::JoinHandle<Self> {
        thread::spawn(move || {
            self.waker = Arc::new(Unpark::this_thread());
            self.poll();
            while !self.has_stopped.load(SeqCst) {
                thread::park();
                self.poll();
            }
            self
        })
    }
}

/// Checks this many times, as the watchdog does, with no patience at all. The run ends by itself.
fn look(run: &Run, times: usize) {
    let start = Instant::now();
    let mut looks = Looks::begin(run, start);
    for _ in 0..times {
        assert!(looks.look(run, start) != Health::Stalled || run.has_ended(), "stalled, though it continues");
    }
}

#[test]
fn no_check_finds_a_run_stalled_that_can_continue() {
    in_every_order("watchdog: looks", 2, || {
        let run = watched_by_this_thread(Clock::Virtual);
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let ending = Arc::clone(&run);
        let main = task(&run, async move {
            waits.wait().await;
            expect(1);
            drop(ending.end());
        });
        let waking = task(&run, async move {
            sleep(1).await;
            signal.send();
        });
        let others = [thread::spawn(move || block_on(main)), thread::spawn(move || block_on(waking))];
        look(&run, 2);
        for other in others {
            other.join().unwrap();
        }
    });
}

#[test]
fn no_look_finds_a_run_stalled_while_a_real_timer_fires() {
    in_every_order("watchdog: looks in real time", 3, || {
        let run = watched_by_this_thread(Clock::Real);
        let fires = Arc::new(Signal::default());
        let (runtime, ending) = (Arc::clone(&fires), Arc::clone(&run));
        let main = task(&run, async move {
            RealSleep::new(pin!(fires.wait()), Timer::new(Duration::ZERO)).await;
            drop(ending.end());
        });
        let others = [thread::spawn(move || block_on(main)), thread::spawn(move || runtime.send())];
        look(&run, 1);
        for other in others {
            other.join().unwrap();
        }
    });
}

#[test]
fn when_the_last_two_have_stopped_the_watchdog_is_set_on_them() {
    in_every_order("watchdog: set in virtual time", 2, || {
        let run = watched_by_this_thread(Clock::Virtual);
        let sleepers = [1, 1].map(|seconds| Stopping::new(&run, sleep(seconds)).on_its_thread());
        let mut sleepers = sleepers.map(|sleeper| sleeper.join().unwrap());
        sleepers.iter_mut().for_each(Stopping::poll);
        assert!(run.is_watched_closely.load(SeqCst), "the watchdog would never find it stalled");
    });
}

#[test]
fn when_a_real_timer_has_woken_a_task_that_stops_the_watchdog_is_set_on_it() {
    in_every_order("watchdog: set in real time", 2, || {
        let run = watched_by_this_thread(Clock::Real);
        let fires = Arc::new(Signal::default());
        let runtime = Arc::clone(&fires);
        let sleeper = Stopping::new(&run, async move {
            RealSleep::new(pin!(fires.wait()), Timer::new(Duration::ZERO)).await;
        });
        let sleeper = sleeper.on_its_thread();
        runtime.send();
        let mut sleeper = sleeper.join().unwrap();
        sleeper.poll();
        assert!(run.is_watched_closely.load(SeqCst), "the watchdog would never find it stalled");
    });
}
