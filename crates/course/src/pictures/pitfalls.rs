//! The pitfalls of chapters 9, 9b and 9c: a picture of each, with the failure above the cure.

use super::Picture;
use super::runs::Lane::{self, Canvas, Dropped, Task};
use super::runs::{Part, part, pictured};
use crate::chapters::pitfalls::replays;

const THREE: &[Lane] = &[Canvas("sky"), Canvas("sea"), Canvas("sun")];

/// All of them, in the order of the book.
pub(super) fn all() -> Vec<Picture> {
    let picture = |name, draw| Picture { name, draw };
    vec![
        picture("09-01-awaits-in-a-row", || draw(1, &[part(0, THREE), part(1, THREE)])),
        picture("09-02-join-is-not-parallel", || {
            let threads = ["main's thread", "another thread"];
            let joined = Part { threads, ..part(0, &[Task("main")]) };
            draw(2, &[joined, Part { threads, ..part(1, &[Task("main"), Task("sky")]) }])
        }),
        picture("09-03-blocking-in-a-task", || {
            const TASKS: &[Lane] = &[Task("painter"), Task("heart")];
            draw(3, &[0, 1].map(|run| Part { mark: "beat", ..part(run, TASKS) }))
        }),
        picture("09-04-not-polled", || draw(4, &[part(0, THREE), part(1, THREE)])),
        picture("09-05-spawned-and-left", || draw(5, &[part(0, THREE), part(1, THREE), part(2, THREE)])),
        picture("09-06-lost-waker", || {
            let part = |run| Part { wakes: "sky", ..part(run, &[Task("sky"), Task("main"), Task("helper")]) };
            draw(6, &[part(0), part(1), part(2)])
        }),
        picture("09-07-which-runtime", || {
            const TASKS: &[Lane] = &[Task("main"), Task("sky"), Task("sea"), Task("sun")];
            let threads = ["our loop's thread", "a thread of async-std"];
            draw(7, &[0, 1].map(|run| Part { threads, ..part(run, TASKS) }))
        }),
        picture("09-08-no-reactor", || {
            let threads = ["our loop's thread", "tokio's thread"];
            draw(8, &[part(0, &[Task("main")]), Part { threads, ..part(2, &[Task("main"), Task("sky")]) }])
        }),
        picture("09-09-runtime-in-a-runtime", || draw(9, &[part(0, &[Task("main")]), part(1, &[Task("main")])])),
        picture("09-10-select-loses", || {
            let dropped = part(0, &[Task("main"), Dropped("sky", "tick", 0), Dropped("sea", "tick", 1)]);
            let kept = part(1, &[Task("main"), Canvas("sky"), Canvas("sea")]);
            draw(10, &[dropped, kept].map(|part| Part { mark: "tick", ..part }))
        }),
        picture("09-11-dropped-handle", || {
            const TASKS: &[Lane] = &[Task("main"), Task("sky")];
            draw(11, &[part(0, TASKS), part(1, TASKS), part(3, TASKS)])
        }),
        picture("09-12-guard-across-await", || {
            const LANES: &[Lane] = &[Task("main"), Canvas("sky"), Canvas("sea")];
            draw(12, &[part(0, LANES), part(1, LANES)])
        }),
        picture("09-13-futurelock", || {
            let failed = part(0, &[Task("main"), Canvas("sky"), Task("sea")]);
            let cured = part(1, &[Task("main"), Task("sky"), Task("sea")]);
            draw(13, &[failed, cured].map(|part| Part { mark: "wants the brush", ..part }))
        }),
    ]
}

/// The pitfall with this number.
fn draw(number: usize, parts: &[Part]) -> String {
    pictured(&replays()[number - 1], parts)
}
