//! Gathering: the same combinators everywhere, in one task.

use crate::{Log, on_each, on_tokio, waits_for_ever};
use futures::FutureExt;
use futures::future::{join_all, ready, try_join};
use tokio::task::JoinSet;

#[test]
fn results_and_errors_are_in_their_places() {
    let results = on_each(|| join_all([ready(Ok(1)), ready(Err("broken")), ready(Ok(3))]));
    assert_eq!(results, [[Ok(1), Err("broken"), Ok(3)]; 3]);
}

#[test]
fn gathering_nothing_gives_nothing() {
    assert_eq!(on_each(|| join_all::<Vec<std::future::Ready<()>>>(Vec::new())), [[(); 0]; 3]);
}

#[test]
fn the_first_error_drops_the_others() {
    let log = Log::default();
    let errors = on_each(|| async {
        let other = waits_for_ever(log.on_drop("dropped")).map(Ok);
        let both = try_join(other, ready(Err::<(), _>("broken"))).await;
        log.note("told");
        both.unwrap_err()
    });
    assert_eq!(errors, ["broken"; 3]);
    assert_eq!(log.take(), ["dropped", "told"].repeat(3));
}

#[test]
fn a_join_that_is_dropped_drops_what_it_joins() {
    let log = Log::default();
    on_each(|| async {
        let join = join_all([waits_for_ever(log.on_drop("dropped"))]);
        assert!(join.now_or_never().is_none());
    });
    assert_eq!(log.take(), ["dropped"; 3]);
}

#[test]
fn tokios_join_set_gives_results_as_they_come() {
    let first = on_tokio(async {
        let mut tasks = JoinSet::new();
        let (promise, future) = futures::channel::oneshot::channel::<u32>();
        tasks.spawn(async { future.await.unwrap() });
        tasks.spawn(async { 2 });
        let first = tasks.join_next().await.unwrap().unwrap();
        promise.send(1).unwrap();
        (first, tasks.join_next().await.unwrap().unwrap(), tasks.join_next().await.is_none())
    });
    assert_eq!(first, (2, 1, true));
}
