//! What the book prints, in `docs/10b-every-schedule.md`: a test there looks for its quotes in this file.

use crate::failure;
use paintdry_explore::Explorer;
use paintdry_explore::programs::ALL;
use std::ops::ControlFlow;

/// Asserts that this program's failure reads like this, from the second paragraph on.
#[track_caller]
fn reads(name: &str, expected: &str) {
    let program = ALL.iter().find(|program| program.name == name).expect("it is in the list");
    let found = failure(program.check(&Explorer::new(), &mut |_| ControlFlow::Continue(()))).to_string();
    let (_, turns) = found.split_once("\n\n").expect("two paragraphs");
    assert_eq!(turns, expected.trim_matches('\n'));
}

#[test]
fn the_lost_update() {
    reads(
        "lost-update",
        "
The shortest failing schedule that was found has 8 turns, 2 of them (*) out of the loop's own order:
   1   main  makes ada, makes bob, waits
   2 * bob   yields
   3 * bob   yields
   4   ada   sees strokes 0, yields
   5   bob   sees strokes 0, yields
   6   ada   sets strokes to 1, ends
   7   bob   sets strokes to 1, ends
   8   main  sees strokes 1, panics

Seed: 1:1,2:1
",
    );
}

#[test]
fn the_lost_wakeup() {
    reads(
        "lost-wakeup",
        "
The shortest failing schedule that was found has 7 turns, 3 of them (*) out of the loop's own order:
   1   main    makes ada, makes canvas, waits
   2 * canvas  yields
   3 * canvas  yields
   4 * canvas  yields
   5   ada     sees dry false, yields
   6   canvas  sets dry to true, rings the bell, ends
   7   ada     listens, waits

Seed: 1:1,2:1,3:1
",
    );
}

#[test]
fn the_two_locks() {
    reads(
        "two-locks",
        "
The shortest failing schedule that was found has 8 turns, 3 of them (*) out of the loop's own order:
   1   main  makes ada, makes bob, waits
   2 * bob   yields
   3 * bob   yields
   4 * bob   yields
   5   ada   takes red, yields
   6   bob   takes blue, yields
   7   ada   finds no blue, waits
   8   bob   finds no red, waits

Seed: 1:1,2:1,3:1
",
    );
}
