//! Pruning knows of wakes, also of those that the loop cannot see, because the task is ready already.

use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use paintdry_core::Runtime;
use paintdry_explore::{ExploredLoop, Explorer, Shared};
use std::cell::RefCell;
use std::collections::HashSet;
use std::future::poll_fn;
use std::mem;
use std::task::{Poll, Waker};
use std::time::Duration;

/// A bell that rings once. It keeps wakers in a `Shared`.
#[derive(Clone)]
pub(crate) struct Bell(Shared<(bool, Vec<Waker>)>);

impl Default for Bell {
    fn default() -> Self {
        Self(Shared::new("bell", (false, Vec::new())))
    }
}

impl Bell {
    pub(crate) fn ring(&self) {
        let listening = self.0.change(|(has_rung, listening)| {
            *has_rung = true;
            mem::take(listening)
        });
        listening.into_iter().for_each(Waker::wake);
    }

    /// `answer`, when it has rung.
    pub(crate) fn rung(&self, answer: u32) -> impl Future<Output = u32> + Send + use<> {
        let bell = self.0.clone();
        poll_fn(move |context| {
            bell.change(|(has_rung, listening)| {
                if *has_rung {
                    return Poll::Ready(answer);
                }
                listening.push(context.waker().clone());
                Poll::Pending
            })
        })
    }
}

/// Polls the futures once, yields, and takes the outputs that are there then, in the order of the wakes.
pub(crate) async fn taken_after_a_turn<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut futures: FuturesUnordered<_> = futures.into_iter().collect();
    let mut taken = Vec::new();
    taken.extend(futures.next().now_or_never().flatten());
    ExploredLoop::yield_now().await;
    while let Some(Some(output)) = futures.next().now_or_never() {
        taken.push(output);
    }
    taken
}

/// All that `program` can end with.
fn outcomes<F: Future<Output = Vec<u32>>>(explorer: &Explorer, program: impl Fn() -> F) -> HashSet<Vec<u32>> {
    let outcomes = RefCell::new(HashSet::new());
    let done = explorer.check_with(|_| program(), |outcome| _ = outcomes.borrow_mut().insert(outcome));
    assert!(done.expect("nothing fails").is_complete);
    outcomes.into_inner()
}

async fn awaits_three_tasks() -> Vec<u32> {
    let tasks = [1, 2, 3].map(|task| ExploredLoop::spawn(async move { task }));
    taken_after_a_turn(tasks).await.into_iter().map(|task| task.expect("no task panics")).collect()
}

async fn listens_to_three_bells() -> Vec<u32> {
    let bells = [(); 3].map(|()| Bell::default());
    for bell in bells.clone() {
        drop(ExploredLoop::spawn(async move { bell.ring() }));
    }
    taken_after_a_turn((1..).zip(&bells).map(|(number, bell)| bell.rung(number))).await
}

/// The tasks that call the wakers only read them.
async fn wakers_are_read() -> Vec<u32> {
    let wakers = [(); 3].map(|()| Shared::new("waker", None::<Waker>));
    for waker in wakers.clone() {
        drop(ExploredLoop::spawn(async move { waker.get().into_iter().for_each(Waker::wake) }));
    }
    let futures = (1..).zip(wakers).map(|(number, waker): (u32, _)| {
        let mut is_first = true;
        poll_fn(move |context| {
            if mem::take(&mut is_first) {
                waker.set(Some(context.waker().clone()));
                return Poll::Pending;
            }
            Poll::Ready(number)
        })
    });
    taken_after_a_turn(futures).await
}

/// The main task is ready when it is woken, and sees the order of its wakes all the same.
#[test]
fn the_order_of_wakes_of_a_ready_task_is_known() {
    let (all, pruned) = (Explorer::new(), Explorer::new().pruned());
    let orders = outcomes(&all, awaits_three_tasks);
    assert_eq!(orders.len(), 16, "none, one, two or three tasks of three, in any order: {orders:?}");
    assert_eq!(outcomes(&pruned, awaits_three_tasks), orders);
    assert_eq!(outcomes(&all, listens_to_three_bells), orders);
    assert_eq!(outcomes(&pruned, listens_to_three_bells), orders);
    assert_eq!(outcomes(&all, wakers_are_read), orders);
    assert_eq!(outcomes(&pruned, wakers_are_read), orders);
}

/// Two tasks wake the main one, by a waker that they got when they were made. Only the number of the main task's turns shows
/// whether the second wake comes before its turn or after it.
#[test]
fn wakes_are_known() {
    let outcomes = |explorer: Explorer| {
        let outcomes = RefCell::new(HashSet::new());
        let program = async || {
            let (polls, woken) = (Shared::new("polls", 0), Shared::new("woken", 0));
            let seen = Shared::new("seen", (0, 0));
            let mut rests = std::pin::pin!(ExploredLoop::sleep(Duration::from_secs(1)));
            poll_fn(|context| {
                polls.change(|polls| *polls += 1);
                if polls.get() == 1 {
                    for _ in 0..2 {
                        let (waker, woken) = (context.waker().clone(), woken.clone());
                        drop(ExploredLoop::spawn(async move {
                            woken.change(|woken| *woken += 1);
                            waker.wake();
                        }));
                    }
                    let (polls, woken, seen) = (polls.clone(), woken.clone(), seen.clone());
                    let waits = seen.clone();
                    drop(ExploredLoop::spawn(async move { seen.set((polls.get(), woken.get())) }));
                    drop(ExploredLoop::spawn(async move {
                        while waits.get() == (0, 0) {
                            ExploredLoop::yield_now().await; // so that every state before that has a choice
                        }
                    }));
                }
                rests.as_mut().poll(context)
            })
            .await;
            outcomes.borrow_mut().insert((seen.get(), polls.get()));
        };
        assert!(explorer.check(|_| program()).expect("nothing fails").is_complete);
        outcomes.into_inner()
    };
    let all = outcomes(Explorer::new().depth(7));
    assert!(all.contains(&((2, 2), 3)) && all.contains(&((2, 2), 4)), "{all:?}");
    assert_eq!(outcomes(Explorer::new().depth(7).pruned()), all);
}
