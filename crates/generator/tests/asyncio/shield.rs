//! Work that continues when its waiter is cancelled.

use crate::{HOUR, Log, MOMENT, run, run_ready, task};
use paintdry_generator::{Error, EventLoop, shield, sleep, timeout, yield_now};
use std::panic::resume_unwind;

#[test]
fn a_shield_gives_the_result_or_the_error_of_the_shielded_task() {
    let event_loop = EventLoop::new();
    let inside = async { (shield(async { 7 }).await, shield(breaks()).await) };
    assert_eq!(run(&event_loop, inside), (Ok(7), Err(Error::Panicked("the brush broke".to_owned()))));
}

async fn breaks() {
    yield_now().await;
    resume_unwind(Box::new("the brush broke"))
}

#[test]
fn the_shielded_task_continues_after_a_time_limit() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let (promise, future) = event_loop.create_future();
    let noting = log.clone();
    run(&event_loop, async move {
        let signs = shield(async move { noting.note(format!("signed {:?}", future.await)) });
        timeout(MOMENT, signs).await.unwrap_err();
        promise.set_result("it").unwrap();
        yield_now().await;
    });
    assert_eq!(log.take(), ["signed Ok(\"it\")"]);
}

#[test]
fn the_shielded_task_begins_before_it_is_awaited() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let noting = log.clone();
    run(&event_loop, async move {
        drop(shield(async move { noting.note("begun") }));
        yield_now().await;
    });
    assert_eq!(log.take(), ["begun"]);
}

#[test]
fn without_a_shield_an_owned_task_is_cancelled_with_its_owner_and_a_plain_one_is_not() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let [owned, plain] = ["owned", "plain"].map(|name| {
        let guard = log.on_drop(name);
        task(&event_loop, async move { (sleep(HOUR).await, drop(guard)).1 })
    });
    let holder = task(&event_loop, async move { (owned.cancel_on_drop().await, plain.await).1 });
    run_ready(&event_loop);
    holder.cancel();
    assert_eq!(log.take(), ["owned"]);
    event_loop.close().unwrap();
    assert_eq!(log.take(), ["plain"]);
}
