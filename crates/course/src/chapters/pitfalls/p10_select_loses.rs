//! Pain 10: `select` drops the loser of the race, with everything that it holds.

use crate::replays::Replay;
use crate::{Canvas, milliseconds, say, seconds, sleep, watch, work};
use futures::future::{Either, join, select};
use futures::lock::Mutex;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::pin::pin;
use std::time::Duration;

/// How long the painter waits before looking up.
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
pub async fn begins_anew() {
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
pub async fn goes_on() {
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

/// Fails, a *futurelock*: the arm waits for the brush, and `work`, which holds it, is lent and no longer polled.
pub async fn awaits_in_an_arm() {
    let brush = Mutex::new(());
    let mut work = pin!(paint_with(&brush));
    if let Either::Right(_) = select(work.as_mut(), pin!(sleep(TICK))).await {
        say("wants the brush");
        let _brush = brush.lock().await;
        say("has the brush");
    }
}

/// Cured: `work` is polled while the arm waits for the brush.
pub async fn polls_both() {
    let brush = Mutex::new(());
    let mut work = pin!(paint_with(&brush));
    if let Either::Right(_) = select(work.as_mut(), pin!(sleep(TICK))).await {
        say("wants the brush");
        let (_brush, ()) = join(brush.lock(), work).await;
        say("has the brush");
    }
}

/// Holds the brush for two seconds.
async fn paint_with(brush: &Mutex<()>) {
    let _brush = brush.lock().await;
    sleep(seconds(2)).await;
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

/// Both, side by side.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-10-select-loses",
        title: "Pain 10: what select drops",
        file: file!(),
        text: include_str!("p10_select_loses.rs"),
        runs: || {
            vec![
                watch("", begins_anew()).recorded("starts over", "fails: two canvases are lost"),
                watch("", goes_on()).recorded("continues", "cured: the same future in each round"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;

    #[test]
    fn what_is_dropped_is_lost() {
        let seen = watch("starts over", begins_anew());
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
    fn an_await_in_an_arm_waits_for_ever_for_what_a_lent_future_holds() {
        let seen = watch("futurelock", awaits_in_an_arm());
        let message = seen.stalled().expect("nothing polls the future that holds the brush").to_string();
        assert!(message.contains("main waits at line") && message.contains("a wake that nobody sends"), "{message}");
    }

    #[test]
    fn who_polls_both_gets_the_brush() {
        let seen = watch("futurelock, cured", polls_both());
        seen.assert_took(seconds(2), "the work with the brush ends")
            .assert_said(&["main: wants the brush", "main: has the brush"], "the brush is given back");
    }

    #[test]
    fn what_is_kept_comes_to_its_end() {
        let seen = watch("continues", goes_on());
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
