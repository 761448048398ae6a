"""The jobs on an asyncio loop; uvloop's is one, too.

`sleep` and `create_task` are asyncio's own when a pass is timed. In a prove they count what asyncio's do.
"""

import asyncio
import time
import types


async def amap(promise, function, sequence, sleep):
    results = []
    for item in sequence:
        results.append(function(item))
        await sleep(0)  # this is how one yields on asyncio
    promise.set_result(results)


def double(item):
    return item * 2


async def yields(command, sleep, create_task):
    loop = asyncio.get_running_loop()
    promises = [loop.create_future() for _ in range(command["tasks"])]
    start = time.perf_counter_ns()
    tasks = [create_task(amap(promise, double, range(command["items"]), sleep)) for promise in promises]
    for task in tasks:
        await task
    wall = time.perf_counter_ns() - start
    return [promise.result() for promise in promises], wall, []


async def doubled(number):
    return double(number)


async def spawns(command, sleep, create_task):
    start = time.perf_counter_ns()
    tasks = [create_task(doubled(number)) for number in range(command["tasks"])]
    results = [await task for task in tasks]
    return results, time.perf_counter_ns() - start, []


async def sleeper(number, seconds, sleep):
    await sleep(seconds)
    return number, time.perf_counter_ns()


async def timers(command, sleep, create_task):
    sleeps = command["sleeps"]
    delays = [command["delay"](nanoseconds) for nanoseconds in sleeps]
    start = time.perf_counter_ns()
    tasks = [create_task(sleeper(number, seconds, sleep)) for number, seconds in enumerate(delays)]
    woken = [await task for task in tasks]
    wall = time.perf_counter_ns() - start
    late = [at - start - nanoseconds for (_, at), nanoseconds in zip(woken, sleeps)]
    return [number for number, _ in woken], wall, late


async def canvas(seconds, sleep):
    await sleep(seconds)


async def dries(command, sleep, create_task):
    seconds = command["delay"](command["drying"])
    start = time.perf_counter_ns()
    tasks = [create_task(canvas(seconds, sleep)) for _ in range(command["tasks"])]
    for task in tasks:
        await task
    return len(tasks), time.perf_counter_ns() - start, []


JOBS = {"yields": yields, "spawns": spawns, "timers": timers, "dries": dries}


def counting(counts):
    """asyncio's `sleep` and `create_task`, but counted."""

    @types.coroutine
    def turns_of(awaitable):
        for request in awaitable.__await__():  # what asyncio gives to its loop when it gives up the turn
            counts.yields += 1
            yield request

    async def sleep(seconds):
        if seconds == 0:
            await turns_of(asyncio.sleep(0))
        else:
            await asyncio.sleep(seconds)
            counts.sleeps += 1

    def create_task(coroutine):
        counts.spawns += 1
        return asyncio.create_task(coroutine)

    return sleep, create_task


def delay(nanoseconds):
    """The seconds to ask asyncio for."""
    return nanoseconds / 1e9


def delay_on_uvloop(nanoseconds):
    """The seconds to ask uvloop for, to be not early: it rounds to the nearest of its milliseconds, of which the first
    has begun already. So: rounded up, and one more."""
    milliseconds = -(-nanoseconds // 1_000_000) + 1
    return milliseconds / 1e3


def runner(loop, delay):
    """A function that runs the job of a command on this loop: its results, its wall time, how late each sleeper was."""

    def run(command, counts):
        sleep, create_task = counting(counts) if counts else (asyncio.sleep, asyncio.create_task)
        return loop.run_until_complete(JOBS[command["job"]](dict(command, delay=delay), sleep, create_task))

    return run
