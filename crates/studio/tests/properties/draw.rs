//! Drawing programs at random. A drawn program is shrunk before it is written down, so every step that goes, goes in one.

use crate::program::{Drawn, PROMISES, Program};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

/// Any program of a main task and up to three levels of tasks below it.
pub(crate) fn programs() -> impl Strategy<Value = Program> {
    let task = vec(steps(), 0..6).prop_recursive(3, 40, 6, |below| {
        let spawn = below.prop_map(Drawn::Spawn);
        vec(prop_oneof![3 => steps(), 2 => spawn], 0..8)
    });
    task.prop_map(|main| Program::of(&main))
}

fn steps() -> impl Strategy<Value = Drawn> {
    prop_oneof![
        2 => Just(Drawn::Yield),
        4 => (0..5_u8).prop_map(Drawn::Sleep),
        2 => (0..4_usize).prop_map(Drawn::Join),
        2 => (0..4_usize).prop_map(Drawn::Cancel),
        1 => Just(Drawn::Panic),
        4 => (0..PROMISES).prop_map(Drawn::Set),
        1 => (0..PROMISES).prop_map(Drawn::Drop),
        3 => (0..PROMISES).prop_map(Drawn::Await),
    ]
}
