//! Locks and semaphores.

use super::{first_of, recorded, uses};
use paintdry_core::{Runtime, gather, name_task};
use paintdry_generator::EventLoop;
use paintdry_studio::sync::{Mutex, Semaphore};
use paintdry_studio::{Clock, EventKind, ResourceKind, Studio, WatchedRun};
use std::future::poll_fn;
use std::mem;
use std::task::Poll;
use std::time::Duration;

type Loop = Studio<EventLoop>;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn two_painters_share_a_pot_event_by_event() {
    let watched = recorded::<EventLoop, _>(async {
        let blue = Mutex::new("blue", 0);
        let painters = ["ada", "bob"].map(|name| (name, blue.clone()));
        gather::<Loop, _>(painters.map(|(name, blue)| async move {
            name_task(name);
            let mut strokes = blue.lock().await;
            Loop::sleep(SECOND).await;
            *strokes += 1;
        }))
        .await;
        *blue.lock().await
    });
    assert_eq!(watched.resources.len(), 1);
    let pot = &watched.resources[0];
    assert_eq!((pot.kind, &*pot.name, pot.capacity), (ResourceKind::Mutex, "blue", Some(1)));
    let expected = [
        "ada takes blue (0)",
        "bob waits to take blue (1)",
        "ada gives blue back (0)",
        "bob is notified by blue (1)",
        "bob takes blue (1)",
        "bob gives blue back (1)",
        "main takes blue (2)",
        "main gives blue back (2)",
    ];
    assert_eq!(uses(&watched), expected);
    assert_eq!(watched.result, Ok(2));
}

fn waits_in_turn<R: Runtime>() {
    let watched = recorded::<R, _>(async {
        let brushes = Semaphore::new("brushes", 2);
        gather::<Studio<R>, _>([(); 5].map(|()| {
            let brushes = brushes.clone();
            async move {
                let _brush = brushes.acquire().await;
                Studio::<R>::sleep(SECOND).await;
            }
        }))
        .await;
        brushes.try_acquire().is_some()
    });
    assert_eq!((watched.result.as_ref(), watched.wall), (Ok(&true), 3 * SECOND), "{}", R::NAME);
    let mut held = 0;
    let mut counts = (0, 0, 0);
    for event in &watched.events {
        match event.what {
            EventKind::Take { .. } => (held, counts.0) = (held + 1, counts.0 + 1),
            EventKind::Release { .. } => (held, counts.1) = (held - 1, counts.1 + 1),
            EventKind::Notify { .. } => counts.2 += 1,
            _ => {}
        }
        assert!((0..=2).contains(&held), "{}: {:#?}", R::NAME, uses(&watched));
    }
    assert_eq!((counts.0, counts.1), (6, 6), "{}", R::NAME);
    assert!(counts.2 >= 3, "{}: three have waited", R::NAME);
}

#[test]
fn on_every_runtime_at_most_its_number_of_tasks_hold_it() {
    on_every_runtime!(waits_in_turn);
}

#[test]
fn a_waiter_that_gives_up_leaves_and_the_next_one_is_notified() {
    let watched = recorded::<EventLoop, _>(async {
        let blue = Mutex::new("blue", ());
        let holds = blue.lock().await;
        let impatient = Loop::spawn({
            let blue = blue.clone();
            async move {
                name_task("impatient");
                let waits = async { drop(blue.lock().await) };
                first_of(waits, Loop::sleep(SECOND)).await;
            }
        });
        let patient = Loop::spawn({
            let blue = blue.clone();
            async move {
                name_task("patient");
                drop(blue.lock().await);
            }
        });
        Loop::sleep(2 * SECOND).await;
        drop(holds);
        (impatient.await, patient.await)
    });
    let expected = [
        "main takes blue (0)",
        "impatient waits to take blue (1)",
        "patient waits to take blue (2)",
        "impatient leaves blue (1)",
        "main gives blue back (0)",
        "patient is notified by blue (2)",
        "patient takes blue (2)",
        "patient gives blue back (2)",
    ];
    assert_eq!(uses(&watched), expected);
}

