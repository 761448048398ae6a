//! Wake from another thread: a task and a plain OS thread pass a ball to and fro.
//!
//! One round trip: the task registers its waker, throws the ball (a store and an unpark) and waits; the thread catches it
//! and throws it back (a store and a wake). The thread throws only when the waker is registered, so each round trip is
//! exactly one wake of the task and one of the thread. What the thread's part costs is the same for all.

use crate::by_hand;
use crate::contender::{Contender, Fault, Kind, Part};
use crate::floors::wakes as floors;
use crate::groups::{Group, threads_of};
use crate::job::Job;
use crate::tally::Tally;
use crate::through_trait::row;
use futures::task::AtomicWaker;
use paintdry_core::TaskError;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::Poll;
use std::thread::{self, JoinHandle, Thread};

/// The ball, and who waits for it.
#[derive(Debug, Default)]
struct Ball {
    is_at_thread: AtomicBool,
    task: AtomicWaker,
}

/// The task's side of the game.
#[derive(Debug)]
pub struct Player {
    ball: Arc<Ball>,
    thread: Thread,
}

/// The thread's side: it ends after its last throw.
#[derive(Debug)]
pub struct Opponent(JoinHandle<()>);

/// Starts the thread, which plays `rounds` rounds. It is started before the clock.
///
/// # Errors
/// If the operating system gives no thread.
pub fn game<T: Tally>(rounds: u64) -> Result<(Player, Opponent), Fault> {
    let ball = Arc::new(Ball::default());
    let own = Arc::clone(&ball);
    let play = move || {
        for _ in 0..rounds {
            while !own.is_at_thread.load(SeqCst) {
                thread::park();
            }
            own.is_at_thread.store(false, SeqCst);
            T::woken(1);
            own.task.wake();
        }
    };
    let thread = thread::Builder::new().spawn(play).map_err(|error| Fault::Absent(format!("no thread: {error}")))?;
    Ok((Player { ball, thread: thread.thread().clone() }, Opponent(thread)))
}

impl Player {
    /// Plays, on any runtime; the number of balls that came back. This is the body of the task.
    pub async fn play(self, rounds: u64) -> u64 {
        let mut caught = 0;
        for _ in 0..rounds {
            let mut is_thrown = false;
            poll_fn(|context| {
                if is_thrown && !self.ball.is_at_thread.load(SeqCst) {
                    return Poll::Ready(());
                }
                self.ball.task.register(context.waker());
                if !is_thrown {
                    is_thrown = true;
                    self.ball.is_at_thread.store(true, SeqCst);
                    self.thread.unpark();
                } else if !self.ball.is_at_thread.load(SeqCst) {
                    return Poll::Ready(()); // it came back while a new waker was registered
                }
                Poll::Pending
            })
            .await;
            caught += 1;
        }
        caught
    }
}

impl Opponent {
    /// Waits for the thread's end, after the clock was read.
    ///
    /// # Errors
    /// If it panicked.
    pub fn end(self) -> Result<(), Fault> {
        self.0.join().map_err(|payload| Fault::from(TaskError::from_panic(payload)))
    }
}

const PARKED: &str = "a thread that parks";

/// The group of [`Job::Wakes`].
///
/// # Panics
/// If it is another job.
#[must_use]
pub fn group(job: Job) -> Group {
    let Job::Wakes { rounds } = job else { panic!("{job:?} is not a job of this group") };
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(rounds));
    let floor = contender!(PARKED, Kind::Floor, 1, (), |(), T| floors::parked_thread::<T>(rounds));
    contenders.push(floor.how("park and unpark").leaving_out(&[Part::Spawns]));
    Group {
        id: String::new(),
        title: "Wake from another thread".to_owned(),
        what: format!(
            "A task and a plain OS thread pass a ball to and fro, {} times. A round trip is one wake of the task by the thread \
             and one unpark of the thread by the task, and much of it is the operating system's. The time of a pass is divided \
             by its round trips.",
            thousands(rounds)
        ),
        per: "a round trip",
        job,
        floor: PARKED,
        contenders,
        pairs: Vec::new(),
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        row::<EventLoop>(job, "the task on the caller's thread"),
        row::<paintdry_tokio::CurrentThread>(job, "the task on the caller's thread").full(),
        row::<paintdry_tokio::MultiThread>(job, "the task on a worker").full(),
        row::<paintdry_async_std::Global>(job, "the task on a worker").full(),
        row::<paintdry_smol::Local>(job, "the task on the caller's thread").full(),
        row::<paintdry_smol::Global>(job, "the task on the executor's thread").full(),
    ]
}

fn written_by_hand(rounds: u64) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    let row = Kind::ByHand;
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator by hand", row, 1, EventLoop::new(), |it, T| generator::wakes::<T>(it, rounds))
            .how("the task on the caller's thread"),
        contender!("tokio by hand", row, 1, tokio::current_thread(), |it, T| tokio::wakes::<T>(it, rounds))
            .how("the task on the caller's thread")
            .full(),
        contender!("tokio-multi by hand", row, workers, tokio::multi_thread(), |it, T| {
            tokio::wakes::<T>(it, rounds)
        })
        .how("the task on a worker")
        .full(),
        contender!("async-std by hand", row, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::wakes::<T>(rounds)
        })
        .how("the task on a worker")
        .full(),
        contender!("smol by hand", row, 1, LocalExecutor::new(), |it, T| smol::wakes::<T>(it, rounds))
            .how("the task on the caller's thread")
            .full(),
    ]
}
