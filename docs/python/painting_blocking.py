"""Three canvases, one after another."""

import time
from canvas import NAMES, POLL, Canvas, timed


@timed
def paint(name):
    canvas = Canvas(name)
    canvas.paint()
    while not canvas.is_dry():
        time.sleep(POLL)


@timed
def paint_all():
    for name in NAMES:
        paint(name)


paint_all()
