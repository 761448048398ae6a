//! Programs whose tasks queue for work or for a place: a sender that each worker keeps, and a waker that is left behind.

use crate::label::Labelled;
use futures::FutureExt;
use futures::future::{poll_fn, select};
use paintdry_core::Runtime;
use paintdry_diagnose::Kind;
use paintdry_generator::EventLoop;
use paintdry_studio::sync::channel;
use paintdry_studio::{Clock, RecordedRun, Studio, name_task, note};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

type Loop = Studio<EventLoop>;

const SECOND: Duration = Duration::from_secs(1);

pub(crate) fn runs() -> Vec<Labelled> {
    let labelled = |group: &'static str, name: &str, expected: &'static [Kind], run: RecordedRun| {
        let file = Some((file!(), include_str!("queues.rs")));
        Labelled::of_file(group, name.to_owned(), expected, run, file)
    };
    let (channels, small) = ("locks, channels and signals", "small programs, one for a finding");
    vec![
        labelled(channels, "workers that keep senders", &[Kind::Deadlock], run(workers(true))),
        labelled(channels, "workers without senders", &[], run(workers(false))),
        labelled(small, "a waker that is left in a queue", &[Kind::LostWake], run(places(false))),
        labelled(small, "a waker that leaves its queue", &[], run(places(true))),
    ]
}

pub(crate) fn run(program: impl Future<Output = ()>) -> RecordedRun {
    let studio = Loop::new(Clock::Virtual).with_patience(Duration::ZERO).recording();
    studio.run(program).recorded(EventLoop::NAME, "a queue")
}

fn spawn(name: &'static str, task: impl Future<Output = ()> + Send + 'static) -> <Loop as Runtime>::Task<()> {
    Loop::spawn(async move {
        name_task(name);
        task.await;
    })
}

/// Each worker may give a job back, so it keeps a sender.
pub(crate) async fn workers(keep_senders: bool) {
    let (sender, receiver) = channel("jobs", 9);
    let workers = ["ada", "bob", "cleo"].map(|name| {
        let (receiver, sender) = (receiver.clone(), keep_senders.then(|| sender.clone()));
        spawn(name, async move {
            let mut again = sender.as_ref().filter(|_| name != "cleo");
            while let Some(job) = receiver.receive().await {
                Loop::sleep(SECOND).await;
                if let Some(sender) = again.take() {
                    sender.send(job).await.expect("a worker receives");
                }
            }
            drop(sender);
        })
    });
    for job in 0..3 {
        sender.send(job).await.expect("a worker receives");
    }
    drop((sender, receiver));
    for worker in workers {
        worker.await.expect("no worker panics");
    }
}

type Queue = Arc<Mutex<VecDeque<(&'static str, Waker)>>>;

/// Waits until the place is given to the next task.
async fn place(queue: Queue, name: &'static str) {
    let mut queued = false;
    poll_fn(|context| {
        let mut waiting = queue.lock().expect("no task panics");
        if !queued {
            queued = true;
            waiting.push_back((name, context.waker().clone()));
            return Poll::Pending;
        }
        let still = waiting.iter().any(|(waits, _)| *waits == name);
        if still { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

/// sky gives up waiting after a second. Only if that is cured does it take its waker along.
async fn places(is_cured: bool) {
    let queue = Queue::default();
    let skys = Arc::clone(&queue);
    let sky = spawn("sky", async move {
        let gives_up = Loop::sleep(SECOND).boxed();
        select(place(Arc::clone(&skys), "sky").boxed(), gives_up).await;
        if is_cured {
            skys.lock().expect("no task panics").retain(|(name, _)| *name != "sky");
        }
        note("gives up");
        Loop::sleep(4 * SECOND).await;
    });
    let suns = Arc::clone(&queue);
    let sun = spawn("sun", async move {
        Loop::sleep(2 * SECOND).await;
        place(suns, "sun").await;
    });
    let sea = spawn("sea", async move {
        Loop::sleep(3 * SECOND).await;
        if let Some((_, waker)) = queue.lock().expect("no task panics").pop_front() {
            waker.wake();
        }
    });
    for task in [sky, sun, sea] {
        task.await.expect("no task panics");
    }
}
