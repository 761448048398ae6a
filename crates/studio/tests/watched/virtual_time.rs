//! Virtual time: the same on every runtime, to the nanosecond, however often it is tried.

use paintdry_core::{Canvas, Painted, Runtime, TimedOut, gather, paint, paint_blocking, timeout};
use paintdry_studio::{BlockingStudio, Clock, Studio, name_task, now, sleep_blocking, work};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// Three canvases, as the course paints them: `cost` of work, then 2 s of drying.
async fn three_canvases<R: Runtime>(cost: Duration) -> Vec<Painted> {
    let painters = (1..=3).map(|canvas| async move {
        name_task(&format!("canvas {canvas}"));
        work(cost);
        paint(Canvas::new(2 * SECOND), 1, SECOND / 2, now, R::sleep).await
    });
    gather::<R, _>(painters).await.into_iter().map(|painted| painted.expect("no task panics")).collect()
}

fn two_seconds<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual);
    for _ in 0..100 {
        let watched = studio.run(three_canvases::<Studio<R>>(Duration::ZERO));
        let expected = Painted { painted_at: Duration::ZERO, dry_at: 2 * SECOND, looks: 5 };
        assert_eq!(watched.result.expect("it is not stalled"), [expected; 3], "{}", R::NAME);
        assert_eq!(watched.wall, 2 * SECOND, "{}", R::NAME);
    }
}

#[test]
fn three_canvases_dry_in_two_seconds() {
    on_every_runtime!(two_seconds);
}

fn ten_thousand_rounds<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual);
    let rounds = studio.run(async {
        for round in 0..10_000 {
            let begun = now();
            // Sleeps that end together, one after another, and at once.
            let sleepers = (0..4).map(|n| async move {
                Studio::<R>::sleep(SECOND * (n % 2)).await;
                Studio::<R>::yield_now().await;
                Studio::<R>::sleep(SECOND).await;
                now()
            });
            let ended = gather::<Studio<R>, _>(sleepers).await;
            let ended: Vec<_> = ended.into_iter().map(|at| at.expect("no task panics").saturating_sub(begun)).collect();
            assert_eq!(ended, [SECOND, 2 * SECOND, SECOND, 2 * SECOND], "round {round} on {}", R::NAME);
            assert_eq!(now().saturating_sub(begun), 2 * SECOND, "round {round} on {}", R::NAME);
        }
    });
    rounds.result.expect("it is not stalled");
    assert_eq!(rounds.wall, 20_000 * SECOND);
}

#[test]
fn ten_thousand_rounds_give_the_same_times() {
    on_every_runtime!(ten_thousand_rounds);
}

fn work_holds_the_thread_up<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual);
    let threads = u32::try_from(studio.threads().min(3)).expect("a few");
    let watched = studio.run(three_canvases::<Studio<R>>(SECOND));
    // Three paintings of a second, shared out among the threads, and then the last canvas dries.
    assert_eq!(watched.wall, SECOND * 3_u32.div_ceil(threads) + 2 * SECOND, "{}", R::NAME);
    let mut painted: Vec<_> = watched.result.expect("not stalled").iter().map(|painted| painted.painted_at).collect();
    painted.sort();
    let expected: Vec<_> = (0..3).map(|canvas| SECOND * (canvas / threads + 1)).collect();
    assert_eq!(painted, expected, "{}", R::NAME);
}

#[test]
fn painting_that_costs_holds_everybody_on_the_thread_up() {
    let _alone = crate::alone_on_the_threads();
    on_every_runtime!(work_holds_the_thread_up);
}

