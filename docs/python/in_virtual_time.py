"""Runs a program of this folder in virtual time: python3 in_virtual_time.py painting_async.py

A sleep takes no time and moves the clock instead, so the program prints the same times at every run.
"""

import asyncio
import os
import runpy
import selectors
import sys
import time


class Clock:
    now = 0.0


def sleep(seconds):
    Clock.now += seconds


class Selector(selectors.DefaultSelector):
    """Where the loop would wait for its next timer, it moves the clock there."""

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("the program hangs: nothing can run, and no timer is set")
            Clock.now += timeout
        return ready


def new_event_loop():
    return asyncio.SelectorEventLoop(Selector())


time.sleep = sleep
time.monotonic = lambda: Clock.now
asyncio.new_event_loop = asyncio.events.new_event_loop = new_event_loop
sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[1])))
runpy.run_path(sys.argv[1], run_name="__main__")
