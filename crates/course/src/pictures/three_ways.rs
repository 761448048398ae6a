//! Chapter 14: three wishes of a scope, and three ways that each grant two of them.

use super::sketch::Sketch;
use crate::chapters::send::three_ways::{joined, shared, watch_scoped};
use crate::{TwoThreads, watch, watch_on};
use std::time::Duration;

pub(super) fn draw() -> String {
    let joined = watch("", joined()).took();
    let shared = watch_on::<TwoThreads, _>("", shared::<TwoThreads>()).took();
    let scoped = watch_scoped().took();
    let mut sketch = Sketch::new(
        720,
        368,
        "Three wishes: the parent continues, the children run on several threads, the children borrow from the parent. spawn with \
         an Arc grants the first two, join_all the first and the last, thread::scope the last two.",
    );
    wish(&mut sketch, (250, 16), ["concurrency", "the parent continues"]);
    wish(&mut sketch, (16, 296), ["parallelism", "several threads"]);
    wish(&mut sketch, (484, 296), ["borrowing", "from the parent"]);
    way(&mut sketch, (46, 118), "spawn, with an Arc", shared, ["on two threads", "no borrowing"]);
    way(&mut sketch, (454, 118), "join_all, in one task", joined, ["on one thread", "no parallelism"]);
    way(&mut sketch, (250, 202), "thread::scope", scoped, ["on three threads", "the parent is blocked"]);
    for (from, to) in [
        ((156, 118), (282, 70)),
        ((126, 196), (110, 292)),
        ((564, 118), (438, 70)),
        ((594, 196), (610, 292)),
        ((300, 280), (240, 312)),
        ((420, 280), (480, 312)),
    ] {
        sketch.arrow(from, to);
    }
    sketch.finish()
}

/// What one would like to have.
fn wish(sketch: &mut Sketch, (x, y): (i32, i32), [name, words]: [&str; 2]) {
    sketch.frame(x, y, 220, 52, "wait");
    sketch.text(x + 110, y + 22, "bold middle", name);
    sketch.text(x + 110, y + 42, "middle", words);
}

/// A program, how long it takes, and what it gives up.
fn way(sketch: &mut Sketch, (x, y): (i32, i32), name: &str, took: Duration, [threads, lacks]: [&str; 2]) {
    sketch.frame(x, y, 220, 76, "plain");
    sketch.text(x + 110, y + 22, "bold middle", name);
    sketch.text(x + 110, y + 43, "middle", &format!("{} s {threads}", took.as_secs_f64()));
    sketch.text(x + 110, y + 64, "middle t-failed", lacks);
}
