"""The jobs as plain generators that take turns. There is no event loop: nothing can be waited for but time.

A task yields None to let the others run, or for how many nanoseconds it sleeps. `spawn` puts it at the end of
`ready`. In a prove it also puts a counter between the task and the loop that resumes it.
"""

import heapq
import time
from collections import deque


class Promise:
    __slots__ = ("value",)


def amap(promise, function, sequence):
    results = []
    for item in sequence:
        results.append(function(item))
        yield
    promise.value = results


def double(item):
    return item * 2


def take_turns(ready):
    """Resumes each in turn until all have ended; what they returned, in the order in which they ended."""
    returned = []
    while ready:
        task = ready.popleft()
        try:
            next(task)
        except StopIteration as end:
            returned.append(end.value)
        else:
            ready.append(task)
    return returned


def yields(command, ready, spawn):
    promises = [Promise() for _ in range(command["tasks"])]
    start = time.perf_counter_ns()
    for promise in promises:
        spawn(amap(promise, double, range(command["items"])))
    take_turns(ready)
    wall = time.perf_counter_ns() - start
    return [promise.value for promise in promises], wall, []


def doubled(number):
    return double(number)
    yield  # is never reached, but makes this a generator


def spawns(command, ready, spawn):
    start = time.perf_counter_ns()
    for number in range(command["tasks"]):
        spawn(doubled(number))
    results = take_turns(ready)
    return results, time.perf_counter_ns() - start, []


def sleeper(number, nanoseconds):
    yield nanoseconds
    return number, time.perf_counter_ns()


def sleep_and_wake(ready):
    """Like `take_turns`, for tasks that only sleep."""
    returned = []
    timers = []
    made = 0
    while ready or timers:
        while ready:
            task = ready.popleft()
            try:
                nanoseconds = next(task)
            except StopIteration as end:
                returned.append(end.value)
            else:
                made += 1  # of two timers that are due at one time, the older comes first
                heapq.heappush(timers, (time.perf_counter_ns() + nanoseconds, made, task))
        if timers:
            time.sleep(max(0, timers[0][0] - time.perf_counter_ns()) / 1e9)
            now = time.perf_counter_ns()
            while timers and timers[0][0] <= now:
                ready.append(heapq.heappop(timers)[2])
    return returned


def timers(command, ready, spawn):
    sleeps = command["sleeps"]
    start = time.perf_counter_ns()
    for number, nanoseconds in enumerate(sleeps):
        spawn(sleeper(number, nanoseconds))
    woken = sleep_and_wake(ready)
    wall = time.perf_counter_ns() - start
    woken.sort()
    late = [at - start - nanoseconds for (_, at), nanoseconds in zip(woken, sleeps)]
    return [number for number, _ in woken], wall, late


def waits(dropped):
    try:
        while True:
            yield
    finally:
        dropped.append(None)


def cancels(command, ready, spawn):
    dropped = []
    for _ in range(command["tasks"]):
        spawn(waits(dropped))
    for task in ready:
        next(task)
    start = time.perf_counter_ns()
    for task in ready:
        task.close()
    return len(dropped), time.perf_counter_ns() - start, []


def canvas(nanoseconds):
    yield nanoseconds


def dries(command, ready, spawn):
    start = time.perf_counter_ns()
    for _ in range(command["tasks"]):
        spawn(canvas(command["drying"]))
    dry = len(sleep_and_wake(ready))
    return dry, time.perf_counter_ns() - start, []


JOBS = {"yields": yields, "spawns": spawns, "timers": timers, "cancels": cancels, "dries": dries}


def counting(spawn, counts):
    """The same `spawn`, but counted, as is what the task does."""

    def counted(task):
        while True:
            try:
                request = next(task)
            except StopIteration as end:
                return end.value
            try:
                yield request
            except GeneratorExit:
                counts.cancels += 1
                task.close()
                raise
            if request is None:
                counts.yields += 1
            else:
                counts.sleeps += 1

    def spawn_counted(task):
        counts.spawns += 1
        spawn(counted(task))

    return spawn_counted


def run(command, counts):
    """Runs the job of a command: its results, its wall time, how late each sleeper was."""
    ready = deque()
    spawn = counting(ready.append, counts) if counts else ready.append
    return JOBS[command["job"]](command, ready, spawn)
