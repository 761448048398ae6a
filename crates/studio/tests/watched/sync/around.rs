//! Locks outside of a run, in two runs, in a run that is stuck, and in a trace.

use super::{recorded, uses};
use paintdry_core::{Runtime, name_task};
use paintdry_generator::EventLoop;
use paintdry_studio::sync::Mutex;
use paintdry_studio::{Clock, Recording, Studio};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

type Loop = Studio<EventLoop>;

const SECOND: Duration = Duration::from_secs(1);

/// Polls it once, and says whether it is complete.
async fn once<F: Future>(mut future: Pin<&mut F>) -> bool {
    poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready())).await
}

#[test]
fn outside_of_a_run_it_is_a_lock_and_nothing_is_noted() {
    let blue = Mutex::new("blue", 1);
    futures::executor::block_on(async {
        let mut guard = blue.lock().await;
        let mut waits = pin!(blue.lock());
        assert!(!once(waits.as_mut()).await);
        *guard += 1;
        drop(guard);
        assert_eq!(*waits.await, 2);
    });
    // A guard from outside, which a task of the run waits for and then gives back.
    let outside = blue.try_lock();
    let watched = recorded::<EventLoop, _>(async {
        let waits = Loop::spawn({
            let blue = blue.clone();
            async move {
                name_task("ada");
                drop(blue.lock().await);
            }
        });
        Loop::yield_now().await;
        drop(outside);
        waits.await
    });
    let expected =
        ["ada waits to take blue (0)", "ada is notified by blue (0)", "ada takes blue (0)", "ada gives blue back (0)"];
    assert_eq!(uses(&watched), expected);
}

/// A future that was begun in one run is polled in another, and then outside.
#[test]
fn a_lock_of_two_runs_is_in_both_and_its_claims_in_that_of_their_task() {
    let (red, blue) = (Mutex::new("red", ()), Mutex::new("blue", ()));
    let mut waits = Box::pin(blue.lock());
    let first = recorded::<EventLoop, _>(async {
        let guard = blue.lock().await;
        assert!(!once(waits.as_mut()).await);
        guard
    });
    assert_eq!(uses(&first), ["main takes blue (0)", "main waits to take blue (1)"]);
    let second = recorded::<EventLoop, _>(async {
        drop(red.lock().await);
        assert!(!once(waits.as_mut()).await);
        drop(first.result); // its run has ended, so no recording has this
        assert!(once(waits.as_mut()).await);
    });
    assert_eq!(second.resources.iter().map(|resource| &*resource.name).collect::<Vec<_>>(), ["red", "blue"]);
    let expected = [
        "main takes red (0)",
        "main gives red back (0)",
        "main waits to take blue (1)",
        "main is notified by blue (1)",
        "main takes blue (1)",
        "main gives blue back (1)", // the future's output was dropped at once
    ];
    assert_eq!(uses(&second), expected);
}

/// The error of a run that is stuck names the lock and its holder, recorded or not.
fn a_circle<R: Runtime>() {
    let studio = Studio::<R>::new(Clock::Virtual).with_patience(Duration::ZERO);
    let watched = studio.run(async {
        let (red, blue) = (Mutex::new("red", ()), Mutex::new("blue", ()));
        let painters = [("ada", red.clone(), blue.clone()), ("bob", blue, red)];
        let tasks = painters.map(|(name, first, second)| {
            Studio::<R>::spawn(async move {
                name_task(name);
                let _first = first.lock().await;
                Studio::<R>::sleep(SECOND).await;
                let _second = second.lock().await;
            })
        });
        for task in tasks {
            task.await.expect("it never ends");
        }
    });
    let stalled = watched.result.expect_err("they wait for each other").to_string();
    assert!(stalled.contains("ada waits for blue, held by bob"), "{}: {stalled}", R::NAME);
    assert!(stalled.contains("bob waits for red, held by ada"), "{}: {stalled}", R::NAME);
}

#[test]
fn a_stuck_run_says_which_task_holds_what_another_waits_for() {
    on_every_runtime!(a_circle);
}

#[test]
fn the_trace_has_a_mark_for_each_use() {
    let watched = recorded::<EventLoop, _>(async {
        let blue = Mutex::new("blue", ());
        let holds = blue.lock().await;
        let mut waits = Box::pin(blue.lock());
        assert!(!once(waits.as_mut()).await);
        drop(holds);
        drop(waits.await);
    });
    let mut recording = Recording::of_program("trace", Clock::Virtual, Vec::new());
    recording.runs.push(watched.recorded("generator", "one task"));
    let trace: serde_json::Value = serde_json::from_str(&recording.to_trace()).expect("it is JSON");
    let marks = trace["traceEvents"].as_array().expect("a list").iter().filter(|entry| entry["args"]["claim"].is_u64());
    let marks: Vec<_> = marks.map(|mark| mark["name"].as_str().expect("a name")).collect();
    let expected =
        ["takes blue", "waits for blue", "releases blue", "is notified by blue", "takes blue", "releases blue"];
    assert_eq!(marks, expected);
}

#[test]
fn without_a_recording_a_run_lists_no_resources() {
    let watched = Loop::new(Clock::Virtual).run(async { drop(Mutex::new("blue", ()).lock().await) });
    assert!(watched.resources.is_empty() && watched.events.is_empty());
}
