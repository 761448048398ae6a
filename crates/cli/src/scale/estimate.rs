//! How much memory a run will need, before it is started.

use crate::scale::{Contestant, ScaleRun, show_bytes};
use crate::show::grouped;

/// The bytes of one task, for when nothing smaller has been measured in the same run: rounded up from runs of a million
/// tasks on Linux, with 64 bits.
const FIRST_GUESSES: [(&str, u64); 14] = [
    ("blocking", 0),
    ("threads", 12_000),
    ("generator", 300),
    ("generator-by-hand", 200),
    ("tokio", 700),
    ("tokio-multi", 700),
    ("async-std", 600),
    ("smol", 500),
    ("smol-global", 500),
    ("floor-closures", 80),
    ("floor-futures", 100),
    ("python-generators", 450),
    ("python-asyncio", 1_800),
    ("python-uvloop", 1_800),
];

/// For a runtime that is not in the list.
const ANY: u64 = 1_500;

/// What a process has without tasks.
const PROCESS: u64 = 10_000_000;

/// How much memory a run needs, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    bytes_per_task: f64,
    /// With how many tasks that was measured; `None` for a first guess.
    measured_with: Option<usize>,
    tasks: usize,
}

impl Estimate {
    /// From the run of the same contestant with the most tasks, or from the list.
    #[expect(clippy::cast_precision_loss, reason = "it is an estimate")]
    pub(crate) fn of(contestant: &Contestant, tasks: usize, runs: &[ScaleRun]) -> Self {
        let of_the_same = runs.iter().filter(|run| run.runtime == contestant.name);
        let measured = of_the_same.filter_map(|run| Some((run.tasks, run.bytes_per_task?)));
        let guess = FIRST_GUESSES.iter().find(|(name, _)| *name == contestant.name);
        let guess = guess.map_or(ANY, |(_, bytes)| *bytes) as f64;
        let measured = measured.max_by_key(|(tasks, _)| *tasks);
        let bytes_per_task = measured.map_or(guess, |(_, bytes)| bytes);
        Self { bytes_per_task, measured_with: measured.map(|(tasks, _)| tasks), tasks }
    }

    /// A quarter more than the tasks alone, because what holds them grows by doubling.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    #[expect(clippy::allow_attributes_without_reason, reason = "it is an estimate")]
    fn bytes(&self) -> u64 {
        PROCESS.saturating_add((self.bytes_per_task * self.tasks as f64 * 1.25) as u64)
    }

    /// Why the run is refused, if it needs more than there is.
    pub(crate) fn refused(&self, available: Option<u64>) -> Option<String> {
        let (needed, available) = (self.bytes(), available?);
        (needed > available).then(|| {
            let known = match self.measured_with {
                Some(tasks) => format!("measured with {}", grouped(tasks as u64)),
                None => "a first guess".to_owned(),
            };
            format!(
                "it would need about {} ({:.0} bytes a task, {known}) and {} are to be had; --force tries all the same",
                show_bytes(needed),
                self.bytes_per_task,
                show_bytes(available)
            )
        })
    }
}
