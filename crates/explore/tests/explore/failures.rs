//! What counts as a failure, and its text.

use crate::failure;
use paintdry_core::{Runtime, gather};
use paintdry_explore::{CheckError, ExploredLoop, Explorer, Shared, Why, name_task};
use paintdry_studio::{Event, EventKind};
use std::cell::Cell;
use std::time::Duration;

#[test]
fn a_panic_of_a_task_that_is_not_awaited_is_a_failure() {
    let found = failure(Explorer::new().check(|_| async {
        let is_open = Shared::new("open", true);
        let closes = is_open.clone();
        drop(ExploredLoop::spawn(async move {
            name_task("painter");
            assert!(is_open.get(), "the paint is open");
        }));
        ExploredLoop::spawn(async move { closes.set(false) }).await.expect("it does not panic");
        ExploredLoop::sleep(Duration::from_secs(1)).await;
    }));
    assert!(
        matches!(&found.why, Why::Panicked { task, message, .. } if task == "painter" && message == "the paint is open")
    );
    assert_eq!(found.schedule.departures(), 1, "{found}");
}

/// Two tasks that each read and then write; only the loop's own order loses a stroke.
async fn strokes() -> u32 {
    let strokes = Shared::new("strokes", 0);
    let add = |strokes: Shared<u32>| async move {
        let seen = strokes.get();
        ExploredLoop::yield_now().await;
        strokes.set(seen + 1);
    };
    gather::<ExploredLoop, _>([strokes.clone(), strokes.clone()].map(add)).await;
    strokes.get()
}

#[test]
fn an_err_is_a_failure_with_its_text() {
    let program = |_| async { if strokes().await == 2 { Ok(()) } else { Err("a stroke is lost") } };
    let found = failure(Explorer::new().check(program));
    assert_eq!(found.why, Why::Ended { error: "a stroke is lost".to_owned() });
    assert!(found.to_string().starts_with("main ends with an error: a stroke is lost\n"), "{found}");
    let again = failure(Explorer::new().seed(found.schedule.clone()).check(program));
    assert_eq!(again.why, found.why);
}

#[test]
fn another_result_is_judged_by_the_caller() {
    let judge = |strokes| if strokes == 2 { Ok(()) } else { Err(format!("{strokes} is not 2")) };
    let found = failure(Explorer::new().pruned().check_with(|_| strokes(), judge));
    assert_eq!(found.why, Why::Ended { error: "1 is not 2".to_owned() });
    assert!(Explorer::new().check_with(|_| strokes(), |_| ()).is_ok());
}

#[test]
fn tasks_that_take_turns_for_ever_starve_the_program() {
    let program = |_| async {
        let is_dry = Shared::new("dry", false);
        let looks = is_dry.clone();
        drop(ExploredLoop::spawn(async move {
            name_task("looks");
            while !looks.get() {
                ExploredLoop::yield_now().await;
            }
        }));
        std::future::pending::<()>().await;
    };
    let explorer = Explorer::new().patience(100);
    let found = failure(explorer.check(program));
    let Why::Starved { turns, shares } = &found.why else { panic!("{found}") };
    assert_eq!((*turns, shares.as_slice()), (100, &[("looks".to_owned(), 99), ("main".to_owned(), 1)][..]));
    assert_eq!(found.turns.len(), 100);
    assert!(found.to_string().contains("and 40 more"), "{found}");
    let again = failure(explorer.clone().seed(found.schedule.clone()).check(program));
    assert_eq!((&again.why, &again.turns), (&found.why, &found.turns), "the seed repeats it");
    let polls = |event: &Event| matches!(event.what, EventKind::Poll { .. });
    let recorded = found.recorded("generator", None).events.iter().filter(|event| polls(event)).count();
    assert_eq!(recorded, 100, "its page plays each turn");
}

#[test]
fn of_a_long_failure_the_first_turns_are_kept() {
    let found = failure(Explorer::new().check(|_| async {
        for _ in 0..20_000 {
            ExploredLoop::yield_now().await;
        }
        panic!("at last");
    }));
    assert!(matches!(&found.why, Why::Panicked { message, .. } if message == "at last"));
    assert_eq!(found.turns.len(), 10_000);
    assert!(found.turns.iter().all(|turn| turn.did == ["yields"]));
}

#[test]
fn a_loop_is_fair_beyond_the_depth() {
    let waits_for_a_flag = |depth| {
        Explorer::new().depth(depth).budget(50).patience(100).check(|_| async {
            let is_dry = Shared::new("dry", false);
            let dries = is_dry.clone();
            drop(ExploredLoop::spawn(async move { dries.set(true) }));
            while !is_dry.get() {
                ExploredLoop::yield_now().await;
            }
        })
    };
    let explored = waits_for_a_flag(10).expect("in the loop's own order it is dry in the next turn");
    assert_eq!((explored.is_complete, explored.schedules, explored.choices), (true, 11, 10));
}

#[test]
fn a_program_that_depends_on_something_else_is_refused() {
    let runs = Cell::new(0);
    let result = Explorer::new().check(|_| {
        runs.set(runs.get() + 1);
        let tasks = 2 + runs.get() % 2;
        async move {
            gather::<ExploredLoop, _>((0..tasks).map(|_| ExploredLoop::yield_now())).await;
        }
    });
    let Err(error @ CheckError::NotRepeatable { choice: 1 }) = result else { panic!("{result:?}") };
    assert!(error.to_string().contains("other tasks are ready at choice 1"), "{error}");
}

#[test]
fn a_failure_reads_as_a_text() {
    let found = failure(Explorer::new().check(|_| async {
        let paint = Shared::new("paint", 1);
        let tasks = ["ada", "bob"].map(|name| {
            let paint = paint.clone();
            async move {
                name_task(name);
                ExploredLoop::sleep(Duration::from_secs(2)).await;
                paint.change(|paint| *paint *= if name == "ada" { 2 } else { -3 });
                assert_ne!(paint.get(), -3, "bob was first");
            }
        });
        gather::<ExploredLoop, _>(tasks).await;
    }));
    let text = found.to_string();
    let (why, turns) = text.split_once("\n\n").expect("two parts");
    assert!(why.starts_with("bob panics at ") && why.contains("tests/explore/failures.rs:"), "{why}");
    assert!(why.ends_with("assertion `left != right` failed: bob was first\n  left: -3\n right: -3"), "{why}");
    let expected = "\
The shortest failing schedule that was found has 4 turns, 1 of them (*) out of the loop's own order:
   1   main       0ns  makes ada, makes bob, waits
   2 * bob        0ns  waits
   3   ada        0ns  waits
   4   bob         2s  changes paint to -3, sees paint -3, panics

Seed: 1:1";
    assert_eq!(turns, expected);
}

#[test]
fn random_orders_are_the_same_for_the_same_number() {
    let orders = |number| {
        let seen = std::cell::RefCell::new(Vec::new());
        let explored = Explorer::new().budget(20).seed(number).check(|_| async {
            let order = Shared::new("order", Vec::new());
            let tasks = (0..3).map(|task| {
                let order = order.clone();
                async move { order.change(|order| order.push(task)) }
            });
            gather::<ExploredLoop, _>(tasks).await;
            seen.borrow_mut().push(order.get());
        });
        assert_eq!(explored.expect("nothing fails").schedules, 20);
        seen.into_inner()
    };
    assert_eq!(orders(1), orders(1));
    assert_ne!(orders(1), orders(2));
    let mut all = orders(3);
    all.sort();
    all.dedup();
    assert!(all.len() > 3, "they are not all alike: {all:?}");
}