/// A waiter that was notified and is dropped before it is polled passes the notification on, after it has left.
#[test]
fn a_notification_is_passed_on_after_the_waiter_has_left() {
    let watched = recorded::<EventLoop, _>(async {
        let blue = Mutex::new("blue", ());
        let holds = blue.lock().await;
        let mut dropped = Box::pin(blue.lock());
        let mut waits = Box::pin(blue.lock());
        poll_fn(|context| {
            assert!(dropped.as_mut().poll(context).is_pending() && waits.as_mut().poll(context).is_pending());
            Poll::Ready(())
        })
        .await;
        drop(holds);
        drop(dropped);
        drop(waits.await);
    });
    let expected = [
        "main takes blue (0)",
        "main waits to take blue (1)",
        "main waits to take blue (2)",
        "main gives blue back (0)",
        "main is notified by blue (1)",
        "main leaves blue (1)",
        "main is notified by blue (2)",
        "main takes blue (2)",
        "main gives blue back (2)",
    ];
    assert_eq!(uses(&watched), expected);
}

/// The main task holds nothing, is polled again and again, and does not poll the future that was notified.
#[test]
fn a_futurelock_is_a_claim_that_was_notified_and_not_polled() {
    let studio = Loop::new(Clock::Virtual).recording().with_patience(Duration::ZERO);
    let watched: WatchedRun<()> = studio.run(async {
        let blue = Mutex::new("blue", ());
        let holds = blue.lock().await;
        let mut forgotten = Box::pin(blue.lock());
        let is_pending = poll_fn(|context| Poll::Ready(forgotten.as_mut().poll(context).is_pending())).await;
        assert!(is_pending);
        drop(holds);
        let waits = Loop::spawn({
            let blue = blue.clone();
            async move {
                name_task("ada");
                Loop::yield_now().await;
                drop(blue.lock().await); // it is free, though another claim was notified
            }
        });
        Loop::sleep(SECOND).await;
        waits.await.expect("it takes what is free");
    });
    let expected = [
        "main takes blue (0)",
        "main waits to take blue (1)",
        "main gives blue back (0)",
        "main is notified by blue (1)",
        "ada takes blue (2)",
        "ada gives blue back (2)",
        "main leaves blue (1)",
    ];
    assert_eq!(uses(&watched), expected);
}

#[test]
fn another_task_was_quicker_so_the_notified_one_waits_again() {
    let watched = recorded::<EventLoop, _>(async {
        let blue = Mutex::new("blue", ());
        let holds = blue.lock().await;
        let waits = Loop::spawn({
            let blue = blue.clone();
            async move {
                name_task("ada");
                drop(blue.lock().await);
            }
        });
        Loop::yield_now().await;
        drop(holds);
        let again = blue.try_lock().expect("the one that was notified has not been polled");
        Loop::sleep(SECOND).await;
        drop(again);
        waits.await
    });
    let expected = [
        "main takes blue (0)",
        "ada waits to take blue (1)",
        "main gives blue back (0)",
        "ada is notified by blue (1)",
        "main takes blue (2)",
        "ada waits to take blue (1)",
        "main gives blue back (2)",
        "ada is notified by blue (1)",
        "ada takes blue (1)",
        "ada gives blue back (1)",
    ];
    assert_eq!(uses(&watched), expected);
}

#[test]
fn a_guard_is_given_back_by_another_task_or_from_outside_or_never() {
    let watched = recorded::<EventLoop, _>(async {
        let pots = ["red", "blue", "green"].map(|name| Mutex::new(name, ()));
        let [red, blue, green] = pots.clone();
        let takes = Loop::spawn(async move {
            name_task("ada");
            (red.lock().await, blue.lock().await, green.lock().await)
        });
        let (red, blue, green) = takes.await.expect("it ends");
        drop(red);
        std::thread::spawn(move || drop(blue)).join().expect("it drops a guard");
        mem::forget(green);
        pots.map(|pot| pot.try_lock().is_some())
    });
    let expected = [
        "ada takes red (0)",
        "ada takes blue (1)",
        "ada takes green (2)",
        "ada has red given back by main (0)",
        "ada has blue given back from outside (1)",
        "main takes red (3)",
        "main gives red back (3)",
        "main takes blue (4)",
        "main gives blue back (4)",
    ];
    assert_eq!(uses(&watched), expected);
    assert_eq!(watched.result, Ok([true, true, false]));
}
