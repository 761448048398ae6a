//! Pitfall 10: `select` drops the loser of the race, with everything that it holds.

use crate::replays::Replay;
use crate::{Canvas, milliseconds, say, sleep, watch, work};
use futures::future::{Either, select};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::pin;
use std::time::Duration;

/// The time between two ticks of the clock.
const TICK: Duration = milliseconds(800);

/// Wet canvases.
type Rack = RefCell<VecDeque<Canvas>>;

/// Takes a canvas off the rack, and returns it when it is dry. If the caller drops this future meanwhile, the canvas is lost.
async fn next_dry(rack: &Rack) -> Option<Canvas> {
    let canvas = rack.borrow_mut().pop_front()?;
    canvas.dry().await;
    Some(canvas)
}

/// Fails: each tick of the clock drops the future, and the next round begins with another canvas.
pub async fn starts_over() {
    let rack = painted();
    loop {
        match select(pin!(next_dry(&rack)), pin!(sleep(TICK))).await {
            Either::Left((Some(canvas), _)) => hang(&canvas),
            Either::Left((None, _)) => return say("the rack is empty"),
            Either::Right(_) => say("tick"),
        }
    }
}

/// Cured: the future is made outside the loop, and lent to each round.
pub async fn keeps_the_future() {
    let rack = painted();
    loop {
        let mut next = pin!(next_dry(&rack));
        let canvas = loop {
            match select(next.as_mut(), pin!(sleep(TICK))).await {
                Either::Left((canvas, _)) => break canvas,
                Either::Right(_) => say("tick"),
            }
        };
        let Some(canvas) = canvas else { return say("the rack is empty") };
        hang(&canvas);
    }
}

/// Hangs a dry canvas, which is half a second of work.
fn hang(canvas: &Canvas) {
    work(milliseconds(500));
    say(format!("has hung the {}", canvas.name()));
}

/// Two canvases on a rack, the sky painted first.
fn painted() -> Rack {
    let paint = |name| {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas
    };
    RefCell::new(["sky", "sea"].map(paint).into())
}

/// The replay: the failure above the cure.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-10-select-loses",
        title: "Pitfall 10: what select drops",
        file: file!(),
        text: include_str!("p10_select_loses.rs"),
        runs: || {
            vec![
                watch("", starts_over())
                    .recorded("starts over", "fails: main paints two canvases, and each tick drops a future with one"),
                watch("", keeps_the_future())
                    .recorded("continues", "cured: each round polls the same future; to hang a canvas takes 0.5 s"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;

    #[test]
    fn a_dropped_future_loses_its_canvas() {
        let seen = watch("starts over", starts_over());
        let log = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  2.8 s  main: tick
  3.6 s  main: tick
  3.6 s  main: the rack is empty
";
        assert_log(&seen, log);
    }

    #[test]
    fn a_kept_future_comes_to_its_end() {
        let seen = watch("continues", keeps_the_future());
        let log = "
  1.0 s  sky: painted
  2.0 s  sea: painted
  2.8 s  main: tick
  3.0 s  sky: dry
  3.5 s  main: has hung the sky
  4.0 s  sea: dry
  4.5 s  main: has hung the sea
  4.5 s  main: the rack is empty
";
        assert_log(&seen, log);
    }
}
