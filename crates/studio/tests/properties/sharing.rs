//! Programs whose tasks lock, send, receive, time out and are cancelled, drawn at random: on every runtime the recording says who
//! holds what, and who waits, as the tasks themselves know it.

use crate::hold::holds;
use crate::told::{Did, Known, Teller};
use futures::future::{AbortHandle, Abortable, Either, select};
use paintdry_core::{Runtime, name_task};
use paintdry_studio::sync::{Mutex, Receiver, Semaphore, Sender, channel};
use paintdry_studio::{Clock, EventKind, Recording, Studio, WatchedRun};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};
use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// Times are in milliseconds.
#[derive(Debug, Clone)]
enum Step {
    Yield,
    Sleep(u8),
    /// Holds a lock for so long.
    Lock(usize, u8),
    /// The same, if it gets the lock within the second time.
    LockWithin(usize, u8, u8),
    TryLock(usize),
    /// Takes one lock, yields, and takes the other one.
    LockBoth(usize, usize),
    /// Never gives the lock back.
    Forget(usize),
    /// Holds a permit for so long.
    Permit(u8),
    Send,
    SendWithin(u8),
    Receive,
    ReceiveWithin(u8),
}

#[derive(Debug, Clone)]
struct Task {
    steps: Vec<Step>,
    /// When it is cancelled.
    cancelled: Option<u8>,
}

const LOCKS: [&str; 2] = ["red", "blue"];

fn programs() -> impl Strategy<Value = Vec<Task>> {
    let (ms, lock) = (|| 0..4_u8, || 0..LOCKS.len());
    let step = prop_oneof![
        2 => Just(Step::Yield),
        2 => ms().prop_map(Step::Sleep),
        4 => (lock(), ms()).prop_map(|(lock, ms)| Step::Lock(lock, ms)),
        4 => (lock(), ms(), ms()).prop_map(|(lock, ms, within)| Step::LockWithin(lock, ms, within)),
        1 => lock().prop_map(Step::TryLock),
        2 => (lock(), lock()).prop_map(|(first, second)| Step::LockBoth(first, second)),
        1 => lock().prop_map(Step::Forget),
        3 => ms().prop_map(Step::Permit),
        3 => Just(Step::Send),
        1 => ms().prop_map(Step::SendWithin),
        2 => Just(Step::Receive),
        3 => ms().prop_map(Step::ReceiveWithin),
    ];
    let cancelled = prop_oneof![3 => Just(None), 1 => ms().prop_map(Some)];
    vec((vec(step, 0..6), cancelled).prop_map(|(steps, cancelled)| Task { steps, cancelled }), 1..5)
}

#[derive(Clone)]
struct Shared {
    locks: [Mutex<()>; 2],
    brushes: Semaphore,
    sender: Sender<()>,
    receiver: Receiver<()>,
}

