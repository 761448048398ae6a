//! How much memory a run will need, before it is started.

use crate::scale::{Contestant, ScaleRun, show_bytes};
use paintdry_core::thousands;

/// The bytes of one task, for when nothing smaller has been measured in the same run: rounded up from runs of a
/// million tasks (10,000 threads) on Linux, with 64 bits.
const FIRST_GUESSES: [(&str, u64); 17] = [
    ("blocking", 0),
    ("threads", 12_000),
    ("generator", 450),
    ("generator-by-hand", 200),
    ("generator-async", 300),
    ("tokio", 700),
    ("tokio-multi", 700),
    ("async-std", 600),
    ("smol", 500),
    ("smol-global", 500),
    ("floor-closures", 80),
    ("floor-futures", 100),
    ("compio", 450),
    ("monoio", 1_500),
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
    #[expect(clippy::cast_precision_loss, reason = "it is an estimate")]
    fn bytes(&self) -> u64 {
        PROCESS.saturating_add(whole(self.bytes_per_task * self.tasks as f64 * 1.25))
    }

    /// Why the run is refused, if it needs more than there is.
    pub(crate) fn refused(&self, available: Option<u64>) -> Option<String> {
        let (needed, available) = (self.bytes(), available?);
        (needed > available).then(|| {
            let known = match self.measured_with {
                Some(tasks) => format!("measured with {}", thousands(tasks as u64)),
                None => "a first guess".to_owned(),
            };
            format!(
                "it would need about {} ({} bytes a task, {known}), and {} are available; --force tries it anyway",
                show_bytes(needed),
                thousands(whole(self.bytes_per_task)),
                show_bytes(available)
            )
        })
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float keeps within the type")]
fn whole(bytes: f64) -> u64 {
    bytes.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;
    use crate::scale::answer::Measured;
    use crate::scale::{Answer, contestants, memory};
    use paintdry_contenders::job::Dries;
    use std::time::Duration;

    #[test]
    fn what_has_been_measured_counts_and_a_first_guess_before_that() {
        let contestants = contestants(&built_in());
        let named = |name| *contestants.iter().find(|contestant| contestant.name == name).expect("it is there");
        let run = |name, tasks, peak| {
            let workload = Dries { tasks, drying: Duration::from_secs(1) };
            let measured = Measured { peak_bytes: Some(peak), ..Measured::default() };
            ScaleRun::new(&named(name), &workload, Answer::Measured(measured), Some(1_000))
        };
        // A thousand bytes for each task above the first, and then two thousand.
        let runs = [run("tokio", 10_001, 10_001_000), run("tokio", 20_001, 40_001_000), run("smol", 30_001, 1_000)];
        let tokio = Estimate::of(&named("tokio"), 1_000_000, &runs);
        assert_eq!(tokio.refused(Some(2_510_000_000)), None, "a quarter more, and the process itself");
        let why = tokio.refused(Some(2_500_000_000)).expect("it does not fit");
        assert_eq!(
            why,
            "it would need about 2.5 GB (2,000 bytes a task, measured with 20,001), and 2.5 GB are available; \
             --force tries it anyway"
        );
        let why = Estimate::of(&named("threads"), 1_000, &runs).refused(Some(1)).expect("it does not fit");
        assert!(
            why.starts_with("it would need about 25.0 MB (12,000 bytes a task, a first guess), and 1 B are"),
            "{why}"
        );
        assert_eq!(tokio.refused(None), None, "where the system does not say, nothing is refused");
    }

    #[test]
    fn what_fits_no_machine_is_refused_on_every_system() {
        let tokio = *contestants(&built_in()).iter().find(|one| one.name == "tokio").expect("it is there");
        let why = Estimate::of(&tokio, usize::MAX, &[]).refused(memory::available());
        assert!(
            why.is_some_and(|why| why.contains(" a task, a first guess), and ")),
            "the system does not say what is available"
        );
    }

    #[test]
    fn every_contestant_of_this_build_has_a_first_guess() {
        for contestant in contestants(&built_in()) {
            assert!(FIRST_GUESSES.iter().any(|(name, _)| *name == contestant.name), "{}", contestant.name);
        }
    }
}