#[test]
fn blocking_takes_nine_seconds_and_a_thread_each_three() {
    let canvas = || {
        work(SECOND);
        paint_blocking(Canvas::new(2 * SECOND), 1, SECOND / 2, now, sleep_blocking).dry_at
    };
    let blocking = BlockingStudio::new(Clock::Virtual, 1);
    let ended = [1, 2, 3].map(|_| blocking.task("canvas").run(canvas));
    assert_eq!(ended, [3, 6, 9].map(|seconds| Ok(seconds * SECOND)));
    assert_eq!(blocking.end().wall, 9 * SECOND);

    let threads = BlockingStudio::new(Clock::Virtual, 3);
    let tasks = [1, 2, 3].map(|_| threads.task("canvas"));
    let handles = tasks.map(|task| std::thread::spawn(move || task.run(canvas)));
    assert_eq!(handles.map(|handle| handle.join().expect("caught")), [3, 3, 3].map(|seconds| Ok(seconds * SECOND)));
    assert_eq!(threads.end().wall, 3 * SECOND);
}

#[test]
fn a_dropped_sleep_keeps_no_task_waiting() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    let watched = Watched::new(Clock::Virtual).run(async {
        let hour = Watched::sleep(3600 * SECOND);
        futures::future::select(std::pin::pin!(hour), std::pin::pin!(Watched::sleep(SECOND))).await;
        Watched::sleep(SECOND).await;
    });
    assert_eq!(watched.wall, 2 * SECOND);
}

/// The time of a run is that of its main task; what it leaves behind drives it no further, and is not noted.
fn leaves_tasks_behind<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual).recording();
    for _ in 0..20 {
        let watched = studio.run(async {
            // Kept, because dropping the handle cancels the task on some runtimes.
            let left = Studio::<R>::spawn(async {
                loop {
                    Studio::<R>::sleep(SECOND * 2 / 3).await;
                }
            });
            let worker = Studio::<R>::spawn(async { work(SECOND) });
            Studio::<R>::sleep(SECOND).await;
            worker.await.expect("no task panics");
            (left, now())
        });
        let (left, end): (paintdry_studio::Task<R, ()>, _) = watched.result.expect("it is not stalled");
        assert_eq!((end, watched.wall), (SECOND, SECOND), "{}", R::NAME);
        assert!(watched.events.iter().all(|event| event.ns <= 1_000_000_000), "{}", R::NAME);
        drop(left);
    }
}

#[test]
fn a_run_ends_with_its_main_task() {
    let _alone = crate::alone_on_the_threads();
    on_every_runtime!(leaves_tasks_behind);
}

/// With a search through all timers at each piece of work it would take a minute.
#[test]
fn work_takes_no_longer_because_many_others_sleep() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    const TASKS: u32 = 20_000;
    let watched = Watched::new(Clock::Virtual).run(async {
        let sleepers: Vec<_> = (0..TASKS).map(|_| Watched::spawn(Watched::sleep(SECOND))).collect();
        Watched::yield_now().await; // they sleep
        let ready = Watched::spawn(async { now() });
        for _ in 0..2 * TASKS {
            work(Duration::from_nanos(1));
        }
        (ready.await, sleepers.len())
    });
    let worked = Duration::from_nanos((2 * TASKS).into());
    assert_eq!(watched.result, Ok((Ok(worked), TASKS as usize)));
}

/// Panics when it is dropped.
struct Brittle;

impl Drop for Brittle {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new("broke"));
    }
}

/// A task that breaks while it is dropped, whenever that is, has ended: it does not keep virtual time from going on.
fn breaks<R: Runtime>() {
    let watched = Studio::<R>::new(Clock::Virtual).run(async {
        let at_its_end = Studio::<R>::spawn(async {
            let _brittle = Brittle;
            Studio::<R>::yield_now().await;
        });
        assert!(matches!(at_its_end.await, Err(paintdry_core::TaskError::Panicked(message)) if message == "broke"));
        let brittle = Some(Brittle);
        let kept_by_the_future = Studio::<R>::spawn(std::future::poll_fn(move |_| match &brittle {
            Some(_) => std::task::Poll::Ready(()),
            None => std::task::Poll::Pending,
        }));
        assert!(kept_by_the_future.await.is_err());
        Studio::<R>::sleep(SECOND).await;
    });
    assert_eq!(watched.wall, SECOND, "{}", R::NAME);
}

