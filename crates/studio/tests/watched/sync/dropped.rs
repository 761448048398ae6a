//! What tasks hold that are cancelled or dropped.

use super::{recorded, uses};
use paintdry_core::{Runtime, name_task};
use paintdry_studio::sync::Mutex;
use paintdry_studio::{EventKind, Studio};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// On each runtime the guard of a task that is cancelled is given back, after the task's end.
fn cancelled_while_it_holds<R: Runtime>() {
    let watched = recorded::<R, _>(async {
        let blue = Mutex::new("blue", ());
        let (cancel, cancelled) = futures::future::AbortHandle::new_pair();
        let holds = Studio::<R>::spawn({
            let blue = blue.clone();
            futures::future::Abortable::new(
                async move {
                    let _guard = blue.lock().await;
                    Studio::<R>::sleep(10 * SECOND).await;
                },
                cancelled,
            )
        });
        let left = Studio::<R>::spawn({
            let blue = blue.clone();
            async move { drop(blue.lock().await) }
        });
        Studio::<R>::sleep(SECOND).await;
        cancel.abort();
        let _ = (holds.await, left.await);
        let _guard = blue.lock().await;
    });
    let (takes, releases) = (
        watched.events.iter().filter(|event| matches!(event.what, EventKind::Take { .. })).count(),
        watched.events.iter().filter(|event| matches!(event.what, EventKind::Release { .. })).count(),
    );
    assert_eq!((takes, releases, watched.wall), (3, 3, SECOND), "{}: {:#?}", R::NAME, uses(&watched));
}

#[test]
fn a_task_that_is_cancelled_gives_back_what_it_holds() {
    on_every_runtime!(cancelled_while_it_holds);
}

#[test]
fn what_a_dropped_task_holds_is_given_back_after_its_end() {
    type Local = Studio<paintdry_smol::Local>; // where dropping a handle cancels the task
    let watched = recorded::<paintdry_smol::Local, _>(async {
        let blue = Mutex::new("blue", ());
        let holds = Local::spawn({
            let blue = blue.clone();
            async move {
                name_task("ada");
                let _guard = blue.lock().await;
                Local::sleep(SECOND).await;
            }
        });
        Local::yield_now().await;
        drop(holds);
        drop(blue.lock().await);
    });
    let expected = [
        "ada takes blue (0)",
        "main waits to take blue (1)",
        "ada gives blue back (0)",
        "main is notified by blue (1)",
        "main takes blue (1)",
        "main gives blue back (1)",
    ];
    assert_eq!(uses(&watched), expected);
    let at = |what: fn(&EventKind) -> bool| watched.events.iter().position(|event| what(&event.what));
    assert!(at(|what| *what == EventKind::Cancel) < at(|what| matches!(what, EventKind::Release { .. })));
}
