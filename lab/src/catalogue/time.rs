//! Programs about time: who holds the thread, and for how long.

use crate::program::{By, Goal, Program};
use crate::programs::{backpressure, never_yields, paint};
use crate::threads;
use crate::values::{Parameter, Values};
use paintdry_explore::{Ended, Played};
use paintdry_studio::{Event, EventKind, PaintWorkload, RecordedWorkload};
use std::time::Duration;

pub(super) const PAINT: Program = Program {
    name: "paint",
    title: "Paint",
    about: "Each canvas is painted, and then has to dry; its painter looks at it until it is dry.",
    question: "The painter waits at each easel until the canvas is dry. How can one painter finish three canvases in 5 s?",
    file: "lab/src/programs/paint.rs",
    text: include_str!("../programs/paint.rs"),
    parameters: &[
        Parameter::number("canvases", "Canvases", [1, 13], 3),
        Parameter::duration("painting", "Painting time", [0, 5_000], 1_000),
        Parameter::duration("drying", "Drying time", [0, 10_000], 2_000),
        Parameter::duration("poll", "Time between two checks", [100, 5_000], 500),
        Parameter::switch("takes_turns", "Others can be painted while a canvas dries", false),
        Parameter::number("threads", "Painters, each a thread", [1, 13], 1).unless("takes_turns"),
    ],
    goals: &[
        Goal {
            name: "five-seconds",
            text: "Finish in 5 s with one painter: three canvases, each with a second of painting and two of drying.",
            by: By::Run(is_done_by_one_in_five_seconds),
        },
        Goal {
            name: "one-wait",
            text: "The same, with one wait for each canvas.",
            by: By::Run(|values, played| {
                is_done_by_one_in_five_seconds(values, played) && timers(played).count() <= values.count("canvases")
            }),
        },
        Goal {
            name: "three-seconds",
            text: "Finish the same canvases in 3 s.",
            by: By::Run(|values, played| is_done_in(3, values, played)),
        },
    ],
    tasks: |values| canvases(values, &["main"]),
    job: |values| {
        // A stroke is about a nanosecond of real work; here each stands for a millisecond.
        let (canvases, strokes) = (values.count("canvases"), values.number("painting").into());
        let (drying, poll, stroke_cost) = (values.time("drying"), values.time("poll"), Duration::from_millis(1));
        Some(RecordedWorkload::Paint(PaintWorkload { canvases, drying, poll, strokes, stroke_cost }))
    },
    threads: painters,
    main: |values| {
        let (canvases, takes_turns) = (values.number("canvases"), values.is("takes_turns"));
        let (painting, drying, poll) = (values.time("painting"), values.time("drying"), values.time("poll"));
        Box::pin(paint::paint(canvases, painting, drying, poll, takes_turns))
    },
};

/// The threads of the blocking variant. Painters who take turns are one.
fn painters(values: &Values) -> usize {
    if values.is("takes_turns") { 1 } else { values.count("threads") }
}

fn is_done_by_one_in_five_seconds(values: &Values, played: &Played) -> bool {
    painters(values) == 1 && is_done_in(5, values, played)
}

fn is_done_in(seconds: u64, values: &Values, played: &Played) -> bool {
    let least = [("canvases", 3), ("painting", 1_000), ("drying", 2_000)];
    let has_all = least.into_iter().all(|(name, least)| values.number(name) >= least);
    let time = threads::time(played, painters(values));
    has_all && played.ended == Ended::Passed && time <= Duration::from_secs(seconds)
}

pub(super) const NEVER_YIELDS: Program = Program {
    name: "never-yields",
    title: "A task that never yields",
    about: "A task mixes paint, pot after pot, while canvases dry beside it.",
    question: "The canvases are dry after a second. When do their painters see it, and what decides that?",
    file: "lab/src/programs/never_yields.rs",
    text: include_str!("../programs/never_yields.rs"),
    parameters: &[
        Parameter::number("canvases", "Canvases", [1, 3], 2),
        Parameter::duration("drying", "Drying time", [100, 5_000], 1_000),
        Parameter::number("pots", "Pots to mix", [1, 8], 6),
        Parameter::duration("mixing", "Mixing time of a pot", [100, 2_000], 500),
        Parameter::switch("yields", "Yield after each pot", false),
    ],
    goals: &[Goal {
        name: "on-time",
        text: "Mix for 3 s, and let each painter see a dry canvas within half a second.",
        by: By::Run(|values, played| {
            let mixed = values.time("mixing") * values.number("pots");
            let half_a_second = Duration::from_millis(500);
            played.ended == Ended::Passed && mixed >= half_a_second * 6 && latest(played) <= half_a_second
        }),
    }],
    tasks: |values| {
        let mut tasks = canvases(values, &["main"]);
        tasks.push("mixer".to_owned());
        tasks
    },
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (canvases, pots, yields) = (values.number("canvases"), values.number("pots"), values.is("yields"));
        let (drying, mixing) = (values.time("drying"), values.time("mixing"));
        Box::pin(never_yields::never_yields(canvases, drying, pots, mixing, yields))
    },
};

pub(super) const BACKPRESSURE: Program = Program {
    name: "backpressure",
    title: "Backpressure",
    about: "A painter paints faster than canvases dry, and each wet canvas needs a rack.",
    question: "There are two racks. What happens to the third canvas, and what should happen?",
    file: "lab/src/programs/backpressure.rs",
    text: include_str!("../programs/backpressure.rs"),
    parameters: &[
        Parameter::number("canvases", "Canvases", [1, 8], 6),
        Parameter::number("racks", "Racks", [1, 8], 2),
        Parameter::duration("painting", "Painting time", [100, 2_000], 500),
        Parameter::duration("drying", "Drying time", [100, 5_000], 2_000),
        Parameter::switch("waits", "The painter waits for a free rack", false),
    ],
    goals: &[
        Goal {
            name: "none-falls",
            text: "Paint six canvases with two racks, and none falls on the floor.",
            by: By::Run(|values, played| {
                let is_tight = values.number("canvases") >= 6 && values.number("racks") <= 2;
                is_tight && played.ended == Ended::Passed
            }),
        },
        super::REPAIR,
    ],
    tasks: |values| canvases(values, &["painter"]),
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (canvases, racks, waits) = (values.number("canvases"), values.number("racks"), values.is("waits"));
        let (painting, drying) = (values.time("painting"), values.time("drying"));
        Box::pin(backpressure::backpressure(canvases, racks, painting, drying, waits))
    },
};

/// These tasks, and then the canvases.
fn canvases(values: &Values, first: &[&str]) -> Vec<String> {
    let canvases = (1..=values.number("canvases")).map(|number| format!("canvas {number}"));
    first.iter().map(|&name| name.to_owned()).chain(canvases).collect()
}

/// The timers that were set: the task of each, its number, and when it was due, in ns.
fn timers(played: &Played) -> impl Iterator<Item = (u32, u32, u64)> {
    played.events().iter().filter_map(|event| match event.what {
        EventKind::Timer { timer, due_ns } => Some((event.task, timer, due_ns)),
        _ => None,
    })
}

/// The longest time from when a timer was due to its task's next turn.
fn latest(played: &Played) -> Duration {
    let late = timers(played).map(|(task, _, due)| {
        let is_its_turn = |event: &&Event| event.task == task && event.ns >= due;
        let turn =
            played.events().iter().filter(is_its_turn).find(|event| matches!(event.what, EventKind::Poll { .. }));
        turn.map_or(Duration::MAX, |event| Duration::from_nanos(event.ns - due))
    });
    late.max().unwrap_or_default()
}
