//! Pitfall 6: Pending without a waker, or with a stale one.

use crate::replays::Replay;
use crate::{say, seconds, sleep, spawn, watch, work};
use futures::future::{Either, select};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// Which waker a future keeps when it has to wait.
#[derive(Debug, Clone, Copy)]
pub enum Keeps {
    /// Fails: it cannot wake any task.
    None,
    /// Fails when the future moves: this wakes the task that polled it first.
    First,
    /// Cured: this wakes the task that polled it last.
    Latest,
}

/// What a promise and its future share.
#[derive(Default)]
struct Shared {
    is_dry: bool,
    waker: Option<Waker>,
}

/// A future written by hand: ready when the canvas has been said to be dry.
struct Dry {
    shared: Arc<Mutex<Shared>>,
    keeps: Keeps,
}

impl Future for Dry {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut shared = self.shared.lock().expect("no task panics here");
        if shared.is_dry {
            return Poll::Ready(());
        }
        match self.keeps {
            Keeps::None => {}
            Keeps::First if shared.waker.is_some() => {}
            Keeps::First | Keeps::Latest => shared.waker = Some(context.waker().clone()),
        }
        Poll::Pending
    }
}

/// Dries for three seconds, and then wakes the task that waits for it.
async fn sky(shared: Arc<Mutex<Shared>>) {
    sleep(seconds(3)).await;
    say("dry");
    let waker = {
        let mut shared = shared.lock().expect("no task panics here");
        shared.is_dry = true;
        shared.waker.take()
    };
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// A future that is polled in one task, and then moves to another.
pub async fn moves(keeps: Keeps) {
    let shared = Arc::<Mutex<Shared>>::default();
    spawn("sky", sky(Arc::clone(&shared)));
    let dry = Dry { shared, keeps };
    if let Either::Right(((), dry)) = select(dry, pin!(sleep(seconds(1)))).await {
        say("has waited for a second, and lets the helper wait");
        let helper = spawn("helper", async {
            dry.await;
            work(seconds(1));
            say("has hung the sky");
        });
        helper.await.expect("waiting does not fail");
    }
}

/// The replay: three runs, one above the other.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-06-lost-waker",
        title: "Pitfall 6: Pending, and who wakes?",
        file: file!(),
        text: include_str!("p06_lost_waker.rs"),
        runs: || {
            vec![
                watch("", moves(Keeps::None)).recorded("keeps none", "fails: no waker is kept"),
                watch("", moves(Keeps::First))
                    .recorded("keeps the first", "fails: the first waker is kept, and main is woken"),
                watch("", moves(Keeps::Latest))
                    .recorded("keeps the latest", "cured: the latest waker is kept, and the helper is woken"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::Seen;
    use paintdry_studio::{EventKind, WakeSource};

    const STALLED: &str = "
main waits for the end of helper
helper waits for a wake that never comes
";

    /// The stuck task, without the lines.
    fn stuck(seen: &Seen<()>) -> Vec<String> {
        let stalled = seen.stalled().expect("the run stalls");
        let without_line = |mut task: paintdry_studio::StuckTask| {
            task.line = None;
            task.to_string()
        };
        stalled.tasks.iter().cloned().map(without_line).collect()
    }

    /// The tasks that the sky wakes, by their numbers.
    fn woken_by_sky(seen: &Seen<()>) -> Vec<&str> {
        let name = |event: &paintdry_studio::Event| seen.tasks()[event.task as usize].as_str();
        let by_sky = |event: &&paintdry_studio::Event| matches!(event.what, EventKind::Wake(WakeSource::Task(1)));
        seen.events().iter().filter(by_sky).map(name).collect()
    }

    #[test]
    fn without_a_waker_it_stalls() {
        let seen = watch("keeps none", moves(Keeps::None));
        assert_eq!(stuck(&seen).join("\n"), STALLED.trim());
        assert!(woken_by_sky(&seen).is_empty());
        let log = "
  1.0 s  main: has waited for a second, and lets the helper wait
  3.0 s  sky: dry
";
        assert_log(&seen, log);
    }

    #[test]
    fn the_first_waker_wakes_the_wrong_task() {
        let seen = watch("keeps the first", moves(Keeps::First));
        assert_eq!(stuck(&seen).join("\n"), STALLED.trim());
        assert_eq!(woken_by_sky(&seen), ["main"]);
    }

    #[test]
    fn the_latest_waker_wakes_the_task_that_waits() {
        let seen = watch("keeps the latest", moves(Keeps::Latest));
        seen.assert_took(seconds(4), "the sky says when it is dry, and it takes a second to hang it");
        assert_eq!(woken_by_sky(&seen), ["helper"]);
        assert!(seen.log().ends_with("  4.0 s  helper: has hung the sky"), "{}", seen.log());
    }
}
