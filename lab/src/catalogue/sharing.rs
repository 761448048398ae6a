//! Programs about what tasks give to each other: a turn, a result, a future that must not be dropped.

use crate::program::{By, Goal, Program};
use crate::programs::{CANVASES, amap, select_loses};
use crate::values::Parameter;
use paintdry_explore::{Ended, Played};
use paintdry_studio::{AmapWorkload, EventKind, RecordedWorkload};

pub(super) const AMAP: Program = Program {
    name: "amap",
    title: "Map and yield",
    about: "Each task maps a function over a sequence, and yields after each item.",
    question: "Who runs when a task yields, and who when it does not?",
    file: "lab/src/programs/amap.rs",
    text: include_str!("../programs/amap.rs"),
    parameters: &[
        Parameter::number("tasks", "Tasks", [1, 4], 2),
        Parameter::number("items", "Items of each", [1, 5], 3),
        Parameter::switch("yields", "Yield after each item", true),
    ],
    goals: &[
        Goal {
            name: "one-by-one",
            text: "Let each task do all its items before the next one begins, although all of them yield.",
            by: By::Run(|values, played| {
                let turns = order(played, |what| matches!(what, EventKind::Note(_)));
                let is_several = values.number("tasks") > 1 && values.number("items") > 1 && values.is("yields");
                is_several && played.ended == Ended::Passed && turns.is_sorted()
            }),
        },
        Goal {
            name: "last-first",
            text: "Let the last task finish first.",
            by: By::Run(|values, played| {
                let ends = order(played, |what| matches!(what, EventKind::Complete));
                values.number("tasks") > 1 && ends.first() == Some(&values.number("tasks"))
            }),
        },
    ],
    tasks: |values| names(&["main", "a", "b", "c", "d"][..=values.count("tasks")]),
    job: |values| {
        let (tasks, items) = (values.count("tasks"), values.number("items").into());
        Some(RecordedWorkload::Amap(AmapWorkload { tasks, items }))
    },
    threads: |_| 1,
    main: |values| {
        let (tasks, items) = (values.count("tasks"), values.number("items"));
        Box::pin(amap::amap(tasks, items, values.is("yields")))
    },
};

/// The tasks to which such a thing happened, in that order.
fn order(played: &Played, is_it: fn(&EventKind) -> bool) -> Vec<u32> {
    played.events().iter().filter(|event| is_it(&event.what)).map(|event| event.task).collect()
}

pub(super) const SELECT_LOSES: Program = Program {
    name: "select-loses",
    title: "Select loses a canvas",
    about: "A painter waits for the next dry canvas, and at each tick of the clock looks up and begins again.",
    question: "Which canvases hang on the wall at the end? What became of the others?",
    file: "lab/src/programs/select_loses.rs",
    text: include_str!("../programs/select_loses.rs"),
    parameters: &[
        Parameter::number("canvases", "Canvases", [1, 4], 2),
        Parameter::duration("drying", "Drying time", [100, 5_000], 2_000),
        Parameter::duration("tick", "Time between two ticks", [100, 5_000], 800),
        Parameter::switch("keeps_future", "Continue with the same future after a tick", false),
    ],
    goals: &[
        Goal {
            name: "all-hang",
            text: "Hang two canvases, although the clock ticks before they are dry.",
            by: By::Run(|values, played| {
                let is_early = values.number("tick") < values.number("drying") && values.number("canvases") > 1;
                is_early && played.ended == Ended::Passed
            }),
        },
        super::REPAIR,
    ],
    tasks: |values| {
        let mut tasks = names(&["main"]);
        tasks.extend(names(&CANVASES[..values.count("canvases")]));
        tasks
    },
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (canvases, drying, tick) = (values.count("canvases"), values.time("drying"), values.time("tick"));
        Box::pin(select_loses::select_loses(canvases, drying, tick, values.is("keeps_future")))
    },
};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
