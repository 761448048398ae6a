//! Chapter 6: two mornings, and the life of a waker.

use super::lanes::Axis;
use super::sketch::Sketch;
use crate::chapters::smallest_runtime::{POLL, quiet_morning, spinning_morning};
use crate::{seconds, watch, watch_blocking};

/// A bell rings after a second: a thread that polls all the time, and one that is woken.
pub(super) fn mornings() -> String {
    let mut sketch = Sketch::new(
        720,
        218,
        "A bell rings at second 1. Without a waker, the thread polls 34 times and never pauses. With a waker it polls once, sleeps \
         until the bell rings, and polls once more.",
    );
    let axis = Axis { x: 28, second: 560, lane: 28 };
    let bell = axis.at(seconds(1));
    let spinning = watch_blocking("", spinning_morning).times_of("main: polls");
    let quiet = watch("", quiet_morning()).times_of("sleeper: polls");
    for (y, (title, polls)) in (28..).step_by(70).zip([("Without a waker", spinning), ("With a waker", quiet)]) {
        sketch.text(axis.x, y, "bold", title);
        sketch.text(bell + 40, y + 26, "bold", &format!("{} polls", polls.len()));
        if polls.len() == 2 {
            axis.bar(&mut sketch, "wait", (axis.at(polls[0]), bell), y + 12);
        }
        for ended in polls {
            axis.bar(&mut sketch, "run", (axis.at(ended.saturating_sub(POLL)), axis.at(ended) - 2), y + 12);
        }
    }
    sketch.rule((bell, 16), (bell, 150));
    axis.seconds(&mut sketch, 1, 172);
    sketch.text(bell, 194, "middle", "the bell rings");
    for (x, class, words) in [(28, "run", "a poll, 30 ms"), (182, "wait", "the thread sleeps")] {
        axis.bar(&mut sketch, class, (x, x + 26), 186);
        sketch.text(x + 34, 201, "dim", words);
    }
    sketch.finish()
}

/// Where the waker is, from the first poll to the second.
pub(super) fn life_of_a_waker() -> String {
    let mut sketch = Sketch::new(
        720,
        420,
        "Three columns: the runtime, the future, the bell. 1: the runtime polls the future, with the waker in the context. 2: the \
         future stores the waker in the bell. 3: the future returns Pending, and the thread of the runtime sleeps. 4: \
         the bell rings and calls wake, and the runtime runs again. 5: the runtime polls the future. 6: the future checks the \
         bell. 7: it returns Ready.",
    );
    let (runtime, future, bell) = (110, 360, 610);
    for (x, name) in [(runtime, "runtime"), (future, "future"), (bell, "bell")] {
        sketch.labelled(x - 70, 16, 140, "plain", name);
        sketch.rule((x, 46), (x, 404));
    }
    // When each of them runs, and when the thread of the runtime sleeps.
    for (x, class, from, to) in [
        (runtime, "run", 60, 190),
        (runtime, "wait", 190, 276),
        (runtime, "run", 276, 394),
        (future, "run", 76, 172),
        (future, "run", 310, 384),
        (bell, "run", 244, 282),
    ] {
        sketch.bar(x - 6, from, 12, to - from, class);
    }
    let steps = [
        (76, runtime, future, "code", "1  poll(context)"),
        (124, future, bell, "", "2  stores the waker"),
        (172, future, runtime, "code", "3  Poll::Pending"),
        (262, bell, runtime, "code", "4  waker.wake()"),
        (310, runtime, future, "code", "5  poll(context)"),
        (346, future, bell, "", "6  has it rung? Yes."),
        (384, future, runtime, "code", "7  Poll::Ready(())"),
    ];
    for (y, from, to, class, words) in steps {
        let side = if to > from { 8 } else { -8 };
        sketch.arrow((from + side, y), (to - side, y));
        let left = if (from, to) == (bell, runtime) { future } else { from.min(to) };
        sketch.text(left + 20, y - 7, class, words);
    }
    sketch.text(runtime + 18, 226, "t-wait", "the thread sleeps");
    sketch.text(bell - 16, 226, "end", "a second later, the bell rings");
    sketch.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_title_counts_the_polls() {
        let polls = watch_blocking("", spinning_morning).times_of("main: polls");
        assert_eq!((polls.len(), watch("", quiet_morning()).times_of("sleeper: polls").len()), (34, 2));
        assert_eq!(POLL, Duration::from_millis(30));
    }
}
