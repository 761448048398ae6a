"""The same two mappings on asyncio."""

import asyncio
from asyncio import sleep


async def amap(promise, function, sequence):
    results = []
    for item in sequence:
        results.append(function(item))
        await sleep(0)
    promise.set_result(results)


def double(item):
    print("double", item)
    return 2 * item


loop = asyncio.new_event_loop()
a, b = loop.create_future(), loop.create_future()
both = [
    loop.create_task(amap(a, double, range(3))),
    loop.create_task(amap(b, double, range(10, 13))),
]
loop.run_until_complete(asyncio.gather(*both))
print(a.result(), b.result())
loop.close()
