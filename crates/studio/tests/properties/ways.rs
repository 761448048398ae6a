//! Ways in which tasks wait for each other, drawn at random, each with how long it takes.

use futures::FutureExt;
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, join_all, poll_fn, select};
use futures::lock::Mutex;
use futures::{SinkExt, StreamExt};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{Clock, Studio};
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// All lengths are in milliseconds.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    /// A sender sleeps for so long before each message, and the receiver after each. The channel holds one message.
    Channel { each: u8, sends: u8, receives: u8 },
    /// A sleep that several tasks await, each after a sleep of its own.
    Shared(u8, Vec<u8>),
    /// Tasks that hold a lock for so long, one after another.
    Lock(Vec<u8>),
    /// Tasks that wait for one message, which comes so late, and then yield.
    Broadcast(u8, u8),
    /// A task that is spawned when another is dropped, and sleeps.
    SpawnedByDrop(u8),
    /// A task that wakes itself so often.
    WakesItself(u8),
    /// A sleep that is polled by one task and then awaited by another, after a sleep of its own.
    Moved(u8, u8),
    /// A join that is given up after so long.
    JoinWithin(u8, u8),
    /// A yield that is polled once and kept during a sleep.
    KeptYield(u8),
    /// A yield that is polled once and never again nor dropped, and then a sleep.
    ForgottenYield(u8),
    /// A run inside this one, which has a time of its own.
    Run(u8),
}

pub(crate) fn ways() -> impl Strategy<Value = Way> {
    let ms = || 0..5_u8;
    prop_oneof![
        (1..4_u8, 0..3_u8, 0..3_u8).prop_map(|(each, sends, receives)| Way::Channel { each, sends, receives }),
        (ms(), vec(ms(), 1..4)).prop_map(|(length, tasks)| Way::Shared(length, tasks)),
        vec(ms(), 1..4).prop_map(Way::Lock),
        (1..4_u8, ms()).prop_map(|(tasks, length)| Way::Broadcast(tasks, length)),
        ms().prop_map(Way::SpawnedByDrop),
        ms().prop_map(Way::WakesItself),
        (ms(), ms()).prop_map(|(length, before)| Way::Moved(length, before)),
        (ms(), ms()).prop_map(|(length, limit)| Way::JoinWithin(length, limit)),
        ms().prop_map(Way::KeptYield),
        ms().prop_map(Way::ForgottenYield),
        ms().prop_map(Way::Run),
    ]
}

fn ms(length: u8) -> Duration {
    Duration::from_millis(length.into())
}

impl Way {
    /// How long it takes, in milliseconds.
    pub(crate) fn length(&self) -> u32 {
        let longest = |lengths: &[u8]| lengths.iter().copied().max().unwrap_or(0);
        match self {
            // The slower of the two sets the pace; the other adds what it does before, or after.
            Self::Channel { each, sends, receives } => {
                u32::from(*sends) + u32::from(*receives) + u32::from(each - 1) * u32::from(*sends.max(receives))
            }
            Self::Shared(length, tasks) => longest(tasks).max(*length).into(),
            Self::Lock(tasks) => tasks.iter().copied().map(u32::from).sum(),
            Self::WakesItself(_) | Self::Run(_) => 0,
            Self::Moved(length, before) => (*length).max(*before).into(),
            Self::JoinWithin(length, limit) => (*length).min(*limit).into(),
            Self::Broadcast(_, length)
            | Self::SpawnedByDrop(length)
            | Self::KeptYield(length)
            | Self::ForgottenYield(length) => (*length).into(),
        }
    }

