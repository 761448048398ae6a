//! Who waits for which lock or channel of tokio, and who holds it.

use paintdry_layer_programs::on_one_thread;
use paintdry_studio::{EventKind, RecordedRun};
use std::sync::Arc;
use tokio::sync::{Mutex, Semaphore, mpsc, oneshot};
use tokio::task::{spawn, yield_now};

/// The events about resources: the task, counted among those that were spawned, and a word.
fn told(run: &RecordedRun) -> Vec<String> {
    let word = |kind: &EventKind| match kind {
        EventKind::Wait { to, .. } => Some(format!("waits to {to:?}")),
        EventKind::Notify { .. } => Some("is notified".to_owned()),
        EventKind::Leave { .. } => Some("leaves".to_owned()),
        EventKind::Take { .. } => Some("takes".to_owned()),
        EventKind::Release { by, .. } => Some(format!("gives back by {by:?}")),
        EventKind::Send { length, .. } => Some(format!("sends, {length}")),
        EventKind::Receive { length, .. } => Some(format!("receives, {length}")),
        EventKind::Close { .. } => Some("closes".to_owned()),
        EventKind::Hear { .. } => Some("hears".to_owned()),
        _ => None,
    };
    run.events.iter().filter_map(|event| Some(format!("{} {}", event.task, word(&event.what)?))).collect()
}

fn names(run: &RecordedRun) -> Vec<&str> {
    run.resources.iter().map(|resource| resource.name.as_str()).collect()
}

#[test]
fn a_mutex_is_waited_for_handed_on_and_held() {
    let run = on_one_thread(async {
        let lock = Arc::new(Mutex::new(()));
        let other = Arc::clone(&lock);
        let held = lock.lock().await;
        let waiting = spawn(async move { drop(other.lock().await) });
        yield_now().await;
        drop(held);
        waiting.await.expect("it does not panic");
        drop(lock.try_lock().expect("it is free"));
    });
    let expected = [
        "0 takes",
        "1 waits to Take",
        "1 is notified",
        "0 gives back by Some(0)",
        "1 takes",
        "1 gives back by Some(1)",
        "0 takes",
        "0 gives back by Some(0)",
    ];
    assert_eq!(told(&run), expected);
    assert!(matches!(names(&run)[..], [name] if name.starts_with("Mutex tests/resources.rs:")), "{:?}", names(&run));
}

#[test]
fn a_lock_that_is_given_up_is_left() {
    let run = on_one_thread(async {
        let lock = Arc::new(Mutex::new(()));
        let other = Arc::clone(&lock);
        let held = lock.lock().await;
        let waiting = spawn(async move { drop(other.lock().await) });
        yield_now().await;
        waiting.abort();
        waiting.await.expect_err("it is cancelled");
        drop(held);
    });
    assert_eq!(told(&run), ["0 takes", "1 waits to Take", "1 leaves", "0 gives back by Some(0)"]);
}

#[test]
fn a_oneshot_channel_holds_one_message() {
    let run = on_one_thread(async {
        let (sender, receiver) = oneshot::channel();
        let waiting = spawn(receiver);
        yield_now().await;
        sender.send(()).expect("it is received");
        waiting.await.expect("it does not panic").expect("it was sent");
        let (sender, receiver) = oneshot::channel::<()>();
        let waiting = spawn(receiver);
        yield_now().await;
        drop(sender);
        waiting.await.expect("it does not panic").expect_err("it is closed");
    });
    let expected = ["1 waits to Receive", "0 sends, 1", "1 receives, 0", "2 waits to Receive", "0 closes", "2 leaves"];
    assert_eq!(told(&run), expected);
}

#[test]
fn a_task_that_waits_for_a_permit_is_named_and_one_that_holds_a_permit_is_not() {
    let run = on_one_thread(async {
        let permits = Arc::new(Semaphore::new(1));
        let other = Arc::clone(&permits);
        let held = permits.acquire().await.expect("it is open");
        let waiting = spawn(async move { drop(other.acquire().await) });
        yield_now().await;
        drop(held);
        waiting.await.expect("it does not panic");
    });
    assert_eq!(told(&run), ["1 waits to Hear", "1 is notified", "1 hears"]);
    assert!(
        matches!(names(&run)[..], [name] if name.starts_with("Semaphore tests/resources.rs:")),
        "{:?}",
        names(&run)
    );
}

#[test]
fn a_task_waits_for_room_in_a_channel() {
    let run = on_one_thread(async {
        let (sender, mut receiver) = mpsc::channel(1);
        let sending = spawn(async move {
            for number in 0..2 {
                sender.send(number).await.expect("it is received");
            }
        });
        yield_now().await;
        yield_now().await;
        while receiver.recv().await.is_some() {}
        sending.await.expect("it does not panic");
    });
    assert_eq!(told(&run), ["1 waits to Hear", "1 is notified", "1 hears"]);
    assert_eq!(names(&run), ["a bounded channel"]);
}
