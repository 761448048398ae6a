//! Runs after other runs, beside them and inside them: each has a time of its own.

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::join;
use paintdry_core::{Runtime, TaskError, gather};
use paintdry_generator::EventLoop;
use paintdry_studio::{BlockingStudio, Clock, EventKind, Studio, WakeSource, now, spawn_thread, work};
use std::thread;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn other_runs<R: Runtime>() {
    let (promise, future) = oneshot::channel();
    let other = thread::spawn(move || {
        Studio::<R>::new(Clock::Real).run(async { promise.send("from another run") }).result.expect("it is not stalled")
    });
    let studio = Studio::<R>::new(Clock::Real).with_patience(Duration::from_secs(60)).recording();
    let watched = studio.run(future);
    assert_eq!(watched.result, Ok(Ok("from another run")), "{}", R::NAME);
    other.join().expect("it does not panic").expect("the receiver waits");
    for event in &watched.events {
        assert!(!matches!(event.what, EventKind::Wake(WakeSource::Task(_))), "{}: no task of this run did it", R::NAME);
    }
}

#[test]
fn a_task_of_another_run_is_not_named() {
    on_every_runtime!(other_runs);
}

fn carried<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Real).recording();
    let first = studio.run(async {
        gather::<Studio<R>, _>([1, 2].map(|_| async {})).await;
        (Studio::<R>::spawn(async {}),)
    });
    let (task,) = first.result.expect("it is not stalled");
    let second = studio.run(async { task.await.is_ok() });
    assert_eq!(second.tasks, ["main"]);
    assert!(second.events.iter().all(|event| !matches!(event.what, EventKind::Join { .. })), "{}", R::NAME);
}

#[test]
fn a_handle_may_be_carried_to_the_next_run() {
    on_every_runtime!(carried);
}

fn carried_sleep<R: Runtime>() {
    for (first, second) in
        [Clock::Virtual, Clock::Real].map(|first| [Clock::Virtual, Clock::Real].map(|second| (first, second))).concat()
    {
        for is_begun in [false, true] {
            let carried = Studio::<R>::new(first).run(async {
                let mut sleep = Box::pin(Studio::<R>::sleep(Duration::from_millis(20)));
                Studio::<R>::yield_now().await;
                if is_begun {
                    assert_eq!((&mut sleep).now_or_never(), None);
                }
                (sleep,)
            });
            let (sleep,) = carried.result.expect("it is not stalled");
            let watched = Studio::<R>::new(second).run(sleep);
            watched.result.unwrap_or_else(|stalled| panic!("{} {first:?} {second:?}: {stalled}", R::NAME));
            if (first, second) == (Clock::Virtual, Clock::Virtual) {
                assert_eq!(watched.wall, Duration::from_millis(20), "{}", R::NAME);
            }
        }
    }
}

#[test]
fn a_sleep_may_be_carried_to_the_next_run() {
    on_every_runtime!(carried_sleep);
}

#[test]
fn a_sleep_in_virtual_time_that_is_awaited_outside_after_its_run_says_so() {
    type Watched = Studio<EventLoop>;
    let carried = Watched::new(Clock::Virtual).run(async { (Box::pin(Watched::sleep(SECOND)),) });
    let (sleep,) = carried.result.expect("it is not stalled");
    let awaited = thread::spawn(|| futures::executor::block_on(sleep)).join().expect_err("its time has ended");
    assert!(TaskError::panic_message(&*awaited).contains("after its run has ended"));
}

/// A loop that watches runs inside a task of another loop that yields at the same time.
#[test]
fn a_run_inside_a_task_of_the_generator_loop_leaves_its_yield_alone() {
    for clock in [Clock::Real, Clock::Virtual] {
        let nested =
            async { Studio::<EventLoop>::new(clock).run(async { Studio::<EventLoop>::yield_now().await }).result };
        let both = join(EventLoop::yield_now(), nested);
        let ((), nested) = <EventLoop as Runtime>::run_until_complete(&EventLoop::new(), both);
        nested.expect("it is not stalled");
    }
}

/// Two tasks of three seconds of work each, on a thread that was started for a task of another run.
fn inside_a_thread<R: Runtime>() {
    let studio = BlockingStudio::new(Clock::Virtual, 2);
    let ended = studio.task("main").run(|| {
        let host = spawn_thread("host", || {
            let studio = Studio::<R>::new(Clock::Virtual);
            let worker = async || {
                for _ in 0..3 {
                    work(SECOND);
                    Studio::<R>::yield_now().await;
                }
            };
            let watched = studio.run(async {
                let other = Studio::<R>::spawn(worker());
                worker().await;
                other.await
            });
            (studio.threads(), watched.result.expect("it is not stalled"), watched.wall)
        });
        (host.join(), now())
    });
    let (host, outer) = ended.expect("it does not panic");
    let (threads, worker, wall) = host.expect("it does not panic");
    assert_eq!(worker, Ok(()), "{}", R::NAME);
    assert_eq!((wall, outer), (if threads == 1 { 6 } else { 3 } * SECOND, Duration::ZERO), "{}", R::NAME);
}

#[test]
fn a_run_inside_a_thread_of_another_run_has_all_its_threads() {
    let _alone = crate::alone_on_the_threads();
    inside_a_thread::<EventLoop>();
    inside_a_thread::<paintdry_tokio::CurrentThread>();
    inside_a_thread::<paintdry_tokio::MultiThread>();
    inside_a_thread::<paintdry_smol::Local>();
}
