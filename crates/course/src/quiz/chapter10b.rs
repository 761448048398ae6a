//! Chapter 10b, every schedule.

use super::Answer;
use futures::channel::oneshot;
use paintdry_core::{Runtime, gather};
use paintdry_explore::{CheckError, ExploredLoop, Explorer, Shared};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter10b::two_tasks_of_two_turns", text: two_tasks_of_two_turns },
        Answer { name: "chapter10b::in_one_turn", text: in_one_turn },
        Answer { name: "chapter10b::one_free_place", text: one_free_place },
        Answer { name: "chapter10b::listens_first", text: listens_first },
    ]
}

fn two_tasks_of_two_turns() -> String {
    let orders = RefCell::new(BTreeSet::new());
    let explored = Explorer::new().check(async |_| {
        let order = Shared::new("order", String::new());
        let (promise, both_have_ended) = oneshot::channel::<()>();
        let promise = Arc::new(promise); // broken when the second task drops it
        for name in ['a', 'b'] {
            let (order, promise) = (order.clone(), Arc::clone(&promise));
            drop(ExploredLoop::spawn(async move {
                order.change(|order| order.push(name));
                ExploredLoop::yield_now().await;
                order.change(|order| order.push(name));
                drop(promise);
            }));
        }
        drop(promise);
        let _ = both_have_ended.await;
        orders.borrow_mut().insert(order.get());
    });
    assert!(explored.expect("no schedule fails").is_complete);
    orders.take().len().to_string()
}

async fn pours(paint: Shared<u32>) {
    ExploredLoop::yield_now().await;
    let seen = paint.get();
    paint.set(seen - 1);
}

fn in_one_turn() -> String {
    let checked = Explorer::new().check(async |_| {
        let paint = Shared::new("paint", 3);
        gather::<ExploredLoop, _>((0..3).map(|_| pours(paint.clone()))).await;
        assert_eq!(paint.get(), 0);
    });
    match checked {
        Ok(explored) if explored.is_complete => "in none".to_owned(),
        Err(CheckError::Failed(_)) => "in some".to_owned(),
        other => format!("{other:?}"),
    }
}

/// When a task takes the place for which it has checked.
#[derive(Clone, Copy)]
enum Takes {
    AfterTheAwait,
    InTheTurnOfTheCheck,
    AfterASecondCheck,
}

async fn reserve() {
    ExploredLoop::yield_now().await;
}

async fn takes_a_place(free: Shared<i32>, takes: Takes) {
    if free.get() <= 0 || matches!(takes, Takes::AfterASecondCheck) && free.get() <= 0 {
        return;
    }
    if let Takes::InTheTurnOfTheCheck = takes {
        free.change(|free| *free -= 1);
        reserve().await;
    } else {
        reserve().await;
        free.change(|free| *free -= 1);
    }
}

/// Whether one place is never taken twice. Three tasks are enough to see it.
fn is_taken_once(takes: Takes) -> bool {
    let checked = Explorer::new().check(async |_| {
        let free = Shared::new("free", 1);
        gather::<ExploredLoop, _>((0..3).map(|_| takes_a_place(free.clone(), takes))).await;
        assert_eq!(free.get(), 0);
    });
    match checked {
        Ok(explored) => explored.is_complete,
        Err(CheckError::Failed(_)) => false,
        Err(other) => panic!("{other:?}"),
    }
}

fn one_free_place() -> String {
    match [Takes::AfterTheAwait, Takes::InTheTurnOfTheCheck, Takes::AfterASecondCheck].map(is_taken_once) {
        [false, true, false] => "Several tasks take it. The cure is to take it in the turn of the check".to_owned(),
        other => format!("taken once: {other:?}"),
    }
}

fn listens_first() -> String {
    let seen_after_a_ring = RefCell::new(BTreeSet::new());
    let explored = Explorer::new().check(async |_| {
        let (is_dry, has_rung) = (Shared::new("dry", false), Arc::new(AtomicBool::new(false)));
        let (bell, rung) = oneshot::channel::<()>(); // she listens from here on
        let canvas = {
            let (is_dry, has_rung) = (is_dry.clone(), Arc::clone(&has_rung));
            async move {
                ExploredLoop::yield_now().await;
                is_dry.set(true);
                ExploredLoop::yield_now().await;
                has_rung.store(true, SeqCst);
                let _ = bell.send(());
            }
        };
        let canvas = ExploredLoop::spawn(canvas);
        for _ in 0..2 {
            ExploredLoop::yield_now().await;
        }
        let rang_before_the_check = has_rung.load(SeqCst);
        if is_dry.get() {
            if rang_before_the_check {
                seen_after_a_ring.borrow_mut().insert("sees that the canvas is dry");
            }
        } else {
            ExploredLoop::yield_now().await; // puts the brush away
            let _ = rung.await;
            assert!(!rang_before_the_check, "a ring before the check has its effect");
        }
        canvas.await.expect("it does not panic");
    });
    match explored {
        Ok(explored) if explored.is_complete => {
            let seen: Vec<_> = seen_after_a_ring.take().into_iter().collect();
            format!("No: she {}", seen.join(" or "))
        }
        Err(CheckError::Failed(_)) => "Yes".to_owned(),
        other => format!("{other:?}"),
    }
}
