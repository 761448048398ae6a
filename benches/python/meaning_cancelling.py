"""Cancellation."""

import asyncio
from asyncio import CancelledError, create_task, sleep

from meaning_scene import HOUR, MOMENT, after, noting_the_end, scenario


@scenario
async def cancelled_asleep(log):
    task = create_task(noting_the_end(log, sleep(HOUR), "cleaned up"))
    await sleep(0)
    task.cancel()
    log("cancel has returned")
    try:
        await task
    except CancelledError:
        log("told")


@scenario
async def cancelled_before_it_begins(log):
    task = create_task(after(0, log, "begun"))
    task.cancel()
    try:
        await task
    except CancelledError:
        log("told")


@scenario
async def cancelled_when_done(log):
    task = create_task(after(0, log, "done"))
    await sleep(0)
    log("there is nothing to cancel" if not task.cancel() else "cancelled")
    log(await task)


@scenario
async def cancelling_a_task_that_awaits_another_cancels_both(log):
    inner = create_task(noting_the_end(log, sleep(HOUR), "inner cleaned up"))

    async def waits():
        await inner

    outer = create_task(noting_the_end(log, waits(), "outer cleaned up"))
    await sleep(0)
    await sleep(0)
    outer.cancel()
    try:
        await outer
    except CancelledError:
        log("told")


@scenario
async def a_cancellation_that_is_caught(log):
    async def dries():
        try:
            await sleep(HOUR)
        except CancelledError:
            log("asked to end")
            await sleep(MOMENT)
            log("cleaned up")
        return "its own result"

    task = create_task(dries())
    await sleep(0)
    task.cancel()
    log("asked")
    log(await task)


@scenario
async def a_cancellation_that_is_ignored_and_one_that_is_not(log):
    async def stubborn():
        try:
            await sleep(HOUR)
        except CancelledError:
            log("ignored")
        await sleep(0)
        log("goes on")
        await sleep(HOUR)

    task = create_task(stubborn())
    await sleep(0)
    task.cancel()
    for _ in range(3):
        await sleep(0)
    log("asked again")
    task.cancel()
    try:
        await task
    except CancelledError:
        log("told")


@scenario
async def a_cancellation_beside_a_result(log):
    future = asyncio.get_running_loop().create_future()

    async def waits():
        try:
            log(f"got {await future}")
        except CancelledError:
            log("asked to end")

    task = create_task(waits())
    await sleep(0)
    future.set_result(7)
    task.cancel()
    await task
