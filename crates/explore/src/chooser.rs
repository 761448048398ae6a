//! A loop in a run, or a runtime at the turnstile: asks the run whose turn it is, and reports what happened.

use crate::names::TaskId;
use crate::quiet::place_of;
use crate::run::{EarlyEnd, Run, with_run};
use crate::text::in_one_line;
use paintdry_core::{Chooser, Runtime, TaskError, TurnEnd};
use paintdry_generator::{Error, EventLoop};
use paintdry_studio::{Stalled, Studio};
use std::mem;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A run that was given up panics with this, to leave the program that started the loop.
#[derive(Debug)]
pub(crate) struct GivenUp;

/// Runs `main` on a loop with this number in this thread's run. `None` if the run is given up.
pub(crate) fn run_explored<F: Future>(event_loop: &EventLoop, of_loop: u32, main: F) -> Option<F::Output> {
    let mut in_run = LoopInRun::begin(of_loop, None);
    let mut main = pin!(main); // dropped after everything is noted, because what it holds may panic
    let ended = catch_unwind(AssertUnwindSafe(|| event_loop.run_choosing(main.as_mut(), &mut in_run)));
    with_run(|run| {
        match &ended {
            Ok(Err(Error::Stuck(waiting))) => in_run.stuck(run, waiting),
            Err(payload) if !payload.is::<GivenUp>() => {
                in_run.main_panicked(run, &TaskError::panic_message(&**payload));
            }
            _ => {}
        }
        in_run.end(run);
    });
    match ended {
        Ok(Ok(output)) => output,
        Ok(Err(Error::Stuck(_))) => None,
        Ok(Err(error)) => panic!("{error}"),
        Err(payload) => resume_unwind(payload),
    }
}

/// [`run_explored`] on any runtime.
pub(crate) fn run_at_the_turnstile<R: Runtime, F: Future>(
    studio: &Studio<R>,
    of_loop: u32,
    main: F,
) -> Option<F::Output> {
    let chooser = AtTheTurnstile(Arc::new(Mutex::new(LoopInRun::begin(of_loop, Some(paintdry_studio::work)))));
    let mut main = pin!(main); // dropped after everything is noted, as above
    let run = || studio.run_choosing(main.as_mut(), Box::new(AtTheTurnstile(Arc::clone(&chooser.0)))).result;
    let ended = catch_unwind(AssertUnwindSafe(run));
    with_run(|run| {
        let in_run = chooser.lock();
        match &ended {
            Ok(Err(stalled)) => in_run.stuck(run, &waiting(stalled)),
            Err(payload) if !payload.is::<GivenUp>() => {
                in_run.main_panicked(run, &TaskError::panic_message(&**payload));
            }
            _ => {}
        }
        in_run.end(run);
    });
    ended.unwrap_or_else(|payload| resume_unwind(payload)).ok()
}

/// The tasks of a stalled run, as a loop calls them. A loop counts its tasks from 1, and the studio from 0.
fn waiting(stalled: &Stalled) -> Vec<String> {
    let name_of = |name: &str| match name.strip_prefix("task ").and_then(|number| number.parse::<u32>().ok()) {
        Some(number) => format!("task {}", number.saturating_add(1)),
        None => in_one_line(name),
    };
    stalled.tasks.iter().map(|task| name_of(&task.name)).collect()
}

/// The studio keeps its chooser as long as a task of the run is left.
struct AtTheTurnstile(Arc<Mutex<LoopInRun>>);

impl AtTheTurnstile {
    fn lock(&self) -> MutexGuard<'_, LoopInRun> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct LoopInRun {
    of_loop: u32,
    /// Known once the first turn begins.
    main: Option<TaskId>,
    /// By the number of a task: whether it was ready at the last turn and did not run.
    is_ready: Vec<bool>,
    /// The task that ran last.
    last: Option<TaskId>,
    /// The task whose turn it was in the loop around this one.
    outer: TaskId,
    /// The run's time when this loop's clock began.
    began: Duration,
    /// This loop's time.
    time: Duration,
    /// The work of the turn in which it began,
    worked: Duration,
    /// and how time passes in that turn, if it is at a turnstile.
    outer_work: Option<fn(Duration)>,
}

impl LoopInRun {
    fn begin(of_loop: u32, work: Option<fn(Duration)>) -> Self {
        let at_start = |run: &mut Run| {
            let outer = mem::replace(&mut run.work_at_the_turnstile, work);
            (run.current, run.time, mem::take(&mut run.worked), outer)
        };
        let (outer, began, worked, outer_work) = with_run(at_start).unwrap_or_default();
        let (main, is_ready, last, time) = (None, Vec::new(), None, Duration::ZERO);
        Self { of_loop, main, is_ready, last, outer, began, time, worked, outer_work }
    }

    fn task(&self, number: u32) -> TaskId {
        TaskId { of_loop: self.of_loop, number }
    }

    /// The main task is the newest one when its loop begins.
    fn begin_main(&mut self, run: &mut Run, ready: &[u32]) {
        let main = self.task(ready.iter().copied().max().unwrap_or(0));
        self.main = Some(main);
        run.names.add_main(main);
        if let Some((hashes, _)) = &mut run.seen {
            hashes.started(main, self.outer);
        }
    }

