//! Programs whose locks, channels and signals are the studio's, so that a recording has them: each fault beside its cure.

use crate::label::Labelled;
use futures::FutureExt;
use futures::future::{Either, select};
use paintdry_core::Runtime;
use paintdry_diagnose::Kind;
use paintdry_generator::EventLoop;
use paintdry_studio::sync::{Mutex, Signal, channel};
use paintdry_studio::{Clock, RecordedRun, Studio, name_task};
use std::future::ready;
use std::time::Duration;

type Loop = Studio<EventLoop>;

const SECOND: Duration = Duration::from_secs(1);

pub(crate) fn runs() -> Vec<Labelled> {
    let labelled = |(name, expected, run): (&str, &'static [Kind], RecordedRun)| {
        let file = Some((file!(), include_str!("shared.rs")));
        Labelled::of_file("locks, channels and signals", name.to_owned(), expected, run, file)
    };
    let runs = [
        ("two locks in opposite orders", &[Kind::Deadlock][..], run(two_locks(false))),
        ("two locks in one order", &[], run(two_locks(true))),
        ("two full channels", &[Kind::Deadlock], run(two_channels(1))),
        ("two channels with room", &[], run(two_channels(9))),
        ("a lock and a join", &[Kind::Deadlock], run(lock_and_join(false))),
        ("a lock before a join", &[], run(lock_and_join(true))),
        ("a lent future holds the lock", &[Kind::Futurelock], run(lent(false))),
        ("a task holds the lock", &[], run(lent(true))),
        ("a lent future is next for the lock", &[Kind::Futurelock], run(queued(false, false))),
        ("a lent future is polled", &[], run(queued(true, false))),
        ("a lent future is polled late", &[Kind::Futurelock], run(queued(false, true))),
        ("a channel that no task empties", &[Kind::FullChannel], run(full(false))),
        ("a channel that a task empties", &[], run(full(true))),
        ("a sender that is kept", &[Kind::LostWake], run(kept_sender(false))),
        ("a sender that is dropped", &[], run(kept_sender(true))),
        ("a signal before the listener", &[Kind::LostWake], run(early_signal(false))),
        ("a listener before the signal", &[], run(early_signal(true))),
        ("a lock held during a sleep", &[Kind::LockHeld], run(held(false))),
        ("a lock given back before a sleep", &[], run(held(true))),
    ];
    runs.into_iter().map(labelled).collect()
}

fn run(program: impl Future<Output = ()>) -> RecordedRun {
    let studio = Loop::new(Clock::Virtual).with_patience(Duration::ZERO).recording();
    studio.run(program).recorded(EventLoop::NAME, "locks and channels")
}

fn spawn(name: &'static str, task: impl Future<Output = ()> + Send + 'static) -> <Loop as Runtime>::Task<()> {
    Loop::spawn(async move {
        name_task(name);
        task.await;
    })
}

async fn join<const N: usize>(tasks: [<Loop as Runtime>::Task<()>; N]) {
    for task in tasks {
        task.await.expect("no task panics");
    }
}

async fn two_locks(is_cured: bool) {
    let (red, blue) = (Mutex::new("red", ()), Mutex::new("blue", ()));
    let paints = |first: &Mutex<()>, second: &Mutex<()>| {
        let (first, second) = (first.clone(), second.clone());
        async move {
            let _first = first.lock().await;
            Loop::sleep(SECOND).await;
            let _second = second.lock().await;
        }
    };
    let bob = if is_cured { paints(&red, &blue) } else { paints(&blue, &red) };
    join([spawn("ada", paints(&red, &blue)), spawn("bob", bob)]).await;
}

