"""What the scenarios of meaning.py share."""

import asyncio
from asyncio import sleep

HOUR = 3600
MOMENT = 0.02
LATER = 0.4
LATEST = 0.8

SCENARIOS = {}


def scenario(function):
    SCENARIOS[function.__name__] = function
    return function


async def noting_the_end(log, coroutine, event):
    """Notes the event when the coroutine has ended, however it has."""
    try:
        return await coroutine
    finally:
        log(event)


async def sets(turns, log, future):
    """Sets the future after this many turns, and before that makes a task, which so comes before who awaits the future."""
    await after(turns, log, "sets it")
    made = asyncio.create_task(after(0, log, "made before"))
    future.set_result(None)
    await made


async def after(turns, log, event):
    for _ in range(turns):
        await sleep(0)
    log(event)
    return event
