"""Many canvases that dry at the same time, in Python: sleepers.py generators|asyncio|uvloop TASKS DRYING_NS

Prints one line of JSON, as the processes of the other runtimes do. It ends when its standard input does, because then
nobody waits for it any more.
"""

import heapq
import json
import os
import platform
import sys
import threading
import time
from collections import deque


def end_with_whoever_started_it():
    sys.stdin.buffer.read()
    os._exit(1)


def canvas_generator(seconds):
    yield seconds


def run_generators(tasks, seconds):
    """The least that runs generators: a ready queue and a heap of sleepers."""
    handles = [canvas_generator(seconds) for _ in range(tasks)]
    ready = deque(handles)
    sleeping = []
    number = 0  # of two that are due at the same moment, the first to sleep is the first to go on
    ended = 0
    while ready or sleeping:
        while ready:
            generator = ready.popleft()
            try:
                pause = next(generator)
            except StopIteration:
                ended += 1
            else:
                heapq.heappush(sleeping, (time.monotonic() + pause, number, generator))
                number += 1
        if sleeping:
            time.sleep(max(0, sleeping[0][0] - time.monotonic()))
            now = time.monotonic()
            while sleeping and sleeping[0][0] <= now:
                ready.append(heapq.heappop(sleeping)[2])
    assert ended == len(handles)


def run_asyncio(new_event_loop, tasks, seconds):
    import asyncio

    async def canvas():
        await asyncio.sleep(seconds)

    async def main():
        handles = [asyncio.create_task(canvas()) for _ in range(tasks)]
        for handle in handles:
            await handle

    event_loop = new_event_loop()
    try:
        event_loop.run_until_complete(main())
    finally:
        event_loop.close()


def peak_bytes():
    """The most memory that was resident at any time; None where nobody tells."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main():
    way, tasks, drying_ns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    threading.Thread(target=end_with_whoever_started_it, daemon=True).start()
    seconds = drying_ns / 1e9
    version = platform.python_version()
    if way == "generators":
        run = lambda: run_generators(tasks, seconds)
    elif way == "asyncio":
        import asyncio

        run = lambda: run_asyncio(asyncio.new_event_loop, tasks, seconds)
    else:
        try:
            import uvloop
        except ImportError:
            return {"not_run": "python3 has no module uvloop; `pip install uvloop` brings it"}
        version = uvloop.__version__
        run = lambda: run_asyncio(uvloop.new_event_loop, tasks, seconds)
    processor_time, start = time.process_time_ns(), time.monotonic_ns()
    run()
    wall_ns = time.monotonic_ns() - start
    cpu_ns = time.process_time_ns() - processor_time
    measured = {
        "threads": 1,
        "wall_ns": wall_ns,
        "cpu_ns": cpu_ns,
        "peak_bytes": peak_bytes(),
        "future_bytes": None,
        "version": version,
    }
    return {"measured": measured}


try:
    answer = main()
except Exception as error:
    answer = {"error": f"{type(error).__name__}: {error}"}
print(json.dumps(answer), flush=True)
os._exit(0)  # the end of a million objects is nobody's business
