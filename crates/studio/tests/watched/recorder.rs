//! The recorder: an exact log where we own the queue, and what must hold on every runtime.

use paintdry_core::{Runtime, TaskError, gather};
use paintdry_studio::{
    BlockingStudio, Clock, Event, EventKind, Recording, Studio, WakeSource, WatchedRun, at_line, name_task, note,
    sleep_blocking, work,
};
use std::future::{pending, poll_fn};
use std::task::{Poll, Waker};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);
const SECOND_NS: u64 = 1_000_000_000;

type Loop = Studio<paintdry_generator::EventLoop>;

/// The events as lines: `0 s task 1 poll on 0`.
fn log<T>(watched: &WatchedRun<T>) -> Vec<String> {
    let line = |event: &Event| {
        let what = match &event.what {
            EventKind::Spawn { by } => {
                format!("spawned by {}", by.map_or("none".to_owned(), |by| watched.tasks[by as usize].clone()))
            }
            EventKind::Poll { thread: Some(thread) } => format!("poll on {thread}"),
            EventKind::Line(line) => format!("line {line}"),
            EventKind::Timer { timer, due_ns } => format!("timer {timer} due at {} s", due_ns / SECOND_NS),
            EventKind::Join { other } => format!("joins {}", watched.tasks[*other as usize]),
            EventKind::Fire { timer } => format!("timer {timer} fired"),
            EventKind::Wake(WakeSource::Task(by)) => format!("woken by {}", watched.tasks[*by as usize]),
            EventKind::Wake(by) => format!("woken by {by:?}"),
            EventKind::Panic(message) => format!("panic: {message}"),
            other => format!("{other:?}").to_lowercase(),
        };
        format!("{} s {}: {what}", event.ns / SECOND_NS, watched.tasks[event.task as usize])
    };
    watched.events.iter().map(line).collect()
}

#[test]
fn two_tasks_on_our_loop_event_by_event() {
    let watched = Loop::new(Clock::Virtual).recording().run(async {
        let napper = Loop::spawn(async {
            name_task("napper");
            at_line(3);
            Loop::sleep(SECOND).await;
        });
        let yielder = Loop::spawn(async {
            name_task("yielder");
            Loop::yield_now().await;
        });
        napper.await.expect("it ends");
        yielder.await.expect("it ends");
    });
    assert_eq!(
        log(&watched),
        [
            "0 s main: spawned by none",
            "0 s main: poll on 0",
            "0 s napper: spawned by main", // no name yet, but the log is read at the end
            "0 s yielder: spawned by main",
            "0 s main: joins napper",
            "0 s main: pending",
            "0 s napper: poll on 0",
            "0 s napper: line 3",
            "0 s napper: timer 0 due at 1 s",
            "0 s napper: pending",
            "0 s yielder: poll on 0",
            "0 s yielder: yield",
            "0 s yielder: woken by yielder", // the waker is ours, so the loop's own yield calls it
            "0 s yielder: pending",
            "0 s yielder: poll on 0",
            "0 s yielder: complete",     // main joins the other one first, so no task is woken
            "1 s napper: timer 0 fired", // nothing could run, so time advanced
            "1 s napper: woken by Timer",
            "1 s napper: poll on 0",
            "1 s napper: complete",
            "1 s main: woken by napper",
            "1 s main: poll on 0",
            "1 s main: complete",
        ]
    );
}

#[test]
fn panics_and_cancellations_are_noted() {
    type Local = Studio<paintdry_smol::Local>; // where dropping a handle cancels the task
    let watched = Local::new(Clock::Virtual).recording().run(async {
        let falls = Local::spawn(async {
            name_task("falls");
            std::panic::resume_unwind(Box::new("off the ladder"))
        });
        let ended: Result<(), _> = falls.await;
        assert_eq!(ended, Err(TaskError::Panicked("off the ladder".to_owned())));
        drop(Local::spawn(async { Local::sleep(SECOND).await }));
        Local::yield_now().await;
    });
    let log = log(&watched);
    assert!(log.contains(&"0 s falls: panic: off the ladder".to_owned()), "{log:#?}");
    assert!(log.contains(&"0 s task 2: cancel".to_owned()), "{log:#?}");
    assert_eq!(watched.wall, Duration::ZERO, "no task waits for what was cancelled");
}

/// Takes notes, time and a wake when it is dropped.
struct Slow(Waker);

impl Drop for Slow {
    fn drop(&mut self) {
        note("dropped");
        sleep_blocking(SECOND);
        self.0.wake_by_ref();
    }
}

async fn slow() -> Slow {
    poll_fn(|context| Poll::Ready(Slow(context.waker().clone()))).await
}

