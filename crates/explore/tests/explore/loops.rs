//! Programs that start several loops: one after another, and one inside a task of another.

use crate::{failure, readable};
use paintdry_core::{Runtime, gather};
use paintdry_explore::{ExploredLoop, Explorer, Shared, Why, name_task, note, now};
use paintdry_studio::EventKind;
use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

async fn sleeps() {
    ExploredLoop::sleep(SECOND).await;
}

#[test]
fn loops_one_after_another_have_one_time_and_names_of_their_own() {
    let found = failure(Explorer::new().check_blocking(|| {
        let first = ExploredLoop::start();
        first.run_until_complete(async { gather::<ExploredLoop, _>([sleeps()]).await });
        note("washes the brush");
        ExploredLoop::start().run_until_complete(async { gather::<ExploredLoop, _>([sleeps()]).await });
        first.run_until_complete(sleeps());
        assert_eq!(now(), 3 * SECOND);
        panic!("the end");
    }));
    let turns: Vec<_> = found.turns.iter().map(|turn| (turn.task.as_str(), turn.time, turn.did.join(", "))).collect();
    let expected = [
        ("main", 0, "makes task 2, waits"),
        ("task 2", 0, "waits"),
        ("task 2", 1, "ends"),
        ("main", 1, "ends, washes the brush"),
        ("main of loop 2", 1, "makes task 2 of loop 2, waits"),
        ("task 2 of loop 2", 1, "waits"),
        ("task 2 of loop 2", 2, "ends"),
        ("main of loop 2", 2, "ends"),
        ("main", 2, "waits"),
        ("main", 3, "ends, panics"),
    ];
    let expected_turns = expected.len();
    assert_eq!(turns, expected.map(|(task, seconds, did)| (task, seconds * SECOND, did.to_owned())));
    let run = &readable(&found).runs[0];
    let polls = run.events.iter().filter(|event| matches!(event.what, EventKind::Poll { .. })).count();
    assert_eq!(polls, expected_turns, "its page plays each turn");
    assert_eq!(run.tasks.iter().filter(|name| *name == "main").count(), 2, "the first loop runs two main tasks");
}

#[test]
fn a_loop_inside_a_task_is_explored_and_shown() {
    let found = failure(Explorer::new().check(|_| async {
        ExploredLoop::spawn(async {
            let first = Shared::new("first", 0);
            let tasks = [1, 2].map(|task| {
                let first = first.clone();
                async move {
                    first.change(|first| *first = if *first == 0 { task } else { *first });
                }
            });
            ExploredLoop::start().run_until_complete(async {
                ExploredLoop::sleep(SECOND).await;
                gather::<ExploredLoop, _>(tasks).await;
            });
            name_task("ada"); // after the loop inside it, the current task is this one again
            assert_eq!(first.get(), 1, "the second was first");
        })
        .await
        .unwrap();
    }));
    assert!(matches!(&found.why, Why::Panicked { task, .. } if task == "ada"), "{found}");
    let turns: Vec<_> = found.turns.iter().map(|turn| (turn.task.as_str(), turn.did.join(", "))).collect();
    let expected = [
        ("main", "makes ada, waits"),
        ("ada", "sees first 2, panics"),
        ("main of loop 2", "waits"),
        ("main of loop 2", "makes task 2 of loop 2, makes task 3 of loop 2, waits"),
        ("task 3 of loop 2", "changes first to 2, ends"),
        ("task 2 of loop 2", "changes first to 2, ends"),
        ("main of loop 2", "ends"),
    ];
    assert_eq!(turns, expected.map(|(task, did)| (task, did.to_owned())), "{found}");
    readable(&found);
}

