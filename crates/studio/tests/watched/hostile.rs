//! Programs that break what they can: destructors and wakers that panic, and names of a megabyte.

use futures::FutureExt;
use futures::future::{Ready, ready};
use paintdry_core::{Runtime, TaskError};
use paintdry_generator::EventLoop;
use paintdry_studio::{BlockingStudio, Clock, Studio, now, sleep_blocking, spawn_thread};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// Panics when it is dropped.
struct Brittle;

impl Drop for Brittle {
    fn drop(&mut self) {
        resume_unwind(Box::new("broke")); // the hook would print
    }
}

/// Breaks when it is dropped, and so does what it ends with: an output, or if it panics, a payload.
struct BreaksTwice {
    panics: bool,
    _own: Brittle,
}

impl Future for BreaksTwice {
    type Output = Brittle;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Brittle> {
        if self.panics {
            resume_unwind(Box::new(Brittle));
        }
        Poll::Ready(Brittle)
    }
}

fn breaks_twice<R: Runtime>() {
    let errors = [false, true].map(|panics| {
        let watched = Studio::<R>::new(Clock::Virtual)
            .run(async move { Studio::<R>::spawn(BreaksTwice { panics, _own: Brittle }).await.map(std::mem::forget) });
        watched.result.expect("it is not stalled").expect_err("it breaks").to_string()
    });
    assert_eq!(errors, ["the task panicked: broke", "the task panicked: a value that is not a message"], "{}", R::NAME);
}

#[test]
fn a_future_that_breaks_together_with_what_it_ends_with_is_one_panic() {
    on_every_runtime!(breaks_twice);
}

/// A waker that panics.
struct PanickingWaker;

impl Wake for PanickingWaker {
    fn wake(self: Arc<Self>) {
        resume_unwind(Box::new("woken"));
    }
}

