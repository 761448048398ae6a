"""The jobs in Python: on asyncio, on uvloop, and on plain generators without an event loop.

It is started as `python3 -I -c TEXT LOOP [COMMAND]`, LOOP being asyncio, uvloop or generators, and TEXT this file after a
dictionary SOURCES with the text of those beside it: a program that is installed has no files, and with -I Python takes
no module from the current folder. The first line on standard output says which loop runs, or why none does:

    {"hello": {"python": "3.11.7", "uvloop": "0.23.0"}}
    {"absent": "python3 has no module uvloop; `pip install uvloop` brings it"}

A COMMAND is answered with one line, and then the program ends: so `scale` gives each pass a process of its own. The benches
give none, and keep the program alive, so that its passes stand between those of the other contenders: then each line on
standard input is a command, and is answered with one line:

    {"do": "prove", "job": "yields", "tasks": 2, "items": 3}
    {"prove": {"results": 123, "yields": 6, "spawns": 2, "sleeps": 0, "cancels": 0}}
    {"do": "pass", "job": "spawns", "tasks": 2}
    {"pass": 59000, "results": 456, "late": [], "cpu": 58000, "peak": 9000000}
    {"do": "pass", "job": "timers", "sleeps": [2000000, 1000000]}
    {"pass": 2200000, "results": 789, "late": [200000, 150000], "cpu": 70000, "peak": 9000000}
    {"do": "pass", "job": "dries", "tasks": 2, "drying": 1000000}
    {"pass": 1100000, "results": 2, "late": [], "cpu": 60000, "peak": 9000000}
    {"do": "pass", "job": "timeouts", "limits": [[10000000000, 12000000000], [11000000000, 13000000000]]}
    {"pass": 40000, "results": 234, "late": [], "cpu": 40000, "peak": 9000000}
    {"do": "pass", "job": "cancels", "tasks": 2}
    {"pass": 9000, "results": 2, "late": [], "cpu": 9000, "peak": 9000000}
    {"do": "nonsense"}
    {"error": "..."}

src/job.rs describes the jobs; times are in nanoseconds, and `late` is how late each sleeper woke.
`cpu` is the processor time around the pass, `peak` the most memory that the process had, null where the system does not say. A prove
counts and is not timed; a pass is timed and counts nothing. Both run the same functions, which take the counter as an argument.
The checksum of the results is made after the clock was read. The program ends with its standard input, also
in a pass, because then no task waits for it any more.

The garbage collector is on while a pass is timed, as it is in every Python program; it is run before each pass, so
that none pays for what another left behind. The loop is made once, before the first pass. The prove, which the bench
wants first, warms up what is timed. Only the standard library is needed, and uvloop for uvloop. Python 3.9 or newer.
"""

import gc
import json
import os
import platform
import queue
import sys
import threading
import time
import types

OLDEST = (3, 9)


class Absent(Exception):
    """Why a loop cannot be here."""


class Counts:
    """What the tasks of one prove did."""

    def __init__(self):
        self.yields = self.spawns = self.sleeps = self.cancels = 0


def load(name):
    """One of the modules in SOURCES."""
    module = types.ModuleType(name)
    exec(compile(SOURCES[name], name + ".py", "exec"), module.__dict__)
    return module


def jobs_on(name):
    """A function that runs the job of a command on the loop of this name, and the versions in use."""
    if sys.version_info < OLDEST:
        raise Absent("Python %s is older than 3.9" % platform.python_version())
    versions = {"python": platform.python_version()}
    if name == "generators":
        return load("on_generators").run, versions
    import asyncio

    on_asyncio = load("on_asyncio")
    if name == "asyncio":
        return on_asyncio.runner(asyncio.new_event_loop(), on_asyncio.delay), versions
    if name == "uvloop":
        try:
            import uvloop
        except ImportError:
            raise Absent("python3 has no module uvloop; `pip install uvloop` brings it")
        versions["uvloop"] = uvloop.__version__
        return on_asyncio.runner(uvloop.new_event_loop(), on_asyncio.delay_on_uvloop), versions
    raise SystemExit("peers.py: name a loop: asyncio, uvloop or generators")


def checksum(results):
    """The same number as `checksum` in src/work.rs."""
    total = 0xCBF29CE484222325
    for result in results:
        total = ((total ^ result) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return total


def peak():
    """The most memory that was resident at any time; None where the system does not say."""
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
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def answer(command, run):
    """Does what the command says."""
    counts = Counts() if command["do"] == "prove" else None
    if counts is None and command["do"] != "pass":
        raise ValueError("unknown command %r" % command["do"])
    gc.collect()
    begun = time.process_time_ns()
    results, wall, late = run(command, counts)
    cpu = time.process_time_ns() - begun
    if command["job"] == "yields":
        results = map(checksum, results)  # those of each task
    if command["job"] not in ("cancels", "dries"):  # whose result is a number already
        results = checksum(results)
    if counts is None:
        return {"pass": wall, "results": results, "late": late, "cpu": cpu, "peak": peak()}
    return {"prove": dict(vars(counts), results=results)}


def say(message):
    print(json.dumps(message), flush=True)


def lines_of_input():
    """A queue of the lines of standard input. The thread that reads them ends the process when there are no more."""
    lines = queue.SimpleQueue()

    def read_all():
        for line in sys.stdin:
            lines.put(line)
        os._exit(0)

    threading.Thread(target=read_all, daemon=True).start()
    return lines


def answer_to(line, run):
    try:
        say(answer(json.loads(line), run))
    except Exception as error:  # any error goes to the caller
        message = "%s: %s" % (type(error).__name__, error)
        print("peers.py: %s" % message, file=sys.stderr, flush=True)
        say({"error": message})


def main(name, command=None):
    try:
        run, versions = jobs_on(name)
    except Absent as reason:
        say({"absent": str(reason)})
        return
    say({"hello": versions})
    lines = lines_of_input()
    if command is not None:
        answer_to(command, run)
        os._exit(0)  # do not spend time on dropping a million objects
    while True:
        answer_to(lines.get(), run)


main(*sys.argv[1:])
