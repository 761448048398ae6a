//! Programs that are sound by construction, drawn at random and run in virtual time.
//!
//! - Each task joins all tasks that it has spawned, so none is left behind or dropped.
//! - A task sleeps for 5 ms or more, and works for at most 1 ms between two awaits, so it makes no other task late.
//! - A task holds one lock at a time, so no circle of locks can form.
//! - A channel has one producer, which sends and then closes it, and one consumer, which receives until then.
//! - A promise is kept by a task that waits for nothing but sleeps.
//! - A wait that its limit cuts is not begun again.
//! - A task wakes itself or ticks a few times at most.

use crate::fault::{FAULTS, Fault};
use crate::label::{Labelled, NOT_IN_THE_TABLE};
use futures::channel::{mpsc, oneshot};
use futures::future::{Either, join_all, select};
use futures::lock::Mutex;
use futures::{FutureExt, SinkExt, StreamExt};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_smol::Local;
use paintdry_studio::{Clock, RecordedRun, Studio, name_task, note, sync, work};
use paintdry_tokio::{CurrentThread, MultiThread};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

/// What a task does, one step after another.
#[derive(Debug, Clone)]
enum Step {
    Yield,
    /// For this number of milliseconds, 5 or more.
    Sleep(u8),
    /// For this number of tenths of a millisecond, at most 10.
    Work(u8),
    Say,
    /// Holds the lock for this number of milliseconds.
    Lock(u8),
    /// The same with the studio's lock, which the recording shows.
    Own(u8),
    /// A producer and a consumer of the studio's channel.
    Jobs(u8, u8),
    /// Spawns a task, and joins it now or at the end.
    Spawn(Vec<Step>, bool),
    /// Two futures in one task.
    Join(Vec<Step>, Vec<Step>),
    /// A sleep with a limit. Either may be longer.
    Limit(u8, u8),
    /// A sleep that is kept over this number of ticks.
    Kept(u8, u8),
    /// The task wakes itself so often.
    Wakes(u8),
    /// This number of tasks waits for one message.
    Broadcast(u8),
    /// A producer sends the first number of messages, through a channel with the second number of places.
    Channel(u8, u8),
    /// A task keeps a promise after a sleep.
    Promise(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let leaf = prop_oneof![
        2 => Just(Step::Yield),
        3 => (5..20_u8).prop_map(Step::Sleep),
        2 => (0..10_u8).prop_map(Step::Work),
        1 => Just(Step::Say),
        2 => (5..10_u8).prop_map(Step::Lock),
        2 => (5..10_u8).prop_map(Step::Own),
        1 => (0..5_u8, 1..3_u8).prop_map(|(messages, room)| Step::Jobs(messages, room)),
        1 => (5..20_u8, 5..20_u8).prop_map(|(sleep, limit)| Step::Limit(sleep, limit)),
        1 => (5..40_u8, 5..10_u8).prop_map(|(sleep, tick)| Step::Kept(sleep, tick)),
        1 => (1..6_u8).prop_map(Step::Wakes),
        1 => (1..4_u8).prop_map(Step::Broadcast),
        1 => (0..5_u8, 0..3_u8).prop_map(|(messages, room)| Step::Channel(messages, room)),
        1 => (5..10_u8).prop_map(Step::Promise),
    ];
    vec(leaf, 0..6).prop_recursive(3, 40, 6, |below| {
        let step = prop_oneof![
            3 => (below.clone(), any::<bool>()).prop_map(|(steps, now)| Step::Spawn(steps, now)),
            1 => (below.clone(), below.clone()).prop_map(|(one, other)| Step::Join(one, other)),
        ];
        (below, vec(step, 0..4)).prop_map(|(mut steps, more)| {
            steps.extend(more);
            steps
        })
    })
}

type Played = Pin<Box<dyn Future<Output = ()> + Send>>;

fn ms(length: u8) -> Duration {
    Duration::from_millis(length.into())
}

/// The locks of a program: one that the recording does not show, and one that it does.
#[derive(Clone)]
struct Locks(Arc<Mutex<()>>, sync::Mutex<()>);

impl Locks {
    fn new() -> Self {
        Self(Arc::default(), sync::Mutex::new("brush", ()))
    }
}

fn play<R: Runtime>(steps: Vec<Step>, locks: Locks) -> Played {
    Box::pin(async move {
        let mut children = Vec::new();
        for step in steps {
            match step {
                Step::Yield => R::yield_now().await,
                Step::Sleep(length) => R::sleep(ms(length)).await,
                Step::Work(tenths) => {
                    work(Duration::from_micros(100) * tenths.into());
                    R::yield_now().await;
                }
                Step::Say => note("still here"),
                Step::Lock(length) => {
                    let _held = locks.0.lock().await;
                    R::sleep(ms(length)).await;
                }
                Step::Own(length) => {
                    let _held = locks.1.lock().await;
                    R::sleep(ms(length)).await;
                }
                Step::Jobs(messages, room) => jobs::<R>(messages, room).await,
                Step::Spawn(steps, now) => {
                    let child = R::spawn(play::<R>(steps, locks.clone()));
                    if now {
                        child.await.expect("no task panics");
                    } else {
                        children.push(child);
                    }
                }
                Step::Join(one, other) => {
                    join_all([one, other].map(|steps| play::<R>(steps, locks.clone()))).await;
                }
                Step::Limit(length, limit) => {
                    match select(R::sleep(ms(length)).boxed(), R::sleep(ms(limit)).boxed()).await {
                        Either::Left(_) | Either::Right(_) => {}
                    }
                }
                Step::Kept(length, tick) => {
                    let mut kept = R::sleep(ms(length)).boxed();
                    while let Either::Right(_) = select(&mut kept, R::sleep(ms(tick)).boxed()).await {
                        note("tick");
                    }
                }
                Step::Wakes(times) => {
                    let mut left = times;
                    poll_fn(|context| {
                        let Some(rest) = left.checked_sub(1) else { return Poll::Ready(()) };
                        left = rest;
                        context.waker().wake_by_ref();
                        Poll::Pending
                    })
                    .await;
                }
                Step::Broadcast(tasks) => broadcast::<R>(tasks).await,
                Step::Channel(messages, room) => channel::<R>(messages, room).await,
                Step::Promise(length) => {
                    let (promise, kept) = oneshot::channel();
                    let task = R::spawn(async move {
                        R::sleep(ms(length)).await;
                        let _ = promise.send(());
                    });
                    kept.await.expect("it is kept");
                    task.await.expect("no task panics");
                }
            }
        }
        for child in children {
            child.await.expect("no task panics");
        }
    })
}

async fn channel<R: Runtime>(messages: u8, room: u8) {
    let (mut sender, mut received) = mpsc::channel(room.into());
    let producer = R::spawn(async move {
        name_task("producer");
        for number in 0..messages {
            R::sleep(ms(5)).await;
            sender.send(number).await.expect("the consumer is there");
        }
    });
    while received.next().await.is_some() {}
    producer.await.expect("no task panics");
}

async fn jobs<R: Runtime>(messages: u8, room: u8) {
    let (sender, receiver) = sync::channel("jobs", room.into());
    let producer = R::spawn(async move {
        for number in 0..messages {
            sender.send(number).await.expect("the consumer is there");
        }
    });
    while receiver.receive().await.is_some() {
        R::sleep(ms(5)).await;
    }
    producer.await.expect("no task panics");
}

async fn broadcast<R: Runtime>(tasks: u8) {
    let (sender, received) = oneshot::channel::<()>();
    let received = received.shared();
    let waiting: Vec<_> = (0..tasks)
        .map(|_| {
            let received = received.clone();
            R::spawn(async move { received.await.expect("it is sent") })
        })
        .collect();
    R::sleep(ms(5)).await;
    sender.send(()).expect("they wait");
    for task in waiting {
        task.await.expect("no task panics");
    }
}

/// Runs the program beside something else.
fn on<R: Runtime>(steps: Vec<Step>, beside: Option<Fault>) -> RecordedRun {
    let studio = Studio::<R>::new(Clock::Virtual).with_patience(Duration::ZERO).recording();
    let main = async move {
        let Some(fault) = beside else { return play::<Studio<R>>(steps, Locks::new()).await };
        let sound = Studio::<R>::spawn(play::<Studio<R>>(steps, Locks::new()));
        let faulty = fault.on::<Studio<R>>();
        sound.await.expect("no task panics");
        faulty.await;
    };
    studio.run(main).recorded(R::NAME, "drawn")
}

/// How a runtime runs a program.
type On = fn(Vec<Step>, Option<Fault>) -> RecordedRun;

/// The number of programs, on four runtimes in turn. The same ones every time.
pub(crate) fn runs(count: usize) -> impl Iterator<Item = Labelled> {
    let mut runner = TestRunner::deterministic();
    let on_several_threads: On = on::<MultiThread>;
    let (strategy, on) = (steps(), [on::<EventLoop> as On, on::<CurrentThread>, on::<Local>]);

    (0..count).map(move |number| {
        let steps = strategy.new_tree(&mut runner).expect("there is one").current();
        let name = format!("{number}: {steps:?}");
        if number % 10 == 9 {
            return Labelled::new(NOT_IN_THE_TABLE, name, &[], on_several_threads(steps, None));
        }
        Labelled::new("sound programs, drawn at random", name, &[], on[number % on.len()](steps, None))
    })
}

/// The same programs, each beside a fault: the fault is found in the noise.
pub(crate) fn faulty_runs(count: usize) -> impl Iterator<Item = Labelled> {
    let mut runner = TestRunner::deterministic();
    let (strategy, on) = (steps(), [on::<EventLoop>, on::<CurrentThread>]);
    (0..count).map(move |number| {
        let steps = strategy.new_tree(&mut runner).expect("there is one").current();
        let fault = FAULTS[number / on.len() % FAULTS.len()];
        let name = format!("{number}, {fault:?}: {steps:?}");
        Labelled::new("the same, beside a fault", name, fault.expected(), on[number % on.len()](steps, Some(fault)))
    })
}
