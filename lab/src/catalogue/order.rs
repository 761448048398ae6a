//! Programs whose outcome depends on the order of the turns.

use crate::program::{By, Goal, Program};
use crate::programs::{PAINTERS, lost_update, lost_waker, lost_wakeup, two_locks};
use crate::values::{Parameter, Values};
use paintdry_explore::{Ended, Played, Why};

pub(super) const LOST_UPDATE: Program = Program {
    name: "lost-update",
    title: "A lost update",
    about: "Painters count their strokes: each reads the number, fetches a brush, and writes the next number.",
    question: "You choose who runs next. Can you make them lose a stroke?",
    file: "lab/src/programs/lost_update.rs",
    text: include_str!("../programs/lost_update.rs"),
    parameters: &[
        Parameter::number("painters", "Painters", [2, 4], 2),
        Parameter::number("strokes", "Strokes of each", [1, 3], 1),
        Parameter::number("mixing", "Head start over the next painter, in turns", [0, 3], 2),
        Parameter::switch("fetches_first", "Fetch the brush before the read", false),
    ],
    goals: &[
        Goal { name: "lost", text: "Lose a stroke.", by: By::Run(|_, played| has_failed(played)) },
        Goal {
            name: "one-departure",
            text: "Lose a stroke with one departure from the loop's own order.",
            by: By::Run(|_, played| has_failed(played) && departures(played) == 1),
        },
        super::REPAIR,
    ],
    tasks: painters,
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (painters, strokes) = (values.number("painters"), values.number("strokes"));
        let (mixing, fetches_first) = (values.number("mixing"), values.is("fetches_first"));
        Box::pin(lost_update::lost_update(painters, strokes, mixing, fetches_first))
    },
};

pub(super) const LOST_WAKEUP: Program = Program {
    name: "lost-wakeup",
    title: "A lost wake-up",
    about: "A painter sees that the canvas is wet, and then waits for a bell that rings once, when it is dry.",
    question: "When must the bell ring so that the painter waits for ever?",
    file: "lab/src/programs/lost_wakeup.rs",
    text: include_str!("../programs/lost_wakeup.rs"),
    parameters: &[
        Parameter::number("painters", "Painters", [1, 3], 1),
        Parameter::number("drying", "Turns until the canvas is dry", [1, 4], 3),
        Parameter::switch("listens_first", "Listen before the check", false),
    ],
    goals: &[
        Goal { name: "missed", text: "Let a painter wait for ever.", by: By::Run(|_, played| is_stuck(played)) },
        super::REPAIR,
    ],
    tasks: |values| and_the_canvas(painters(values)),
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (painters, drying) = (values.count("painters"), values.number("drying"));
        Box::pin(lost_wakeup::lost_wakeup(painters, drying, values.is("listens_first")))
    },
};

pub(super) const TWO_LOCKS: Program = Program {
    name: "two-locks",
    title: "Two locks",
    about: "Each painter needs two pots of paint, and takes one after the other.",
    question: "You are the scheduler. Can you get them stuck?",
    file: "lab/src/programs/two_locks.rs",
    text: include_str!("../programs/two_locks.rs"),
    parameters: &[
        Parameter::number("painters", "Painters", [2, 4], 2),
        Parameter::number("looks", "Head start over the next painter, in turns", [0, 3], 3),
        Parameter::switch("same_order", "All take the pots in the same order", false),
    ],
    goals: &[
        Goal { name: "deadlock", text: "Reach the deadlock.", by: By::Run(|_, played| is_stuck(played)) },
        Goal {
            name: "ring",
            text: "Reach it with three painters: each has what the next one needs.",
            by: By::Run(|values, played| is_stuck(played) && values.number("painters") >= 3),
        },
        super::REPAIR,
    ],
    tasks: painters,
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (painters, looks) = (values.count("painters"), values.count("looks"));
        Box::pin(two_locks::two_locks(painters, looks, values.is("same_order")))
    },
};

pub(super) const LOST_WAKER: Program = Program {
    name: "lost-waker",
    title: "A waker that is not kept",
    about: "A future written by hand returns pending, and nothing will wake its task.",
    question: "Is there a schedule under which it works all the same?",
    file: "lab/src/programs/lost_waker.rs",
    text: include_str!("../programs/lost_waker.rs"),
    parameters: &[
        Parameter::number("painters", "Painters", [1, 3], 1),
        Parameter::number("drying", "Turns until the canvas is dry", [0, 4], 2),
        Parameter::switch("keeps_waker", "Keep the waker", false),
    ],
    goals: &[
        Goal {
            name: "luck",
            text: "Finish without keeping the waker.",
            by: By::Run(|values, played| played.ended == Ended::Passed && !values.is("keeps_waker")),
        },
        super::REPAIR,
    ],
    tasks: |values| and_the_canvas(painters(values)),
    job: |_| None,
    threads: |_| 1,
    main: |values| {
        let (painters, drying) = (values.count("painters"), values.number("drying"));
        Box::pin(lost_waker::lost_waker(painters, drying, values.is("keeps_waker")))
    },
};

fn painters(values: &Values) -> Vec<String> {
    let painters = PAINTERS.into_iter().take(values.count("painters"));
    ["main"].into_iter().chain(painters).map(str::to_owned).collect()
}

fn and_the_canvas(mut tasks: Vec<String>) -> Vec<String> {
    tasks.push("canvas".to_owned());
    tasks
}

fn has_failed(played: &Played) -> bool {
    matches!(played.ended, Ended::Failed(_))
}

fn is_stuck(played: &Played) -> bool {
    matches!(played.ended, Ended::Failed(Why::Stuck { .. }))
}

fn departures(played: &Played) -> usize {
    played.choices.iter().filter(|choice| choice.chosen > 0).count()
}
