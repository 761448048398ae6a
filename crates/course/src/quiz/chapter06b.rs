//! Chapter 6, four loops.

use super::{Answer, list, time};
use crate::loops::clock::{Clock, VirtualClock};
use crate::loops::{loop2_timers, loop3_wakers, loop4_cancellation};
use crate::seconds;
use futures::future::select;
use paintdry_core::TaskError;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter06b::numbers_in_the_queue", text: numbers_in_the_queue },
        Answer { name: "chapter06b::cleared_after_the_poll", text: cleared_after_the_poll },
        Answer { name: "chapter06b::two_sleeps", text: two_sleeps },
        Answer { name: "chapter06b::after_a_panic", text: after_a_panic },
        Answer { name: "chapter06b::result_of_a_cancelled_task", text: result_of_a_cancelled_task },
    ]
}

/// A future that is not `Send` waits for a wake from another thread.
fn numbers_in_the_queue() -> String {
    let event_loop = loop3_wakers::EventLoop::new(Rc::new(VirtualClock::default()));
    let polls = Rc::new(Cell::new(0));
    event_loop.spawn({
        let polls = polls.clone(); // with an `Rc`, the future is not `Send`
        poll_fn(move |context| {
            polls.set(polls.get() + 1);
            if polls.get() == 2 {
                return Poll::Ready(());
            }
            let waker = context.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Pending
        })
    });
    event_loop.run();
    match polls.get() {
        2 => "Any thread may add to the queue, but the tasks must stay on the thread of the loop".to_owned(),
        polls => format!("it is polled {polls} times"),
    }
}

fn two_sleeps() -> String {
    let second = {
        let clock = Rc::new(VirtualClock::default());
        let (event_loop, ended) = (loop2_timers::EventLoop::new(clock.clone()), Rc::new(Cell::new(Duration::ZERO)));
        event_loop.spawn({
            let (event_loop, ended) = (event_loop.clone(), ended.clone());
            async move {
                select(pin!(event_loop.sleep(seconds(1))), pin!(event_loop.sleep(seconds(3)))).await;
                ended.set(clock.now());
            }
        });
        event_loop.run();
        ended.get()
    };
    let third = {
        let clock = Rc::new(VirtualClock::default());
        let (event_loop, ended) = (loop3_wakers::EventLoop::new(clock.clone()), Rc::new(Cell::new(Duration::ZERO)));
        event_loop.spawn({
            let (event_loop, ended) = (event_loop.clone(), ended.clone());
            async move {
                select(pin!(event_loop.sleep(seconds(1))), pin!(event_loop.sleep(seconds(3)))).await;
                ended.set(clock.now());
            }
        });
        event_loop.run();
        ended.get()
    };
    format!("{} on loop 2, and {} on loop 3", time(second), time(third))
}

/// Which tasks have run.
type Turns = Rc<RefCell<Vec<&'static str>>>;

#[expect(clippy::unused_async, reason = "a task is a future")]
async fn take_turn(name: &'static str, turns: Turns) {
    assert_ne!(name, "a", "the brush breaks");
    turns.borrow_mut().push(name);
}

fn in_words(turns: &Turns) -> String {
    if turns.borrow().is_empty() { "none".to_owned() } else { list(&turns.borrow()) }
}

fn after_a_panic() -> String {
    let (third, fourth) = (Turns::default(), Turns::default());
    let event_loop = loop3_wakers::EventLoop::new(Rc::new(VirtualClock::default()));
    for name in ["a", "b", "c"] {
        event_loop.spawn(take_turn(name, third.clone()));
    }
    let _ = catch_unwind(AssertUnwindSafe(|| event_loop.run()));
    let event_loop = loop4_cancellation::EventLoop::new(Rc::new(VirtualClock::default()), seconds(1));
    for name in ["a", "b", "c"] {
        drop(event_loop.spawn(take_turn(name, fourth.clone())));
    }
    let ended = catch_unwind(AssertUnwindSafe(|| event_loop.run()));
    assert!(ended.is_ok());
    format!("{} on loop 3, {} on loop 4", in_words(&third), in_words(&fourth))
}

fn result_of_a_cancelled_task() -> String {
    let clock = Rc::new(VirtualClock::default());
    let event_loop = loop4_cancellation::EventLoop::new(clock.clone(), seconds(1));
    let sleeper = event_loop.spawn({
        let event_loop = event_loop.clone();
        async move { event_loop.sleep(seconds(5)).await }
    });
    let got = Rc::new(RefCell::new(String::new()));
    event_loop.spawn({
        let (event_loop, got) = (event_loop.clone(), got.clone());
        async move {
            event_loop.sleep(seconds(1)).await;
            sleeper.cancel();
            let result = match sleeper.result().await {
                Err(TaskError::Cancelled) => "Err(Cancelled)".to_owned(),
                other => format!("{other:?}"),
            };
            *got.borrow_mut() = format!("{result} at {}", time(clock.now()));
        }
    });
    event_loop.run().expect("no task is stuck");
    got.take()
}

/// The waker of loop 3, with a queue that only counts: there is one task.
#[derive(Default)]
struct TaskWaker {
    is_queued: AtomicBool,
    in_the_queue: AtomicU32,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, SeqCst) {
            self.in_the_queue.fetch_add(1, SeqCst);
        }
    }
}

/// How many turns a task gets that yields once, and whether that is enough.
fn turns_of_a_task(clears_after_the_poll: bool) -> (u32, bool) {
    let (task, mut turns) = (Arc::new(TaskWaker::default()), 0);
    let waker = Waker::from(Arc::clone(&task));
    let mut future = pin!(loop3_wakers::yield_now());
    waker.wake_by_ref();
    while task.in_the_queue.swap(0, SeqCst) > 0 {
        turns += 1;
        if !clears_after_the_poll {
            task.is_queued.store(false, SeqCst);
        }
        if future.as_mut().poll(&mut Context::from_waker(&waker)).is_ready() {
            return (turns, true);
        }
        if clears_after_the_poll {
            task.is_queued.store(false, SeqCst);
        }
    }
    (turns, false)
}

fn cleared_after_the_poll() -> String {
    match [turns_of_a_task(false), turns_of_a_task(true)] {
        [(2, true), (1, false)] => "A wake during the poll is lost".to_owned(),
        [(2, true), (2, true)] => "Nothing".to_owned(),
        other => format!("{other:?}"),
    }
}
