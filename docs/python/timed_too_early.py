"""The decorator for blocking functions around an async one: it times the call, and the call runs nothing."""

import asyncio
from canvas import NAMES, POLL, Canvas, timed


@timed
async def paint(name):
    canvas = Canvas(name)
    canvas.paint()
    while not canvas.is_dry():
        await asyncio.sleep(POLL)


async def paint_all():
    paintings = [paint(name) for name in NAMES]
    await asyncio.gather(*paintings)


asyncio.run(paint_all())
