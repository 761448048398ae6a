//! Why a yield costs more with more tasks: its instructions, and what of the caches it misses, with ten thousand tasks and
//! with a million.

use super::caches::{self, Sums};
use super::subjects::{YIELDS, Yields};
use crate::command::keep_freed_memory;
use crate::tally::Off;
use crate::through_trait;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::Path;

/// How they are made.
pub const METHOD: &str = "Two passes are run under valgrind's callgrind, which simulates a first cache of 48 KiB and a \
    second one of 2 MiB. What it counts in the timed part of the second pass is divided by the yields of a pass. It does not \
    simulate what a processor fetches before it is asked.";

/// The tasks, and the items of each: as in the groups `yield-10000` and `yield-1000000`, and between them ten thousand with
/// as many items as the million have.
pub const SIZES: [(usize, u64); 3] = [(10_000, 100), (10_000, 4), (1_000_000, 4)];

/// All counts, and with what they were made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Growths {
    /// The version of the shape.
    pub schema: u32,
    /// [`METHOD`].
    pub method: String,
    /// The version of the compiler.
    pub rustc: String,
    /// The version of valgrind.
    pub valgrind: String,
    /// For each of the contenders, each of [`SIZES`].
    pub rows: Vec<Row>,
}

/// What one yield takes, with its share of a spawn and of a join.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Who, as the contenders are called.
    pub name: String,
    /// How many tasks.
    pub tasks: usize,
    /// How many items each has.
    pub items: u64,
    /// Instructions of a yield.
    pub instructions: f64,
    /// Its reads and writes of data.
    pub accesses: f64,
    /// Those that the first cache did not have.
    pub first_misses: f64,
    /// Those that the second cache did not have either.
    pub second_misses: f64,
}

/// Who is counted, with how many tasks and items.
#[must_use]
pub fn rows() -> Vec<(Yields, (usize, u64))> {
    let through_trait = Yields {
        name: "generator",
        run: |tasks, items| through_trait::yields::<_, Off>(&EventLoop::start(), tasks, items),
    };
    YIELDS.into_iter().chain([through_trait]).flat_map(|yields| SIZES.map(|size| (yields, size))).collect()
}

/// Runs row `number` in this process, for so many passes.
///
/// # Errors
/// If it failed, or there is no such row.
pub fn run(number: usize, passes: u64) -> io::Result<()> {
    keep_freed_memory();
    let row = rows().into_iter().nth(number);
    let (yields, (tasks, items)) = row.ok_or_else(|| io::Error::other("there is no such row"))?;
    (0..passes).try_for_each(|_| (yields.run)(tasks, items).map(drop)).map_err(io::Error::other)
}

/// Counts row `number`, by starting `program` with `word`, the number, and the number of passes.
///
/// # Errors
/// If the process cannot be started, or fails, or looks at the clock within what is timed.
///
/// # Panics
/// If there is no such row.
pub fn count(number: usize, program: &Path, word: &str) -> io::Result<Row> {
    let (Yields { name, .. }, (tasks, items)) = rows()[number];
    let sums = caches::count(program, &[word.to_owned(), number.to_string(), "2".to_owned()])?;
    #[expect(clippy::cast_precision_loss, reason = "there are not that many")]
    let yields = (tasks as u64 * items) as f64;
    let Sums { instructions, accesses, first_misses, second_misses } = sums;
    if instructions < yields {
        return Err(io::Error::other(format!("{name} looks at the clock within what is timed")));
    }
    Ok(Row {
        name: name.to_owned(),
        tasks,
        items,
        instructions: instructions / yields,
        accesses: accesses / yields,
        first_misses: first_misses / yields,
        second_misses: second_misses / yields,
    })
}
