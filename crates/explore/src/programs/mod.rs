//! The programs that `paintdry explore` knows. Three have a bug that only some schedules show, each beside its repaired twin.
//! The others are the course's programs, and pass all schedules.

#![allow(clippy::missing_panics_doc, reason = "they panic to show that something is wrong")]

pub mod amap;
pub mod bell;
pub mod cancel;
pub mod clock;
pub mod gather;
pub mod lost_update;
pub mod lost_wakeup;
pub mod paint;
pub mod pot;
pub mod promises;
pub mod two_locks;

use crate::{CheckError, Explored, Explorer};
use std::ops::ControlFlow;

/// Called after each run; the exploration ends when it breaks.
pub type Watch<'a> = &'a mut dyn FnMut(&Explored) -> ControlFlow<()>;

/// A program to explore by its name.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Its name.
    pub name: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Whether it has a bug.
    pub has_bug: bool,
    /// Its file, from the root of the repository.
    pub file: &'static str,
    /// The text of that file.
    pub text: &'static str,
    check: fn(&Explorer, Watch<'_>) -> Result<Explored, CheckError>,
}

impl Program {
    /// Explores it, and calls `watch` after each run. It notes everything that its tasks share, so the exploration is
    /// [`pruned`](Explorer::pruned).
    ///
    /// # Errors
    /// As [`Explorer::check`].
    pub fn check(&self, explorer: &Explorer, watch: Watch<'_>) -> Result<Explored, CheckError> {
        (self.check)(&explorer.clone().pruned(), watch)
    }
}

/// The size at which programs without a bug are explored by name: the number of tasks, and of steps of each.
const SIZE: u32 = 4;

/// All of them.
pub const ALL: &[Program] = &[
    Program {
        name: "lost-update",
        about: "two painters count their strokes, with an await between the read and the write",
        has_bug: true,
        file: "crates/explore/src/programs/lost_update.rs",
        text: include_str!("lost_update.rs"),
        check: |explorer, watch| explorer.check_watched(|_| lost_update::lost_update(), watch),
    },
    Program {
        name: "lost-update-repaired",
        about: "the same, with the read and the write in one turn",
        has_bug: false,
        file: "crates/explore/src/programs/lost_update.rs",
        text: include_str!("lost_update.rs"),
        check: |explorer, watch| explorer.check_watched(|_| lost_update::repaired(), watch),
    },
    Program {
        name: "lost-wakeup",
        about: "a painter checks, and then waits for a bell that may have rung meanwhile",
        has_bug: true,
        file: "crates/explore/src/programs/lost_wakeup.rs",
        text: include_str!("lost_wakeup.rs"),
        check: |explorer, watch| explorer.check_watched(|_| lost_wakeup::lost_wakeup(), watch),
    },
    Program {
        name: "lost-wakeup-repaired",
        about: "the same, listening before the check",
        has_bug: false,
        file: "crates/explore/src/programs/lost_wakeup.rs",
        text: include_str!("lost_wakeup.rs"),
        check: |explorer, watch| explorer.check_watched(|_| lost_wakeup::repaired(), watch),
    },
    Program {
        name: "two-locks",
        about: "two painters take the same two pots, in different orders",
        has_bug: true,
        file: "crates/explore/src/programs/two_locks.rs",
        text: include_str!("two_locks.rs"),
        check: |explorer, watch| explorer.check_watched(|_| two_locks::two_locks(), watch),
    },
    Program {
        name: "two-locks-repaired",
        about: "the same, in one order",
        has_bug: false,
        file: "crates/explore/src/programs/two_locks.rs",
        text: include_str!("two_locks.rs"),
        check: |explorer, watch| explorer.check_watched(|_| two_locks::repaired(), watch),
    },
    Program {
        name: "amap",
        about: "four tasks map a function over four items each",
        has_bug: false,
        file: "crates/explore/src/programs/amap.rs",
        text: include_str!("amap.rs"),
        check: |explorer, watch| explorer.check_watched(|_| amap::amap(SIZE, SIZE), watch),
    },
    Program {
        name: "paint",
        about: "four painters look at their canvases four times each, at the same times",
        has_bug: false,
        file: "crates/explore/src/programs/paint.rs",
        text: include_str!("paint.rs"),
        check: |explorer, watch| explorer.check_watched(|_| paint::paint(SIZE, SIZE), watch),
    },
    Program {
        name: "gather",
        about: "four tasks of four turns each are gathered",
        has_bug: false,
        file: "crates/explore/src/programs/gather.rs",
        text: include_str!("gather.rs"),
        check: |explorer, watch| explorer.check_watched(|_| gather::gather(SIZE, SIZE), watch),
    },
    Program {
        name: "promises",
        about: "four tasks keep or break their promises after up to four turns",
        has_bug: false,
        file: "crates/explore/src/programs/promises.rs",
        text: include_str!("promises.rs"),
        check: |explorer, watch| explorer.check_watched(|event_loop| promises::promises(event_loop, SIZE, SIZE), watch),
    },
    Program {
        name: "cancel",
        about: "four tasks of four turns each are cancelled, at any point",
        has_bug: false,
        file: "crates/explore/src/programs/cancel.rs",
        text: include_str!("cancel.rs"),
        check: |explorer, watch| explorer.check_watched(|event_loop| cancel::cancel(event_loop, SIZE, SIZE), watch),
    },
    Program {
        name: "clock",
        about: "four tasks sleep four times each, in the studio's virtual time",
        has_bug: false,
        file: "crates/explore/src/programs/clock.rs",
        text: include_str!("clock.rs"),
        check: |explorer, watch| explorer.check_blocking_watched(|| clock::clock(SIZE, SIZE), watch),
    },
];