#[test]
fn a_destructor_that_panics_ends_its_task() {
    on_every_runtime!(breaks);
}

const HOUR: Duration = Duration::from_secs(3600);
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

/// A thousand timers, many of them due at the same time, and time that jumps past all of them at once, because the work of one
/// task takes a year: none fires early, and all do.
fn a_year_at_once<R: Runtime>() {
    const SLEEPERS: u32 = 1_000;
    let studio = Studio::<R>::new(Clock::Virtual);
    // On several threads each time costs real time: ready tasks may be in the queue of the thread that is held.
    let at_once = if studio.threads() == 1 { 20 } else { SLEEPERS };
    let watched = studio.run(async {
        let sleepers: Vec<_> = (0..SLEEPERS)
            .map(|n| {
                let due = HOUR * (n / at_once + 1);
                Studio::<R>::spawn(async move {
                    Studio::<R>::sleep(due).await;
                    (due, now())
                })
            })
            .collect();
        Studio::<R>::yield_now().await;
        let worker = Studio::<R>::spawn(async { work(YEAR) });
        worker.await.expect("no task panics");
        let mut woken = Vec::new();
        for sleeper in sleepers {
            woken.push(sleeper.await.expect("no task panics"));
        }
        woken
    });
    let woken = watched.result.expect("it is not stalled");
    assert_eq!(woken.len(), SLEEPERS as usize, "{}", R::NAME);
    assert!(woken.iter().all(|(due, at)| due <= at && *at <= YEAR), "{}: {woken:?}", R::NAME);
    assert_eq!(watched.wall, YEAR, "{}", R::NAME);
}

#[test]
fn time_that_jumps_past_many_timers_fires_all_of_them_and_none_early() {
    let _alone = crate::alone_on_the_threads();
    on_every_runtime!(a_year_at_once);
}

/// A sleep of zero ends without any time. One of `Duration::MAX` never does: a task that only waits for that is stuck.
fn the_shortest_and_the_longest_sleep<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual);
    let watched = studio.run(async {
        for _ in 0..100 {
            Studio::<R>::sleep(Duration::ZERO).await;
        }
        let zero = now();
        let longest = std::pin::pin!(Studio::<R>::sleep(Duration::MAX));
        futures::future::select(longest, std::pin::pin!(Studio::<R>::sleep(500 * YEAR))).await;
        (zero, now())
    });
    assert_eq!(watched.result.expect("it is not stalled"), (Duration::ZERO, 500 * YEAR), "{}", R::NAME);
    let alone = studio.run(async { Studio::<R>::sleep(Duration::MAX).await });
    assert_eq!(alone.result.expect_err("it never ends").tasks.len(), 1, "{}", R::NAME);
}

#[test]
fn a_sleep_of_zero_takes_no_time_and_the_longest_never_ends() {
    on_every_runtime!(the_shortest_and_the_longest_sleep);
}

fn limits_of_time<R: Runtime>() {
    let within = |limit: Duration| async move {
        let ended = timeout::<Studio<R>, _>(limit, async {
            Studio::<R>::sleep(2 * SECOND).await;
            "dry"
        });
        (ended.await, now())
    };
    let of = |limit| Studio::<R>::new(Clock::Virtual).run(within(limit)).result.expect("it is not stalled");
    assert_eq!(of(SECOND), (Err(TimedOut(SECOND)), SECOND), "{}", R::NAME);
    assert_eq!(of(2 * SECOND), (Ok("dry"), 2 * SECOND), "at the limit it is in time: {}", R::NAME);
    assert_eq!(of(Duration::MAX), (Ok("dry"), 2 * SECOND), "{}", R::NAME);
    let ready = Studio::<R>::new(Clock::Virtual).run(timeout::<Studio<R>, _>(Duration::ZERO, async { 1 }));
    assert_eq!(ready.result.expect("it is not stalled"), Ok(1), "{}", R::NAME);
}

#[test]
fn a_limit_of_time_is_the_same_on_every_runtime() {
    on_every_runtime!(limits_of_time);
}
