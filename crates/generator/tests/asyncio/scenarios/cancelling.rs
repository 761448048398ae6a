//! Cancellation: what is dropped, and what is asked.

use super::{Scenario, Scene, turns};
use crate::{HOUR, MOMENT};
use paintdry_generator::{CancelRequest, Error, LoopFuture, sleep, yield_now};

pub(super) const ALL: &[Scenario] = &[
    ("cancelled_asleep", cancelled_asleep),
    ("cancelled_before_it_begins", cancelled_before_it_begins),
    ("cancelled_when_done", cancelled_when_done),
    ("cancelling_a_task_that_awaits_another_cancels_both", cancelling_a_task_that_awaits_another_cancels_both),
    ("a_cancellation_that_is_caught", a_cancellation_that_is_caught),
    ("a_cancellation_that_is_ignored_and_one_that_is_not", a_cancellation_that_is_ignored_and_one_that_is_not),
    ("a_cancellation_beside_a_result", a_cancellation_beside_a_result),
];

/// Notes that the awaiting task learns that the task was cancelled.
pub(super) async fn told<T: 'static>(scene: &Scene, task: LoopFuture<T>) {
    if let Err(Error::Cancelled) = task.await {
        scene.note("told");
    }
}

fn cancelled_asleep(scene: &Scene) {
    scene.run(async {
        let task = scene.task(scene.noting_the_end(sleep(HOUR), "cleaned up"));
        yield_now().await;
        task.cancel();
        scene.note("cancel has returned");
        told(scene, task).await;
    });
}

fn cancelled_before_it_begins(scene: &Scene) {
    scene.run(async {
        let task = scene.task(scene.after(0, "begun"));
        task.cancel();
        told(scene, task).await;
    });
}

fn cancelled_when_done(scene: &Scene) {
    scene.run(async {
        let task = scene.task(scene.after(0, "done"));
        yield_now().await;
        scene.note(if task.cancel() { "cancelled" } else { "there is nothing to cancel" });
        scene.note(task.await.unwrap());
    });
}

fn cancelling_a_task_that_awaits_another_cancels_both(scene: &Scene) {
    scene.run(async {
        let inner = scene.task(scene.noting_the_end(sleep(HOUR), "inner cleaned up")).cancel_on_drop();
        let outer = scene.task(scene.noting_the_end(inner, "outer cleaned up"));
        turns(2).await;
        outer.cancel();
        told(scene, outer).await;
    });
}

fn a_cancellation_that_is_caught(scene: &Scene) {
    let (request, own) = (CancelRequest::new(), scene.clone());
    let asked = request.clone();
    scene.run(async {
        let task = scene.task(async move {
            if asked.or_cancelled(sleep(HOUR)).await.is_err() {
                own.note("asked to end");
                sleep(MOMENT).await;
                own.note("cleaned up");
            }
            "its own result"
        });
        yield_now().await;
        request.cancel();
        scene.note("asked");
        scene.note(task.await.unwrap());
    });
}

fn a_cancellation_that_is_ignored_and_one_that_is_not(scene: &Scene) {
    let (request, own) = (CancelRequest::new(), scene.clone());
    let asked = request.clone();
    scene.run(async {
        let task = scene.task(async move {
            if asked.or_cancelled(sleep(HOUR)).await.is_err() {
                own.note("ignored");
            }
            asked.or_cancelled(yield_now()).await?;
            own.note("goes on");
            asked.or_cancelled(sleep(HOUR)).await
        });
        yield_now().await;
        request.cancel();
        turns(3).await;
        scene.note("asked again");
        request.cancel();
        if task.await == Ok(Err(Error::Cancelled)) {
            scene.note("told");
        }
    });
}

fn a_cancellation_beside_a_result(scene: &Scene) {
    let (promise, future) = scene.event_loop.create_future();
    let (request, own) = (CancelRequest::new(), scene.clone());
    let asked = request.clone();
    scene.run(async {
        let task = scene.task(async move {
            match asked.or_cancelled(future).await {
                Ok(result) => own.note(format!("got {}", result.unwrap())),
                Err(_) => own.note("asked to end"),
            }
        });
        yield_now().await;
        promise.set_result(7).unwrap();
        request.cancel();
        task.await.unwrap();
    });
}
