//! Threads that start and join each other in virtual time.

use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{BlockingStudio, Clock, Studio, now, sleep_blocking, spawn_thread, work};
use std::sync::mpsc;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

fn paint() {
    work(SECOND);
    sleep_blocking(2 * SECOND);
}

#[test]
fn joined_one_by_one_they_run_one_by_one_and_none_misses_the_moment() {
    for _ in 0..200 {
        let studio = BlockingStudio::new(Clock::Virtual, 4);
        let ended = studio.task("main").run(|| {
            let meanwhile = spawn_thread("longest", || sleep_blocking(20 * SECOND));
            for _ in 0..3 {
                spawn_thread("painter", paint).join().expect("it does not panic");
            }
            let painted = now();
            meanwhile.join().expect("it does not panic");
            (painted, now())
        });
        assert_eq!(ended, Ok((9 * SECOND, 20 * SECOND)));
    }
}

#[test]
fn started_together_they_run_together() {
    let studio = BlockingStudio::new(Clock::Virtual, 4);
    let ended = studio.task("main").run(|| {
        let painters = [(); 3].map(|()| spawn_thread("painter", paint));
        for painter in painters {
            painter.join().expect("it does not panic");
        }
        now()
    });
    assert_eq!(ended, Ok(3 * SECOND));
}

#[test]
fn a_thread_at_work_holds_up_no_task() {
    type Watched = Studio<EventLoop>;
    let watched = Watched::new(Clock::Virtual).run(async {
        let (working, is_working) = mpsc::channel();
        let worker = spawn_thread("worker", move || {
            working.send(()).expect("the main task listens");
            work(SECOND);
        });
        is_working.recv().expect("the worker says so");
        for _ in 0..10_000 {
            Watched::yield_now().await;
        }
        let after_turns = now();
        worker.join().expect("it does not panic");
        (after_turns, now())
    });
    assert_eq!(watched.result, Ok((Duration::ZERO, SECOND)), "turns take no time");
}

#[test]
fn a_join_holds_up_the_tasks_of_its_thread_and_not_the_time() {
    type Watched = Studio<EventLoop>;
    let watched = Watched::new(Clock::Virtual).run(async {
        let napper = Watched::spawn(async {
            Watched::sleep(SECOND).await;
            now()
        });
        Watched::yield_now().await; // it sleeps
        spawn_thread("worker", || work(2 * SECOND)).join().expect("it does not panic");
        (napper.await, now())
    });
    assert_eq!(watched.result, Ok((Ok(2 * SECOND), 2 * SECOND)));
}

#[test]
fn a_thread_begins_at_the_time_at_which_it_is_started() {
    type Watched = Studio<EventLoop>;
    for _ in 0..200 {
        let watched = Watched::new(Clock::Virtual).run(async {
            let worker = spawn_thread("worker", now);
            work(SECOND);
            worker.join()
        });
        assert_eq!(watched.result, Ok(Ok(Duration::ZERO)));
    }
}

#[test]
fn a_panic_is_an_error_of_the_join() {
    let studio = BlockingStudio::new(Clock::Virtual, 2);
    let ended = studio.task("main").run(|| {
        let failing = spawn_thread("failing", || {
            sleep_blocking(SECOND);
            std::panic::resume_unwind(Box::new("no paint")); // the hook would print to the test's output
        });
        failing.join().map_err(|error| error.to_string())
    });
    assert_eq!(ended, Ok(Err("the task panicked: no paint".to_owned())));
}
