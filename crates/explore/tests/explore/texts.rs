//! The text of a failure: short enough to read, and with the right names.

use crate::{failure, readable};
use paintdry_core::{Runtime, gather};
use paintdry_explore::{ExploredLoop, Explorer, Shared, Why, name_task, note};
use paintdry_generator::yield_now;
use std::future::pending;

#[test]
fn long_texts_are_cut() {
    let found = failure(Explorer::new().check(|_| async {
        name_task(&"n".repeat(1_000_000));
        for _ in 0..100 {
            note("y".repeat(1_000_000));
            note("two\nlines \u{1b}[31m");
            ExploredLoop::yield_now().await;
        }
        panic!("{}", "p".repeat(1_000_000));
    }));
    let text = found.to_string();
    assert!(text.len() < 50_000, "{} bytes", text.len());
    assert!(text.contains("two\\nlines \\u{1b}[31m, yields"), "{text}");
    assert!(found.turns.iter().all(|turn| turn.task.chars().count() == 101));
    assert!(found.turns.iter().flat_map(|turn| &turn.did).all(|did| did.chars().count() <= 1_001));
    readable(&found);

    assert_eq!(found.recorded(&"r".repeat(1_000_000), None).runtime.chars().count(), 100_000);

    let error = failure(Explorer::new().check(|_| async { Err::<(), _>("e".repeat(1_000_000)) }));
    assert!(error.to_string().len() < 11_000);
    readable(&error);
}

#[test]
fn of_a_turn_without_end_the_beginning_is_kept() {
    let found = failure(Explorer::new().check(|_| async {
        for _ in 0..20_000 {
            note("z".repeat(1_000));
        }
        panic!("at last");
    }));
    assert!(found.turns[0].did.len() < 12_000 && found.turns[0].did.last().unwrap() == "panics");
    readable(&found);
}

#[test]
fn a_turn_that_makes_many_tasks_is_one_line() {
    let found = failure(Explorer::new().check(|_| async {
        gather::<ExploredLoop, _>((0..5_000).map(|_| pending::<()>())).await;
    }));
    let text = found.to_string();
    assert!(text.contains("makes task 21 and 4,980 more, waits\n"), "{text}");
    assert!(text.len() < 6_000 && text.contains("has 5001 turns") && text.contains("and 4,941 more"), "{text}");
    assert_eq!(found.turns[0].did.len(), 5_001);
}

#[test]
fn all_turns_are_counted() {
    let found = failure(Explorer::new().check(|_| async {
        for _ in 0..20_000 {
            ExploredLoop::yield_now().await;
        }
        panic!("at last");
    }));
    assert_eq!((found.turn_count, found.turns.len()), (20_001, 10_000));
    let text = found.to_string();
    assert!(text.contains("has 20001 turns, all") && text.contains("     and 19,941 more\n"), "{text}");
}

#[test]
fn the_main_task_is_main_even_if_others_were_made_before_it() {
    let found = failure(Explorer::new().check(|event_loop| {
        let before = event_loop.create_task(yield_now()).unwrap();
        note("begins");
        let paint = Shared::new("paint", 1);
        assert_eq!(paint.get(), 1);
        async move {
            before.await.unwrap();
            panic!("at the end");
        }
    }));
    let turns: Vec<_> = found.turns.iter().map(|turn| (turn.task.as_str(), turn.did.join(", "))).collect();
    assert_eq!(
        turns[..2],
        [("task 1", "begins, sees paint 1, yields".to_owned()), ("main", "waits".to_owned())],
        "{found}"
    );
    assert!(matches!(&found.why, Why::Panicked { task, .. } if task == "main"));
    readable(&found);
    let at_once = failure(Explorer::new().check(|_| if true { panic!("no future") } else { yield_now() }));
    assert!(at_once.to_string().starts_with("main panics at"), "{at_once}");
    assert!(at_once.to_string().ends_with(": no future\n\nNo task ran before that.\n\nSeed: 1:0"), "{at_once}");
}
