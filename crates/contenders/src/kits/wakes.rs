//! For passes that wake from another thread: a task and a plain OS thread pass a ball to and fro.
//!
//! One round trip: the task registers its waker, throws the ball (a store and an unpark) and waits; the thread catches it
//! and throws it back (a store and a wake). The thread throws only when the waker is registered, so each round trip is
//! exactly one wake of the task and one of the thread. The thread's part costs the same for all.
//!
//! Where the two run decides most of the figure: on the same core a wake is a switch between threads, and on another it has to
//! wake that core as well. So both are pinned.

use crate::contender::{Fault, Pass};
use crate::job::Wakes;
use crate::pin::{self, Home, absent, pin_this_thread};
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
    /// Whether the task ended on another core than it should have.
    has_strayed: AtomicBool,
}

/// The task's side of the game.
pub(crate) struct Player {
    ball: Arc<Ball>,
    thread: Thread,
    round_trips: u64,
    core: usize,
}

/// Why a runtime of the process has no figure beside other groups.
const STRAYED: &str = "its threads were started before they could be pinned to a core; run this group alone";

/// Times `run`, which has the player play and gives what it caught. The opponent is started before the clock, and joined after.
/// Each is pinned, for a thread begins where the one that starts it is. So `run` may start threads as well; those that it finds
/// must be pinned already.
pub(crate) fn pass<T: Tally>(job: Wakes, run: impl FnOnce(Player) -> Result<u64, Fault>) -> Result<Pass, Fault> {
    let pin_here = |core| pin_this_thread(core).map_err(|error| pin::refused(&error));
    let [core, opponents] = pin::choose(job.cores)?;
    let _home = Home::of_this_thread().map_err(|error| pin::refused(&error))?;
    let round_trips = job.round_trips;
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
    pin_here(opponents)?;
    let opponent = thread::Builder::new().spawn(play)?;
    pin_here(core)?;
    let player = Player { ball: Arc::clone(&ball), thread: opponent.thread().clone(), round_trips, core };
    let start = Instant::now();
    let caught = run(player)?;
    let time = start.elapsed();
    opponent.join().map_err(Fault::from_panic)?;
    if ball.has_strayed.load(SeqCst) {
        return Err(absent(STRAYED));
    }
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
        // One system call for a whole pass. The floor's thread and the runtimes' own are where they were put.
        if pin::cores_of_this_thread().ok() != Some(vec![self.core]) {
            self.ball.has_strayed.store(true, SeqCst);
        }
        caught
    }
}
