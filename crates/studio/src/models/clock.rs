//! Virtual time goes on if nothing can run, and only then.

use super::in_every_order;
use crate::clock::Clock;
use crate::pause::{RealSleep, Timer, VirtualSleep};
use crate::run::Run;
use crate::state::{TaskState, current};
use crate::sync::AtomicBool;
use crate::sync::thread::{self, Thread};
use crate::watch::Watch;
use crate::watchdog::{Looks, Seen};
use crate::{sleep_blocking, spawn_thread, work};
use std::future::{pending, poll_fn};
use std::panic::resume_unwind;
use std::pin::{Pin, pin};
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// A runtime of so many threads, under virtual time.
fn run(threads: usize) -> Arc<Run> {
    Arc::new(Run::new(Clock::Virtual, false, threads, false, None))
}

struct Unpark {
    thread: Thread,
    is_woken: AtomicBool,
}

impl Unpark {
    /// For a task that is to be polled on this thread.
    fn this_thread() -> Self {
        Self { thread: thread::current(), is_woken: AtomicBool::new(true) }
    }
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.is_woken.swap(true, SeqCst); // loom lets a plain store come before a swap that has not seen it
        self.thread.unpark();
    }
}

/// Polls a task until its end, on this thread, which runs no other.
fn block_on(task: impl Future<Output = ()>) {
    let waker = Arc::new(Unpark::this_thread()).into();
    let mut task = pin!(task);
    while task.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
        thread::park();
    }
}

/// A watched task, not begun yet. Its panic is passed on.
fn task<F: Future<Output = ()>>(run: &Arc<Run>, future: F) -> impl Future<Output = ()> + use<F> {
    let ended = Arc::new(Mutex::new(None));
    let ending = Arc::clone(&ended);
    let watch = Watch::new(TaskState::new(run, None), future, move |end| *ending.lock().unwrap() = Some(end));
    async move {
        watch.await;
        let end = ended.lock().unwrap().take();
        end.expect("it was not cancelled").unwrap_or_else(|payload| resume_unwind(payload));
    }
}

async fn sleep(seconds: u32) {
    VirtualSleep(Timer::new(seconds * SECOND)).await;
}

/// Fails unless it is that time.
fn expect(seconds: u32) {
    assert_eq!(current("the time was asked for").run.clock.now_ns(), u64::from(seconds) * 1_000_000_000);
}

/// Runs a task on this thread and one on another.
fn together<A, B>(run: &Arc<Run>, here: A, there: B)
where
    A: Future<Output = ()>,
    B: Future<Output = ()> + 'static,
{
    let (here, there) = (task(run, here), task(run, there));
    let other = thread::spawn(move || block_on(there));
    block_on(here);
    other.join().unwrap();
}

/// Something that one task waits for and another lets happen.
#[derive(Default)]
struct Signal(crate::sync::Mutex<(bool, Option<Waker>)>);

impl Signal {
    fn send(&self) {
        let mut signal = self.0.lock().unwrap();
        signal.0 = true;
        let waker = signal.1.take();
        drop(signal);
        waker.into_iter().for_each(Waker::wake);
    }

    fn poll(&self, context: &Context<'_>) -> Poll<()> {
        let mut signal = self.0.lock().unwrap();
        signal.1 = Some(context.waker().clone());
        if signal.0 { Poll::Ready(()) } else { Poll::Pending }
    }

    async fn wait(&self) {
        poll_fn(|context| self.poll(context)).await;
    }
}

#[test]
fn two_sleepers_with_the_same_due_time_both_go_on_then() {
    in_every_order("clock: two sleepers, due at the same time", 2, || {
        let sleeper = async || {
            sleep(1).await;
            expect(1);
        };
        together(&run(2), sleeper(), sleeper());
    });
}

#[test]
fn time_goes_from_one_timer_to_the_next_and_waits_for_whoever_runs() {
    in_every_order("clock: timers one after another", 2, || {
        let twice = async {
            sleep(1).await;
            expect(1);
            sleep(2).await;
            expect(3);
        };
        let once = async {
            sleep(2).await;
            expect(2);
        };
        together(&run(2), twice, once);
    });
}

