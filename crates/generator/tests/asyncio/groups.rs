//! Task groups.

use crate::{HOUR, Log, assert_idle, run, run_ready, task};
use futures::FutureExt;
use paintdry_core::TaskError;
use paintdry_generator::{
    CancelOnDrop, Error, EventLoop, Generator, GeneratorState, TaskGroup, sleep, task_group, yield_now,
};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

#[test]
fn the_scope_ends_when_all_its_tasks_have() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let result = run(
        &event_loop,
        task_group(async |group| {
            for (name, turns) in [("a", 3), ("b", 1)] {
                let log = log.clone();
                group.create_task(async move {
                    for _ in 0..turns {
                        yield_now().await;
                    }
                    log.note(name);
                    Ok(())
                })?;
            }
            log.note("body");
            Ok::<_, Error>(7)
        }),
    );
    log.note("scope");
    assert_eq!(result, Ok(7));
    assert_eq!(log.take(), ["body", "b", "a", "scope"]);
}

/// A task in `group` that sleeps for an hour, and notes when it is dropped.
fn sleeper<E: From<Error> + 'static>(group: &TaskGroup<E>, log: &Log, name: &'static str) {
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
fn a_body_that_fails_cancels_the_tasks() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let result: Result<(), _> = run(
        &event_loop,
        task_group(async |group| {
            sleeper(&group, &log, "cancelled");
            yield_now().await;
            Err(Error::Broken)
        }),
    );
    assert_eq!(result, Err(Error::Broken));
    assert_eq!(log.take(), ["cancelled"]);
}

#[test]
fn a_task_that_is_cancelled_is_no_failure() {
    let event_loop = EventLoop::new();
    let result = run(
        &event_loop,
        task_group(async |group| {
            let cancelled = group.create_task(async { sleep(HOUR).map(Ok).await })?;
            let fine = group.create_task(async { yield_now().map(Ok).await })?;
            yield_now().await;
            cancelled.cancel();
            assert_eq!(cancelled.await, Err(Error::Cancelled));
            fine.await
        }),
    );
    assert_eq!(result, Ok(()));
}

#[test]
fn cancelling_who_waits_for_the_group_cancels_its_tasks() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let noting = log.clone();
    let host = task(&event_loop, async move {
        task_group(async |group: TaskGroup| {
            sleeper(&group, &noting, "first");
            sleeper(&group, &noting, "second");
            Ok(())
        })
        .await
    });
    run_ready(&event_loop);
    run_ready(&event_loop);
    assert!(log.take().is_empty());
    host.cancel();
    assert_eq!(log.take(), ["first", "second"]);
    assert_idle(&event_loop);
}

#[test]
fn a_task_can_create_others_in_the_group() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let noting = log.clone();
    let result: Result<(), Error> = run(
        &event_loop,
        task_group(async |group| {
            let inner = group.clone();
            group.create_task(async move {
                yield_now().await;
                inner.create_task(async move {
                    yield_now().await;
                    noting.note("grandchild");
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        }),
    );
    assert_eq!((result, log.take()), (Ok(()), vec!["grandchild".to_owned()]));
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
fn a_panic_in_a_member_that_holds_a_group_is_the_outer_groups() {
    let (event_loop, log) = (EventLoop::new(), Log::default());
    let noting = log.clone();
    let result: Result<(), Error> = run(
        &event_loop,
        task_group(async |outer| {
            outer.create_task(async move {
                task_group(async |inner: TaskGroup| {
                    sleeper(&inner, &noting, "inner");
                    yield_now().await;
                    falls()
                })
                .await
            })?;
            sleep(HOUR).map(Ok).await
        }),
    );
    assert_eq!(result, Err(Error::Panicked("the easel fell".to_owned())));
    assert_eq!(log.take(), ["inner"]);
}

fn falls() -> Result<(), Error> {
    resume_unwind(Box::new("the easel fell"))
}

#[test]
fn a_task_that_is_cancelled_by_the_panic_of_its_owner_is_no_failure() {
    /// It is dropped after its panic, and not during it, so that its own error is at hand then.
    struct Breaks {
        _owned: CancelOnDrop<()>,
    }
    impl Generator for Breaks {
        type Return = ();
        fn resume(&mut self) -> GeneratorState<()> {
            resume_unwind(Box::new("the easel fell"))
        }
    }
    let event_loop = EventLoop::new();
    let scope = task_group(async |group: TaskGroup| {
        let owned = group.create_task(sleep(HOUR).map(Ok))?.cancel_on_drop();
        Ok(event_loop.create_task(Breaks { _owned: owned })?.await)
    });
    assert_eq!(run(&event_loop, scope), Ok(Err(Error::Panicked("the easel fell".to_owned()))));
}

#[test]
fn a_drop_that_panics_leaves_no_task_behind() {
    struct Breaks;
    impl Drop for Breaks {
        fn drop(&mut self) {
            resume_unwind(Box::new("in drop"));
        }
    }
    let (event_loop, log) = (EventLoop::new(), Log::default());
    for fails in [true, false] {
        let noting = log.clone();
        let host = task(&event_loop, async move {
            task_group(async |group| {
                group.create_task(async {
                    let _breaks = Breaks;
                    sleep(HOUR).map(Ok).await
                })?;
                sleeper(&group, &noting, "cancelled");
                yield_now().await;
                if fails {
                    group.create_task(async { Err::<(), _>(Error::Broken) })?;
                }
                sleep(HOUR).map(Ok).await
            })
            .await
        });
        run_ready(&event_loop);
        run_ready(&event_loop);
        let cancelled = catch_unwind(AssertUnwindSafe(|| host.cancel())).map_err(TaskError::from_panic);
        let in_drop = TaskError::Panicked("in drop".to_owned());
        // Who fails has ended by now, and has an error; otherwise the panic goes to whoever cancels.
        assert_eq!(cancelled, if fails { Ok(false) } else { Err(in_drop) });
        assert_eq!(log.take(), ["cancelled"], "fails: {fails}");
        assert_eq!(host.take(), if fails { Ok(Err(Error::Broken)) } else { Err(Error::Cancelled) });
        assert_idle(&event_loop);
    }
}

#[test]
fn nothing_is_left_of_a_group_that_has_ended() {
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
