//! All schedules counted, and the ones that runtimes take when nothing steers them.

use paintdry_core::Runtime;
use paintdry_explore::programs::{ALL, Program};
use paintdry_explore::{CheckError, Ended, Explorer, Observed};
use paintdry_generator::EventLoop;
use paintdry_smol::Local;
use paintdry_tokio::{CurrentThread, MultiThread};

const RUNS: u64 = 5;

fn program(name: &str) -> &'static Program {
    ALL.iter().find(|program| program.name == name).expect("it is in the list")
}

fn observe<R: Runtime>(name: &str) -> Observed {
    program(name).observe::<R>(RUNS).expect("it is generic")
}

#[test]
fn each_schedule_is_counted() {
    for (name, schedules, failing) in [("lost-update", 35, 12), ("two-locks-repaired", 54, 0)] {
        let survey = program(name).survey(&Explorer::new()).expect("it is repeatable");
        assert_eq!((survey.schedules, survey.failing, survey.is_complete), (schedules, failing, true), "{name}");
    }
    let some = program("gather").survey(&Explorer::new().budget(10)).expect("it is repeatable");
    assert_eq!((some.schedules, some.is_complete), (10, false));
    let shallow = program("lost-update").survey(&Explorer::new().depth(1)).expect("it is repeatable");
    assert_eq!((shallow.schedules, shallow.is_complete), (2, false));
    let only_on_the_loop = program("clock").survey(&Explorer::new());
    assert!(matches!(only_on_the_loop, Err(CheckError::OnlyOnTheLoop)), "{only_on_the_loop:?}");
}

/// One thread takes the same order every time, and it is a schedule that the explorer knows.
#[test]
fn a_runtime_of_one_thread_takes_one_schedule() {
    for name in ["lost-update", "lost-wakeup", "two-locks", "two-locks-repaired", "amap", "gather"] {
        let observed = [observe::<EventLoop>(name), observe::<CurrentThread>(name), observe::<Local>(name)];
        for observed in observed {
            assert_eq!((observed.runs, observed.side_by_side, observed.orders.len()), (RUNS, 0, 1), "{name}");
            let (order, runs) = observed.orders.first_key_value().expect("there is one");
            let played = program(name).follow(&Explorer::new(), order).expect("it is generic");
            let played = played.unwrap_or_else(|| panic!("{name}: {order:?} is no schedule"));
            assert_eq!(*runs, RUNS);
            assert_eq!(observed.failing > 0, matches!(played.ended, Ended::Failed(_)), "{name}: {order:?}");
        }
    }
}

#[test]
fn each_run_on_several_threads_is_counted_once() {
    let observed = observe::<MultiThread>("two-locks-repaired");
    assert_eq!((observed.runs, observed.failing), (RUNS, 0));
    assert_eq!(observed.orders.values().sum::<u64>() + observed.side_by_side, RUNS);
}

#[test]
fn an_order_that_no_schedule_has_leads_nowhere() {
    for order in [&[][..], &[0], &[0, 3], &[0, 1, 1, 1, 1, 1, 1, 1]] {
        let played = program("lost-update").follow(&Explorer::new(), order).expect("it is generic");
        assert!(played.is_none(), "{order:?}");
    }
}
