"""Task groups, and the loop's life."""

import asyncio
from asyncio import CancelledError, create_task, sleep

from meaning_scene import HOUR, after, noting_the_end, scenario, sets


@scenario
async def a_group_waits_for_its_tasks(log):
    async with asyncio.TaskGroup() as group:
        group.create_task(after(3, log, "a"))
        group.create_task(after(1, log, "b"))
        log("body")
    log("scope")


@scenario
async def a_group_whose_task_fails(log):
    async def fails():
        await sleep(0)
        log("fails")
        raise ValueError

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(noting_the_end(log, sleep(HOUR), "the other one cleaned up"))
            group.create_task(fails())
            await noting_the_end(log, sleep(HOUR), "body cleaned up")
    except* ValueError:
        log("told")


@scenario
async def a_group_whose_body_fails(log):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(noting_the_end(log, sleep(HOUR), "cleaned up"))
            await after(1, log, "fails")
            raise ValueError
    except* ValueError:
        log("told")


@scenario
async def a_group_whose_task_is_cancelled(log):
    async with asyncio.TaskGroup() as group:
        cancelled = group.create_task(noting_the_end(log, sleep(HOUR), "cleaned up"))
        group.create_task(after(3, log, "the other one ends"))
        await sleep(0)
        cancelled.cancel()
    log("scope")


@scenario
async def a_group_whose_scope_is_cancelled(log):
    async def scope():
        async with asyncio.TaskGroup() as group:
            group.create_task(noting_the_end(log, sleep(HOUR), "task cleaned up"))

    host = create_task(noting_the_end(log, scope(), "host cleaned up"))
    await sleep(0)
    await sleep(0)
    host.cancel()
    try:
        await host
    except CancelledError:
        log("told")


@scenario
async def a_task_of_a_group_creates_another(log):
    async def parent():
        group.create_task(after(1, log, "child"))
        log("parent")

    async with asyncio.TaskGroup() as group:
        group.create_task(parent())
    log("scope")


@scenario
async def a_task_of_a_group_that_ends_while_the_body_waits(log):
    future = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        group.create_task(after(3, log, "member"))
        setter = create_task(sets(3, log, future))
        await future
        log("body")
        await setter


# The loop's life. These are no coroutines, because they run the loop themselves.


@scenario
def a_run_ends_with_main(log):
    async def three():
        for turn in range(3):
            log(f"turn {turn}")
            await sleep(0)

    loop = asyncio.new_event_loop()
    task = loop.create_task(three())
    loop.run_until_complete(after(0, log, "main"))
    log("between")
    loop.run_until_complete(task)
    loop.close()


@scenario
def what_is_left_at_the_end(log):
    async def main():
        create_task(noting_the_end(log, sleep(HOUR), "cleaned up"))
        await after(1, log, "main ends")

    asyncio.run(main())
    log("run has returned")


@scenario
def a_loop_is_not_run_from_inside(log):
    async def main():
        loop = asyncio.get_running_loop()
        try:
            loop.run_until_complete(loop.create_future())
        except RuntimeError:
            log("refused")
        await after(1, log, "none the worse for it")

    asyncio.run(main())


@scenario
def a_closed_loop(log):
    loop = asyncio.new_event_loop()
    loop.close()
    try:
        loop.call_soon(log, "never")
    except RuntimeError:
        log("refused")
    loop.close()
    log("closing twice is no mistake")
