//! Programs that are late, or lose work.

use futures::channel::mpsc as futures_mpsc;
use futures::future::{Either, poll_fn, select};
use futures::{FutureExt, SinkExt, StreamExt};
use paintdry_core::Runtime;
use paintdry_course::{milliseconds, say, seconds, sleep, spawn, work, yield_now};
use paintdry_smol::Local;
use paintdry_studio::Studio;
use std::pin::pin;
use std::task::{Context, Waker};

/// A client spawns the task that drives its connection, and drops the handle.
pub(crate) async fn driver(keeps: bool) {
    let (sender, mut answers) = futures_mpsc::channel(1);
    let task = Studio::<Local>::spawn(async move {
        let mut sender: futures_mpsc::Sender<u32> = sender;
        for number in 0..2 {
            sleep(seconds(1)).await;
            sender.send(number).await.expect("the client is there");
        }
    });
    if keeps {
        while answers.next().await.is_some() {}
        return task.await.expect("it does not panic");
    }
    drop(task);
    while answers.next().await.is_some() {}
    say("the connection is closed");
}

/// Each call waits for a tenth of a second with a new timer for the heartbeat, which is due after a quarter.
pub(crate) async fn heartbeat(is_cured: bool) {
    let (mut sender, mut messages) = futures_mpsc::channel(1);
    let peer = spawn("peer", async move {
        for number in 0..20 {
            sleep(milliseconds(100)).await;
            sender.send(number).await.expect("the client is there");
        }
    });
    let mut beat = sleep(milliseconds(250)).boxed();
    loop {
        match select(messages.next(), &mut beat).await {
            Either::Left((None, _)) => break,
            Either::Left(_) if is_cured => {}
            Either::Left(_) => beat = sleep(milliseconds(250)).boxed(),
            Either::Right(_) => {
                say("beat");
                beat = sleep(milliseconds(250)).boxed();
            }
        }
    }
    peer.await.expect("it does not panic");
}

/// A stream that always has another item keeps the thread.
pub(crate) async fn endless_stream(is_cured: bool) {
    let slow = spawn("slow connection", async {
        for _ in 0..3 {
            sleep(milliseconds(200)).await;
            say("has a packet");
        }
    });
    let fast = spawn("fast connection", async move {
        for _ in 0..30 {
            work(milliseconds(20)); // an item that is there at once
            if is_cured {
                yield_now().await;
            }
        }
    });
    fast.await.expect("it does not panic");
    slow.await.expect("it does not panic");
}

/// A future that wakes itself at every poll until another task is done.
pub(crate) async fn wakes_itself(is_cured: bool) {
    let (sender, mut done) = futures::channel::oneshot::channel();
    let copies = spawn("copies", async move {
        for _ in 0..40 {
            yield_now().await; // a block is copied
        }
        say("the copy is done");
        let _ = sender.send(());
    });
    if is_cured {
        done.await.expect("it is sent");
    } else {
        poll_fn(|context| {
            let poll = pin!(&mut done).poll(&mut Context::from_waker(Waker::noop()));
            if poll.is_pending() {
                context.waker().wake_by_ref();
            }
            poll
        })
        .await
        .expect("it is sent");
    }
    copies.await.expect("it does not panic");
}
