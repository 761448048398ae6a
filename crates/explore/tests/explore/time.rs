//! Turns that take time, and the timers of a recording.

use crate::{failure, readable};
use paintdry_core::{Runtime, gather};
use paintdry_explore::{ExploredLoop, Explorer, name_task, now, sleep_blocking, work};
use paintdry_studio::{EventKind, WakeSource};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// What happened to each task, in seconds, without its polls.
fn happened(main: impl AsyncFn()) -> Vec<(u64, String, EventKind)> {
    let found = failure(Explorer::new().budget(1).check(|_| async {
        main().await;
        panic!("the end");
    }));
    let run = &readable(&found).runs[0];
    let events = run
        .events
        .iter()
        .map(|event| (event.ns / 1_000_000_000, run.tasks[event.task as usize].clone(), event.what.clone()));
    let is_of_time = |what: &EventKind| {
        use EventKind::{Block, Fire, Timer, Unblock, Wake};
        matches!(what, Timer { .. } | Fire { .. } | Block | Unblock | Wake(WakeSource::Timer))
    };
    events.filter(|(_, _, what)| is_of_time(what)).collect()
}

fn sleeps_and_works() -> impl Future<Output = Vec<Result<(), paintdry_core::TaskError>>> {
    gather::<ExploredLoop, _>(["ada", "bob"].map(|name| async move {
        name_task(name);
        if name == "ada" {
            ExploredLoop::sleep(SECOND).await;
            assert_eq!(now(), 3 * SECOND, "she was due at 1 s, and bob had the thread");
        } else {
            work(3 * SECOND);
            assert_eq!(now(), 3 * SECOND, "within his turn");
        }
    }))
}

#[test]
fn a_timer_fires_when_it_is_due_although_the_thread_is_at_work() {
    let ada = |ns: u64, what| (ns, "ada".to_owned(), what);
    let events = happened(async || {
        assert!(sleeps_and_works().await.iter().all(Result::is_ok));
    });
    let timer = EventKind::Timer { timer: 1, due_ns: 1_000_000_000 };
    assert_eq!(
        events,
        [ada(0, timer), ada(1, EventKind::Fire { timer: 1 }), ada(1, EventKind::Wake(WakeSource::Timer))]
    );
}

#[test]
fn a_blocking_sleep_holds_the_thread() {
    let events = happened(async || {
        sleep_blocking(2 * SECOND);
        assert_eq!(now(), 2 * SECOND);
    });
    let main = |ns: u64, what| (ns, "main".to_owned(), what);
    let (timer, fire) = (EventKind::Timer { timer: 1, due_ns: 2_000_000_000 }, EventKind::Fire { timer: 1 });
    assert_eq!(events, [main(0, timer), main(0, EventKind::Block), main(2, fire), main(2, EventKind::Unblock)]);
}

#[test]
fn a_sleep_that_was_dropped_has_a_timer_that_does_not_fire() {
    let events = happened(async || {
        {
            let mut dropped = pin!(ExploredLoop::sleep(SECOND));
            assert!(poll_fn(|context| Poll::Ready(dropped.as_mut().poll(context).is_pending())).await);
        }
        ExploredLoop::sleep(2 * SECOND).await;
    });
    let fired: Vec<_> = events.iter().filter(|(.., what)| matches!(what, EventKind::Fire { .. })).collect();
    assert_eq!(fired, [&(2, "main".to_owned(), EventKind::Fire { timer: 2 })]);
}

#[test]
fn work_in_a_loop_inside_a_turn_counts_once() {
    let explored = Explorer::new().check(|_| async {
        work(SECOND);
        let inner = ExploredLoop::start();
        inner.run_until_complete(async {
            work(SECOND);
            ExploredLoop::sleep(SECOND).await;
            work(SECOND);
        });
        assert_eq!(now(), 4 * SECOND);
        work(SECOND);
        ExploredLoop::yield_now().await;
        assert_eq!(now(), 5 * SECOND);
        ExploredLoop::sleep(SECOND).await;
        assert_eq!(now(), 6 * SECOND);
    });
    explored.expect("the times are right");
}

/// When a sleep begins depends on who has worked before: two orders of the same turns are two states.
#[test]
fn pruning_knows_that_work_takes_time() {
    let times = |explorer: Explorer| {
        let times = RefCell::new(BTreeSet::new());
        let program = |_| async {
            let ended = gather::<ExploredLoop, _>((0..2).map(|task| async move {
                if task == 1 {
                    work(3 * SECOND);
                    return Duration::ZERO;
                }
                ExploredLoop::sleep(SECOND).await;
                gather::<ExploredLoop, _>((0..2).map(|_| ExploredLoop::yield_now())).await; // a choice, before the time is known
                now()
            }));
            let time = ended.await[0].clone().expect("it ends");
            times.borrow_mut().insert(time);
        };
        let explored = explorer.check(program).expect("it passes");
        assert!(explored.is_complete);
        (times.into_inner(), explored.runs())
    };
    let ((all, runs), (pruned, fewer)) = (times(Explorer::new()), times(Explorer::new().pruned()));
    assert_eq!(pruned, all);
    assert_eq!(all, [3 * SECOND, 4 * SECOND].into());
    assert!(fewer < runs, "{fewer} of {runs} runs");
}
