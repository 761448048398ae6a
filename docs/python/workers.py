"""Three workers take jobs from a queue, until the time is over."""

import asyncio

JOBS = range(9)
LIMIT = 0.25


async def paint(job):
    await asyncio.sleep(0.1)
    if job == 4:
        raise ValueError("out of blue")


async def work(queue, results):
    while not queue.empty():
        job = queue.get_nowait()
        try:
            await paint(job)
            results[job] = "dry"
        except ValueError as error:
            results[job] = f"failed, {error}"


async def main():
    queue = asyncio.Queue()
    for job in JOBS:
        queue.put_nowait(job)
    results = {}
    try:
        async with asyncio.timeout(LIMIT):
            async with asyncio.TaskGroup() as group:
                for _ in range(3):
                    group.create_task(work(queue, results))
    except TimeoutError:
        print("the time is over")
    for job in JOBS:
        print(f"job {job}: {results.get(job, 'not done')}")


asyncio.run(main())