    /// Notes which tasks have become ready since the last turn, and which task woke them.
    fn note_ready(&mut self, run: &mut Run, ready: &[u32], time: Duration) {
        // A loop inside the last turn moved the run's time on, and this loop's time follows it.
        // Work in that turn moved both on.
        let without_work = run.time.saturating_sub(mem::take(&mut run.worked));
        self.began = self.began.max(without_work.saturating_sub(self.time));
        let goes_on = mem::replace(&mut self.time, time) < time;
        run.time = self.began.saturating_add(time);
        let by = self.last.filter(|_| !goes_on);
        let last = self.last;
        // They join the end of the queue, behind the tasks that were ready before.
        let known = ready.iter().rposition(|number| last != Some(self.task(*number)) && self.was_ready(*number));
        for number in ready[known.map_or(0, |known| known + 1)..].iter().copied() {
            let task = self.task(number);
            self.set_ready(number, true);
            if last == Some(task) {
                continue;
            }
            if let (Some((hashes, _)), Some(by)) = (&mut run.seen, by) {
                hashes.woken(task, by);
            }
            if let Some(recorder) = &mut run.recorder {
                recorder.ready(task, by, run.time);
            }
        }
    }

    fn was_ready(&self, number: u32) -> bool {
        self.is_ready.get(number as usize).copied().unwrap_or(false)
    }

    fn set_ready(&mut self, number: u32, is_ready: bool) {
        let index = number as usize;
        if index >= self.is_ready.len() {
            self.is_ready.resize(index + 1, false);
        }
        self.is_ready[index] = is_ready;
    }

    fn choose_in(&mut self, run: &mut Run, ready: &[u32], time: Duration) -> Option<usize> {
        if run.stop.is_some() {
            return None;
        }
        if self.main.is_none() {
            self.begin_main(run, ready);
        }
        self.note_ready(run, ready, time);
        let position = match run.choose(ready.len()) {
            Ok(position) => position,
            Err(stop) => {
                let undecided =
                    || EarlyEnd::Undecided { ready: ready.iter().map(|number| self.task(*number)).collect() };
                run.stop = Some(if matches!(stop, EarlyEnd::Undecided { .. }) { undecided() } else { stop });
                return None;
            }
        };
        let number = ready[position as usize];
        self.set_ready(number, false);
        run.current = self.task(number);
        if let Some((hashes, _)) = &mut run.seen {
            hashes.turn(run.current);
        }
        if let Some(recorder) = &mut run.recorder {
            let of = u32::try_from(ready.len()).unwrap_or(u32::MAX);
            recorder.begin(run.current, position, of, run.time);
        }
        Some(position as usize)
    }

    fn after_turn_in(&mut self, run: &mut Run, task: TaskId, made: Range<u32>, end: TurnEnd<'_>) {
        if let Some((hashes, _)) = &mut run.seen {
            hashes.made(task, made.clone());
        }
        // A panic leaves a run that was given up in a loop inside this turn: it is not the task's own panic.
        if run.stop.is_none() {
            if let Some(recorder) = &mut run.recorder {
                recorder.end(task, made, end);
            }
            if let TurnEnd::Panicked(message) = end {
                run.stop = Some(EarlyEnd::Panicked { task, message: message.to_owned(), place: place_of(message) });
            }
        }
        self.last = Some(task);
    }

    fn stuck(&self, run: &mut Run, waiting: &[String]) {
        let waiting = waiting.iter().map(|name| run.names.known_as(self.of_loop, name)).collect();
        run.stop.get_or_insert(EarlyEnd::Stuck { waiting });
    }

    /// The main task panicked, which the loop does not report.
    fn main_panicked(&self, run: &mut Run, message: &str) {
        let Some(main) = self.main.filter(|main| *main == run.current && run.stop.is_none()) else { return };
        run.panicked = Some(main);
        if let Some(recorder) = &mut run.recorder {
            recorder.end(main, 0..0, TurnEnd::Panicked(message));
        }
    }

    fn end(&self, run: &mut Run) {
        run.current = self.outer;
        run.worked = self.worked;
        run.work_at_the_turnstile = self.outer_work;
        if let (Some((hashes, _)), Some(main)) = (&mut run.seen, self.main) {
            hashes.returned(main, self.outer);
            if self.time > Duration::ZERO {
                hashes.clock_written(self.outer);
            }
        }
    }
}

impl Chooser for LoopInRun {
    fn choose(&mut self, ready: &[u32], time: Duration) -> Option<usize> {
        with_run(|run| self.choose_in(run, ready, time)).flatten()
    }

    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>) {
        let task = self.task(task);
        with_run(|run| self.after_turn_in(run, task, made, end));
    }
}

impl Chooser for AtTheTurnstile {
    fn choose(&mut self, ready: &[u32], time: Duration) -> Option<usize> {
        with_run(|run| self.lock().choose_in(run, ready, time)).flatten()
    }

    fn after_turn(&mut self, task: u32, made: Range<u32>, end: TurnEnd<'_>) {
        with_run(|run| {
            let mut in_run = self.lock();
            let task = in_run.task(task);
            in_run.after_turn_in(run, task, made, end);
        });
    }
}
