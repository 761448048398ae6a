"""Tasks and their turns, futures, callbacks, sleeps and gather."""

import asyncio
from asyncio import CancelledError, create_task, gather, sleep

from meaning_scene import LATER, LATEST, MOMENT, after, noting_the_end, scenario


@scenario
async def turns(log):
    async def three(name):
        for turn in range(3):
            log(f"{name}{turn}")
            await sleep(0)

    await gather(three("a"), three("b"), three("c"))


@scenario
async def a_task_begins_later(log):
    tasks = [create_task(after(0, log, name)) for name in "ab"]
    log("created")
    await sleep(0)
    log("main again")
    await gather(*tasks)


@scenario
async def a_coroutine_runs_in_this_turn(log):
    task = create_task(after(0, log, "task"))
    await after(0, log, "coroutine")
    log("main")
    await task


@scenario
async def a_task_creates_a_task(log):
    async def parent():
        child = create_task(after(0, log, "child"))
        log("parent")
        await child
        log("parent has its child's result")

    await gather(parent(), after(2, log, "neighbour"))


@scenario
async def an_error_waits_until_it_is_awaited(log):
    async def fails():
        log("fails")
        raise ValueError

    task = create_task(fails())
    await after(1, log, "the others go on")
    try:
        await task
    except ValueError:
        log("the error is awaited")


# Futures.


@scenario
async def set_result_wakes_in_a_later_turn(log):
    future = asyncio.get_running_loop().create_future()

    async def waits():
        log(f"got {await future}")

    task = create_task(waits())
    await sleep(0)
    future.set_result(7)
    log("set")
    await after(1, log, "main again")
    await task


@scenario
async def those_that_wait_are_woken_in_the_order_of_the_results(log):
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in "abc"]

    async def waits(name, future):
        await future
        log(name)

    tasks = [create_task(waits(name, future)) for name, future in zip("abc", futures)]
    await sleep(0)
    for number in (2, 0, 1):
        futures[number].set_result(None)
    await gather(*tasks)


@scenario
async def a_future_that_is_done_costs_no_turn(log):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.set_result(7)
    loop.call_soon(log, "callback")
    log(f"got {await future}")
    await sleep(0)


@scenario
async def a_result_is_set_once(log):
    future = asyncio.get_running_loop().create_future()
    future.set_result(1)
    try:
        future.set_result(2)
    except asyncio.InvalidStateError:
        log("refused")
    log(f"still {future.result()}")


# Callbacks and sleeps.


@scenario
async def callbacks_soon(log):
    loop = asyncio.get_running_loop()

    def first():
        log("first")
        loop.call_soon(log, "nested")

    loop.call_soon(first)
    loop.call_soon(log, "second")
    await after(1, log, "main")
    await after(1, log, "main again")


@scenario
async def callbacks_later(log):
    loop = asyncio.get_running_loop()
    loop.call_later(LATER, log, "late")
    loop.call_later(MOMENT, log, "early")
    loop.call_later(MOMENT, log, "never").cancel()
    loop.call_soon(log, "soon")
    await sleep(LATEST)


@scenario
async def a_callback_that_fails(log):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: None)

    def fails():
        log("fails")
        raise ValueError

    loop.call_soon(fails)
    loop.call_soon(log, "the next one")
    await after(1, log, "main")


@scenario
async def sleeps(log):
    async def sleeper(name, seconds):
        await sleep(seconds)
        log(name)

    await gather(sleeper("long", LATEST), sleeper("short", MOMENT), sleeper("middle", LATER))


@scenario
async def equal_sleeps(log):
    async def sleeper(name):
        await sleep(MOMENT)
        log(name)

    await gather(*map(sleeper, "abc"))


@scenario
async def yields_without_end_starve_no_timer(log):
    async def spins():
        while not dry.done():
            await sleep(0)
        log("the spinner sees it")

    dry = create_task(noting_the_end(log, sleep(MOMENT), "dry"))
    await spins()


# Gather.


@scenario
async def gathered_results_stand_in_order(log):
    log(" ".join(await gather(after(2, log, "a"), after(0, log, "b"), after(1, log, "c"))))


@scenario
async def gathered_errors_stand_in_their_place(log):
    async def fails():
        raise ValueError

    results = await gather(after(1, log, "a"), fails(), after(0, log, "c"), return_exceptions=True)
    log(" ".join("error" if isinstance(result, ValueError) else result for result in results))


@scenario
async def gather_and_the_first_error(log):
    async def fails():
        raise ValueError

    slow = create_task(after(3, log, "the slow one ends"))
    try:
        await gather(slow, fails())
    except ValueError:
        log("told of the error")
    await slow


@scenario
async def a_gather_that_is_cancelled(log):
    inner = create_task(after(3, log, "the inner one ends"))

    async def waits():
        await gather(inner)

    outer = create_task(waits())
    await sleep(0)
    outer.cancel()
    try:
        await outer
    except CancelledError:
        log("cancelled")
    for _ in range(5):
        await sleep(0)
