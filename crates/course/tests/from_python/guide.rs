//! What the guide says in its table and of the other direction, where no other test shows it.

use std::process::Command;
use tokio::sync::Semaphore;

#[test]
fn a_permit_that_is_assigned_to_an_underscore_is_given_back_at_once() {
    let racks = Semaphore::new(1);
    let _ = racks.try_acquire().expect("it is free");
    assert_eq!(racks.available_permits(), 1);
    let _rack = racks.try_acquire().expect("it is free");
    assert_eq!(racks.available_permits(), 0);
}

/// From Rust to asyncio: each claim of the guide as an assertion.
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

async def main():
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
