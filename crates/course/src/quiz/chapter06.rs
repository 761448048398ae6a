//! Chapter 6, futures and wakers.

use super::{Answer, list, time};
use crate::chapters::futures::{Listening, Stale, moved};
use crate::chapters::smallest_runtime::block_on;
use crate::{seconds, sleep, spawn, watch};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter06::woken_three_times", text: woken_three_times },
        Answer { name: "chapter06::wake_during_the_poll", text: wake_during_the_poll },
        Answer { name: "chapter06::check_then_store", text: check_then_store },
        Answer { name: "chapter06::stale_and_moved", text: stale_and_moved },
        Answer { name: "chapter06::woken_too_early", text: woken_too_early },
    ]
}

fn times_in_words(count: usize) -> String {
    match count {
        1 => "Once".to_owned(),
        2 => "Twice".to_owned(),
        other => format!("{other} times"),
    }
}

/// A place where a task leaves its waker, so that other code can call it at any time.
type Left = Arc<Mutex<Option<Waker>>>;

fn lock(left: &Left) -> MutexGuard<'_, Option<Waker>> {
    left.lock().unwrap_or_else(PoisonError::into_inner)
}

fn wake(left: &Left) {
    let waker = lock(left).clone();
    waker.expect("the task was polled").wake();
}

fn woken_three_times() -> String {
    let left = Left::default();
    let seen = watch("woken three times", {
        let left = Arc::clone(&left);
        async move {
            let task_leaves = Arc::clone(&left);
            let mut polls = 0;
            let waiting = spawn(
                "waiting",
                poll_fn(move |context| {
                    polls += 1;
                    *lock(&task_leaves) = Some(context.waker().clone());
                    if polls == 1 { Poll::Pending } else { Poll::Ready(polls) }
                }),
            );
            sleep(seconds(1)).await;
            (0..3).for_each(|_| wake(&left));
            waiting.await.expect("waiting does not fail")
        }
    });
    assert_eq!(seen.polls_of("waiting"), 2);
    times_in_words(seen.polls_of("waiting") - 1)
}

fn wake_during_the_poll() -> String {
    let mut polls = 0;
    block_on(poll_fn(|context| {
        polls += 1;
        if polls == 2 {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }));
    times_in_words(polls)
}

/// A bell that is locked once for each question, and that another thread rings right after it was asked whether it has rung.
#[derive(Debug, Default)]
struct Bell(Mutex<(bool, Option<Waker>)>);

impl Bell {
    fn state(&self) -> MutexGuard<'_, (bool, Option<Waker>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_rung(&self) -> bool {
        let has_rung = self.state().0;
        self.ring();
        has_rung
    }

    fn listen(&self, waker: &Waker) {
        self.state().1 = Some(waker.clone());
    }

    fn ring(&self) {
        let mut state = self.state();
        state.0 = true;
        let listener = state.1.take();
        drop(state);
        if let Some(listener) = listener {
            listener.wake();
        }
    }
}

/// The future in which the third question looks for the mistake.
#[derive(Debug)]
struct Racing(Bell);

impl Future for Racing {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0.has_rung() {
            return Poll::Ready(());
        }
        self.0.listen(context.waker());
        Poll::Pending
    }
}

fn check_then_store() -> String {
    let seen = watch("check, then store", Racing(Bell::default()));
    if seen.stalled().is_some() { "The bell may ring between the check and the store" } else { "Nothing" }.to_owned()
}

fn stale_and_moved() -> String {
    let seen = watch("stale and moved", moved(Stale));
    let stalled = seen.stalled().expect("the wrong task was woken");
    list(&stalled.tasks.iter().map(|task| task.name.as_str()).collect::<Vec<_>>())
}

fn woken_too_early() -> String {
    let left = Left::default();
    let seen = watch("woken too early", async move {
        let bell = crate::chapters::futures::Bell::default();
        let (mut listening, task_leaves) = (Listening(bell.clone()), Arc::clone(&left));
        let sleeper = spawn("sleeper", async move {
            poll_fn(|context| {
                *lock(&task_leaves) = Some(context.waker().clone());
                Pin::new(&mut listening).poll(context)
            })
            .await;
            crate::now()
        });
        sleep(seconds(1)).await;
        wake(&left);
        sleep(seconds(1)).await;
        bell.ring();
        sleeper.await.expect("listening does not fail")
    });
    time(seen.result())
}
