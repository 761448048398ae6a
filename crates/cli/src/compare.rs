//! The comparison: one runtime after another, each on a thread of its own, until all are done or somebody interrupts.

use crate::canvas_states::CanvasStates;
use crate::live::{Live, Scene};
use crate::report::{Outcome, Report};
use crate::{Entry, RunError, Workload};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Instant;

/// What the comparison waits for.
#[derive(Debug)]
pub(crate) enum Event {
    /// The run on the present runtime has ended.
    Ran(Result<Outcome, RunError>),
    /// Somebody pressed Ctrl-C.
    Interrupted,
}

/// Where the events arrive, and a sender for each who has one to tell.
#[derive(Debug)]
pub(crate) struct Events {
    pub(crate) sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl Events {
    pub(crate) fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver }
    }

    /// Waits for the next event, and draws meanwhile.
    fn next(&self, live: Option<&Live>, scene: &Scene<'_>) -> Event {
        let Some(live) = live else {
            return self.receiver.recv().unwrap_or(Event::Interrupted);
        };
        loop {
            live.draw(scene);
            match self.receiver.recv_timeout(Live::INTERVAL) {
                Ok(event) => return event,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Event::Interrupted, // we hold a sender ourselves
            }
        }
    }
}

/// A finished comparison, or as much of it as there was time for.
#[derive(Debug)]
pub(crate) struct Comparison {
    pub(crate) report: Report,
    pub(crate) interrupted: bool,
}

/// Runs `workload` on each of `runtimes`. Takes the events, so that whoever sends one after the end is told so.
pub(crate) fn compare(
    runtimes: &[Entry],
    workload: Workload,
    speed: f64,
    events: Events,
    live: Option<&Live>,
) -> Comparison {
    let mut report = Report::new(workload, speed);
    let all_of_it = until_interrupted(&mut report, runtimes, &events, live);
    if let Some(live) = live {
        live.clear();
    }
    drop(events);
    Comparison { report, interrupted: all_of_it.is_none() }
}

/// Fills the report; `None` if it was interrupted.
fn until_interrupted(report: &mut Report, runtimes: &[Entry], events: &Events, live: Option<&Live>) -> Option<()> {
    let workload = report.workload.workload;
    let mut scene = Scene { runtimes, current: 0, workload, states: None, begun: Instant::now() };
    for (current, entry) in runtimes.iter().enumerate() {
        scene.current = current;
        scene.states = states(workload, live);
        scene.begun = Instant::now();
        let (entry, states, sender) = (*entry, scene.states.clone(), events.sender.clone());
        let started = spawn(move || drop(sender.send(Event::Ran(run(&entry, workload, states.as_ref())))));
        let outcome = match started {
            Err(error) => Err(RunError::NoThread { running: 0, error }),
            Ok(()) => match events.next(live, &scene) {
                Event::Ran(outcome) => outcome,
                Event::Interrupted => return None,
            },
        };
        report.add(&entry, outcome);
    }
    Some(())
}

/// The states of the canvases, where they are shown.
fn states(workload: Workload, live: Option<&Live>) -> Option<Arc<CanvasStates>> {
    match (workload, live) {
        (Workload::Paint(paint), Some(_)) => Some(Arc::new(CanvasStates::new(paint.canvases, paint.drying))),
        _ => None,
    }
}

fn run(entry: &Entry, workload: Workload, states: Option<&Arc<CanvasStates>>) -> Result<Outcome, RunError> {
    match workload {
        Workload::Paint(paint) => entry.paint_shown(&paint, states).map(Outcome::Paint),
        Workload::Amap(amap) => entry.amap(&amap).map(Outcome::Amap),
    }
}

/// A fresh thread for each run, so that no runtime finds what another left on it. After an interruption it is left
/// behind and ends with the process.
fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new().spawn(work).map(drop)
}

#[cfg(test)]
mod tests;
