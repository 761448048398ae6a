//! Chapter 14: a scope that waits in its destructor, and why it must not lend what its parent owns.

use crate::replays::Replay;
use crate::{say, seconds, sleep, spawn, watch};
use futures::FutureExt;
use std::mem;

/// It would wait for its tasks when it is dropped.
struct Scope;

impl Drop for Scope {
    fn drop(&mut self) {
        say("the scope waits for its painter");
    }
}

/// A scope with one painter.
pub async fn scope() {
    let _scope = Scope;
    let painter = spawn("painter", async {
        sleep(seconds(1)).await;
        say("needs the palette");
    });
    painter.await.expect("painting does not fail");
}

/// Polls the scope once, and forgets it.
pub async fn forgotten() {
    let mut scope = Box::pin(scope());
    assert_eq!(scope.as_mut().now_or_never(), None); // polled once: its painter exists
    mem::forget(scope);
    say("throws the palette away");
    sleep(seconds(2)).await;
}

/// The same, but it drops the scope.
pub async fn dropped() {
    let mut scope = Box::pin(scope());
    assert_eq!(scope.as_mut().now_or_never(), None);
    drop(scope);
    say("throws the palette away");
    sleep(seconds(2)).await;
}

/// The replay page: both.
pub(super) fn replay() -> Replay {
    Replay {
        name: "14-forgotten",
        title: "A scope that is dropped, and one that is forgotten",
        file: file!(),
        text: include_str!("forgotten.rs"),
        runs: || {
            vec![
                watch("", dropped()).recorded("dropped", "the destructor runs, and could wait for the painter"),
                watch("", forgotten()).recorded("forgotten", "no destructor runs, and the painter continues"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forgotten_scope_does_not_wait_for_its_tasks() {
        let seen = watch("forgotten", forgotten());
        let log = "
  0.0 s  main: throws the palette away
  1.0 s  painter: needs the palette
";
        assert_eq!(seen.log(), log.trim_matches('\n'));
    }

    #[test]
    fn a_scope_that_is_dropped_runs_its_destructor_first() {
        let seen = watch("dropped", dropped());
        let said =
            ["main: the scope waits for its painter", "main: throws the palette away", "painter: needs the palette"];
        seen.assert_said(&said, "drop returns after the destructor");
    }
}
