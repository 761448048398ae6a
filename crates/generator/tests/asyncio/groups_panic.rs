//! Task groups in which something panics: a member that holds a group, the owner of a member, a destructor.

use crate::groups::sleeper;
use crate::{HOUR, Log, assert_idle, run, run_ready, task};
use futures::FutureExt;
use paintdry_core::TaskError;
use paintdry_generator::{
    CancelOnDrop, Error, EventLoop, Generator, GeneratorState, TaskGroup, sleep, task_group, yield_now,
};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

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
    /// It is dropped after its panic, and not during it, so that its own error is set by then.
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
        // The failed task has ended by now, and has an error; otherwise the panic would go to the caller of `cancel`.
        assert_eq!(cancelled, if fails { Ok(false) } else { Err(in_drop) });
        assert_eq!(log.take(), ["cancelled"], "fails: {fails}");
        assert_eq!(host.take(), if fails { Ok(Err(Error::Broken)) } else { Err(Error::Cancelled) });
        assert_idle(&event_loop);
    }
}

#[test]
fn a_panic_of_a_member_that_cannot_be_converted_is_no_success() {
    /// An error that cannot come from the loop's.
    #[derive(Debug, PartialEq)]
    struct Own;
    impl From<Error> for Own {
        fn from(_: Error) -> Self {
            resume_unwind(Box::new("no conversion"));
        }
    }
    let event_loop = EventLoop::new();
    let host = task(
        &event_loop,
        task_group(async |group: TaskGroup<Own>| {
            let panics = async {
                yield_now().await;
                resume_unwind(Box::new("the easel fell"))
            };
            drop(group.create_task::<(), _, true>(panics));
            Ok(())
        }),
    );
    assert_eq!(run(&event_loop, host), Err(Error::Panicked("no conversion".to_owned())));
    assert_idle(&event_loop);
}
