//! The live display of `scale`: which run it is, and how long the others will take.

use crate::scale::{Contestant, ScaleRun};
use paintdry_contenders::job::Dries;
use paintdry_terminal::show::{counted, shorten, show};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The columns of a name.
const NAME: usize = 18;

/// The lines of the runs with this number of tasks that have ended.
pub(super) fn finished(runs: &[ScaleRun], tasks: usize) -> String {
    let mut text = String::new();
    for run in runs.iter().filter(|run| run.tasks == tasks) {
        let state = match run.wall {
            Some(wall) => format!("{} late", show(wall.saturating_sub(run.ideal))),
            None if run.error.is_some() => "failed".to_owned(),
            None => "not run".to_owned(),
        };
        let _ = writeln!(text, "{:<NAME$} {state}", shorten(run.runtime, NAME)); // to a String, it cannot fail
    }
    text
}

/// How far the comparison is.
#[derive(Debug)]
pub(crate) struct Progress {
    /// How long each run takes at least; `None` for one that is not run.
    planned: Vec<Option<Duration>>,
    /// The number of the present run, from 1.
    current: usize,
    /// When it began.
    begun: Instant,
}

impl Progress {
    pub(crate) fn new(planned: Vec<Option<Duration>>) -> Self {
        Self { planned, current: 0, begun: Instant::now() }
    }

    pub(crate) fn next_run(&mut self) {
        self.current += 1;
        self.begun = Instant::now();
    }

    /// Lines of at most 40 columns, so that they fit a narrow window.
    pub(crate) fn text(&self, contestant: &Contestant, workload: &Dries) -> String {
        let name = shorten(contestant.name, NAME);
        let mut text = format!("{name} (run {} of {})", self.current, self.planned.len());
        let (spent, ideal) = (self.begun.elapsed(), contestant.ideal(workload));
        let tasks = counted(workload.tasks as u64, "task", "tasks");
        let state = match spent.checked_sub(ideal) {
            None => format!("{} s of {}", spent.as_secs(), show(ideal)),
            Some(late) => format!("{} s late", late.as_secs()),
        };
        let _ = write!(text, "\n  {}", shorten(&format!("{tasks}, {state}"), 36)); // to a String, it cannot fail
        let _ = write!(text, "\n  about {} left", show(Duration::from_secs(self.left(spent).as_secs() + 1)));
        text
    }

    /// A rough guess: what the drying leaves of this run and of those to come, and a second to start each.
    fn left(&self, spent: Duration) -> Duration {
        let start = Duration::from_secs(1);
        let present = self.planned.get(self.current.saturating_sub(1)).copied().flatten().unwrap_or_default();
        let present = present.saturating_sub(spent);
        let to_come = self.planned.iter().skip(self.current).flatten();
        to_come.fold(present, |sum, run| sum.saturating_add(*run).saturating_add(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;
    use crate::scale::answer::Measured;
    use crate::scale::{Answer, contestants};

    #[test]
    fn runs_that_have_ended_are_shown_with_what_came_of_them() {
        let workload = Dries { tasks: 1, drying: Duration::from_secs(2) };
        let wall_ns = 2_003_000_000;
        let measured = Answer::Measured(Measured { wall_ns, ..Measured::default() });
        let answers = [measured, Answer::NotRun("too long".to_owned()), Answer::Error("no paint".to_owned())];
        let contestants = contestants(&built_in());
        let run = |(contestant, answer)| ScaleRun::new(contestant, &workload, answer, None);
        let runs: Vec<_> = contestants.iter().skip(2).zip(answers).map(run).collect();
        assert_eq!(
            finished(&runs, 1),
            "generator          3 ms late\ngenerator-by-hand  not run\ntokio              failed\n"
        );
        assert_eq!(finished(&runs, 10_000), "");
    }

    #[test]
    fn the_display_fits_a_narrow_window_and_counts_down() {
        let second = Duration::from_secs(1);
        let workload = Dries { tasks: 1_000_000, drying: 10 * second };
        let mut progress = Progress::new(vec![Some(10 * second), None, Some(10 * second), Some(10 * second)]);
        for contestant in contestants(&built_in()) {
            progress.current = 4;
            let text = progress.text(&contestant, &workload);
            assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
        }
        progress.current = 0;
        progress.next_run();
        let text = progress.text(&contestants(&built_in())[2], &workload);
        assert!(text.starts_with("generator (run 1 of 4)\n  1,000,000 tasks, "), "{text}");
        assert_eq!(progress.left(Duration::ZERO), 32 * second, "three runs, and two have yet to start");
        assert_eq!(progress.left(60 * second), 22 * second, "one that is late takes no time from the others");
        for _ in 0..10 {
            progress.next_run();
        }
        assert_eq!(progress.left(Duration::ZERO), Duration::ZERO);
    }
}
