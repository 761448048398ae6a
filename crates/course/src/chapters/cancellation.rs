//! Chapter 10: cancellation, and tasks that end with their scope.

use crate::replays::Replay;
use crate::{milliseconds, say, seconds, sleep, spawn, watch, watch_on};
use futures::future::{Either, select, try_join_all};
use paintdry_core::Runtime;
use paintdry_smol::Local;
use paintdry_studio::{Studio, name_task};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Waits for `future`, but no longer than `limit`; then drops it.
pub async fn timeout<T>(limit: Duration, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(sleep(limit))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(((), _)) => None,
    }
}

/// Canvases that wait to be painted.
#[derive(Debug, Clone)]
pub struct Shelf(Arc<Mutex<Vec<&'static str>>>);

impl Shelf {
    /// A shelf with three canvases.
    #[must_use]
    pub fn full() -> Self {
        Self(Arc::new(Mutex::new(vec!["sky", "sea", "sun"])))
    }

    /// How many are on it.
    #[must_use]
    pub fn count(&self) -> usize {
        self.canvases().len()
    }

    fn canvases(&self) -> MutexGuard<'_, Vec<&'static str>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes a canvas, and waits three seconds for the paint to be delivered.
pub async fn take_and_wait(shelf: Shelf) {
    let canvas = shelf.canvases().pop().expect("the shelf is full");
    say(format!("{canvas}: taken"));
    sleep(seconds(3)).await;
    say(format!("{canvas}: painted"));
}

/// A canvas that goes back to its shelf unless it is kept.
#[derive(Debug)]
pub struct Loan {
    shelf: Shelf,
    canvas: Option<&'static str>,
}

impl Loan {
    /// Takes a canvas from the shelf.
    #[must_use]
    pub fn of(shelf: Shelf) -> Self {
        let canvas = shelf.canvases().pop();
        Self { shelf, canvas }
    }

    /// Keeps it for good.
    pub fn keep(mut self) -> Option<&'static str> {
        self.canvas.take()
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        self.shelf.canvases().extend(self.canvas.take());
    }
}

/// The same with a loan: if it is dropped at the await, it puts the canvas back.
pub async fn borrow_and_wait(shelf: Shelf) {
    let loan = Loan::of(shelf);
    sleep(seconds(3)).await;
    let canvas = loan.keep().expect("the shelf is full");
    say(format!("{canvas}: painted"));
}

/// Waits until it is dry, and says every half second that it is still there; makes a new drying each time.
pub async fn restarted(beats: u32) -> bool {
    for _ in 0..beats {
        let dry = pin!(sleep(seconds(2)));
        if let Either::Left(_) = select(dry, pin!(sleep(milliseconds(500)))).await {
            return true;
        }
        say("still here");
    }
    false
}

/// The same; the drying is made once, and polled again in each round.
pub async fn pinned_outside(beats: u32) -> bool {
    let mut dry = pin!(sleep(seconds(2)));
    for _ in 0..beats {
        if let Either::Left(_) = select(&mut dry, pin!(sleep(milliseconds(500)))).await {
            return true;
        }
        say("still here");
    }
    false
}

async fn deliver(name: &'static str) -> Result<(), String> {
    sleep(seconds(1)).await;
    if name == "sea" {
        return Err("the sea fell off the cart".to_owned());
    }
    sleep(seconds(2)).await;
    say(format!("{name}: delivered"));
    Ok(())
}

const NAMES: [&str; 3] = ["sea", "sky", "sun"];

/// Three tasks; gives up at the first failure, and leaves the other tasks alone.
pub async fn with_orphans() -> Result<(), String> {
    let tasks = NAMES.map(|name| spawn(name, deliver(name)));
    for task in tasks {
        task.await.expect("it does not panic")?;
    }
    Ok(())
}

/// Three coroutines owned by this one: when it ends, they are dropped.
pub async fn as_values() -> Result<(), String> {
    try_join_all(NAMES.map(deliver)).await?;
    Ok(())
}

/// Three tasks whose handles cancel them when dropped, as smol's do.
pub async fn with_owned_tasks() -> Result<(), String> {
    let tasks = NAMES.map(|name| {
        Studio::<Local>::spawn(async move {
            name_task(name);
            deliver(name).await
        })
    });
    for task in tasks {
        task.await.expect("it does not panic")?;
    }
    Ok(())
}

/// Runs `deliveries`, and then continues for five seconds, as a program does.
pub async fn and_a_while(deliveries: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    let ended = deliveries.await;
    say(match &ended {
        Ok(()) => "all delivered".to_owned(),
        Err(error) => format!("gives up, because {error}"),
    });
    sleep(seconds(5)).await;
    ended
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    let page = |name, title, runs| Replay { name, title, file: file!(), text: include_str!("cancellation.rs"), runs };
    vec![
        page("10-select", "A drying that starts again, and one that does not", || {
            vec![
                watch("", restarted(10)).recorded("restarted", "each round drops the drying and makes another"),
                watch("", pinned_outside(10)).recorded("pinned outside", "each round polls the same one"),
            ]
        }),
        page("10-scope", "One of three fails", || {
            vec![
                watch("", and_a_while(with_orphans())).recorded("orphans", "spawned, and left alone"),
                watch("", and_a_while(as_values())).recorded("values", "coroutines that belong to their parent"),
                watch_on::<Local, _>("", and_a_while(with_owned_tasks()))
                    .recorded("owned tasks", "dropping a handle cancels its task"),
            ]
        }),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dropped_coroutine_holds_is_lost() {
        let shelf = Shelf::full();
        let seen = watch("lost", timeout(seconds(1), take_and_wait(shelf.clone())));
        seen.assert_took(seconds(1), "the limit").assert_said(&["sun: taken"], "it is never painted");
        assert_eq!(seen.result(), None);
        assert_eq!(shelf.count(), 2); // and the third is lost
    }

    #[test]
    fn a_guard_puts_it_back() {
        let shelf = Shelf::full();
        assert_eq!(watch("put back", timeout(seconds(1), borrow_and_wait(shelf.clone()))).result(), None);
        assert_eq!(shelf.count(), 3);
        assert_eq!(watch("kept", timeout(seconds(4), borrow_and_wait(shelf.clone()))).result(), Some(()));
        assert_eq!(shelf.count(), 2);
    }

    #[test]
    fn a_future_that_is_made_in_the_loop_starts_again() {
        let seen = watch("restarted", restarted(10));
        seen.assert_took(seconds(5), "ten rounds of half a second, and no drying ever ends");
        assert!(!seen.result());
    }

    #[test]
    fn a_future_that_is_pinned_outside_goes_on() {
        let seen = watch("pinned outside", pinned_outside(10));
        seen.assert_took(seconds(2), "the drying, whatever else is looked at meanwhile");
        assert!(seen.result());
    }

    #[test]
    fn orphans_go_on() {
        let seen = watch("orphans", and_a_while(with_orphans()));
        let log = "
  1.0 s  main: gives up, because the sea fell off the cart
  3.0 s  sky: delivered
  3.0 s  sun: delivered
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
    }

    #[test]
    fn values_end_with_their_parent() {
        let seen = watch("values", and_a_while(as_values()));
        seen.assert_said(&["main: gives up, because the sea fell off the cart"], "the others are dropped");
    }

    #[test]
    fn owned_tasks_are_cancelled_with_their_handles() {
        let seen = watch_on::<Local, _>("owned tasks", and_a_while(with_owned_tasks()));
        seen.assert_said(&["main: gives up, because the sea fell off the cart"], "nothing else is delivered");
        let log = seen.log();
        for dropped in ["sky: dropped before its end", "sun: dropped before its end"] {
            assert!(log.contains(dropped), "{log}");
        }
    }
}