async fn two_channels(room: usize) {
    let ((to_ada, ada), (to_bob, bob)) = (channel("for ada", room), channel("for bob", room));
    let works = |inbox: paintdry_studio::sync::Receiver<u32>, other: paintdry_studio::sync::Sender<u32>| async move {
        other.send(0).await.expect("it is there");
        inbox.receive().await.expect("it is sent");
        for number in 1..4 {
            other.send(number).await.expect("it is there");
        }
        drop(other);
        while inbox.receive().await.is_some() {}
    };
    join([spawn("ada", works(ada, to_bob)), spawn("bob", works(bob, to_ada))]).await;
}

async fn lock_and_join(is_cured: bool) {
    let red = Mutex::new("red", ());
    let held = red.lock().await;
    let bobs = red.clone();
    let bob = spawn("bob", async move { drop(bobs.lock().await) });
    if is_cured {
        drop(held);
        return join([bob]).await;
    }
    join([bob]).await;
    drop(held);
}

async fn lent(is_cured: bool) {
    let brush = Mutex::new("brush", ());
    let lent = brush.clone();
    let work = async move {
        let _brush = lent.lock().await;
        Loop::sleep(3 * SECOND).await;
    };
    if is_cured {
        let task = spawn("work", work);
        Loop::sleep(SECOND).await;
        drop(brush.lock().await);
        return join([task]).await;
    }
    let mut work = work.boxed();
    if let Either::Right(_) = select(&mut work, Loop::sleep(SECOND).boxed()).await {
        drop(brush.lock().await);
    }
}

/// A future that waits for the brush is lent, and its task awaits something else when the brush is free: the brush again, or
/// only a sleep.
async fn queued(is_cured: bool, only_sleeps: bool) {
    let brush = Mutex::new("brush", ());
    let [adas, bobs, lent] = [(); 3].map(|()| brush.clone());
    let ada = spawn("ada", async move {
        let _brush = adas.lock().await;
        Loop::sleep(2 * SECOND).await;
    });
    Loop::yield_now().await; // she takes it
    let mut work = async move { drop(lent.lock().await) }.boxed();
    select(&mut work, ready(())).await;
    let bob = spawn("bob", async move { drop(bobs.lock().await) });
    if only_sleeps {
        Loop::sleep(5 * SECOND).await;
        work.await;
    } else if is_cured {
        work.await;
        drop(brush.lock().await);
    } else {
        drop(brush.lock().await);
    }
    join([ada, bob]).await;
}

async fn full(is_cured: bool) {
    let (sender, receiver) = channel("jobs", 1);
    let kept = (!is_cured).then(|| receiver.clone());
    let works = is_cured.then(|| spawn("worker", async move { while receiver.receive().await.is_some() {} }));
    for job in 0..3 {
        sender.send(job).await.expect("the receiver is there");
    }
    drop((sender, kept));
    if let Some(works) = works {
        join([works]).await;
    }
}

async fn kept_sender(is_cured: bool) {
    let (sender, receiver) = channel("jobs", 4);
    let sends = sender.clone();
    let boss = spawn("boss", async move { sends.send(1).await.expect("it is there") });
    let kept = (!is_cured).then(|| sender.clone());
    drop(sender);
    while receiver.receive().await.is_some() {}
    drop(kept);
    join([boss]).await;
}

async fn early_signal(is_cured: bool) {
    let dry = Signal::new("dry");
    let heard = is_cured.then(|| dry.listen());
    dry.notify(usize::MAX);
    Loop::sleep(SECOND).await;
    match heard {
        Some(heard) => heard.await,
        None => dry.listen().await,
    }
}

async fn held(is_cured: bool) {
    let palette = Mutex::new("palette", 3);
    let paints = |palette: Mutex<u32>| async move {
        let mut paint = palette.lock().await;
        *paint -= 1;
        if is_cured {
            drop(paint);
            Loop::sleep(2 * SECOND).await;
        } else {
            Loop::sleep(2 * SECOND).await;
            drop(paint);
        }
    };
    join(["sky", "sea", "sun"].map(|name| spawn(name, paints(palette.clone())))).await;
}
