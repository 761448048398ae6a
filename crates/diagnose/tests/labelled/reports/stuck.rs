//! Programs that hang.

use futures::channel::mpsc as futures_mpsc;
use futures::future::{Either, join, select};
use futures::lock::Mutex;
use futures::{FutureExt, SinkExt, StreamExt};
use paintdry_course::chapters::pitfalls::p12_guard_across_await::lock_or_give_up;
use paintdry_course::{milliseconds, say, seconds, sleep, spawn, yield_now};
use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tokio::sync::{Notify, RwLock, mpsc};

/// A loop lends a future that holds a lock to a select, and its other arm takes the lock.
pub(crate) async fn lent_lock(is_cured: bool) {
    let lock = Arc::new(Mutex::new(()));
    let held = Arc::clone(&lock);
    let mut work = async move {
        let _held = held.lock().await;
        sleep(seconds(5)).await;
    }
    .boxed();
    if is_cured {
        let task = spawn("work", work);
        sleep(seconds(2)).await;
        drop(lock.lock().await);
        return task.await.expect("it does not panic");
    }
    if let Either::Right(_) = select(&mut work, sleep(seconds(2)).boxed()).await {
        say("wants the lock");
        drop(lock.lock().await);
    }
}

/// A send on a full channel is lent to a select, and the other arm sends on the same channel.
pub(crate) async fn lent_send(is_cured: bool) {
    let (sender, mut receiver) = mpsc::channel(1);
    let reader = spawn("reader", async move {
        for _ in 0..3 {
            sleep(seconds(3)).await;
            receiver.recv().await;
        }
    });
    sender.send(1).await.expect("the reader is there");
    let mut first = sender.send(2).boxed();
    if let Either::Right(_) = select(&mut first, sleep(seconds(1)).boxed()).await {
        say("sends the state");
        if is_cured {
            first.await.expect("the reader is there");
        }
        sender.send(3).await.expect("the reader is there");
    }
    reader.await.expect("it does not panic");
}

/// A task waits twice for the same lock, and awaits the second wait first.
pub(crate) async fn two_waiters(is_cured: bool) {
    let lock = Arc::new(RwLock::new(()));
    let held = Arc::clone(&lock).try_write_owned().expect("it is free");
    let mut first = Arc::clone(&lock).write_owned().boxed();
    select(&mut first, ready(())).await;
    let mut second = Arc::clone(&lock).write_owned().boxed();
    select(&mut second, ready(())).await;
    drop(held);
    if is_cured {
        drop(first.await);
    }
    drop(second.await);
}

/// The guard of a std lock is kept across an await, in two futures of one task.
#[expect(clippy::await_holding_lock, reason = "it is the mistake that is shown")]
pub(crate) async fn std_guard(is_cured: bool) {
    let lock = std::sync::Mutex::new(0);
    let uses = || async {
        if is_cured {
            *lock_or_give_up(&lock) += 1;
            sleep(milliseconds(10)).await;
        } else {
            let mut guard = lock_or_give_up(&lock);
            sleep(milliseconds(10)).await;
            *guard += 1;
        }
    };
    join(uses(), uses()).await;
}

/// An event whose future stores the waker of its first poll only.
#[derive(Clone, Default)]
struct Event {
    state: Arc<std::sync::Mutex<(bool, Option<Waker>)>>,
    is_cured: bool,
}

impl Event {
    fn set(&self) {
        let mut state = self.state.lock().expect("no task panics");
        state.0 = true;
        state.1.take().into_iter().for_each(Waker::wake);
    }
}

impl Future for Event {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state.lock().expect("no task panics");
        if state.0 {
            return Poll::Ready(());
        }
        if self.is_cured || state.1.is_none() {
            state.1 = Some(context.waker().clone());
        }
        Poll::Pending
    }
}

pub(crate) async fn first_waker(is_cured: bool) {
    let event = Event { is_cured, ..Event::default() };
    let setter = event.clone();
    spawn("setter", async move {
        sleep(seconds(2)).await;
        say("sets the event");
        setter.set();
    });
    let mut waits = event;
    select(&mut waits, sleep(seconds(1)).boxed()).await;
    spawn("waiter", waits).await.expect("it does not panic");
}

/// The waiter listens after it has counted, and the last connection ends in between.
pub(crate) async fn notified_late(is_cured: bool) {
    let (notify, open) = (Arc::new(Notify::new()), Arc::new(std::sync::Mutex::new(1)));
    let (notifies, closes) = (Arc::clone(&notify), Arc::clone(&open));
    let connection = spawn("connection", async move {
        sleep(seconds(1)).await;
        *closes.lock().expect("no task panics") -= 1;
        notifies.notify_waiters();
    });
    let waiter = spawn("waiter", async move {
        let early = notify.notified();
        if *open.lock().expect("no task panics") > 0 {
            sleep(seconds(1)).await; // writes to its log
            if is_cured {
                early.await;
            } else {
                notify.notified().await;
            }
        }
    });
    connection.await.expect("it does not panic");
    waiter.await.expect("it does not panic");
}

/// Two workers send to each other, and each receives only when it has sent.
pub(crate) async fn full_channels(room: usize) {
    let (to_left, left) = futures_mpsc::channel(room);
    let (to_right, right) = futures_mpsc::channel(room);
    let left = spawn("left", worker(left, to_right));
    let right = spawn("right", worker(right, to_left));
    left.await.expect("it does not panic");
    right.await.expect("it does not panic");
}

async fn worker(mut inbox: futures_mpsc::Receiver<u32>, mut other: futures_mpsc::Sender<u32>) {
    for number in 0..4 {
        sleep(milliseconds(10)).await;
        other.send(number).await.expect("the other worker is there");
    }
    drop(other);
    while inbox.next().await.is_some() {
        yield_now().await;
    }
}
