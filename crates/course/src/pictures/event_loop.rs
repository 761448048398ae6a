//! Chapter 3: what the loop holds at three moments of the run of its three painters.

use super::sketch::Sketch;
use crate::chapters::event_loop::{Loop, Order};
use crate::chapters::generators::{Painter, painters};
use crate::{now, watch_blocking};
use std::time::Duration;

/// What the loop holds after a step.
struct Moment {
    now: Duration,
    ready: Vec<String>,
    /// When each timer is due, and for which painter; the earliest comes first.
    timers: Vec<(Duration, String)>,
}

pub(super) fn draw() -> String {
    let all = moments();
    let mut sketch = Sketch::new(
        720,
        334,
        "The clock, the ready queue and the timers at three moments. At second 1 the sea and the sun are ready, and the sky has \
         a timer. At second 2 the sun is ready, and the timers of the sky and the sea are set. At second 3 none is ready, and \
         the timers of the sun and the sea are due at second 3.5.",
    );
    for ((x, step), head) in
        [(16, 1), (256, 2), (496, 5)].into_iter().zip(["after 1 turn", "after 2 turns", "after 5 turns"])
    {
        moment(&mut sketch, x, head, &all[step - 1]);
    }
    for x in [244, 484] {
        sketch.rule((x, 16), (x, 318));
    }
    sketch.finish()
}

/// The loop of chapter 3 after each of its steps.
fn moments() -> Vec<Moment> {
    let seen = watch_blocking("", || {
        let mut event_loop = Loop::new(painters(), Order::FirstInFirstOut);
        let mut moments = Vec::new();
        while event_loop.step() {
            moments.push(Moment {
                now: now(),
                ready: event_loop.ready.iter().map(name).collect(),
                timers: event_loop.timers.iter().map(|((due, _), painter)| (*due, name(painter))).collect(),
            });
        }
        moments
    });
    seen.result()
}

fn name(painter: &Painter) -> String {
    match painter {
        Painter::Blank { name } => (*name).to_owned(),
        Painter::Drying { canvas } => canvas.name().to_owned(),
    }
}

fn moment(sketch: &mut Sketch, x: i32, head: &str, moment: &Moment) {
    let clock = format!("{:.1} s", moment.now.as_secs_f64());
    sketch.text(x, 36, "bold", &clock);
    sketch.text(x + 48, 36, "dim", head);
    sketch.text(x, 72, "dim", "ready queue, first one left");
    for (x, name) in (x..).step_by(68).zip(&moment.ready) {
        sketch.labelled(x, 84, 60, "ready", name);
    }
    if moment.ready.is_empty() {
        sketch.text(x, 104, "dim", "(empty)");
    }
    sketch.text(x, 152, "dim", "timers, earliest on top");
    for (y, (due, name)) in (164..).step_by(38).zip(&moment.timers) {
        sketch.labelled(x, y, 60, "wait", name);
        let is_late = if *due <= moment.now { ", late" } else { "" };
        sketch.text(x + 72, y + 20, "", &format!("due at {:.1} s{is_late}", due.as_secs_f64()));
    }
    for (y, line) in (266..).step_by(22).zip(next(moment)) {
        sketch.text(x, y, "", &line);
    }
}

/// What happens next, in lines.
fn next(moment: &Moment) -> Vec<String> {
    let due: Vec<_> = moment.timers.iter().take_while(|(due, _)| *due <= moment.now).map(|(_, name)| name).collect();
    match (moment.ready.iter().chain(due.iter().copied()).next(), moment.timers.first()) {
        (Some(name), _) if due.is_empty() => vec!["Next, the loop".to_owned(), format!("resumes the {name}.")],
        (Some(name), _) => {
            let queued = due.iter().map(|name| format!("puts the {name} into the queue"));
            let lines = ["Next, the loop".to_owned()].into_iter().chain(queued);
            lines.chain([format!("and resumes the {name}.")]).collect()
        }
        (None, Some((due, _))) => {
            vec!["Next, the thread".to_owned(), format!("sleeps until {:.1} s.", due.as_secs_f64())]
        }
        (None, None) => vec!["All are complete.".to_owned()],
    }
}
