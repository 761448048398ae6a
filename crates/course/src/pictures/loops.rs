//! Chapter 6b: the four loops, and the part that each adds.

use super::sketch::Sketch;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        494,
        "Four loops. Loop 1 takes the first task of the ready queue, polls it, and puts a pending task back. Loop 2 adds timers: a \
         task that sleeps goes there, and back to the queue when it is due. Loop 3 adds wakers: a pending task waits, and its waker \
         puts it into the queue. Loop 4 adds handles: they get the result, and can cancel the task.",
    );
    sketch.rule((360, 16), (360, 454));
    sketch.rule((16, 208), (704, 208));
    turns(&mut sketch, (0, 0));
    timers(&mut sketch, (360, 0));
    wakers(&mut sketch, (0, 208));
    handles(&mut sketch, (360, 208));
    sketch.text(16, 480, "dim", "A part in colour is new in its loop.");
    sketch.finish()
}

/// A place relative to the corner of a panel.
type Corner = (i32, i32);

/// The title, the queue and the poll, which all have.
fn queue_and_poll(sketch: &mut Sketch, (x, y): Corner, title: &str, classes: [&str; 2]) {
    sketch.text(x + 16, y + 34, "bold", title);
    sketch.labelled(x + 16, y + 80, 116, classes[0], "ready queue");
    sketch.labelled(x + 232, y + 80, 88, classes[1], "poll");
    sketch.arrow((x + 132, y + 95), (x + 230, y + 95));
    sketch.text(x + 181, y + 115, "middle", "the first");
}

/// A pending task goes back to the end of the queue.
fn back_to_the_queue(sketch: &mut Sketch, (x, y): Corner) {
    sketch.path(&format!("M{} {}V{}H{}V{}", x + 276, y + 80, y + 64, x + 74, y + 78), "line");
    sketch.text(x + 181, y + 58, "middle", "pending");
}

fn turns(sketch: &mut Sketch, corner: Corner) {
    queue_and_poll(sketch, corner, "Loop 1: turns", ["ready", "run"]);
    back_to_the_queue(sketch, corner);
}

fn timers(sketch: &mut Sketch, (x, y): Corner) {
    queue_and_poll(sketch, (x, y), "Loop 2: timers", ["plain", "plain"]);
    back_to_the_queue(sketch, (x, y));
    sketch.labelled(x + 232, y + 156, 88, "wait", "timers");
    sketch.arrow((x + 276, y + 110), (x + 276, y + 154));
    sketch.text(x + 284, y + 138, "", "sleeps");
    sketch.path(&format!("M{} {}H{}V{}", x + 232, y + 171, x + 74, y + 112), "line");
    sketch.text(x + 150, y + 164, "middle", "is due");
}

/// The waker and the waiting tasks, which loops 3 and 4 have.
fn waker_and_waiting(sketch: &mut Sketch, (x, y): Corner, title: &str, classes: [&str; 2]) {
    queue_and_poll(sketch, (x, y), title, ["plain", "plain"]);
    sketch.labelled(x + 16, y + 156, 116, classes[0], "waker");
    sketch.arrow((x + 74, y + 156), (x + 74, y + 112));
    sketch.text(x + 82, y + 138, "", "wakes");
    sketch.labelled(x + 204, y + 156, 116, classes[1], "waiting tasks");
    sketch.arrow((x + 262, y + 110), (x + 262, y + 154));
    sketch.text(x + 254, y + 138, "end", "pending");
}

fn wakers(sketch: &mut Sketch, (x, y): Corner) {
    waker_and_waiting(sketch, (x, y), "Loop 3: wakers", ["ready", "wait"]);
    sketch.arrow((x + 74, y + 212), (x + 74, y + 188));
    sketch.text(x + 16, y + 230, "", "a timer or any thread calls it");
}

fn handles(sketch: &mut Sketch, (x, y): Corner) {
    waker_and_waiting(sketch, (x, y), "Loop 4: handles", ["plain", "plain"]);
    sketch.labelled(x + 204, y + 212, 116, "done", "handle");
    sketch.path(&format!("M{} {}H{}V{}H{}", x + 320, y + 95, x + 338, y + 227, x + 322), "line");
    sketch.text(x + 342, y + 72, "end", "result");
    sketch.path(&format!("M{} {}H{}V{}", x + 204, y + 227, x + 74, y + 188), "line");
    sketch.text(x + 139, y + 220, "middle", "cancels");
}
