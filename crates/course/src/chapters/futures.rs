//! Chapter 6: futures, polls and wakers.

use crate::replays::Replay;
use crate::{say, seconds, sleep, spawn, watch, yield_now};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

/// A bell that rings once. Every task that has a clone of it can ring it or listen.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Mutex<BellState>>);

#[derive(Debug, Default)]
struct BellState {
    has_rung: bool,
    listener: Option<Waker>,
}

impl Bell {
    /// Rings it, and wakes the listener.
    pub fn ring(&self) {
        let mut state = self.state();
        state.has_rung = true;
        let listener = state.listener.take();
        drop(state); // a runtime may poll inside `wake`, and that poll would wait for this lock for ever
        if let Some(listener) = listener {
            listener.wake();
        }
    }

    fn state(&self) -> MutexGuard<'_, BellState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Is ready when the bell has rung.
#[derive(Debug)]
pub struct Listening(pub Bell);

impl Future for Listening {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut bell = self.0.state();
        if bell.has_rung {
            return Poll::Ready(());
        }
        bell.listener = Some(context.waker().clone());
        Poll::Pending
    }
}

/// The same, but it keeps no waker.
#[derive(Debug)]
pub struct Forgetful(pub Bell);

impl Future for Forgetful {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<()> {
        if self.0.state().has_rung { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// The same, but it keeps only the first waker that it gets.
#[derive(Debug)]
pub struct Stale(pub Bell);

impl Future for Stale {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut bell = self.0.state();
        if bell.has_rung {
            return Poll::Ready(());
        }
        bell.listener.get_or_insert_with(|| context.waker().clone());
        Poll::Pending
    }
}

/// The same, but it wakes itself instead of waiting to be woken.
#[derive(Debug)]
pub struct Restless(pub Bell);

impl Future for Restless {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0.state().has_rung {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// A task listens, and after a second the bell rings.
pub async fn morning<F: Future<Output = ()> + Send + 'static>(listen: fn(Bell) -> F) {
    let bell = Bell::default();
    let sleeper = spawn("sleeper", wake_up(listen(bell.clone())));
    sleep(seconds(1)).await;
    say("rings the bell");
    bell.ring();
    sleeper.await.expect("waking up does not fail");
}

/// The bell rings after the other tasks have had a hundred turns. No time passes.
pub async fn busy_morning<F: Future<Output = ()> + Send + 'static>(listen: fn(Bell) -> F) {
    let bell = Bell::default();
    let sleeper = spawn("sleeper", wake_up(listen(bell.clone())));
    for _ in 0..100 {
        yield_now().await;
    }
    bell.ring();
    sleeper.await.expect("waking up does not fail");
}

/// One task polls the future once, and then hands it to another, which waits for it.
pub async fn moved<F: Future<Output = ()> + Send + Unpin + 'static>(listen: fn(Bell) -> F) {
    let bell = Bell::default();
    let mut listening = listen(bell.clone());
    let polled = poll_fn(|context| Poll::Ready(Pin::new(&mut listening).poll(context))).await;
    assert!(polled.is_pending());
    let sleeper = spawn("sleeper", wake_up(listening));
    sleep(seconds(1)).await;
    bell.ring();
    sleeper.await.expect("waking up does not fail");
}

async fn wake_up(listening: impl Future<Output = ()>) {
    listening.await;
    say("is awake");
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "06-futures-and-wakers",
        title: "A bell, and the wakers that it calls",
        file: file!(),
        text: include_str!("futures.rs"),
        runs: || {
            vec![
                watch("", morning(Listening)).recorded("listening", "keeps the waker"),
                watch("", morning(Forgetful)).recorded("forgetful", "keeps no waker"),
                watch("", moved(Listening)).recorded("listening, moved", "keeps the latest waker"),
                watch("", moved(Stale)).recorded("stale, moved", "keeps the first waker"),
                watch("", busy_morning(Restless)).recorded("restless", "wakes itself at every poll"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    use std::task::Wake;

    fn why_stalled<T>(seen: &crate::Seen<T>) -> String {
        seen.stalled().expect("nothing wakes it").to_string()
    }

    #[test]
    fn a_kept_waker_is_called() {
        let seen = watch("listening", morning(Listening));
        let log = "
  1.0 s  main: rings the bell
  1.0 s  sleeper: is awake
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
        seen.assert(seen.polls_of("sleeper") == 2, "polled when it is spawned, and when it is woken; not in between");
    }

    #[test]
    fn without_a_kept_waker_there_is_no_second_poll() {
        let seen = watch("forgetful", morning(Forgetful));
        seen.assert(seen.polls_of("sleeper") == 1, "nothing can wake it");
        let stuck: Vec<_> = seen.stalled().expect("it stalls").tasks.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(stuck, ["main", "sleeper"]);
    }

    #[test]
    fn a_future_that_moves_needs_its_latest_waker() {
        watch("listening, moved", moved(Listening)).assert_said(&["sleeper: is awake"], "the second task is woken");
        let seen = watch("stale, moved", moved(Stale));
        assert!(why_stalled(&seen).contains("sleeper waits"), "the first task was woken, and has nothing to do");
    }

    #[test]
    fn a_task_that_wakes_itself_is_polled_all_the_time() {
        let restless = watch("restless", busy_morning(Restless));
        restless.assert(restless.polls_of("sleeper") == 101, "once for each turn of the others, and once for the bell");
        let listening = watch("listening", busy_morning(Listening));
        listening.assert(listening.polls_of("sleeper") == 2, "when it is spawned, and when it is woken");
    }

    /// Notes whether the bell's lock is free when it is woken, as an executor needs that polls inside `wake`.
    struct NotesLock(Bell, AtomicBool);

    impl Wake for NotesLock {
        fn wake(self: Arc<Self>) {
            self.1.store(self.0.0.try_lock().is_ok(), SeqCst);
        }
    }

    #[test]
    fn the_bell_wakes_without_its_lock() {
        let bell = Bell::default();
        let notes = Arc::new(NotesLock(bell.clone(), AtomicBool::new(false)));
        let waker = Waker::from(Arc::clone(&notes));
        assert!(pin!(Listening(bell.clone())).poll(&mut Context::from_waker(&waker)).is_pending());
        bell.ring();
        assert!(notes.1.load(SeqCst), "a waker that polls the listener at once would deadlock");
    }
}
