//! What the guide says in its table and of the other direction, where no other test shows it.

use paintdry_generator::{Error, EventLoop, TaskGroup, task_group, timeout, wait_for, yield_now};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;

#[test]
fn a_permit_that_is_assigned_to_an_underscore_is_given_back_at_once() {
    let racks = Semaphore::new(1);
    let _ = racks.try_acquire().expect("it is free");
    assert_eq!(racks.available_permits(), 1);
    let _rack = racks.try_acquire().expect("it is free");
    assert_eq!(racks.available_permits(), 0);
}

/// Four items of `job`, with a yield after each.
async fn note<Y: Future>(job: char, order: Arc<Mutex<String>>, yields: fn() -> Y) {
    for _ in 0..4 {
        order.lock().expect("no task panics").push(job);
        yields().await;
    }
}

/// The second order is that of one version of tokio. It shows that tokio does not keep the order.
#[test]
fn tasks_that_yield_keep_their_order_on_our_loop_and_not_on_tokio() -> Result<(), Error> {
    let order = Arc::default();
    let event_loop = EventLoop::new();
    let jobs = ['a', 'b', 'c'].map(|job| note(job, Arc::clone(&order), yield_now));
    event_loop.run_until_complete(event_loop.gather(jobs)?)?;
    assert_eq!(*order.lock().expect("no task panics"), "abcabcabcabc");

    let order = Arc::default();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("it starts");
    runtime.block_on(async {
        let jobs = ['a', 'b', 'c'].map(|job| tokio::spawn(note(job, Arc::clone(&order), tokio::task::yield_now)));
        futures::future::join_all(jobs).await;
    });
    assert_eq!(*order.lock().expect("no task panics"), "abccbaabccba");
    Ok(())
}

#[test]
fn two_different_functions_are_two_tasks_and_a_group_has_an_error_of_your_own() -> Result<(), Error> {
    #[derive(Debug, PartialEq)]
    struct OutOfBlue;
    impl From<Error> for OutOfBlue {
        fn from(error: Error) -> Self {
            panic!("no task panics: {error}")
        }
    }
    let event_loop = EventLoop::new();
    let (sky, sea) = (event_loop.create_task(async { "sky" })?, event_loop.create_task(async { 7 })?);
    assert_eq!(event_loop.run_until_complete(async { (sky.await, sea.await) })?, (Ok("sky"), Ok(7)));
    let group = task_group(async |group: TaskGroup<OutOfBlue>| {
        group.create_task(async { Err::<(), _>(OutOfBlue) })?;
        Ok(())
    });
    assert_eq!(event_loop.run_until_complete(group)?, Err(OutOfBlue));
    Ok(())
}

/// A worker that gives its permit back and asks again. The others wait meanwhile.
async fn paint_twice(name: char, racks: Arc<Semaphore>, order: Arc<Mutex<String>>) {
    for _ in 0..2 {
        let _rack = racks.acquire().await.expect("it is open");
        order.lock().expect("no task panics").push(name);
        yield_now().await;
    }
}

#[test]
fn tokios_semaphore_runs_on_our_loop_and_keeps_the_order() -> Result<(), Error> {
    let (racks, order) = (Arc::new(Semaphore::new(1)), Arc::default());
    let event_loop = EventLoop::new();
    let workers = ['a', 'b', 'c'].map(|name| paint_twice(name, Arc::clone(&racks), Arc::clone(&order)));
    event_loop.run_until_complete(event_loop.gather(workers)?)?;
    assert_eq!(*order.lock().expect("no task panics"), "abcabc");
    Ok(())
}

/// Whose error is whose, if the coroutine itself gives a `Result`.
#[test]
fn each_call_that_waits_for_a_task_or_a_limit_adds_a_result() -> Result<(), Error> {
    let limit = Duration::from_secs(3600);
    let paint = async || Ok::<_, String>("dry");
    let event_loop = EventLoop::new();
    let tasks = event_loop.clone();
    event_loop.run_until_complete(async move {
        assert_eq!(timeout(limit, paint()).await, Ok(Ok("dry")));
        assert_eq!(wait_for(limit, tasks.create_task(paint())?).await, Ok(Ok("dry")));
        assert_eq!(tasks.create_task(paint())?.await, Ok(Ok("dry")));
        assert_eq!(tasks.gather([paint()])?.await, [Ok(Ok("dry"))]);
        let (promise, future) = tasks.create_future();
        assert_eq!(promise.set_result(paint().await), Ok(()));
        assert_eq!(tasks.gather([future])?.await, [Ok(Ok(Ok("dry")))]);
        Ok(())
    })?
}

#[test]
fn nothing_runs_the_tasks_of_a_second_loop_inside_a_run() {
    let (event_loop, second) = (EventLoop::new(), EventLoop::new());
    let sky = second.create_task(async { "sky" }).expect("it is open");
    let stuck = event_loop.run_until_complete(sky).expect_err("no task can run");
    assert!(stuck.to_string().starts_with("no task can run"), "{stuck}");
}

/// Each claim of the guide about asyncio as an assertion, most of them from Rust to asyncio.
const THE_OTHER_DIRECTION: &str = r#"
import asyncio, sys

async def fails():
    raise ValueError

async def swallows():
    try:
        await asyncio.Event().wait()
    except BaseException:
        pass
    return "its own result"

async def awaits_a_forgotten_future():
    await asyncio.get_running_loop().create_future()

async def paints_twice(name, racks, order):
    for _ in range(2):
        async with racks:
            order.append(name)
            await asyncio.sleep(0)

async def main():
    racks, order = asyncio.Semaphore(1), []
    await asyncio.gather(*(paints_twice(name, racks, order) for name in "abc"))
    assert order == list("abcabc"), "a semaphore keeps the order of the tasks that wait"

    first, other = asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(asyncio.sleep(100))
    await asyncio.wait([first, other], return_when=asyncio.FIRST_COMPLETED)
    assert first.done() and not other.cancelling(), "wait leaves the losers running"

    try:
        await asyncio.gather(fails(), other)
        assert False, "gather raises"
    except ValueError:
        assert not other.done() and not other.cancelling(), "gather leaves the others running"
    other.cancel()

    try:
        async with asyncio.TaskGroup() as group:
            in_group = group.create_task(asyncio.sleep(100))
            group.create_task(fails())
        assert False, "a group raises"
    except* ValueError:
        assert in_group.cancelled(), "a group cancels the others"

    for at_a_failure in await asyncio.gather(fails(), asyncio.sleep(0, "done"), return_exceptions=True):
        assert at_a_failure == "done" or isinstance(at_a_failure, ValueError), "the others continue"

    waits = asyncio.create_task(awaits_a_forgotten_future())
    for _ in range(9):
        await asyncio.sleep(0)
    assert not waits.done(), "nothing wakes a task that awaits a forgotten future"
    waits.cancel()

    task = asyncio.create_task(swallows())
    await asyncio.sleep(0)
    task.cancel()
    assert await task == "its own result"

asyncio.run(main())
assert hasattr(asyncio.Queue, "shutdown") == (sys.version_info >= (3, 13))
"#;

#[test]
fn what_the_guide_says_of_asyncio_is_so() {
    if !crate::python::is_there() {
        println!("Left out: there is no python3 of 3.11 or later.");
        return;
    }
    let output = Command::new("python3").args(["-c", THE_OTHER_DIRECTION]).output().expect("it has just been started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
