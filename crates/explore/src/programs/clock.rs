//! The studio's virtual clock under every order: a sleep ends to the nanosecond, and time never moves too early.

use crate::{ExploredLoop, touch, touching};
use paintdry_core::{Runtime, gather};
use paintdry_studio::{Clock, Studio, now};
use std::time::Duration;

type Watched = Studio<ExploredLoop>;

/// `tasks` tasks sleep repeatedly, for one second or for two: some always end together, all of them now and then.
pub fn clock(tasks: u32, sleeps: u32) {
    let second = Duration::from_secs(1);
    let sleep = |task: u32| async move {
        for nth in 1..=sleeps {
            Watched::sleep(second * length(task)).await;
            assert_eq!(now(), second * length(task) * nth, "the time after sleep {nth} of task {task}");
        }
        touch("ends"); // the studio has its own handles, which the explorer does not see
    };
    let watched = Watched::new(Clock::Virtual).run(touching("ends", gather::<Watched, _>((0..tasks).map(sleep))));
    let ended = watched.result.expect("no task is stuck");
    assert!(ended.iter().all(Result::is_ok), "{ended:?}");
    assert_eq!(watched.wall, second * length(1.min(tasks - 1)) * sleeps);
}

/// How many seconds a task sleeps each time.
fn length(task: u32) -> u32 {
    1 + task % 2
}