fn sleeps_with_a_waker_that_panics<R: Runtime>() {
    for clock in [Clock::Virtual, Clock::Real] {
        let studio = Studio::<R>::new(clock).with_patience(Duration::from_millis(50));
        let unit = if clock == Clock::Virtual { SECOND } else { Duration::from_millis(2) };
        let watched = studio.run(async {
            let mut kept = pin!(Studio::<R>::sleep(unit));
            let waker = Waker::from(Arc::new(PanickingWaker));
            assert!(kept.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            let mut kept_yield = pin!(Studio::<R>::yield_now());
            assert!(kept_yield.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            Studio::<R>::sleep(2 * unit).await;
            let ended = now();
            kept.await;
            (ended, now())
        });
        let (ended, after) = watched.result.unwrap_or_else(|stalled| panic!("{} {clock:?}: {stalled}", R::NAME));
        assert!(clock == Clock::Real || (ended, after) == (2 * unit, 2 * unit), "{}", R::NAME);
        let stalled = studio.run(async {
            let waker = Waker::from(Arc::new(PanickingWaker));
            let mut kept = pin!(Studio::<R>::sleep(unit));
            assert!(kept.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            pending::<()>().await;
        });
        assert!(stalled.result.is_err(), "{} {clock:?}", R::NAME);
    }
}

#[test]
fn a_waker_that_panics_stops_no_clock_and_no_watchdog() {
    on_every_runtime!(sleeps_with_a_waker_that_panics);
}

/// The next run cancels a task that the first has left behind.
fn breaks_and_wakes_when_it_is_cancelled<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual);
    let left = studio.run(async {
        let mut left = Studio::<R>::spawn(async {
            let _breaks = Brittle;
            Studio::<R>::sleep(SECOND).await;
        });
        for _ in 0..3 {
            Studio::<R>::yield_now().await;
        }
        let waker = Waker::from(Arc::new(PanickingWaker));
        assert!(left.poll_unpin(&mut Context::from_waker(&waker)).is_pending());
        Some(left)
    });
    let next = studio.run(async {
        for _ in 0..10 {
            Studio::<R>::yield_now().await;
        }
    });
    assert_eq!(next.result, Ok(()), "{}: the panic is that of the cancelled task", R::NAME);
    drop(left);
}

#[test]
fn a_cancelled_task_that_breaks_and_wakes_with_a_panic_does_not_end_the_process() {
    breaks_and_wakes_when_it_is_cancelled::<EventLoop>();
    breaks_and_wakes_when_it_is_cancelled::<paintdry_tokio::CurrentThread>();
}

#[test]
fn a_detached_thread_may_leave_a_result_that_panics() {
    let studio = BlockingStudio::new(Clock::Virtual, 2);
    let ended = studio.task("main").run(|| {
        drop(spawn_thread("detached", || Brittle));
        let left = spawn_thread("ended", || Brittle);
        sleep_blocking(SECOND); // until then the first has ended in virtual time
        drop(left);
        spawn_thread("joined", || 1).join()
    });
    assert_eq!(ended, Ok(Ok(1)));
}

#[test]
fn names_of_a_megabyte_make_a_message_that_can_be_read() {
    type Watched = Studio<EventLoop>;
    let studio = Watched::new(Clock::Virtual).with_patience(Duration::ZERO);
    let watched = studio.run(async {
        let tasks = [(); 30].map(|()| Watched::spawn_named(&"ä".repeat(500_000), pending::<()>()));
        for task in tasks {
            task.await.expect("it is stuck");
        }
    });
    let message = watched.result.expect_err("they are stuck").to_string();
    let name = "ä".repeat(100);
    assert!(message.contains(&format!(" main waits for the end of {name}…, {name}… waits for a wake")), "{message}");
    assert!(message.chars().count() < 5_000, "{} characters", message.chars().count());
}

#[test]
fn work_that_is_announced_and_never_begins_does_not_stop_the_time() {
    let studio = BlockingStudio::new(Clock::Virtual, 2);
    let never = studio.task("never");
    let napped = studio.task("napper").run(|| {
        sleep_blocking(SECOND);
        now()
    });
    assert_eq!(napped, Ok(SECOND));
    drop(never);
}

/// The waker that [`Panicking`] has polled its main task with last.
static POLLED_WITH: Mutex<Weak<Signal>> = Mutex::new(Weak::new());

struct Signal;

impl Wake for Signal {
    fn wake(self: Arc<Self>) {}
}

/// A runtime that polls its main task once and then panics.
struct Panicking;

impl Runtime for Panicking {
    const NAME: &'static str = "panicking";

    type Task<T: Send + 'static> = Ready<Result<T, TaskError>>;

    fn start() -> Self {
        Self
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let signal = Arc::new(Signal);
        *POLLED_WITH.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&signal);
        match pin!(future).poll(&mut Context::from_waker(&signal.into())) {
            Poll::Ready(output) => output,
            Poll::Pending => resume_unwind(Box::new("out of paint")),
        }
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        ready(future.now_or_never().ok_or(TaskError::Cancelled))
    }

    fn sleep(_: Duration) -> impl Future<Output = ()> + Send + 'static {
        pending()
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        ready(())
    }
}

/// Its watchdog keeps the run, and the run the waker of its main task.
#[test]
fn of_a_run_whose_runtime_panics_no_watchdog_is_left() {
    let studio = Studio::<Panicking>::new(Clock::Real).with_patience(Duration::MAX);
    let ended = catch_unwind(AssertUnwindSafe(|| studio.run(pending::<()>())));
    assert_eq!(
        TaskError::from_panic(ended.expect_err("its runtime panics")),
        TaskError::Panicked("out of paint".into())
    );
    let begun = Instant::now();
    while POLLED_WITH.lock().unwrap_or_else(PoisonError::into_inner).strong_count() > 0 {
        assert!(begun.elapsed() < 60 * SECOND, "the watchdog is still there");
        thread::yield_now();
    }
}
