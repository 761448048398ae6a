//! Limits, shields and waits.

use super::cancelling::told;
use super::groups::fine;
use super::{Scenario, Scene, turns};
use crate::{HOUR, LATER, MOMENT};
use paintdry_generator::{Error, ReturnWhen, TaskGroup, shield, sleep, task_group, timeout, wait, wait_for, yield_now};
use std::time::Duration;

pub(super) const ALL: &[Scenario] = &[
    ("a_limit_that_is_kept", a_limit_that_is_kept),
    ("a_limit_that_is_over", a_limit_that_is_over),
    ("nested_limits", nested_limits),
    ("a_limit_of_zero", a_limit_of_zero),
    ("a_task_that_is_too_late", a_task_that_is_too_late),
    ("a_shielded_task_that_is_too_late", a_shielded_task_that_is_too_late),
    ("a_shield_whose_waiter_is_cancelled", a_shield_whose_waiter_is_cancelled),
    ("the_first_completed", the_first_completed),
    ("a_wait_with_a_limit_cancels_nothing", a_wait_with_a_limit_cancels_nothing),
    ("a_task_that_ends_after_the_wait_for_it", a_task_that_ends_after_the_wait_for_it),
    ("a_shielded_task_that_ends_after_its_limit", a_shielded_task_that_ends_after_its_limit),
    ("turns_until_the_waiter_continues", turns_until_the_waiter_continues),
];

fn a_limit_that_is_kept(scene: &Scene) {
    scene.note(scene.run(timeout(HOUR, scene.after(2, "painted"))).unwrap());
}

fn a_limit_that_is_over(scene: &Scene) {
    scene.run(async {
        let late = scene.noting_the_end(sleep(HOUR), "cleaned up");
        if timeout(MOMENT, late).await == Err(Error::TimedOut(MOMENT)) {
            scene.note("timed out");
        }
    });
}

fn nested_limits(scene: &Scene) {
    let outer = timeout(HOUR, async {
        if timeout(MOMENT, sleep(HOUR)).await.is_err() {
            scene.note("the inner one");
        }
        scene.note("the outer one goes on");
    });
    scene.run(outer).unwrap();
}

fn a_limit_of_zero(scene: &Scene) {
    scene.run(async {
        if timeout(Duration::ZERO, scene.after(1, "one turn")).await.is_err() {
            scene.note("timed out");
        }
    });
}

fn a_task_that_is_too_late(scene: &Scene) {
    scene.run(async {
        let task = scene.task(scene.noting_the_end(sleep(HOUR), "cleaned up"));
        if wait_for(MOMENT, task).await == Err(Error::TimedOut(MOMENT)) {
            scene.note("timed out");
        }
        scene.note("cancelled"); // or it would not have cleaned up; the handle is gone
    });
}

fn a_shielded_task_that_is_too_late(scene: &Scene) {
    scene.run(async {
        let slow = async { (sleep(LATER).await, "its result").1 };
        let mut task = scene.task(scene.noting_the_end(slow, "ended"));
        if timeout(MOMENT, &mut task).await.is_err() {
            scene.note("timed out");
        }
        scene.note(task.await.unwrap());
    });
}

fn a_shield_whose_waiter_is_cancelled(scene: &Scene) {
    let (promise, future) = scene.event_loop.create_future();
    let own = scene.clone();
    let signs = async move {
        own.note("begun");
        future.await.unwrap();
        own.note("signed");
    };
    scene.run(async {
        let outer = scene.task(async { shield(signs).await });
        turns(2).await;
        outer.cancel();
        told(scene, outer).await;
        promise.set_result(()).unwrap();
        yield_now().await;
    });
}

fn the_first_completed(scene: &Scene) {
    scene.run(async {
        let tasks = [(9, "a"), (2, "b"), (5, "c")].map(|(turns, name)| scene.task(scene.after(turns, name)));
        let mut pending = tasks.into();
        for return_when in [ReturnWhen::FirstCompleted, ReturnWhen::AllCompleted] {
            let done = wait(&mut pending, return_when).await;
            scene.note(format!("done: {}, pending: {}", done.len(), pending.len()));
        }
    });
}

fn a_wait_with_a_limit_cancels_nothing(scene: &Scene) {
    scene.run(async {
        let slow = scene.task(scene.noting_the_end(sleep(LATER), "slow"));
        let note = scene.noting("quick");
        let quick = scene.task(async { note() });
        let mut pending = vec![slow, quick];
        timeout(MOMENT, wait(&mut pending, ReturnWhen::AllCompleted)).await.unwrap_err();
        let done = pending.extract_if(.., |task| task.done()).count();
        scene.note(format!("done: {done}, pending: {}", pending.len()));
        pending.remove(0).await.unwrap();
    });
}

fn a_task_that_ends_after_the_wait_for_it(scene: &Scene) {
    scene.run(async {
        let (promise, future) = scene.event_loop.create_future();
        let mut tasks = [(0, "quick"), (3, "slow")].map(|(turns, name)| scene.task(scene.after(turns, name))).into();
        let setter = scene.task(scene.sets(3, promise));
        wait(&mut tasks, ReturnWhen::FirstCompleted).await;
        future.await.unwrap();
        scene.note("main");
        setter.await.unwrap();
    });
}

fn a_shielded_task_that_ends_after_its_limit(scene: &Scene) {
    scene.run(async {
        let ((open, gate), (promise, future)) = (scene.event_loop.create_future(), scene.event_loop.create_future());
        let inner = scene.noting_the_end(gate, "signed");
        if timeout(MOMENT, shield(inner)).await.is_err() {
            scene.note("timed out");
        }
        open.set_result(()).unwrap();
        let setter = scene.task(scene.sets(0, promise));
        future.await.unwrap();
        scene.note("main");
        setter.await.unwrap();
    });
}

fn turns_until_the_waiter_continues(scene: &Scene) {
    scene.run(async {
        let own = scene.clone();
        let counting = scene.task(async move {
            for turn in 0..20 {
                own.note(format!("turn {turn}"));
                yield_now().await;
            }
        });
        scene.event_loop.gather([scene.after(1, "gathered")]).unwrap().await;
        scene.note("gather");
        wait(&mut vec![scene.task(scene.after(1, "waited for"))], ReturnWhen::AllCompleted).await;
        scene.note("wait");
        shield(scene.after(1, "shielded")).await.unwrap();
        scene.note("shield");
        let grouped = fine(scene.after(1, "grouped"));
        task_group(async |group: TaskGroup| group.create_task(grouped).map(drop)).await.unwrap();
        scene.note("group");
        counting.cancel();
    });
}
