//! Wake from another thread: a task and a plain OS thread pass a ball to and fro.
//!
//! One round trip: the task registers its waker, throws the ball (a store and an unpark) and waits; the thread catches it
//! and throws it back (a store and a wake). The thread throws only when the waker is registered, so each round trip is
//! exactly one wake of the task and one of the thread. What the thread's part costs is the same for all.

use crate::contender::Fault;
use crate::tally::Tally;
use futures::task::AtomicWaker;
use paintdry_core::TaskError;
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
