"""A canvas that dries, and a decorator that times each call of a function."""

import functools
import time

NAMES = ["sky", "sea", "sun"]
DRYING = 2.0
POLL = 0.5


class Canvas:
    def __init__(self, name):
        self.name = name
        self.brush_loads = 0

    def paint(self):
        for stroke in range(100_000):
            if stroke % 3 == 0:
                self.brush_loads += 1
        self.painted_at = time.monotonic()
        print(f"{self.name}: painted")

    def is_dry(self):
        is_dry = time.monotonic() - self.painted_at >= DRYING
        if is_dry:
            print(f"{self.name}: dry")
        return is_dry


def timed(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        start = time.monotonic()
        result = function(*arguments)
        took = time.monotonic() - start
        print(f"{function.__name__} took {took:.2f} s")
        return result

    return wrapper


def timed_async(function):
    @functools.wraps(function)
    async def wrapper(*arguments):
        start = time.monotonic()
        result = await function(*arguments)
        took = time.monotonic() - start
        print(f"{function.__name__} took {took:.2f} s")
        return result

    return wrapper
