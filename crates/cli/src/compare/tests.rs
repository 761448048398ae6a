//! Comparisons with runtimes that misbehave: one panics, and during another the user presses Ctrl-C.

use super::*;
use crate::format::{Format, render};
use crate::{AmapWorkload, PaintWorkload, built_in};
use paintdry_core::Runtime;
use paintdry_tokio::{CurrentThread, Task};
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::time::Duration;

/// What a misbehaving runtime does when it starts. It never starts, so nothing else of it is called.
trait Misbehaviour: 'static {
    const NAME: &'static str;
    fn start() -> !;
}

struct Misbehaving<M>(CurrentThread, std::marker::PhantomData<M>);

impl<M: Misbehaviour> Runtime for Misbehaving<M> {
    const NAME: &'static str = M::NAME;
    type Task<T: Send + 'static> = Task<T>;

    fn start() -> Self {
        M::start()
    }

    fn threads(&self) -> usize {
        self.0.threads()
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        self.0.run_until_complete(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        CurrentThread::spawn(future)
    }

    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        CurrentThread::sleep(duration)
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        CurrentThread::yield_now()
    }
}

struct Panics;

impl Misbehaviour for Panics {
    const NAME: &'static str = "panics";
    fn start() -> ! {
        resume_unwind(Box::new("no brush | no paint")) // without the message that the hook would print
    }
}

/// Presses Ctrl-C and then runs for ever.
struct Interrupts;

static KEYBOARD: Mutex<Option<Sender<Event>>> = Mutex::new(None);

impl Misbehaviour for Interrupts {
    const NAME: &'static str = "interrupts";
    fn start() -> ! {
        let keyboard = KEYBOARD.lock().ok().and_then(|mut keyboard| keyboard.take());
        keyboard.map(|keyboard| keyboard.send(Event::Interrupted));
        loop {
            thread::park();
        }
    }
}

fn entry<M: Misbehaviour>() -> Entry {
    Entry::of::<Misbehaving<M>>("0.0.0", "for the test")
}

fn built_in_named(name: &str) -> Entry {
    *built_in().iter().find(|entry| entry.name() == name).expect("it is built in")
}

fn timed(workload: Workload) -> CompareOptions {
    CompareOptions { workload, speed: 1.0, runs: 1, watching: None }
}

fn quick_paint() -> Workload {
    let millisecond = Duration::from_millis(1);
    Workload::Paint(PaintWorkload {
        canvases: 2,
        drying: 2 * millisecond,
        poll: millisecond,
        strokes: 10,
        ..PaintWorkload::default()
    })
}

#[test]
fn a_runtime_that_panics_is_a_row_and_the_others_are_still_run() {
    let runtimes = [built_in_named("blocking"), entry::<Panics>(), built_in_named("tokio")];
    for workload in [quick_paint(), Workload::Amap(AmapWorkload::default())] {
        let Comparison { report, interrupted, .. } = compare(&runtimes, timed(workload), Events::new(), None);
        assert!(!interrupted);
        assert_eq!(report.failed(), ["panics"]);
        let walls: Vec<_> = report.runs.iter().map(|run| run.wall.is_some()).collect();
        assert_eq!(walls, [true, false, true]);
        assert!(report.runs[2].speedup.is_some() && report.runs[1].speedup.is_none());
        let error = report.runs[1].error.as_deref().expect("it failed");
        assert!(error.starts_with("the runtime panicked: no brush | no paint"), "{error}");

        let table = render(&report, Format::Table);
        let row = table.lines().find(|line| line.contains("0.0.0")).expect("it has a row");
        assert!(row.contains("failed"), "{row}");
        assert!(table.contains(&format!("panics failed: {error}")), "{table}");
        let rows = render(&report, Format::Csv);
        assert!(rows.contains("panics,0.0.0,,,,,the runtime panicked: no brush | no paint"), "{rows}");
    }
}

#[test]
fn ctrl_c_ends_it_and_keeps_what_has_been_measured() {
    let events = Events::new();
    *KEYBOARD.lock().expect("no thread panicked with it") = Some(events.sender.clone());
    let late = events.sender.clone();
    let runtimes = [built_in_named("threads"), entry::<Interrupts>(), built_in_named("tokio")];
    let Comparison { report, interrupted, .. } = compare(&runtimes, timed(quick_paint()), events, None);
    assert!(interrupted);
    let names: Vec<_> = report.runs.iter().map(|run| run.runtime).collect();
    assert_eq!(names, ["threads"], "the one that was interrupted is left out");
    assert!(late.send(Event::Interrupted).is_err(), "a second Ctrl-C learns that there is no listener");
}

#[test]
fn a_runtime_that_panics_has_its_place_in_a_recording() {
    let watching = Some(Watching { clock: Clock::Virtual, is_recording: true });
    let options = CompareOptions { workload: quick_paint(), speed: 1.0, runs: 1, watching };
    let recorded = compare(&[entry::<Panics>(), built_in_named("tokio")], options, Events::new(), None).recorded;
    let errors: Vec<_> = recorded.iter().map(|run| (run.runtime.as_str(), run.error.is_some())).collect();
    assert_eq!(errors, [("panics", true), ("tokio", false)]);
}
