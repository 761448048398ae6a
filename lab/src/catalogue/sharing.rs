//! Programs about what is handed over: a turn, a result, a future that must not be dropped, a count that a closure lends.

use crate::program::{By, Goal, Program};
use crate::programs::{CANVASES, amap, retry, select_loses};
use crate::values::Parameter;
use paintdry_explore::{Ended, Played};
use paintdry_studio::{AmapWorkload, EventKind, RecordedWorkload};
use std::time::Duration;

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

pub(super) const RETRY: Program = Program {
    name: "retry",
    title: "Retry",
    about: "A painter asks a shop for paint, up to four times. A closure asks each question, and counts it.",
    question: "The shop has paint, but not at the first question. When does the painter get it?",
    file: "lab/src/programs/retry.rs",
    text: include_str!("../programs/retry.rs"),
    parameters: &[
        Parameter::number("nth", "The question at which the shop has paint", [1, 4], 3),
        Parameter::duration("answer", "Time until the shop answers", [100, 2_000], 1_000),
        Parameter::duration("pause", "First pause", [100, 2_000], 1_000),
        Parameter::switch("doubles", "Each pause is twice as long as the one before", true),
        Parameter::switch("lends", "Lend the count to each call: async || { … }", false),
    ],
    goals: &[
        Goal {
            name: "seven-seconds",
            text: "Have the paint of the fourth question within 7 s, with a second for each answer and each pause.",
            by: By::Run(|values, played| {
                let is_slow = values.number("answer") >= 1_000 && values.number("pause") >= 1_000;
                let is_in_time = played.time() <= Duration::from_secs(7);
                is_slow && is_in_time && values.number("nth") == 4 && played.ended == Ended::Passed
            }),
        },
        Goal {
            name: "repair",
            text: "Change the program so that no schedule fails, although the shop has no paint at the first question.",
            by: By::Explore(|values, survey| values.number("nth") > 1 && survey.failing() == 0),
        },
    ],
    tasks: |_| names(&["painter"]),
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (nth, doubles, lends) = (values.number("nth"), values.is("doubles"), values.is("lends"));
        Box::pin(retry::buys_paint(nth, values.time("answer"), values.time("pause"), doubles, lends))
    },
};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
