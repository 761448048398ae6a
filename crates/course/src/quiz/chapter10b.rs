//! Chapter 10b, every schedule.

use super::Answer;
use futures::channel::oneshot;
use paintdry_core::{Runtime, gather};
use paintdry_explore::{CheckError, ExploredLoop, Explorer, Shared};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter10b::two_tasks_of_two_turns", text: two_tasks_of_two_turns },
        Answer { name: "chapter10b::in_one_turn", text: in_one_turn },
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
