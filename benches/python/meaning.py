"""What happens on asyncio, and in which order: small scenarios that note events, printed as JSON.

The same scenarios run on the generator loop in crates/generator/tests/asyncio/scenarios, where a test compares the events.
Only the order counts: a sleep is zero, or so much shorter or longer than its neighbours that no machine confuses them.
"""

import asyncio
import inspect
import json
from asyncio import CancelledError, create_task, gather, shield, sleep, timeout, wait, wait_for

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


async def after(turns, log, event):
    for _ in range(turns):
        await sleep(0)
    log(event)
    return event


# Tasks and their turns.


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
async def an_error_waits_for_who_awaits(log):
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


# Cancellation.


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
async def cancelling_who_awaits_a_task_cancels_the_task(log):
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


# Limits, shields and waits.


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


# Task groups.


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


def events(run):
    noted = []
    if inspect.iscoroutinefunction(run):
        asyncio.run(run(noted.append))
    else:
        run(noted.append)
    return noted


if __name__ == "__main__":
    print(json.dumps({name: events(run) for name, run in SCENARIOS.items()}, indent=1))
