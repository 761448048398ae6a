"""Three canvases at the same time, on one thread."""

import asyncio
from canvas import NAMES, POLL, Canvas, timed_async


@timed_async
async def paint(name):
    canvas = Canvas(name)
    canvas.paint()
    while not canvas.is_dry():
        await asyncio.sleep(POLL)


@timed_async
async def paint_all():
    paintings = [paint(name) for name in NAMES]
    await asyncio.gather(*paintings)


loop = asyncio.new_event_loop()
loop.run_until_complete(paint_all())
loop.close()
