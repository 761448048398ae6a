//! Chapters 6 to 9 and 11: who runs when, on tokio and on our loop.

use crate::current_thread;
use futures::FutureExt;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_tokio::CurrentThread;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::{Duration, Instant};
use tokio::runtime::Builder;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::{LocalSet, coop, spawn_local};

/// A yield as you would write it: it wakes its own task and is pending once.
async fn wakes_itself() {
    let mut has_yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// How often a task yields after a timer of another task is due, until that other task runs.
fn yields_until_a_due_timer_fires<R: Runtime>(is_own: bool) -> u32 {
    let has_fired = Arc::new(AtomicBool::new(false));
    let fires = Arc::clone(&has_fired);
    let due = Duration::from_millis(1);
    R::start().run_until_complete(async move {
        let sleeper = R::spawn(async move {
            R::sleep(due).await;
            fires.store(true, SeqCst);
        });
        let works = R::spawn(async move {
            let (begun, mut yields) = (Instant::now(), 0);
            while begun.elapsed() < due * 5 {
                std::hint::spin_loop(); // work, until the timer is due
            }
            while !has_fired.load(SeqCst) {
                yields += 1;
                if is_own { wakes_itself().await } else { R::yield_now().await }
            }
            yields
        });
        let yields = works.await.expect("it does not panic");
        sleeper.await.expect("it does not panic");
        yields
    })
}

#[test]
fn a_yield_that_wakes_itself_delays_tokios_timers_and_its_own_yield_does_not() {
    let own = yields_until_a_due_timer_fires::<CurrentThread>(true);
    assert!((10..=62).contains(&own), "tokio checks its timers after 61 polls at the latest, and here after {own}");
    let tokios = yields_until_a_due_timer_fires::<CurrentThread>(false);
    assert_eq!(tokios, 1, "tokio checks its timers before it puts the task that yields back into the queue");
}

#[test]
fn our_loop_puts_a_task_that_yields_back_before_it_checks_its_timers() {
    for is_own in [false, true] {
        let yields = yields_until_a_due_timer_fires::<EventLoop>(is_own);
        assert_eq!(yields, 2, "the task runs once more, and then the one whose timer was due");
    }
}

#[test]
fn a_channel_of_tokio_is_pending_when_the_budget_is_spent_although_it_is_not_empty() {
    let drained = |is_unconstrained: bool| {
        let (sender, mut receiver) = unbounded_channel();
        (0..200).for_each(|item| sender.send(item).expect("the receiver is there"));
        let in_one_poll = poll_fn(move |context| {
            let items = (0..200).take_while(|_| receiver.poll_recv(context).is_ready());
            Poll::Ready(items.count())
        });
        current_thread().block_on(async move {
            // A task of its own, because its budget is its own.
            let task = if is_unconstrained { coop::unconstrained(in_one_poll).boxed() } else { in_one_poll.boxed() };
            tokio::spawn(task).await.expect("it does not panic")
        })
    };
    assert_eq!(drained(false), 128);
    assert_eq!(drained(true), 200);
}

/// An order of one version, which shows that the order of creation is no promise.
#[test]
fn with_one_worker_the_last_task_begins_first() {
    let begun = Arc::new(Mutex::new(String::new()));
    let runtime = Builder::new_multi_thread().worker_threads(1).build().expect("there is a thread left");
    let noting = Arc::clone(&begun);
    runtime.block_on(async move {
        let creator = tokio::spawn(async move {
            let tasks = ['a', 'b', 'c', 'd'].map(|name| {
                let begun = Arc::clone(&noting);
                tokio::spawn(async move { begun.lock().expect("no task panics").push(name) })
            });
            futures::future::join_all(tasks).await;
        });
        creator.await.expect("it does not panic");
    });
    assert_eq!(*begun.lock().expect("no task panics"), "dabc");
}

#[test]
fn spawn_local_takes_a_task_that_is_not_send() {
    let runs = async { spawn_local(async { *std::rc::Rc::new(7) }).await.expect("it does not panic") };
    assert_eq!(current_thread().block_on(LocalSet::new().run_until(runs)), 7);
}