#[test]
fn who_is_woken_runs_before_time_goes_on() {
    in_every_order("clock: a wake of another task", 2, || {
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let waking = async move {
            sleep(1).await;
            signal.send();
            sleep(1).await;
            expect(2);
        };
        let waiting = async move {
            waits.wait().await;
            expect(1);
        };
        together(&run(2), waking, waiting);
    });
}

#[test]
fn time_goes_on_after_a_wake_from_outside() {
    in_every_order("clock: a wake from outside", 2, || {
        let run = run(2);
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let waiting = task(&run, async move {
            waits.wait().await;
            sleep(1).await;
            expect(1);
        });
        let other = thread::spawn(move || block_on(waiting));
        signal.send();
        other.join().unwrap();
    });
}

#[test]
fn a_sleep_that_is_dropped_when_it_fires_takes_no_other_time_along() {
    in_every_order("clock: a sleep is dropped as it fires", 2, || {
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let waking = async move {
            sleep(1).await;
            signal.send();
        };
        let waiting = async move {
            let mut nap = Box::pin(sleep(1));
            poll_fn(
                |context| if nap.as_mut().poll(context).is_ready() { Poll::Ready(()) } else { waits.poll(context) },
            )
            .await;
            drop(nap);
            expect(1);
            sleep(1).await;
            expect(2);
        };
        together(&run(2), waking, waiting);
    });
}

#[test]
fn work_holds_its_thread_and_no_other() {
    in_every_order("clock: work on two threads", 2, || {
        let working = async {
            work(SECOND);
            expect(1);
        };
        let sleeping = async {
            sleep(2).await;
            expect(2);
            work(SECOND);
            expect(3);
        };
        together(&run(2), working, sleeping);
    });
}

#[test]
fn who_joins_a_thread_goes_on_when_it_ends() {
    in_every_order("clock: a thread is joined", 2, || {
        let run = run(2);
        block_on(task(&run, async {
            let meanwhile = spawn_thread("meanwhile", || sleep_blocking(2 * SECOND));
            spawn_thread("napper", || sleep_blocking(SECOND)).join().unwrap();
            expect(1);
            meanwhile.join().unwrap();
            expect(2);
        }));
    });
}

#[test]
fn nobody_is_left_asleep_when_the_run_ends() {
    in_every_order("clock: the end while a task falls asleep", 2, || {
        let run = run(2);
        let sleeper = Watch::new(TaskState::new(&run, None), sleep(1), |_| ());
        let ending = Arc::clone(&run);
        let main = task(&run, async move { drop(ending.end()) });
        let other = thread::spawn(move || block_on(sleeper));
        block_on(main);
        other.join().unwrap();
        assert_eq!(run.clock.now_ns(), 0, "the time at which it has ended");
    });
}

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

    /// Polls it on a thread of its own, until it has stopped. Whoever gets it back polls it if it is woken later.
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

/// Looks so many times as the watchdog does, with no patience at all. The run ends by itself.
fn look(run: &Run, times: usize) {
    let start = Instant::now();
    let mut looks = Looks::begin(run, start);
    for _ in 0..times {
        assert!(looks.look(run, start) != Seen::Stalled || run.has_ended(), "stalled, though it goes on");
    }
}

#[test]
fn no_look_finds_a_run_stalled_that_can_go_on() {
    in_every_order("watchdog: looks", 2, || {
        let run = watched_by_this_thread(Clock::Virtual);
        let signal = Arc::new(Signal::default());
        let waits = Arc::clone(&signal);
        let ending = Arc::clone(&run);
        let main = task(&run, async move {
            waits.wait().await;
            expect(1);
            ending.end();
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
            ending.end();
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
        assert!(run.is_watched_closely.load(SeqCst), "nobody will find it stalled");
    });
}

#[test]
fn when_a_real_timer_has_woken_whoever_stops_the_watchdog_is_set_on_it() {
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
        assert!(run.is_watched_closely.load(SeqCst), "nobody will find it stalled");
    });
}
