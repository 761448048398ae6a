//! The comparison: run after run, the few tasks first, until all are done or Ctrl-C interrupts.

use crate::ending::Interrupts;
use crate::scale::estimate::Estimate;
use crate::scale::process::Interrupted;
use crate::scale::progress::{Progress, finished};
use crate::scale::{Answer, Contestant, MANY, ScaleParameters, ScaleReport, ScaleRun, memory, process};
use paintdry_contenders::job::Dries;
use paintdry_terminal::live::Live;
use paintdry_terminal::show::{counted, show};
use std::collections::HashMap;
use std::time::Duration;

/// What is compared.
#[derive(Debug)]
pub(crate) struct ScaleOptions {
    pub(crate) contestants: Vec<Contestant>,
    /// From few to many.
    pub(crate) tasks: Vec<usize>,
    pub(crate) drying: Duration,
    pub(crate) speed: f64,
    /// How much memory a run may need, unless it is what there is.
    pub(crate) memory: Option<u64>,
    /// Whether nothing is refused.
    pub(crate) force: bool,
}

/// A finished comparison, or as much of it as there was time for.
#[derive(Debug)]
pub(crate) struct Scaled {
    pub(crate) report: ScaleReport,
    pub(crate) interrupted: bool,
}

/// Blocking is not run if its canvases, one after another, take longer than this.
const LONGEST_BLOCKING: Duration = Duration::from_secs(60);

/// How long to wait from one look at the process to the next.
const LOOK: Duration = Duration::from_millis(20);

/// The drying time of the run with one task that only shows how much memory a process has without tasks.
const SHORT: Duration = Duration::from_millis(10);

/// Runs everything that was asked for. Takes the interrupts, because no code listens for them after the end.
pub(crate) fn scale(options: &ScaleOptions, interrupts: Interrupts, live: Option<&Live>) -> Scaled {
    let ScaleOptions { ref tasks, drying, speed, .. } = *options;
    let parameters = ScaleParameters { job: "scale", tasks: tasks.clone(), drying, speed };
    let mut scaling = Scaling {
        options,
        report: ScaleReport::new(parameters),
        of_one_task: HashMap::new(),
        hung: HashMap::new(),
        progress: Progress::new(options.planned()),
        interrupts: &interrupts,
        live,
    };
    let all_of_it = scaling.until_interrupted();
    if let Some(live) = live {
        live.clear();
    }
    let report = scaling.report;
    drop(interrupts);
    Scaled { report, interrupted: all_of_it == Err(Interrupted) }
}

impl ScaleOptions {
    /// Every run, in the order in which they are made. By the number of tasks: what changes on the machine in the
    /// meantime then meets all runtimes alike.
    fn runs(&self) -> impl Iterator<Item = (Contestant, Dries)> {
        let workloads = self.tasks.iter().map(|tasks| Dries { tasks: *tasks, drying: self.drying });
        workloads.flat_map(|workload| self.contestants.iter().map(move |contestant| (*contestant, workload)))
    }

    /// How long each run will take at least; `None` for one that is not run.
    fn planned(&self) -> Vec<Option<Duration>> {
        let time = |(contestant, workload): (Contestant, Dries)| {
            self.too_long(&contestant, &workload).is_none().then(|| contestant.ideal(&workload))
        };
        self.runs().map(time).collect()
    }

    fn too_long(&self, contestant: &Contestant, workload: &Dries) -> Option<String> {
        let ideal = contestant.ideal(workload);
        let refused = !self.force && ideal > LONGEST_BLOCKING.max(workload.drying);
        refused.then(|| format!("one canvas after another takes {}", show(ideal)))
    }
}

struct Scaling<'a> {
    options: &'a ScaleOptions,
    report: ScaleReport,
    /// The peak of each contestant with one task, where it has been measured.
    of_one_task: HashMap<&'static str, Option<u64>>,
    /// With how many tasks a contestant has hung. It is not run again, because each hang takes a minute or more.
    hung: HashMap<&'static str, usize>,
    progress: Progress,
    interrupts: &'a Interrupts,
    live: Option<&'a Live>,
}

