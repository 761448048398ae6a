"""The painter of chapter 2 as a Python generator, and a loop that resumes three of them in turn.

It prints the log of the Rust program in `crates/course/src/chapters/generators.rs`. Its clock is virtual, as in the course.
"""

POLL = 0.5  # seconds
now = 0.0


def pass_time(seconds):
    global now
    now += seconds


def say(text):
    print(f"{now:5.1f} s  {text}")


class Canvas:
    def __init__(self, name):
        self.name = name

    def paint(self):
        pass_time(1)
        self.dry_at = now + 2
        say(f"{self.name}: painted")

    def is_dry(self):
        return now >= self.dry_at


def painter(name):
    canvas = Canvas(name)
    canvas.paint()
    while not canvas.is_dry():
        yield POLL
    say(f"{name}: dry")


def in_turn(painters):
    while True:
        painters = [painter for painter in painters if next(painter, None) is not None]
        if not painters:
            return
        pass_time(POLL)


in_turn([painter(name) for name in ["sky", "sea", "sun"]])
