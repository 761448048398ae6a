//! Chapter 12: the parts of the runtime, and the way of a wake through them.

use super::sketch::Sketch;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        496,
        "The thread takes a task from the ready queue, takes its future from the table and polls it. The future stores a waker \
         in the map of timers. When the timer is due, the thread calls the waker, and the waker puts the task into the queue.",
    );
    sketch.frame(24, 40, 200, 130, "ready");
    sketch.text(40, 64, "bold", "Ready queue");
    for (x, task) in [(40, "task 4"), (130, "task 2")] {
        sketch.labelled(x, 80, 80, "plain", task);
    }
    sketch.text(40, 134, "dim", "a channel; any");
    sketch.text(40, 154, "dim", "thread may send");

    sketch.frame(300, 40, 150, 130, "run");
    sketch.text(316, 64, "bold", "The thread");
    sketch.text(316, 100, "", "polls one task");
    sketch.text(316, 122, "", "at a time; parks");
    sketch.text(316, 144, "", "if none is ready");

    sketch.frame(526, 40, 170, 130, "plain");
    sketch.text(542, 64, "bold", "Table of futures");
    sketch.code(542, 94, &["2 -> future", "3 -> future", "4 -> future", "5 -> future"]);

    sketch.frame(300, 240, 200, 96, "wait");
    sketch.text(316, 264, "bold", "Map of timers");
    sketch.code(316, 292, &["1.0 s -> waker 3", "2.5 s -> waker 5"]);

    sketch.labelled(24, 270, 120, "plain", "waker 3");

    sketch.arrow((228, 94), (296, 94));
    sketch.text(262, 86, "middle bold", "1");
    sketch.arrow((454, 94), (522, 94));
    sketch.text(488, 86, "middle bold", "2");
    sketch.arrow((375, 174), (375, 236));
    sketch.text(362, 210, "end bold", "3");
    sketch.arrow((296, 285), (148, 285));
    sketch.text(222, 277, "middle bold", "4");
    sketch.arrow((84, 266), (84, 174));
    sketch.text(72, 224, "end bold", "5");
    let steps = [
        "1. The thread takes a task from the queue: is_queued = false.",
        "2. It takes the task's future out of the table, and polls it.",
        "3. The future is a sleep. It stores its waker in the map, and is pending.",
        "4. When the timer is due, the thread calls the waker.",
        "5. The waker sends the task to the queue: is_queued = true.",
    ];
    for (y, step) in (380..).step_by(24).zip(steps) {
        sketch.text(24, y, "", step);
    }
    sketch.finish()
}
