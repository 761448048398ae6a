//! Channels and signals.

use super::{recorded, uses};
use paintdry_core::{Runtime, gather, name_task};
use paintdry_generator::EventLoop;
use paintdry_studio::sync::{Signal, TrySendError, channel};
use paintdry_studio::{EventKind, ResourceKind, Studio};
use std::time::Duration;

type Loop = Studio<EventLoop>;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_full_channel_and_a_closed_one_event_by_event() {
    let watched = recorded::<EventLoop, _>(async {
        let (sender, receiver) = channel("orders", 1);
        let sends = Loop::spawn(async move {
            name_task("customer");
            for order in ["sky", "sea"] {
                sender.send(order).await.expect("main receives");
            }
        });
        Loop::sleep(SECOND).await;
        let orders = [receiver.receive().await, receiver.receive().await, receiver.receive().await];
        (orders, sends.await)
    });
    let channel = &watched.resources[0];
    assert_eq!((channel.kind, &*channel.name, channel.capacity), (ResourceKind::Channel, "orders", Some(1)));
    let expected = [
        "customer sends to orders, which holds 1 (0)",
        "customer waits to send orders (1)",
        "main receives from orders, which holds 0 (2)",
        "customer is notified by orders (1)",
        "main waits to receive orders (3)",
        "customer sends to orders, which holds 1 (1)",
        "main is notified by orders (3)",
        "customer closes orders",
        "main receives from orders, which holds 0 (3)",
    ];
    assert_eq!(uses(&watched), expected);
    assert_eq!(watched.result, Ok(([Some("sky"), Some("sea"), None], Ok(()))));
}

#[test]
fn a_receiver_that_waits_when_the_channel_closes_leaves() {
    let watched = recorded::<EventLoop, _>(async {
        let (sender, receiver) = channel::<()>("orders", 1);
        let painter = Loop::spawn(async move {
            name_task("painter");
            receiver.receive().await
        });
        Loop::yield_now().await;
        drop(sender);
        painter.await
    });
    let expected = [
        "painter waits to receive orders (0)",
        "main closes orders",
        "painter is notified by orders (0)",
        "painter leaves orders (0)",
    ];
    assert_eq!(uses(&watched), expected);
    assert_eq!(watched.result, Ok(Ok(None)));
}

#[test]
fn a_message_that_cannot_be_sent_comes_back() {
    let (sender, receiver) = channel("orders", 1);
    assert_eq!(sender.try_send("sky"), Ok(()));
    assert_eq!(sender.try_send("sea"), Err(TrySendError::Full("sea")));
    assert_eq!((receiver.try_receive(), receiver.try_receive()), (Some("sky"), None));
    drop(receiver);
    assert_eq!(sender.try_send("sea"), Err(TrySendError::Closed("sea")));
    let sent = futures::executor::block_on(sender.send("sea")).expect_err("no receiver is left");
    assert_eq!(
        (sent.0, &*sent.to_string()),
        ("sea", "the channel has no receiver any more; keep one as long as messages are sent")
    );
}

/// Several senders and receivers on all threads: each message arrives once, and the recorded length counts each event.
fn many_to_many<R: Runtime>() {
    const MESSAGES: u32 = 40;
    let watched = recorded::<R, _>(async {
        let (sender, receiver) = channel("orders", 2);
        let senders = [0, 1, 2].map(|first| {
            let sender = sender.clone();
            Studio::<R>::spawn(async move {
                for message in 0..MESSAGES {
                    sender.send(first * MESSAGES + message).await.expect("it is received");
                    Studio::<R>::yield_now().await;
                }
                Vec::new()
            })
        });
        drop(sender);
        let receivers = [(); 2].map(|()| {
            let receiver = receiver.clone();
            Studio::<R>::spawn(async move {
                let mut arrived = Vec::new();
                while let Some(message) = receiver.receive().await {
                    arrived.push(message);
                }
                arrived
            })
        });
        drop(receiver);
        let mut arrived = Vec::new();
        for task in senders.into_iter().chain(receivers) {
            arrived.extend(task.await.expect("it ends"));
        }
        arrived.sort_unstable();
        arrived
    });
    assert_eq!(watched.result, Ok((0..3 * MESSAGES).collect()), "{}", R::NAME);
    let mut held = 0;
    for event in &watched.events {
        match event.what {
            EventKind::Send { length, .. } => held = (held + 1).min(length * 10).max(length),
            EventKind::Receive { length, .. } => {
                assert_eq!(held, length + 1, "{}", R::NAME);
                held = length;
            }
            _ => {}
        }
        assert!(held <= 2, "{}", R::NAME);
    }
    assert_eq!(held, 0, "{}", R::NAME);
}

#[test]
fn on_every_runtime_each_message_arrives_once_and_is_counted() {
    on_every_runtime!(many_to_many);
}

#[test]
fn messages_from_outside_of_the_run_are_counted_in_the_next_length() {
    let (sender, receiver) = channel("orders", 3);
    sender.try_send("sky").expect("it is empty");
    let watched = recorded::<EventLoop, _>(async {
        sender.send("sea").await.expect("there is room");
        std::thread::spawn(move || sender.try_send("sun")).join().expect("it sends").expect("there is room");
        [receiver.receive().await, receiver.receive().await, receiver.receive().await]
    });
    let expected = [
        "main sends to orders, which holds 2 (0)",
        "main receives from orders, which holds 2 (1)",
        "main receives from orders, which holds 1 (2)",
        "main receives from orders, which holds 0 (3)",
    ];
    assert_eq!(uses(&watched), expected);
    assert_eq!(watched.result, Ok([Some("sky"), Some("sea"), Some("sun")]));
}

#[test]
fn a_signal_that_no_task_hears_is_lost() {
    let watched = recorded::<EventLoop, _>(async {
        let dry = Signal::new("dry");
        dry.notify(1);
        let waits = [(); 2].map(|()| dry.listen());
        let listeners = waits.map(|waits| {
            Loop::spawn(async move {
                waits.await;
            })
        });
        Loop::yield_now().await;
        dry.notify(usize::MAX);
        gather::<Loop, _>(listeners.map(|listener| async { listener.await.expect("it hears the signal") })).await;
    });
    let expected = [
        "main signals dry to 0",
        "task 1 waits to hear dry (0)",
        "task 2 waits to hear dry (1)",
        "main signals dry to 2",
        "task 1 is notified by dry (0)",
        "task 2 is notified by dry (1)",
        "task 1 hears dry (0)",
        "task 2 hears dry (1)",
    ];
    assert_eq!(uses(&watched), expected);
    assert_eq!(watched.resources[0].kind, ResourceKind::Signal);
}
