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


async def limited(limits, sleep):
    in_time = 0
    for seconds in limits:
        async with asyncio.timeout(seconds):
            await sleep(0)
            in_time += 1
    return in_time


async def limited_before_3_11(limits, sleep):
    in_time = 0
    for seconds in limits:
        await asyncio.wait_for(sleep(0), seconds)
        in_time += 1
    return in_time


async def timeouts(command, sleep, create_task):
    limits = [[nanoseconds / 1e9 for nanoseconds in of_task] for of_task in command["limits"]]
    body = limited if hasattr(asyncio, "timeout") else limited_before_3_11
    start = time.perf_counter_ns()
    tasks = [create_task(body(of_task, sleep)) for of_task in limits]
    results = [await task for task in tasks]
    return results, time.perf_counter_ns() - start, []


class Latch:
    """How many of the tasks wait, and how many have been dropped."""

    def __init__(self, tasks):
        self.tasks = tasks
        self.waiting = self.dropped = 0
        self.all_wait = asyncio.get_running_loop().create_future()


async def waits(latch):
    latch.waiting += 1
    if latch.waiting == latch.tasks:
        latch.all_wait.set_result(None)
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        latch.dropped += 1


async def cancels(command, sleep, create_task):
    latch = Latch(command["tasks"])
    tasks = [create_task(waits(latch)) for _ in range(latch.tasks)]
    await latch.all_wait
    start = time.perf_counter_ns()
    for task in tasks:
        task.cancel()
    for task in tasks:
        try:
            await task
        except asyncio.CancelledError:
            pass
    return latch.dropped, time.perf_counter_ns() - start, []


async def canvas(seconds, sleep):
    await sleep(seconds)


async def dries(command, sleep, create_task):
    seconds = command["delay"](command["drying"])
    start = time.perf_counter_ns()
    tasks = [create_task(canvas(seconds, sleep)) for _ in range(command["tasks"])]
    for task in tasks:
        await task
    return len(tasks), time.perf_counter_ns() - start, []


JOBS = {
    "yields": yields,
    "spawns": spawns,
    "timers": timers,
    "timeouts": timeouts,
    "cancels": cancels,
    "dries": dries,
}


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
        task = asyncio.create_task(coroutine)
        task.add_done_callback(count_cancelled)
        return task

    def count_cancelled(task):
        counts.cancels += task.cancelled()

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
