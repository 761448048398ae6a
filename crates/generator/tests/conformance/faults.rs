//! Faults that only the loop's own interface has: panics in drops that the loop makes, chains of tasks that own each other,
//! callbacks that panic, tasks created while the loop is closed.

use paintdry_core::TaskError;
use paintdry_generator::{Error, EventLoop, LoopFuture, TaskGroup, sleep, task_group, yield_now};
use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

/// Enough that one nested call for each would use up any thread's stack.
const CHAIN: usize = 100_000;

/// Panics when dropped.
struct Breaks;

impl Drop for Breaks {
    fn drop(&mut self) {
        resume_unwind(Box::new("in drop"));
    }
}

fn task<F: Future<Output: 'static> + 'static>(event_loop: &EventLoop, future: F) -> LoopFuture<F::Output> {
    event_loop.create_task(future).unwrap()
}

fn run_ready(event_loop: &EventLoop) {
    event_loop.run_until_complete(yield_now()).unwrap();
}

/// The message of the panic that `action` ends with.
fn panic_of<T>(action: impl FnOnce() -> T) -> Option<String> {
    let caught = catch_unwind(AssertUnwindSafe(action)).err();
    caught.map(|payload| TaskError::panic_message(&*payload))
}

/// Asserts that the loop can be used, has nothing to wait for, and names no waiting task.
fn assert_idle(event_loop: &EventLoop) {
    assert_eq!(event_loop.run_until_complete(async { 1 }), Ok(1));
    let waits = event_loop.run_until_complete(pending::<()>());
    assert_eq!(waits, Err(Error::Stuck(vec!["main".to_owned()])));
}

/// A task that waits for ever, sleeps for an hour or has not begun, and owns this.
fn standing<T: 'static>(event_loop: &EventLoop, place: usize, owned: T) -> LoopFuture<()> {
    task(event_loop, async move {
        match place {
            0 => pending().await,
            1 => sleep(HOUR).await,
            _ => {}
        }
        drop(owned);
    })
}

#[test]
fn a_panic_in_the_drop_of_a_task_reaches_the_code_that_cancels_it_and_nothing_of_it_is_left() {
    let event_loop = EventLoop::new();
    for place in 0..2 {
        let alive = Rc::new(());
        let breaks = standing(&event_loop, place, (Breaks, alive.clone()));
        run_ready(&event_loop);
        run_ready(&event_loop);
        assert_eq!(panic_of(|| breaks.cancel()).as_deref(), Some("in drop"));
        assert_eq!(breaks.take(), Err(Error::Cancelled));
        assert_eq!(Rc::strong_count(&alive), 1);
        assert_idle(&event_loop);
    }
}

#[test]
fn closing_drops_every_task_though_several_drops_panic_and_passes_the_first_panic_on() {
    for drops_the_loop in [false, true] {
        let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
        let tasks: Vec<_> = (0..9)
            .map(|n| {
                let owned = (alive.clone(), (n < 6).then(|| Breaks));
                standing(&event_loop, n % 2, owned)
            })
            .collect();
        run_ready(&event_loop);
        run_ready(&event_loop);
        assert!(tasks.iter().all(|task| !task.done()));
        let not_begun = standing(&event_loop, 2, (alive.clone(), Breaks));
        let panic = if drops_the_loop { panic_of(|| drop(event_loop)) } else { panic_of(|| event_loop.close()) };
        assert_eq!(panic.as_deref(), Some("in drop"));
        assert_eq!(Rc::strong_count(&alive), 1);
        assert!(tasks.iter().chain([&not_begun]).all(|task| task.take() == Err(Error::Cancelled)));
    }
}

#[test]
fn a_result_that_is_not_taken_may_panic_when_it_is_dropped() {
    let event_loop = EventLoop::new();
    drop(task(&event_loop, async { Breaks }));
    drop(event_loop.call_soon(|| Breaks).unwrap());
    let fine = task(&event_loop, async { 1 });
    run_ready(&event_loop);
    assert_eq!(fine.take(), Ok(1));
    assert_idle(&event_loop);
}

#[test]
fn a_callback_that_panics_or_whose_drop_does_is_its_own_futures_error() {
    let event_loop = EventLoop::new();
    let owned = Breaks;
    let soon = event_loop.call_soon(|| resume_unwind(Box::new("the brush broke"))).unwrap();
    let later = event_loop.call_later(Duration::ZERO, move || drop(owned)).unwrap();
    let fine = event_loop.call_later(Duration::from_millis(1), || 1).unwrap();
    assert_eq!(event_loop.run_until_complete(fine), Ok(Ok(1)));
    assert_eq!(soon.take(), Err::<(), _>(Error::Panicked("the brush broke".to_owned())));
    assert_eq!(later.take(), Err(Error::Panicked("in drop".to_owned())));
    assert_idle(&event_loop);
}

#[test]
fn a_task_that_is_created_while_the_loop_is_closed_is_refused() {
    struct Creates(EventLoop, Rc<()>);
    impl Drop for Creates {
        fn drop(&mut self) {
            let owned = self.1.clone();
            let created = self.0.create_task(async { drop(owned) });
            assert_eq!(created.unwrap_err(), Error::Closed);
            assert_eq!(self.0.call_later(HOUR, || ()).unwrap_err(), Error::Closed);
        }
    }
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    for place in 0..3 {
        drop(standing(&event_loop, place, Creates(event_loop.clone(), alive.clone())));
        if place < 2 {
            run_ready(&event_loop);
        }
    }
    event_loop.close().unwrap();
    assert_eq!(Rc::strong_count(&alive), 1);
}

#[test]
fn a_long_chain_of_tasks_that_own_each_other_is_cancelled_without_using_up_the_stack() {
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    for closes in [false, true] {
        let mut outermost = standing(&event_loop, 0, alive.clone());
        for _ in 0..CHAIN {
            let (inner, owned) = (outermost, alive.clone());
            outermost = task(&event_loop, async move {
                let _ = inner.cancel_on_drop().await;
                drop(owned);
            });
        }
        run_ready(&event_loop);
        run_ready(&event_loop);
        assert_eq!(Rc::strong_count(&alive), CHAIN + 2);
        if closes {
            event_loop.close().unwrap();
        } else {
            assert!(outermost.cancel());
            assert_eq!(Rc::strong_count(&alive), 1, "all destructors have run");
            assert_idle(&event_loop);
        }
        assert_eq!(Rc::strong_count(&alive), 1);
    }
}

#[test]
fn groups_nested_very_deep_end_without_using_up_the_stack() {
    /// A task that holds a group, whose task holds a group, and so on.
    fn nest(group: &TaskGroup, depth: usize, owned: Rc<()>) -> Result<(), Error> {
        group.create_task(async move {
            let _owned = owned.clone();
            task_group(async |inner: TaskGroup| {
                if depth > 0 {
                    nest(&inner, depth - 1, owned)?;
                }
                pending::<Result<(), Error>>().await
            })
            .await
        })?;
        Ok(())
    }
    const DEPTH: usize = 10_000;
    let (event_loop, alive) = (EventLoop::new(), Rc::new(()));
    let owned = alive.clone();
    let host = task(
        &event_loop,
        task_group(async move |group| {
            nest(&group, DEPTH, owned)?;
            pending::<Result<(), Error>>().await
        }),
    );
    while Rc::strong_count(&alive) < DEPTH + 3 {
        run_ready(&event_loop);
    }
    assert!(host.cancel());
    assert_eq!(Rc::strong_count(&alive), 1, "all destructors have run");
    assert_idle(&event_loop);
}