async fn within<R: Runtime, T>(ms: u8, future: impl Future<Output = T>) -> Option<T> {
    match select(pin!(future), pin!(R::sleep(length(ms)))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}

fn length(ms: u8) -> Duration {
    Duration::from_millis(ms.into())
}

async fn plays<R: Runtime>(steps: Vec<Step>, shared: Shared, teller: Teller) {
    name_task(&teller.name);
    let Shared { locks, brushes, sender, receiver } = shared;
    for step in steps {
        match step {
            Step::Yield => R::yield_now().await,
            Step::Sleep(ms) => R::sleep(length(ms)).await,
            Step::Lock(lock, ms) => {
                teller.tell(Did::Asks(LOCKS[lock]));
                let _held = teller.takes(LOCKS[lock], locks[lock].lock().await);
                R::sleep(length(ms)).await;
            }
            Step::LockWithin(lock, ms, limit) => {
                teller.tell(Did::Asks(LOCKS[lock]));
                // Told in the poll that takes it: `select` may drop what a future gave.
                let takes = async { teller.takes(LOCKS[lock], locks[lock].lock().await) };
                match within::<R, _>(limit, takes).await {
                    Some(_held) => R::sleep(length(ms)).await,
                    None => teller.tell(Did::GivesUp),
                }
            }
            Step::TryLock(lock) => {
                drop(locks[lock].try_lock().map(|guard| teller.takes(LOCKS[lock], guard)));
            }
            Step::LockBoth(first, second) => {
                teller.tell(Did::Asks(LOCKS[first]));
                let _first = teller.takes(LOCKS[first], locks[first].lock().await);
                R::yield_now().await;
                teller.tell(Did::Asks(LOCKS[second]));
                let _second = teller.takes(LOCKS[second], locks[second].lock().await);
            }
            Step::Forget(lock) => {
                teller.tell(Did::Asks(LOCKS[lock]));
                std::mem::forget(teller.takes(LOCKS[lock], locks[lock].lock().await));
            }
            Step::Permit(ms) => {
                teller.tell(Did::Asks("brushes"));
                let _brush = teller.takes("brushes", brushes.acquire().await);
                R::sleep(length(ms)).await;
            }
            Step::Send => {
                teller.tell(Did::Asks("orders"));
                sender.send(()).await.expect("it has a receiver");
                teller.tell(Did::Sends);
            }
            Step::SendWithin(ms) => {
                teller.tell(Did::Asks("orders"));
                let sends = async { sender.send(()).await.map(|()| teller.tell(Did::Sends)) };
                if within::<R, _>(ms, sends).await.is_none() {
                    teller.tell(Did::GivesUp);
                }
            }
            Step::Receive => {
                teller.tell(Did::Asks("orders"));
                receiver.receive().await.expect("it has a sender");
                teller.tell(Did::Receives);
            }
            Step::ReceiveWithin(ms) => {
                teller.tell(Did::Asks("orders"));
                let receives = async { receiver.receive().await.map(|()| teller.tell(Did::Receives)) };
                if within::<R, _>(ms, receives).await.is_none() {
                    teller.tell(Did::GivesUp);
                }
            }
        }
    }
}

/// Runs the tasks side by side, until all have ended or none can run.
fn run<R: Runtime>(tasks: &[Task], known: &Arc<std::sync::Mutex<Known>>) -> WatchedRun<()> {
    let studio = Studio::<R>::new(Clock::Virtual).recording().with_patience(Duration::ZERO);
    let (tasks, known) = (tasks.to_vec(), Arc::clone(known));
    studio.run(async move {
        let (sender, receiver) = channel("orders", 2);
        let locks = LOCKS.map(|name| Mutex::new(name, ()));
        let shared = Shared { locks, brushes: Semaphore::new("brushes", 2), sender, receiver };
        let mut handles = Vec::new();
        for (number, task) in tasks.into_iter().enumerate() {
            let (cancel, cancelled) = AbortHandle::new_pair();
            let teller = Teller { name: format!("task {number}"), known: Arc::clone(&known) };
            let plays = plays::<Studio<R>>(task.steps, shared.clone(), teller);
            handles.push(Studio::<R>::spawn(Abortable::new(plays, cancelled)));
            if let Some(ms) = task.cancelled {
                handles.push(Studio::<R>::spawn(async move {
                    Studio::<R>::sleep(length(ms)).await;
                    cancel.abort();
                    Ok(())
                }));
            }
        }
        for handle in handles {
            let _ = handle.await;
        }
    })
}

/// What the recording says: as the tasks know it, without what they ask for; and what each still waits for at the end.
fn recorded(run: &WatchedRun<()>) -> (Known, BTreeMap<String, &'static str>) {
    let (mut known, mut waits) = (Known::default(), BTreeMap::new());
    for event in &run.events {
        let Some(resource) = event.what.resource() else { continue };
        let name = &*run.resources[resource as usize].name;
        let name = ["red", "blue", "brushes", "orders"].into_iter().find(|known| *known == name).expect("it is known");
        let task = &run.tasks[event.task as usize];
        let did = match event.what {
            EventKind::Take { .. } => Did::Takes(name),
            EventKind::Release { .. } => Did::GivesBack(name),
            EventKind::Send { .. } => Did::Sends,
            EventKind::Receive { .. } => Did::Receives,
            EventKind::Wait { .. } => {
                waits.insert(task.clone(), name);
                continue;
            }
            EventKind::Leave { .. } => {
                waits.remove(task);
                continue;
            }
            _ => continue,
        };
        if !matches!(did, Did::GivesBack(_)) {
            waits.remove(task);
        }
        if let Did::Takes(what) = did {
            known.takers.entry(what).or_default().push(task.clone());
        }
        known.did.entry(task.clone()).or_default().push(did);
    }
    (known, waits)
}

fn agrees<R: Runtime>(tasks: &[Task]) -> Result<(), String> {
    let known = Arc::default();
    let watched = run::<R>(tasks, &known);
    let known = known.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let (recorded, waits) = recorded(&watched);
    let is_complete = watched.result.is_ok();
    let mut recording = Recording::of_program("sharing", Clock::Virtual, Vec::new());
    let says = |what: &str| Err(format!("{}: {what}\nknown {known:#?}\nrecorded {recorded:#?} {waits:?}", R::NAME));
    for (task, did) in &known.did {
        let listed = recorded.did.get(task).cloned().unwrap_or_default();
        let is_told = |did: &&Did| !matches!(did, Did::Asks(_) | Did::GivesUp);
        // A run that is stuck has ended before its tasks are dropped, so they know more than it has recorded.
        let told: Vec<_> = did.iter().filter(is_told).cloned().collect();
        if !told.starts_with(&listed) || (is_complete && told != listed) {
            return says(&format!("{task} did something else"));
        }
        let at_end = did.iter().rposition(|did| matches!(did, Did::Asks(_))).map(|at| &did[at..]);
        let is_refused = |did: &Did| !matches!(did, Did::GivesBack(_));
        let asks_in_vain = match at_end {
            Some([Did::Asks(what), after @ ..]) if !after.iter().any(is_refused) => Some(*what),
            _ => None,
        };
        if !is_complete && !was_cancelled(tasks, task) && waits.get(task).copied() != asks_in_vain {
            return says(&format!("{task} waits for {asks_in_vain:?}"));
        }
    }
    for lock in LOCKS {
        let order = |of: &Known| of.takers.get(lock).cloned().unwrap_or_default();
        if !order(&known).starts_with(&order(&recorded)) || (is_complete && order(&known) != order(&recorded)) {
            return says(&format!("{lock} went from hand to hand in another order"));
        }
    }
    if is_complete && !waits.is_empty() {
        return says("all tasks have ended, and one waits");
    }
    recording.runs.push(watched.recorded(R::NAME, "sharing"));
    recording.check().map_err(|error| error.to_string())
}

fn was_cancelled(tasks: &[Task], name: &str) -> bool {
    let number = name.strip_prefix("task ").and_then(|number| number.parse::<usize>().ok());
    number.and_then(|number| tasks.get(number)).is_some_and(|task| task.cancelled.is_some())
}

#[test]
fn on_every_runtime_the_recording_knows_what_the_tasks_know() {
    holds(&programs(), 40, |tasks| {
        agrees::<paintdry_generator::EventLoop>(tasks)?;
        agrees::<paintdry_tokio::CurrentThread>(tasks)?;
        agrees::<paintdry_tokio::MultiThread>(tasks)?;
        agrees::<paintdry_async_std::Global>(tasks)?;
        agrees::<paintdry_smol::Local>(tasks)?;
        agrees::<paintdry_smol::Global>(tasks)
    });
}