    pub(crate) async fn on<R: Runtime>(self) {
        match self {
            Self::Channel { each, sends, receives } => channel::<R>(each, ms(sends), ms(receives)).await,
            Self::Shared(length, tasks) => {
                let sleep = R::sleep(ms(length)).boxed().shared();
                let tasks = tasks.into_iter().map(|before| (sleep.clone(), before));
                all::<R, _>(tasks.map(|(sleep, before)| async move {
                    R::sleep(ms(before)).await;
                    sleep.await;
                }))
                .await;
            }
            Self::Lock(tasks) => {
                let lock = Arc::new(Mutex::new(()));
                let tasks = tasks.into_iter().map(|length| (Arc::clone(&lock), length));
                all::<R, _>(tasks.map(|(lock, length)| async move {
                    let _locked = lock.lock().await;
                    R::sleep(ms(length)).await;
                }))
                .await;
            }
            Self::Broadcast(tasks, length) => broadcast::<R>(tasks, ms(length)).await,
            Self::SpawnedByDrop(length) => spawned_by_drop::<R>(ms(length)).await,
            Self::WakesItself(times) => {
                let mut left = times;
                poll_fn(|context| {
                    let Some(rest) = left.checked_sub(1) else { return Poll::Ready(()) };
                    left = rest;
                    context.waker().wake_by_ref();
                    Poll::Pending
                })
                .await;
            }
            Self::Moved(length, before) => {
                let mut sleep = Box::pin(R::sleep(ms(length)));
                let is_over = poll_once(&mut sleep).await;
                let task = R::spawn(async move {
                    R::sleep(ms(before)).await;
                    if !is_over {
                        sleep.await;
                    }
                });
                task.await.expect("no task panics");
            }
            Self::JoinWithin(length, limit) => {
                let task = R::spawn(R::sleep(ms(length)));
                match select(pin!(task), pin!(R::sleep(ms(limit)))).await {
                    Either::Left(_) | Either::Right(_) => {}
                }
            }
            Self::KeptYield(length) => {
                let mut kept = Box::pin(R::yield_now());
                let is_over = poll_once(&mut kept).await;
                R::sleep(ms(length)).await;
                if !is_over {
                    kept.await;
                }
            }
            Self::ForgottenYield(length) => {
                let mut forgotten = Box::pin(R::yield_now());
                poll_once(&mut forgotten).await;
                std::mem::forget(forgotten);
                R::sleep(ms(length)).await;
            }
            Self::Run(length) => {
                type Inner = Studio<EventLoop>;
                let inner = Inner::new(Clock::Virtual).run(async move { Inner::sleep(ms(length)).await });
                assert_eq!((inner.result, inner.wall), (Ok(()), ms(length)));
            }
        }
    }
}

async fn all<R: Runtime, F: Future<Output = ()> + Send + 'static>(tasks: impl Iterator<Item = F>) {
    let tasks: Vec<_> = tasks.map(R::spawn).collect();
    join_all(tasks).await.into_iter().for_each(|ended| ended.expect("no task panics"));
}

/// Whether the future is complete.
async fn poll_once(future: &mut (impl Future + Unpin)) -> bool {
    poll_fn(|context| Poll::Ready(future.poll_unpin(context).is_ready())).await
}

async fn channel<R: Runtime>(each: u8, sends: Duration, receives: Duration) {
    let (mut sender, mut messages) = mpsc::channel(0); // and one for each sender
    let sending = R::spawn(async move {
        for number in 0..each {
            R::sleep(sends).await;
            sender.send(number).await.expect("the receiver is there");
        }
    });
    while messages.next().await.is_some() {
        R::sleep(receives).await;
    }
    sending.await.expect("no task panics");
}

async fn broadcast<R: Runtime>(tasks: u8, length: Duration) {
    let (sender, receiver) = oneshot::channel();
    let receiver = receiver.shared();
    let waiting: Vec<_> = (0..tasks)
        .map(|_| {
            let receiver = receiver.clone();
            R::spawn(async move {
                receiver.await.expect("it is sent");
                R::yield_now().await;
            })
        })
        .collect();
    R::sleep(length).await;
    sender.send(()).expect("the receiver waits");
    join_all(waiting).await.into_iter().for_each(|ended| ended.expect("no task panics"));
}

/// Calls what it holds when it is dropped, if the task that holds it has come so far.
struct Calls<F: FnOnce()> {
    call: Option<F>,
    is_armed: bool,
}

impl<F: FnOnce()> Drop for Calls<F> {
    fn drop(&mut self) {
        self.call.take().filter(|_| self.is_armed).into_iter().for_each(|call| call());
    }
}

async fn spawned_by_drop<R: Runtime>(length: Duration) {
    let (sender, receiver) = oneshot::channel();
    let call = move || {
        let spawned = R::spawn(async move {
            R::sleep(length).await;
            sender.send(()).expect("the receiver waits");
        });
        std::mem::forget(spawned); // dropping it would cancel the task on some runtimes
    };
    let calls = Calls { call: Some(call), is_armed: false };
    let dropping = R::spawn(async move {
        let mut calls = calls;
        R::yield_now().await;
        calls.is_armed = true;
    });
    receiver.await.expect("it is sent");
    dropping.await.expect("no task panics");
}
