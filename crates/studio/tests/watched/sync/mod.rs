//! Locks, channels and signals: what a recording says of who waits, who was notified and who holds what.

mod around;
mod channels;
mod claims;
mod dropped;
mod locks;

use paintdry_core::Runtime;
use paintdry_studio::{Clock, EventKind, Recording, Studio, WatchedRun};

/// The events about resources as lines: `ada waits for blue (2)`. A claim is shown by its number.
fn uses<T>(watched: &WatchedRun<T>) -> Vec<String> {
    let line = |event: &paintdry_studio::Event| {
        let name = &watched.resources[event.what.resource()? as usize].name;
        let claim = event.what.claim().map_or(String::new(), |claim| format!(" ({claim})"));
        let what = match &event.what {
            EventKind::Wait { to, .. } => format!("waits to {} {name}", format!("{to:?}").to_lowercase()),
            EventKind::Notify { .. } => format!("is notified by {name}"),
            EventKind::Leave { .. } => format!("leaves {name}"),
            EventKind::Take { .. } => format!("takes {name}"),
            EventKind::Release { by, .. } if *by == Some(event.task) => format!("gives {name} back"),
            EventKind::Release { by: Some(by), .. } => {
                format!("has {name} given back by {}", watched.tasks[*by as usize])
            }
            EventKind::Release { by: None, .. } => format!("has {name} given back from outside"),
            EventKind::Send { length, .. } => format!("sends to {name}, which holds {length}"),
            EventKind::Receive { length, .. } => format!("receives from {name}, which holds {length}"),
            EventKind::Close { .. } => format!("closes {name}"),
            EventKind::Signal { listeners, .. } => format!("signals {name} to {listeners}"),
            EventKind::Hear { .. } => format!("hears {name}"),
            other => panic!("{other:?} is about no resource"),
        };
        Some(format!("{} {what}{claim}", watched.tasks[event.task as usize]))
    };
    watched.events.iter().filter_map(line).collect()
}

/// Records `main` in virtual time. What it is gets read again, and agrees with itself.
fn recorded<R: Runtime, F: Future>(main: F) -> WatchedRun<F::Output> {
    let watched = Studio::<R>::new(Clock::Virtual).recording().run(main);
    let mut recording = Recording::of_program("sync", Clock::Virtual, Vec::new());
    let copy = WatchedRun {
        result: Ok(()),
        wall: watched.wall,
        tasks: watched.tasks.clone(),
        events: watched.events.clone(),
        resources: watched.resources.clone(),
    };
    recording.runs.push(copy.recorded(R::NAME, "sync"));
    recording.check().unwrap_or_else(|error| panic!("{}: {error} {:#?}", R::NAME, uses(&watched)));
    assert_eq!(Recording::read(&recording.to_json()).as_ref(), Ok(&recording));
    watched
}

/// One of two futures, whichever is complete first; the other is dropped.
async fn first_of<T>(one: impl Future<Output = T>, other: impl Future<Output = T>) -> T {
    futures::future::select(std::pin::pin!(one), std::pin::pin!(other)).await.factor_first().0
}
