//! The programs that `paintdry explore` knows. A program with a bug fails under some schedules only, and is beside its repaired
//! twin. The others are the course's programs, and pass all schedules.

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

use crate::{CheckError, Explored, ExploredLoop, Explorer, Observed, Play, Played, Survey, Turnstile, observe};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::Studio;
use std::ops::ControlFlow;
use std::pin::Pin;

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
    code: Code,
}

#[derive(Debug, Clone, Copy)]
enum Code {
    /// It is generic over its runtime.
    Generic(Generic),
    /// It uses the loop's own handles and promises, or a loop inside a task.
    OnTheLoop(fn(&Explorer, Watch<'_>) -> Result<Explored, CheckError>),
}

#[derive(Debug, Clone, Copy)]
enum Generic {
    LostUpdate,
    LostUpdateRepaired,
    LostWakeup,
    LostWakeupRepaired,
    TwoLocks,
    TwoLocksRepaired,
    Amap,
    Paint,
    Gather,
}

type Main = Pin<Box<dyn Future<Output = ()>>>;

impl Generic {
    /// The main task on this runtime.
    fn on<R: Runtime>(self) -> Main {
        match self {
            Self::LostUpdate => Box::pin(lost_update::lost_update::<R>()),
            Self::LostUpdateRepaired => Box::pin(lost_update::repaired::<R>()),
            Self::LostWakeup => Box::pin(lost_wakeup::lost_wakeup::<R>()),
            Self::LostWakeupRepaired => Box::pin(lost_wakeup::repaired::<R>()),
            Self::TwoLocks => Box::pin(two_locks::two_locks::<R>()),
            Self::TwoLocksRepaired => Box::pin(two_locks::repaired::<R>()),
            Self::Amap => Box::pin(amap::amap::<R>(SIZE, SIZE)),
            Self::Paint => Box::pin(paint::paint::<R>(SIZE, SIZE)),
            Self::Gather => Box::pin(gather::gather::<R>(SIZE, SIZE)),
        }
    }
}

impl Program {
    /// Explores it, and calls `watch` after each run. It notes everything that its tasks share, so the exploration is
    /// [`pruned`](Explorer::pruned).
    ///
    /// # Errors
    /// As [`Explorer::check`].
    pub fn check(&self, explorer: &Explorer, watch: Watch<'_>) -> Result<Explored, CheckError> {
        let explorer = explorer.clone().pruned();
        match self.code {
            Code::Generic(code) => explorer.check_watched(|_| code.on::<ExploredLoop>(), watch),
            Code::OnTheLoop(check) => check(&explorer, watch),
        }
    }

    /// How many schedules it has, and how many of them fail.
    ///
    /// # Errors
    /// As [`Explorer::survey`], and [`CheckError::OnlyOnTheLoop`].
    pub fn survey(&self, explorer: &Explorer) -> Result<Survey, CheckError> {
        explorer.survey(self.on_the_loop()?)
    }

    /// The run in which tasks are polled in this order, if a schedule leads to it.
    ///
    /// # Errors
    /// [`CheckError::OnlyOnTheLoop`].
    pub fn follow(&self, explorer: &Explorer, order: &[u32]) -> Result<Option<Played>, CheckError> {
        Ok(explorer.follow(self.on_the_loop()?, order))
    }

    /// Runs it this number of times on a runtime, which takes the order that it likes.
    ///
    /// # Errors
    /// [`CheckError::OnlyOnTheLoop`].
    pub fn observe<R: Runtime>(&self, runs: u64) -> Result<Observed, CheckError> {
        let Code::Generic(code) = self.code else { return Err(CheckError::OnlyOnTheLoop) };
        Ok(observe::<R, _>(runs, || code.on::<Studio<R>>()))
    }

    fn on_the_loop(&self) -> Result<impl Fn(EventLoop) -> Main, CheckError> {
        let Code::Generic(code) = self.code else { return Err(CheckError::OnlyOnTheLoop) };
        Ok(move |_| code.on::<ExploredLoop>())
    }

    /// [`check`](Self::check) on any runtime.
    ///
    /// # Errors
    /// As [`Explorer::check_on`], and [`CheckError::OnlyOnTheLoop`].
    pub fn check_on<R: Runtime>(&self, explorer: &Explorer, watch: Watch<'_>) -> Result<Explored, CheckError> {
        let Code::Generic(code) = self.code else { return Err(CheckError::OnlyOnTheLoop) };
        explorer.clone().pruned().check_on_watched::<R, _>(|| code.on::<Turnstile<R>>(), watch)
    }

    /// One run of it, as [`Explorer::play`].
    ///
    /// # Errors
    /// [`CheckError::OnlyOnTheLoop`].
    pub fn play(&self, explorer: &Explorer, play: Play<'_>) -> Result<Played, CheckError> {
        Ok(explorer.play(self.on_the_loop()?, play))
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
        code: Code::Generic(Generic::LostUpdate),
    },
    Program {
        name: "lost-update-repaired",
        about: "the same, with the read and the write in one turn",
        has_bug: false,
        file: "crates/explore/src/programs/lost_update.rs",
        text: include_str!("lost_update.rs"),
        code: Code::Generic(Generic::LostUpdateRepaired),
    },
    Program {
        name: "lost-wakeup",
        about: "a painter checks, and then waits for a bell that may have rung meanwhile",
        has_bug: true,
        file: "crates/explore/src/programs/lost_wakeup.rs",
        text: include_str!("lost_wakeup.rs"),
        code: Code::Generic(Generic::LostWakeup),
    },
    Program {
        name: "lost-wakeup-repaired",
        about: "the same, listening before the check",
        has_bug: false,
        file: "crates/explore/src/programs/lost_wakeup.rs",
        text: include_str!("lost_wakeup.rs"),
        code: Code::Generic(Generic::LostWakeupRepaired),
    },
    Program {
        name: "two-locks",
        about: "two painters take the same two pots, in different orders",
        has_bug: true,
        file: "crates/explore/src/programs/two_locks.rs",
        text: include_str!("two_locks.rs"),
        code: Code::Generic(Generic::TwoLocks),
    },
    Program {
        name: "two-locks-repaired",
        about: "the same, in one order",
        has_bug: false,
        file: "crates/explore/src/programs/two_locks.rs",
        text: include_str!("two_locks.rs"),
        code: Code::Generic(Generic::TwoLocksRepaired),
    },
    Program {
        name: "amap",
        about: "four tasks map a function over four items each",
        has_bug: false,
        file: "crates/explore/src/programs/amap.rs",
        text: include_str!("amap.rs"),
        code: Code::Generic(Generic::Amap),
    },
    Program {
        name: "paint",
        about: "four painters look at their canvases four times each, at the same times",
        has_bug: false,
        file: "crates/explore/src/programs/paint.rs",
        text: include_str!("paint.rs"),
        code: Code::Generic(Generic::Paint),
    },
    Program {
        name: "gather",
        about: "four tasks of four turns each are gathered",
        has_bug: false,
        file: "crates/explore/src/programs/gather.rs",
        text: include_str!("gather.rs"),
        code: Code::Generic(Generic::Gather),
    },
    Program {
        name: "promises",
        about: "four tasks keep or break their promises after up to four turns",
        has_bug: false,
        file: "crates/explore/src/programs/promises.rs",
        text: include_str!("promises.rs"),
        code: Code::OnTheLoop(|explorer, watch| {
            explorer.check_watched(|event_loop| promises::promises(event_loop, SIZE, SIZE), watch)
        }),
    },
    Program {
        name: "cancel",
        about: "four tasks of four turns each are cancelled, at any point",
        has_bug: false,
        file: "crates/explore/src/programs/cancel.rs",
        text: include_str!("cancel.rs"),
        code: Code::OnTheLoop(|explorer, watch| {
            explorer.check_watched(|event_loop| cancel::cancel(event_loop, SIZE, SIZE), watch)
        }),
    },
    Program {
        name: "clock",
        about: "four tasks sleep four times each, in the studio's virtual time",
        has_bug: false,
        file: "crates/explore/src/programs/clock.rs",
        text: include_str!("clock.rs"),
        code: Code::OnTheLoop(|explorer, watch| explorer.check_blocking_watched(|| clock::clock(SIZE, SIZE), watch)),
    },
];
