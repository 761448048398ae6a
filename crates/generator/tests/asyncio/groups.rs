//! Task groups.

use crate::{HOUR, Log, assert_idle, run};
use futures::FutureExt;
use paintdry_generator::{Error, EventLoop, TaskGroup, sleep, task_group, yield_now};
use std::cell::RefCell;
use std::panic::resume_unwind;
use std::rc::Rc;

/// A task in `group` that sleeps for an hour, and notes when it is dropped.
pub(crate) fn sleeper<E: From<Error> + 'static>(group: &TaskGroup<E>, log: &Log, name: &'static str) {
    let guard = log.on_drop(name);
    group
        .create_task(async move {
            sleep(HOUR).await;
            drop(guard);
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_first_failure_cancels_the_tasks_and_the_body() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let result = run(
        &event_loop,
        task_group(async |group| {
            let _body = log.on_drop("body");
            sleeper(&group, &log, "first");
            let noting = log.clone();
            group.create_task(async move {
                yield_now().await;
                noting.note("fails");
                Err::<(), _>(Error::Broken)
            })?;
            sleeper(&group, &log, "third");
            sleep(HOUR).map(Ok).await
        }),
    );
    assert_eq!(result, Err(Error::Broken));
    assert_eq!(log.take(), ["fails", "first", "third", "body"]);
    assert_idle(&event_loop);
}

#[test]
fn a_panic_is_a_failure() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let result = run(
        &event_loop,
        task_group(async |group| {
            sleeper(&group, &log, "cancelled");
            group.create_task(async { breaks().await })?;
            sleep(HOUR).map(Ok).await
        }),
    );
    assert_eq!(result, Err(Error::Panicked("the brush broke".to_owned())));
    assert_eq!(log.take(), ["cancelled"]);
}

async fn breaks() -> Result<(), Error> {
    yield_now().await;
    resume_unwind(Box::new("the brush broke"))
}

#[test]
fn a_group_that_has_ended_takes_no_tasks() {
    let event_loop = EventLoop::new();
    let kept: RefCell<Option<TaskGroup>> = RefCell::default();
    run(&event_loop, task_group(async |group| Ok::<_, Error>(kept.replace(Some(group)).is_none()))).unwrap();
    let late = kept.take().unwrap().create_task(async { Ok(()) });
    assert_eq!(late.unwrap_err(), Error::GroupEnded);
    assert!(Error::GroupEnded.to_string().contains("before its body ends"));
}

#[test]
fn groups_nest_and_the_inner_ones_failure_ends_the_outer_one_if_it_is_passed_on() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let result: Result<(), Error> = run(
        &event_loop,
        task_group(async |outer| {
            sleeper(&outer, &log, "outer");
            task_group(async |inner| {
                sleeper(&inner, &log, "inner");
                inner.create_task(breaks())?;
                Ok(())
            })
            .await
        }),
    );
    assert_eq!(result, Err(Error::Panicked("the brush broke".to_owned())));
    assert_eq!(log.take(), ["inner", "outer"]);
}

#[test]
fn a_group_that_has_ended_leaves_nothing_behind() {
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    for fails in [false, true] {
        let held = alive.clone();
        let _ = run(
            &event_loop,
            task_group(async move |group: TaskGroup| {
                for _ in 0..3 {
                    let (held, group_of_its_own) = (held.clone(), group.clone());
                    group.create_task(async move {
                        yield_now().await;
                        drop((held, group_of_its_own));
                        if fails { Err(Error::Broken) } else { Ok(()) }
                    })?;
                }
                Ok(())
            }),
        );
        assert_eq!(Rc::strong_count(&alive), 1, "fails: {fails}");
    }
}
