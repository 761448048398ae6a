//! Running a program on a runtime, in virtual time.

use crate::outcome::{Notes, Outcome};
use crate::program::{PROMISES, Program, Task, What};
use futures::channel::oneshot::{self, Receiver, Sender};
use futures::future::{AbortHandle, Abortable, Aborted};
use paintdry_core::{Runtime, TaskError};
use paintdry_studio::{Clock, Studio, WatchedRun, at_line, name_task, now};
use std::array::from_fn;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

const MILLISECOND: Duration = Duration::from_millis(1);

/// Runs `program` to its end, or until nothing can run.
pub(crate) fn on<R: Runtime>(program: &Program) -> Outcome {
    let mut ends = Ends::new();
    let mut unawaited: Vec<_> = (0..PROMISES)
        .filter(|n| !program.0.awaits.contains(n))
        .filter_map(|n| Some((n, ends.futures[n].take()?)))
        .collect();
    let notes = Notes::default();
    let watched = watch(&studio::<R>(), program, ends, &notes);
    let (mut stuck, mut promises) = (Vec::new(), Vec::new());
    match watched.result {
        Ok(()) => promises = unawaited.iter_mut().map(|(n, future)| format!("{n}: {:?}", future.try_recv())).collect(),
        Err(stalled) => stuck = stalled.tasks.iter().map(ToString::to_string).collect(),
    }
    stuck.sort();
    Outcome { notes: notes.take(), wall: watched.wall, stuck, promises }
}

/// Runs `program` in the same way, and records what happens.
pub(crate) fn on_a_recorder<R: Runtime>(program: &Program) -> WatchedRun<()> {
    watch(&studio::<R>().recording(), program, Ends::new(), &Notes::default())
}

/// In virtual time. No thread outside will ever wake a task, so no patience is needed.
fn studio<R: Runtime>() -> Studio<R> {
    Studio::new(Clock::Virtual).with_patience(Duration::ZERO)
}

fn watch<R: Runtime>(studio: &Studio<R>, program: &Program, ends: Ends, notes: &Notes) -> WatchedRun<()> {
    studio.run(play::<Studio<R>>(Arc::clone(&program.0), ends, notes.clone()))
}

/// The ends of promises that a task has, for itself and for the tasks below it. They are dropped with it.
struct Ends {
    promises: [Option<Sender<u32>>; PROMISES],
    futures: [Option<Receiver<u32>>; PROMISES],
}

impl Ends {
    /// Those of all promises.
    fn new() -> Self {
        let mut ends = Self { promises: from_fn(|_| None), futures: from_fn(|_| None) };
        for (promise, future) in ends.promises.iter_mut().zip(&mut ends.futures) {
            let (writer, reader) = oneshot::channel();
            (*promise, *future) = (Some(writer), Some(reader));
        }
        ends
    }

    /// Those that go to a task that is spawned.
    fn split_off(&mut self, task: &Task) -> Self {
        Self {
            promises: from_fn(|n| if task.writes.contains(&n) { self.promises[n].take() } else { None }),
            futures: from_fn(|n| if task.awaits.contains(&n) { self.futures[n].take() } else { None }),
        }
    }
}

/// A task that has been spawned. Dropping this cancels it, also on a runtime that detaches a dropped handle.
struct Child<R: Runtime> {
    handle: Option<R::Task<Result<(), Aborted>>>,
    cancel: AbortHandle,
}

impl<R: Runtime> Child<R> {
    /// What becomes of it; `None` if that is known already.
    async fn join(&mut self) -> Option<String> {
        let ended = self.handle.take()?.await;
        until_a_whole_millisecond::<R>().await;
        Some(match ended {
            Ok(Ok(())) => "ended".to_owned(),
            Ok(Err(Aborted)) => "cancelled".to_owned(),
            Err(TaskError::Panicked(message)) => message,
            Err(error) => format!("lost: {error}"),
        })
    }
}

impl<R: Runtime> Drop for Child<R> {
    fn drop(&mut self) {
        self.cancel.abort();
    }
}

/// The task as a coroutine. (In a box, because it contains itself.)
fn play<R: Runtime>(task: Arc<Task>, mut ends: Ends, notes: Notes) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(async move {
        if task.depth > 0 {
            name_task(&task.name); // the main task has its name
        }
        let mut children: Vec<Child<R>> = Vec::new();
        for step in &task.steps {
            at_line(step.line);
            let note = |what: &str| notes.note(&task.name, now(), step.line, what);
            match &step.what {
                What::Yield => R::yield_now().await,
                What::Sleep(ms) => R::sleep(MILLISECOND * u32::from(*ms)).await,
                What::Spawn(below) => {
                    let (cancel, cancelled) = AbortHandle::new_pair();
                    let child = play::<R>(Arc::clone(below), ends.split_off(below), notes.clone());
                    let handle = Some(R::spawn(Abortable::new(child, cancelled)));
                    children.push(Child { handle, cancel });
                }
                What::Join(n) => {
                    if let Some(ended) = children[*n].join().await {
                        note(&ended);
                    }
                }
                What::Cancel(n) => {
                    R::sleep(in_between(&task)).await;
                    children[*n].cancel.abort();
                    until_a_whole_millisecond::<R>().await;
                }
                What::Panic => {
                    R::sleep(in_between(&task)).await;
                    resume_unwind(Box::new(format!("panicked at line {}", step.line))); // the hook would print
                }
                What::Set(n) => drop(ends.promises[*n].take().map(|promise| promise.send(step.line))),
                What::Drop(n) => drop(ends.promises[*n].take()),
                What::Await(n) => {
                    if let Some(future) = ends.futures[*n].take() {
                        let got = future.await;
                        until_a_whole_millisecond::<R>().await;
                        note(&format!("{got:?}"));
                    }
                }
            }
            note("done");
        }
        at_line(task.end);
        for child in &mut children {
            if let Some(ended) = child.join().await {
                notes.note(&task.name, now(), task.end, &ended);
            }
        }
    })
}

/// How long after a whole millisecond this task, and no task of another depth, may cancel another or panic.
fn in_between(task: &Task) -> Duration {
    Duration::from_micros(100) * (task.depth + 1)
}

async fn until_a_whole_millisecond<R: Runtime>() {
    let past = Duration::from_nanos(u64::from(now().subsec_nanos() % 1_000_000));
    if !past.is_zero() {
        R::sleep(MILLISECOND.saturating_sub(past)).await;
    }
}
