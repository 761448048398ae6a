"""The benches' jobs in Python: on asyncio, on uvloop, and on plain generators without an event loop.

The bench starts `python3 -B peers.py LOOP` once for each, LOOP being asyncio, uvloop or generators, and keeps it alive,
so that its passes stand between those of the other contenders. The first line on standard output says who is here, or
why nobody is:

    {"hello": {"python": "3.11.7", "uvloop": "0.23.0"}}
    {"absent": "No module named 'uvloop'"}

Then each line on standard input is a command, and each is answered with one line:

    {"do": "prove", "job": "yields", "tasks": 2, "items": 3}
    {"prove": {"results": 123, "yields": 6, "spawns": 2, "sleeps": 0}}
    {"do": "pass", "job": "spawns", "tasks": 2}
    {"pass": 59000, "results": 456, "late": []}
    {"do": "pass", "job": "timers", "sleeps": [2000000, 1000000]}
    {"pass": 2200000, "results": 789, "late": [200000, 150000]}
    {"do": "nonsense"}
    {"error": "..."}

What the jobs are stands in src/job.rs; times are in nanoseconds, and `late` is how late each sleeper woke. A prove
counts and is not timed; a pass is timed and counts nothing. Both run the same functions: what is counted is handed in.
The checksum of the results is made after the clock was read. The program ends with its standard input.

The garbage collector is on while a pass is timed, as it is for whoever uses Python; it is run before each pass, so
that none pays for what another left behind. The loop is made once, before the first pass. The prove, which the bench
wants first, warms up what is timed. Only the standard library is needed, and uvloop for uvloop. Python 3.9 or newer.
"""

import gc
import json
import platform
import sys

OLDEST = (3, 9)


class Absent(Exception):
    """Why a loop cannot be here."""


class Counts:
    """What the tasks of one prove did."""

    def __init__(self):
        self.yields = self.spawns = self.sleeps = 0


def jobs_on(name):
    """A function that runs the job of a command on the loop of this name, and the versions in use."""
    if sys.version_info < OLDEST:
        raise Absent("Python %s is older than 3.9" % platform.python_version())
    versions = {"python": platform.python_version()}
    if name == "generators":
        import on_generators

        return on_generators.run, versions
    import asyncio
    import on_asyncio

    if name == "asyncio":
        return on_asyncio.runner(asyncio.new_event_loop(), on_asyncio.delay), versions
    if name == "uvloop":
        try:
            import uvloop
        except ImportError as error:
            raise Absent(str(error))
        versions["uvloop"] = uvloop.__version__
        return on_asyncio.runner(uvloop.new_event_loop(), on_asyncio.delay_on_uvloop), versions
    raise SystemExit("peers.py: name a loop: asyncio, uvloop or generators")


def checksum(results):
    """The same number as `checksum` in src/work.rs."""
    total = 0xCBF29CE484222325
    for result in results:
        total = ((total ^ result) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return total


def answer(command, run):
    """Does what the command says."""
    counts = Counts() if command["do"] == "prove" else None
    if counts is None and command["do"] != "pass":
        raise ValueError("unknown command %r" % command["do"])
    gc.collect()
    results, wall, late = run(command, counts)
    if command["job"] == "yields":
        results = map(checksum, results)  # those of each task
    results = checksum(results)
    if counts is None:
        return {"pass": wall, "results": results, "late": late}
    return {"prove": dict(vars(counts), results=results)}


def say(message):
    print(json.dumps(message), flush=True)


def main(name):
    try:
        run, versions = jobs_on(name)
    except Absent as reason:
        say({"absent": str(reason)})
        return
    say({"hello": versions})
    for line in sys.stdin:
        try:
            say(answer(json.loads(line), run))
        except Exception as error:  # whatever it is, the bench must hear of it
            message = "%s: %s" % (type(error).__name__, error)
            print("peers.py: %s" % message, file=sys.stderr, flush=True)
            say({"error": message})


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