fn ends_with_its_last_event<R: Runtime>() {
    let watched = Studio::<R>::new(Clock::Virtual).recording().run(async {
        let left = [
            Studio::<R>::spawn(async { Some(slow().await) }),
            Studio::<R>::spawn(async {
                let _slow = slow().await;
                pending().await
            }),
        ];
        Studio::<R>::yield_now().await;
        drop(left);
        Studio::<R>::sleep(10 * SECOND).await;
    });
    let mut ended = Vec::new();
    for event in &watched.events {
        assert!(!ended.contains(&event.task), "{}: {:#?}", R::NAME, log(&watched));
        if matches!(event.what, EventKind::Complete | EventKind::Cancel) {
            ended.push(event.task);
        }
    }
    assert!(ended.len() > 1, "{}: {:#?}", R::NAME, log(&watched));
    let mut recording = Recording::of_program("slow", Clock::Virtual, Vec::new());
    recording.runs.push(watched.recorded(R::NAME, "slow"));
    recording.check().expect("it agrees with itself");
}

#[test]
fn no_event_of_a_task_follows_its_end() {
    on_every_runtime!(ends_with_its_last_event);
}

#[test]
fn blocking_work_is_marked_as_blocking() {
    let studio = BlockingStudio::recording(Clock::Virtual, 1);
    let ended = studio.task("painter").run(|| {
        work(SECOND);
        sleep_blocking(2 * SECOND);
    });
    assert_eq!(ended, Ok(()));
    assert_eq!(
        log(&studio.end()),
        [
            "0 s painter: spawned by none",
            "0 s painter: poll on 0",
            "1 s painter: timer 1 due at 3 s", // work is no timer of the program's, though it has a number
            "1 s painter: block",
            "3 s painter: timer 1 fired",
            "3 s painter: unblock",
            "3 s painter: complete",
        ]
    );
}

#[test]
fn without_a_recording_nothing_is_noted() {
    let watched = Loop::new(Clock::Virtual).run(Loop::sleep_once());
    assert_eq!((watched.events.len(), watched.wall), (0, SECOND));
}

trait SleepOnce {
    fn sleep_once() -> impl Future<Output = ()>;
}

impl<R: Runtime> SleepOnce for R {
    async fn sleep_once() {
        R::sleep(SECOND).await;
    }
}

/// What every recording must hold, on any threads: time does not go back, each task's events tell a story that can
/// be, and each timer fires after it was set and not before it is due.
fn tells_a_story_that_can_be<R: Runtime>() {
    for clock in [Clock::Virtual, Clock::Real] {
        let watched = Studio::<R>::new(clock).recording().run(gather::<Studio<R>, _>((0..20).map(|n| async move {
            for round in 0..10 {
                Studio::<R>::yield_now().await;
                if (round + n) % 3 == 0 {
                    Studio::<R>::sleep(Duration::from_micros(n * 50)).await;
                }
            }
        })));
        assert_eq!(watched.result.expect("it ends").len(), 20);
        let name = R::NAME;
        assert!(watched.events.is_sorted_by_key(|event| event.ns), "{name}");
        for task in 0..21 {
            let own: Vec<_> = watched.events.iter().filter(|event| event.task == task).collect();
            assert!(matches!(own[0].what, EventKind::Spawn { .. }), "{name}");
            assert!(matches!(own[own.len() - 1].what, EventKind::Complete), "{name}: {own:#?}");
            let (mut is_polled, mut may_run) = (false, true);
            for event in &own[1..] {
                match event.what {
                    EventKind::Poll { .. } => {
                        assert!(!is_polled, "{name}: polled twice at once");
                        assert!(may_run || task == 0, "{name}: polled, though no event woke it: {own:#?}");
                        (is_polled, may_run) = (true, false);
                    }
                    EventKind::Wake(_) | EventKind::Yield => may_run = true,
                    EventKind::Pending | EventKind::Complete => {
                        assert!(is_polled, "{name}: the end of no poll");
                        is_polled = false;
                    }
                    _ => {}
                }
            }
            timers_fire_when_they_are_due(name, &own);
        }
    }
}

fn timers_fire_when_they_are_due(name: &str, own: &[&Event]) {
    let set = own.iter().filter_map(|event| match event.what {
        EventKind::Timer { timer, due_ns } => Some((timer, due_ns)),
        _ => None,
    });
    for (timer, due_ns) in set {
        let fired = own.iter().find(|event| event.what == EventKind::Fire { timer });
        assert!(fired.is_some_and(|fired| fired.ns >= due_ns), "{name}: timer {timer}");
    }
}

#[test]
fn every_recording_tells_a_story_that_can_be() {
    on_every_runtime!(tells_a_story_that_can_be);
}