impl Scaling<'_> {
    /// Fills the report, until an interrupt.
    fn until_interrupted(&mut self) -> Result<(), Interrupted> {
        let options = self.options;
        for (contestant, workload) in options.runs() {
            self.progress.next_run();
            let answer = match self.refused(&contestant, &workload) {
                Some(why) => Answer::NotRun(why),
                None => self.run(&contestant, &workload)?,
            };
            self.note_hang(&contestant, &workload, &answer);
            let one = self.peak_of_one(&contestant, &workload, &answer)?;
            self.report.runs.push(ScaleRun::new(&contestant, &workload, answer, one));
        }
        Ok(())
    }

    fn note_hang(&mut self, contestant: &Contestant, workload: &Dries, answer: &Answer) {
        if let Answer::Hung(_) = answer {
            self.hung.insert(contestant.name, workload.tasks);
        }
    }

    fn refused(&self, contestant: &Contestant, workload: &Dries) -> Option<String> {
        let too_large = || {
            let estimate = Estimate::of(contestant, workload.tasks, &self.report.runs);
            estimate.refused(self.options.memory.or_else(memory::available)).filter(|_| !self.options.force)
        };
        let has_hung = |tasks: &usize| format!("it hung with {}", counted(*tasks as u64, "task", "tasks"));
        let has_hung = self.hung.get(contestant.name).map(has_hung);
        has_hung.or_else(|| self.options.too_long(contestant, workload)).or_else(too_large)
    }

    /// One run in its own process.
    fn run(&self, contestant: &Contestant, workload: &Dries) -> Result<Answer, Interrupted> {
        let command = match process::command(contestant, workload) {
            Ok(command) => command,
            Err(error) => return Ok(Answer::Error(format!("this program cannot be found again: {error}"))),
        };
        let longest = process::longest(contestant.ideal(workload), workload.tasks);
        let read = |output: &str| process::read(contestant, workload, output);
        process::run(command, longest, &read, &|| {
            if let Some(live) = self.live {
                let above = finished(&self.report.runs, workload.tasks);
                live.draw(&(above + &self.progress.text(contestant, workload)));
            }
            self.interrupts.within(LOOK)
        })
    }

    /// The peak of the same with one task: that of an earlier row, of this one, or of a short run for this purpose.
    fn peak_of_one(
        &mut self,
        contestant: &Contestant,
        workload: &Dries,
        answer: &Answer,
    ) -> Result<Option<u64>, Interrupted> {
        if let Some(known) = self.of_one_task.get(contestant.name) {
            return Ok(*known);
        }
        let Answer::Measured(measured) = answer else { return Ok(None) };
        let peak = match workload.tasks {
            1 => measured.peak_bytes,
            2..MANY => return Ok(None), // not needed yet
            _ => match self.run(contestant, &Dries { tasks: 1, drying: SHORT })? {
                Answer::Measured(one) => one.peak_bytes,
                _ => None,
            },
        };
        self.of_one_task.insert(contestant.name, peak);
        Ok(peak)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;
    use crate::ending::CtrlC;
    use crate::scale::contestants;

    #[test]
    fn a_contestant_that_has_hung_is_not_run_again() {
        let contestants = contestants(&built_in());
        let [first, second, ..] = contestants[..] else { panic!("there are several") };
        let (tasks, drying) = (vec![1, 2], Duration::from_millis(1));
        let options = ScaleOptions { contestants, tasks: tasks.clone(), drying, speed: 1.0, memory: None, force: true };
        let parameters = ScaleParameters { job: "scale", tasks, drying, speed: 1.0 };
        let interrupts = CtrlC::watch().interrupts();
        let mut scaling = Scaling {
            options: &options,
            report: ScaleReport::new(parameters),
            of_one_task: HashMap::new(),
            hung: HashMap::new(),
            progress: Progress::new(options.planned()),
            interrupts: &interrupts,
            live: None,
        };
        let [one, two] = [1, 2].map(|tasks| Dries { tasks, drying });
        scaling.note_hang(&first, &one, &Answer::Hung("it was killed".to_owned()));
        scaling.note_hang(&second, &one, &Answer::Error("it failed".to_owned()));
        assert_eq!(scaling.refused(&first, &two).as_deref(), Some("it hung with 1 task"));
        assert_eq!(scaling.refused(&second, &two), None);
    }
}
