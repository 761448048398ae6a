//! `select` races the next dry canvas against a clock, and drops the loser with everything it holds.

use futures::future::{Either, select};
use paintdry_core::Runtime;
use paintdry_explore::{ExploredLoop, ExploredTask, name_task, note};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::pin;
use std::time::Duration;

type Rack = RefCell<VecDeque<(&'static str, ExploredTask<()>)>>;

pub(crate) async fn select_loses(canvases: usize, drying: Duration, tick: Duration, keeps_future: bool) {
    let names = super::CANVASES.into_iter().take(canvases);
    let rack: Rack = RefCell::new(names.map(|name| (name, ExploredLoop::spawn(dries(name, drying)))).collect());
    let mut hung = 0;
    while !rack.borrow().is_empty() {
        let mut next = pin!(next_dry(&rack)); // dropped at the end of each round
        loop {
            match select(next.as_mut(), pin!(ExploredLoop::sleep(tick))).await {
                Either::Left((name, _)) => {
                    note(format_args!("hangs the {name}"));
                    hung += 1;
                    break;
                }
                Either::Right(_) => note("hears the clock"),
            }
            if !keeps_future {
                break;
            }
        }
    }
    assert_eq!(hung, canvases, "every canvas hangs on the wall");
}

/// Takes a canvas off the rack, and returns it when it is dry. If the caller drops this future meanwhile, the canvas is lost.
async fn next_dry(rack: &Rack) -> &'static str {
    let (name, canvas) = rack.borrow_mut().pop_front().expect("the rack is not empty");
    note(format_args!("takes the {name} off the rack"));
    canvas.await.expect("drying does not fail");
    name
}

async fn dries(name: &str, drying: Duration) {
    name_task(name);
    note("dries");
    ExploredLoop::sleep(drying).await;
    note("is dry");
}
