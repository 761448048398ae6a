//! The comparison: one runtime after another, each on a thread of its own, until all are done or Ctrl-C stops them.

use crate::canvas_states::CanvasStates;
use crate::outcome::Outcome;
use crate::report::{Report, WorkloadReport};
use crate::scene::{Finished, Scene};
use crate::trial::Trials;
use crate::watched::{WatchedJob, Watching};
use crate::{Entry, RunError, Workload};
use paintdry_studio::{Clock, RecordedRun};
use paintdry_terminal::live::Live;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// The time between two checks of another process.
const LOOK: Duration = Duration::from_millis(5);

/// What the comparison waits for.
#[derive(Debug)]
enum Event {
    /// The current runtime's run has ended.
    Ran(Box<Ran>),
    /// The user pressed Ctrl-C.
    Interrupted,
}

/// The outcome of a run, and its recording.
#[derive(Debug)]
struct Ran {
    outcome: Result<Outcome, RunError>,
    recorded: Option<RecordedRun>,
}

/// What to compare.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CompareOptions {
    pub(crate) workload: Workload,
    /// Its durations were divided by this factor.
    pub(crate) speed: f64,
    /// How many times each runtime runs it.
    pub(crate) runs: u32,
    /// Whether the runs are watched. Then their speeds are not compared.
    pub(crate) watching: Option<Watching>,
}

/// Receives the events, and has a sender for each source of events.
#[derive(Debug)]
pub(crate) struct Events {
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl Events {
    pub(crate) fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }

    /// Turns Ctrl-C into an event.
    pub(crate) fn listener(&self) -> impl FnOnce() -> bool + Send + 'static {
        let sender = self.sender.clone();
        move || sender.send(Event::Interrupted).is_ok()
    }

    /// Whether Ctrl-C comes within a moment. No runtime runs meanwhile.
    fn is_interrupted(&self) -> bool {
        !matches!(self.receiver.recv_timeout(LOOK), Err(RecvTimeoutError::Timeout))
    }

    /// Waits for the next event, and draws meanwhile.
    fn next(&self, live: Option<&Live>, scene: &Scene<'_>) -> Event {
        let Some(live) = live else {
            return self.receiver.recv().unwrap_or(Event::Interrupted);
        };
        loop {
            live.draw(&scene.text(live.is_coloured()));
            match self.receiver.recv_timeout(Live::INTERVAL) {
                Ok(event) => return event,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Event::Interrupted, // `self` holds a sender, so this never happens
            }
        }
    }
}

/// A finished comparison, or what an interrupted one had finished.
#[derive(Debug)]
pub(crate) struct Comparison {
    pub(crate) report: Report,
    pub(crate) recorded: Vec<RecordedRun>,
    /// How many runs have ended.
    pub(crate) done: usize,
    pub(crate) interrupted: bool,
}

/// Runs the workload on each of `runtimes`. Takes the events, so that a later send fails.
pub(crate) fn compare(runtimes: &[Entry], options: CompareOptions, events: Events, live: Option<&Live>) -> Comparison {
    let clock = options.watching.map_or(Clock::Real, |watching| watching.clock);
    let recorded = options.watching.is_some_and(|watching| watching.is_recording);
    let report = Report::new(WorkloadReport { workload: options.workload, speed: options.speed, clock, recorded });
    let mut comparison = Comparison { report, recorded: Vec::new(), done: 0, interrupted: false };
    let all_of_it = until_interrupted(&mut comparison, options, runtimes, &events, live);
    if let Some(live) = live {
        live.clear();
    }
    drop(events);
    Comparison { interrupted: all_of_it.is_none(), ..comparison }
}

/// Fills the comparison; `None` if it was interrupted.
fn until_interrupted(
    comparison: &mut Comparison,
    options: CompareOptions,
    runtimes: &[Entry],
    events: &Events,
    live: Option<&Live>,
) -> Option<()> {
    let workload = options.workload;
    let mut scene = Scene { runtimes, current: 0, workload, states: None, begun: Instant::now(), finished: Vec::new() };
    // One run of each after the other, and then again, so that a passing disturbance affects all runtimes.
    let rounds = (0..options.runs).flat_map(|_| runtimes.iter().enumerate());
    let (mut runs, mut trials) = (vec![Vec::new(); runtimes.len()], Trials::default());
    for (current, entry) in rounds {
        scene.current = current;
        scene.states = states(workload, live);
        scene.begun = Instant::now();
        let (entry, states, sender) = (*entry, scene.states.clone(), events.sender.clone());
        let work = move || drop(sender.send(Event::Ran(Box::new(run(&entry, options, states.as_ref())))));
        let ran = match trials.works(&entry, &|| events.is_interrupted()).ok()?.and_then(|()| spawn(work)) {
            Err(error) => Ran { outcome: Err(error), recorded: None },
            Ok(()) => match events.next(live, &scene) {
                Event::Ran(ran) => *ran,
                Event::Interrupted => return None,
            },
        };
        runs[current].push(comparison.report.run_of(&entry, ran.outcome));
        comparison.report.put(current, &runs[current]);
        comparison.done += 1;
        scene.finished = comparison.report.runs.iter().map(Finished::from).collect();
        comparison.recorded.extend(ran.recorded);
    }
    Some(())
}

/// The states of the canvases, if they are displayed.
fn states(workload: Workload, live: Option<&Live>) -> Option<Arc<CanvasStates>> {
    match (workload, live) {
        (Workload::Paint(paint), Some(_)) => Some(Arc::new(CanvasStates::new(paint.canvases, paint.drying))),
        _ => None,
    }
}

fn run(entry: &Entry, options: CompareOptions, states: Option<&Arc<CanvasStates>>) -> Ran {
    let workload = options.workload;
    if let Some(watching) = options.watching {
        let (outcome, recorded) = entry.watched(&WatchedJob { workload, watching, states });
        return Ran { outcome, recorded: Some(recorded) };
    }
    let outcome = match workload {
        Workload::Paint(paint) => entry.paint_shown(&paint, states).map(Outcome::Paint),
        Workload::Amap(amap) => entry.amap(&amap).map(Outcome::Amap),
    };
    Ran { outcome, recorded: None }
}

/// A fresh thread for each run, so that no runtime finds what another left on it. An interrupted thread is left
/// behind and ends with the process.
fn spawn(work: impl FnOnce() + Send + 'static) -> Result<(), RunError> {
    thread::Builder::new().spawn(work).map(drop).map_err(|error| RunError::NoThread { running: 0, error })
}

#[cfg(test)]
mod tests;
