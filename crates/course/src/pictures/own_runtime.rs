//! Chapter 12: the parts of the runtime, and the way of a wake through them.

use super::sketch::Sketch;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        380,
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
    sketch.code(542, 94, &["2 -> future", "3 -> future", "4 -> future"]);

    sketch.frame(300, 250, 200, 106, "wait");
    sketch.text(316, 274, "bold", "Map of timers");
    sketch.code(316, 302, &["1.0 s -> waker 3", "2.5 s -> waker 2"]);

    sketch.labelled(24, 270, 120, "plain", "waker 3");

    sketch.arrow((228, 94), (296, 94));
    sketch.text(262, 86, "middle bold", "1");
    sketch.arrow((454, 94), (522, 94));
    sketch.text(488, 86, "middle bold", "2");
    sketch.arrow((375, 174), (375, 246));
    sketch.text(362, 216, "end bold", "3");
    sketch.arrow((296, 285), (148, 285));
    sketch.text(222, 277, "middle bold", "4");
    sketch.arrow((84, 266), (84, 174));
    sketch.text(72, 224, "end bold", "5");
    sketch.text(104, 224, "dim", "is_queued = true");
    sketch.text(520, 216, "dim", "1 take a task  2 take its future");
    sketch.text(520, 240, "dim", "3 poll: the sleep");
    sketch.text(520, 262, "dim", "   stores its waker");
    sketch.text(520, 286, "dim", "4 due: call the waker");
    sketch.text(520, 310, "dim", "5 the task is ready again");
    sketch.finish()
}
