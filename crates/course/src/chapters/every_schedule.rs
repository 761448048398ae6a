//! Beside the chapters: all orders of a small program, and the failing schedules of the three programs that `paintdry
//! explore` has.

use crate::page::PROGRAM;
use crate::replays::Replay;
use futures::channel::oneshot;
use paintdry_core::Runtime;
use paintdry_explore::programs::{ALL, Program};
use paintdry_explore::{CheckError, ExploredLoop, Explorer, Shared};
use paintdry_studio::{RecordedRun, Source};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

/// A painter of three turns, who adds a stroke. Each turn appends its name to `order`.
async fn add_a_stroke(name: char, order: Shared<String>, strokes: Shared<u32>) {
    order.change(|order| order.push(name)); // mixes
    ExploredLoop::yield_now().await;
    order.change(|order| order.push(name)); // reads
    let seen = strokes.get();
    ExploredLoop::yield_now().await;
    order.change(|order| order.push(name)); // writes
    strokes.set(seen + 1);
}

/// Runs ada (a) and bob (b) in every order of their turns. For each order: how many strokes were counted.
#[must_use]
pub fn every_order() -> BTreeMap<String, u32> {
    let orders = RefCell::new(BTreeMap::new());
    let two_painters = async |_| {
        let (order, strokes) = (Shared::new("order", String::new()), Shared::new("strokes", 0));
        let (promise, both_have_ended) = oneshot::channel::<()>();
        let promise = Arc::new(promise); // broken when the second painter drops it
        for name in ['a', 'b'] {
            let (order, strokes, promise) = (order.clone(), strokes.clone(), Arc::clone(&promise));
            drop(ExploredLoop::spawn(async move {
                add_a_stroke(name, order, strokes).await;
                drop(promise);
            }));
        }
        drop(promise);
        let _ = both_have_ended.await;
        let earlier = orders.borrow_mut().insert(order.get(), strokes.get());
        assert_eq!(earlier, None, "each schedule has another order");
    };
    let explored = Explorer::new().check(two_painters).expect("no schedule fails");
    assert!(explored.is_complete);
    orders.into_inner()
}

/// The replay pages: one for each program with a bug.
#[must_use]
pub fn replays() -> Vec<Replay> {
    let page = |name, title, program: &'static str, runs| {
        let Program { file, text, .. } = named(program);
        Replay { name, title, file, text, runs }
    };
    vec![
        page("every-schedule-lost-update", "A lost update", "lost-update", || failing("lost-update")),
        page("every-schedule-lost-wakeup", "A lost wake-up", "lost-wakeup", || failing("lost-wakeup")),
        page("every-schedule-two-locks", "Two locks", "two-locks", || failing("two-locks")),
    ]
}

fn named(name: &str) -> Program {
    ALL.iter().copied().find(|program| program.name == name).expect("it is one of the list")
}

/// The failing run.
fn failing(name: &str) -> Vec<RecordedRun> {
    let program = named(name);
    let source = Source {
        name: PROGRAM.to_owned(),
        file: program.file.to_owned(),
        first_line: 1,
        text: program.text.to_owned(),
    };
    match program.check(&Explorer::new(), &mut |_| ControlFlow::Continue(())) {
        Err(CheckError::Failed(failure)) => vec![failure.recorded("generator", Some(&source))],
        other => panic!("{name} has a bug, but: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_of_twenty_orders_lose_a_stroke() {
        let orders = every_order();
        assert_eq!(orders.len(), 20);
        assert_eq!(orders.values().filter(|strokes| **strokes == 1).count(), 12);
        assert_eq!(orders["aaabbb"], 2, "one painter after the other");
        assert_eq!(orders["ababab"], 1, "in turn");
    }
}
