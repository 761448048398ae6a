//! For passes that wake from another thread: a task and a plain OS thread pass a ball to and fro.
//!
//! One round trip: the task registers its waker, throws the ball (a store and an unpark) and waits; the thread catches it
//! and throws it back (a store and a wake). The thread throws only when the waker is registered, so each round trip is
//! exactly one wake of the task and one of the thread. The thread's part costs the same for all.

use crate::contender::{Fault, Pass};
use crate::tally::Tally;
use futures::task::AtomicWaker;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::Poll;
use std::thread::{self, Thread};
use std::time::Instant;

/// The ball, and who waits for it.
#[derive(Debug, Default)]
struct Ball {
    is_at_thread: AtomicBool,
    task: AtomicWaker,
}

/// The task's side of the game.
pub(crate) struct Player {
    ball: Arc<Ball>,
    thread: Thread,
    round_trips: u64,
}

/// Times `run`, which has the player play and gives what it caught. The thread is started before the clock, and joined after.
pub(crate) fn pass<T: Tally>(round_trips: u64, run: impl FnOnce(Player) -> Result<u64, Fault>) -> Result<Pass, Fault> {
    let ball = Arc::new(Ball::default());
    let own = Arc::clone(&ball);
    let play = move || {
        for _ in 0..round_trips {
            while !own.is_at_thread.load(SeqCst) {
                thread::park();
            }
            own.is_at_thread.store(false, SeqCst);
            T::woken(1);
            own.task.wake();
        }
    };
    let opponent = thread::Builder::new().spawn(play)?;
    let player = Player { ball, thread: opponent.thread().clone(), round_trips };
    let start = Instant::now();
    let caught = run(player)?;
    let time = start.elapsed();
    opponent.join().map_err(Fault::from_panic)?;
    Ok(Pass::new(time, caught))
}

impl Player {
    /// Plays, on any runtime; the number of balls that came back. This is the body of the task.
    pub(crate) async fn play(self) -> u64 {
        let mut caught = 0;
        for _ in 0..self.round_trips {
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
