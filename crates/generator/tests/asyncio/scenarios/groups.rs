//! Task groups, and the life of the loop.

use super::cancelling::told;
use super::{Scenario, Scene, turns};
use crate::HOUR;
use paintdry_generator::{Error, TaskGroup, sleep, task_group, yield_now};

pub(super) const ALL: &[Scenario] = &[
    ("a_group_waits_for_its_tasks", a_group_waits_for_its_tasks),
    ("a_group_whose_task_fails", a_group_whose_task_fails),
    ("a_group_whose_body_fails", a_group_whose_body_fails),
    ("a_group_whose_task_is_cancelled", a_group_whose_task_is_cancelled),
    ("a_group_whose_scope_is_cancelled", a_group_whose_scope_is_cancelled),
    ("a_task_of_a_group_creates_another", a_task_of_a_group_creates_another),
    ("a_task_of_a_group_that_ends_while_the_body_waits", a_task_of_a_group_that_ends_while_the_body_waits),
    ("a_run_ends_with_main", a_run_ends_with_main),
    ("what_is_left_at_the_end", what_is_left_at_the_end),
    ("a_loop_is_not_run_from_inside", a_loop_is_not_run_from_inside),
    ("a_closed_loop", a_closed_loop),
];

/// A task for a group, which does not fail.
pub(super) async fn fine<F: Future>(future: F) -> Result<F::Output, Error> {
    Ok(future.await)
}

fn a_group_waits_for_its_tasks(scene: &Scene) {
    let scope = task_group(async |group| {
        group.create_task(fine(scene.after(3, "a")))?;
        group.create_task(fine(scene.after(1, "b")))?;
        scene.note("body");
        Ok::<_, Error>(())
    });
    scene.run(scope).unwrap();
    scene.note("scope");
}

fn a_group_whose_task_fails(scene: &Scene) {
    let scope = task_group(async |group| {
        group.create_task(fine(scene.noting_the_end(sleep(HOUR), "the other one cleaned up")))?;
        let fails = scene.after(1, "fails");
        group.create_task(async { (fails.await, Err::<(), _>(Error::Broken)).1 })?;
        scene.noting_the_end(sleep(HOUR), "body cleaned up").await;
        Ok(())
    });
    if scene.run(scope) == Err(Error::Broken) {
        scene.note("told");
    }
}

fn a_group_whose_body_fails(scene: &Scene) {
    let scope = task_group(async |group| {
        group.create_task(fine(scene.noting_the_end(sleep(HOUR), "cleaned up")))?;
        scene.after(1, "fails").await;
        Err::<(), _>(Error::Broken)
    });
    if scene.run(scope) == Err(Error::Broken) {
        scene.note("told");
    }
}

fn a_group_whose_task_is_cancelled(scene: &Scene) {
    let scope = task_group(async |group| {
        let cancelled = group.create_task(fine(scene.noting_the_end(sleep(HOUR), "cleaned up")))?;
        group.create_task(fine(scene.after(3, "the other one ends")))?;
        yield_now().await;
        cancelled.cancel();
        Ok::<_, Error>(())
    });
    scene.run(scope).unwrap();
    scene.note("scope");
}

fn a_group_whose_scope_is_cancelled(scene: &Scene) {
    let own = scene.clone();
    let scope = async move {
        task_group(async |group: TaskGroup| {
            group.create_task(fine(own.noting_the_end(sleep(HOUR), "task cleaned up"))).map(drop)
        })
        .await
    };
    scene.run(async {
        let host = scene.task(scene.noting_the_end(scope, "host cleaned up"));
        turns(2).await;
        host.cancel();
        told(scene, host).await;
    });
}

fn a_task_of_a_group_creates_another(scene: &Scene) {
    let scope = task_group(async |group| {
        let (inner, own) = (group.clone(), scene.clone());
        group.create_task(async move {
            inner.create_task(fine(own.after(1, "child")))?;
            own.note("parent");
            Ok(())
        })?;
        Ok::<_, Error>(())
    });
    scene.run(scope).unwrap();
    scene.note("scope");
}

fn a_task_of_a_group_that_ends_while_the_body_waits(scene: &Scene) {
    let (promise, future) = scene.event_loop.create_future();
    let scope = task_group(async |group| {
        group.create_task(fine(scene.after(3, "member")))?;
        let setter = scene.task(scene.sets(3, promise));
        future.await?;
        scene.note("body");
        setter.await
    });
    assert_eq!(scene.run(scope), Ok::<_, Error>(()));
}

fn a_run_ends_with_main(scene: &Scene) {
    let own = scene.clone();
    let task = scene.task(async move {
        for turn in 0..3 {
            own.note(format!("turn {turn}"));
            yield_now().await;
        }
    });
    scene.run(scene.after(0, "main"));
    scene.note("between");
    scene.run(task).unwrap();
}

fn what_is_left_at_the_end(scene: &Scene) {
    scene.run(async {
        drop(scene.task(scene.noting_the_end(sleep(HOUR), "cleaned up")));
        scene.after(1, "main ends").await;
    });
    scene.event_loop.close().unwrap(); // which asyncio.run does
    scene.note("run has returned");
}

fn a_loop_is_not_run_from_inside(scene: &Scene) {
    scene.run(async {
        if scene.event_loop.run_until_complete(yield_now()) == Err(Error::Running) {
            scene.note("refused");
        }
        scene.after(1, "none the worse for it").await;
    });
}

fn a_closed_loop(scene: &Scene) {
    scene.event_loop.close().unwrap();
    if matches!(scene.event_loop.call_soon(scene.noting("never")), Err(Error::Closed)) {
        scene.note("refused");
    }
    scene.event_loop.close().unwrap();
    scene.note("closing twice is no mistake");
}
