"""What happens on asyncio, and in which order: small scenarios that note events, printed as JSON.

The same scenarios run on the generator loop in crates/generator/tests/asyncio/scenarios, where a test compares the events
with those in meaning.json, and meaning.json with what this program prints.
Only the order counts: a sleep is zero, or so much shorter or longer than its neighbours that no machine confuses them.
Python 3.11 is needed, for task groups.
"""

import asyncio
import inspect
import json

# Each notes its scenarios when it is imported; in this order they are printed.
import meaning_turns
import meaning_cancelling
import meaning_around
import meaning_groups
from meaning_scene import SCENARIOS


def events(run):
    noted = []
    if inspect.iscoroutinefunction(run):
        asyncio.run(run(noted.append))
    else:
        run(noted.append)
    return noted


if __name__ == "__main__":
    lines = [f"{json.dumps(name)}: {json.dumps(events(run))}" for name, run in SCENARIOS.items()]
    print("{\n" + ",\n".join(lines) + "\n}")
