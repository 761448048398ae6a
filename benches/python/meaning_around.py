"""Limits, shields and waits."""

import asyncio
from asyncio import CancelledError, create_task, shield, sleep, timeout, wait, wait_for

from meaning_scene import HOUR, LATER, MOMENT, after, noting_the_end, scenario, sets


@scenario
async def a_limit_that_is_kept(log):
    async with timeout(HOUR):
        log(await after(2, log, "painted"))


@scenario
async def a_limit_that_is_over(log):
    try:
        async with timeout(MOMENT):
            await noting_the_end(log, sleep(HOUR), "cleaned up")
    except TimeoutError:
        log("timed out")


@scenario
async def nested_limits(log):
    async with timeout(HOUR):
        try:
            async with timeout(MOMENT):
                await sleep(HOUR)
        except TimeoutError:
            log("the inner one")
        log("the outer one goes on")


@scenario
async def a_limit_of_zero(log):
    try:
        async with timeout(0):
            await after(1, log, "one turn")
    except TimeoutError:
        log("timed out")


@scenario
async def a_task_that_is_too_late(log):
    task = create_task(noting_the_end(log, sleep(HOUR), "cleaned up"))
    try:
        await wait_for(task, MOMENT)
    except TimeoutError:
        log("timed out")
    log("cancelled" if task.cancelled() else "not cancelled")


@scenario
async def a_shielded_task_that_is_too_late(log):
    task = create_task(noting_the_end(log, sleep(LATER, "its result"), "ended"))
    try:
        await wait_for(shield(task), MOMENT)
    except TimeoutError:
        log("timed out")
    log(await task)


@scenario
async def a_shield_whose_waiter_is_cancelled(log):
    future = asyncio.get_running_loop().create_future()

    async def signs():
        log("begun")
        await future
        log("signed")

    async def waits():
        await shield(signs())

    outer = create_task(waits())
    await sleep(0)
    await sleep(0)
    outer.cancel()
    try:
        await outer
    except CancelledError:
        log("told")
    future.set_result(None)
    await sleep(0)


@scenario
async def the_first_completed(log):
    tasks = {create_task(after(turns, log, name)) for name, turns in (("a", 9), ("b", 2), ("c", 5))}
    done, pending = await wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    log(f"done: {len(done)}, pending: {len(pending)}")
    done, pending = await wait(pending)
    log(f"done: {len(done)}, pending: {len(pending)}")


@scenario
async def a_wait_with_a_limit_cancels_nothing(log):
    slow = create_task(noting_the_end(log, sleep(LATER), "slow"))
    done, pending = await wait([slow, create_task(after(0, log, "quick"))], timeout=MOMENT)
    log(f"done: {len(done)}, pending: {len(pending)}")
    await slow


@scenario
async def a_task_that_ends_after_the_wait_for_it(log):
    future = asyncio.get_running_loop().create_future()
    tasks = [create_task(after(turns, log, name)) for turns, name in ((0, "quick"), (3, "slow"))]
    setter = create_task(sets(3, log, future))
    await wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    await future
    log("main")
    await setter


@scenario
async def a_shielded_task_that_ends_after_its_limit(log):
    loop = asyncio.get_running_loop()
    gate, future = loop.create_future(), loop.create_future()
    inner = create_task(noting_the_end(log, gate, "signed"))
    try:
        await wait_for(shield(inner), MOMENT)
    except TimeoutError:
        log("timed out")
    gate.set_result(None)
    setter = create_task(sets(0, log, future))
    await future
    log("main")
    await setter


@scenario
async def turns_until_the_waiter_continues(log):
    async def counts():
        for turn in range(20):
            log(f"turn {turn}")
            await sleep(0)

    counting = create_task(counts())
    await asyncio.gather(after(1, log, "gathered"))
    log("gather")
    await wait([create_task(after(1, log, "waited for"))])
    log("wait")
    await shield(after(1, log, "shielded"))
    log("shield")
    async with asyncio.TaskGroup() as group:
        group.create_task(after(1, log, "grouped"))
    log("group")
    counting.cancel()
