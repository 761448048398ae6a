"""Workers that take jobs from a queue until the shutdown. They lose no job."""

import asyncio


async def paint(job):
    await asyncio.sleep(0.1)
    print(f"{job}: painted")


async def work(queue, shutdown):
    while not shutdown.done():
        get = asyncio.create_task(queue.get())
        try:
            await asyncio.wait([get, shutdown], return_when=asyncio.FIRST_COMPLETED)
        finally:
            get.cancel()  # this does nothing to a task that is done
        if get.done():
            await paint(get.result())  # it has taken its job out of the queue
        else:
            await asyncio.wait([get])


async def main():
    queue = asyncio.Queue()
    shutdown = asyncio.get_running_loop().create_future()
    workers = [asyncio.create_task(work(queue, shutdown)) for _ in range(2)]
    queue.put_nowait("sky")
    await asyncio.sleep(1)  # now both workers wait
    queue.put_nowait("sea")
    shutdown.set_result(None)  # one worker learns of both at the same time
    await asyncio.gather(*workers)
    queue.put_nowait("sun")
    await asyncio.sleep(1)
    print("left in the queue:", queue.get_nowait())


asyncio.run(main())