/// A run that is given up inside a task does not count as that task's panic.
#[test]
fn a_loop_inside_a_task_is_pruned_and_loses_no_outcome() {
    let outcomes = |explorer: Explorer| {
        let outcomes = RefCell::new(HashSet::new());
        let program = async || {
            let order = Shared::new("order", Vec::new());
            let tasks = (0..2).map(|task| {
                let order = order.clone();
                async move {
                    let inner = (0..2).map(|inner| {
                        let order = order.clone();
                        async move {
                            ExploredLoop::yield_now().await;
                            order.change(|order| order.push((task, inner)));
                        }
                    });
                    ExploredLoop::start().run_until_complete(async { gather::<ExploredLoop, _>(inner).await });
                }
            });
            gather::<ExploredLoop, _>(tasks).await;
            outcomes.borrow_mut().insert(order.get());
        };
        let done = explorer.check(|_| program()).unwrap();
        assert!(done.is_complete);
        (done, outcomes.into_inner())
    };
    let (unpruned, all) = outcomes(Explorer::new());
    let (pruned, some) = outcomes(Explorer::new().pruned());
    assert_eq!(all.len(), 8, "each loop has two orders, and one of them is first: {all:?}");
    assert_eq!(some, all);
    assert!(pruned.pruned > 0 && pruned.schedules < unpruned.schedules, "{pruned:?} {unpruned:?}");
}

#[test]
fn a_loop_that_is_stuck_inside_a_task_is_the_failure() {
    let found = failure(Explorer::new().check(|_| async {
        let inner = async { ExploredLoop::start().run_until_complete(std::future::pending::<()>()) };
        ExploredLoop::spawn(inner).await.unwrap();
    }));
    assert!(matches!(&found.why, Why::Stuck { waiting } if *waiting == ["main of loop 2"]), "{found}");
    let caught = failure(Explorer::new().check_blocking(|| {
        drop(std::panic::catch_unwind(|| ExploredLoop::start().run_until_complete(std::future::pending::<()>())));
    }));
    assert!(matches!(&caught.why, Why::Stuck { waiting } if *waiting == ["main"]), "{caught}");
}

/// The time that a task sees depends on which loops ran before: the explorer knows, though nothing is noted.
#[test]
fn pruning_knows_that_a_loop_inside_a_task_takes_time() {
    let times = |explorer: Explorer| {
        let times = RefCell::new(HashSet::new());
        let program = async || {
            let ended = Arc::new(Mutex::new(Vec::new()));
            let tasks = (1..3).map(|task| {
                let ended = Arc::clone(&ended);
                async move {
                    ExploredLoop::start().run_until_complete(ExploredLoop::sleep(task * SECOND));
                    ended.lock().unwrap().push((task, now()));
                }
            });
            let tasks = tasks.map(ExploredLoop::spawn).collect::<Vec<_>>();
            ExploredLoop::sleep(10 * SECOND).await; // meanwhile either of them may end first
            drop(tasks);
            gather::<ExploredLoop, _>([ExploredLoop::yield_now(), ExploredLoop::yield_now()]).await; // a choice
            let mut ended = ended.lock().unwrap().clone();
            ended.sort_unstable();
            times.borrow_mut().insert(ended);
        };
        assert!(explorer.check(|_| program()).unwrap().is_complete);
        times.into_inner()
    };
    let all = times(Explorer::new());
    assert_eq!(all, [vec![(1, SECOND), (2, 3 * SECOND)], vec![(1, 3 * SECOND), (2, 2 * SECOND)]].into());
    assert_eq!(times(Explorer::new().pruned()), all);
}

/// A loop inside a turn takes time, whether or not a task runs between that turn and the next timer.
#[test]
fn the_time_of_a_loop_inside_a_turn_is_never_lost() {
    let times = |explorer: Explorer| {
        let times = RefCell::new(HashSet::new());
        let program = async || {
            let sleepers = [(); 2].map(|()| {
                ExploredLoop::spawn(async {
                    sleeps().await;
                    ExploredLoop::yield_now().await;
                    now()
                })
            });
            let inner = ExploredLoop::spawn(async {
                ExploredLoop::start().run_until_complete(ExploredLoop::sleep(3 * SECOND));
            });
            let mut seen = Vec::new();
            for sleeper in sleepers {
                seen.push(sleeper.await.unwrap());
            }
            inner.await.unwrap();
            times.borrow_mut().insert(seen);
        };
        assert!(explorer.check(|_| program()).unwrap().is_complete);
        times.into_inner()
    };
    let all = times(Explorer::new());
    assert_eq!(all, [vec![4 * SECOND; 2]].into(), "the times of the two loops follow each other");
    assert_eq!(times(Explorer::new().pruned()), all);
}
