//! Chapter 19: the way of an order through the workshop, from the client to a rack and back.

use super::sketch::Sketch;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        330,
        "Each client has a connection and a task. The task reads a line, and puts the order with a promise into the queue. A \
         rack is a task: it takes an order from the queue, and waits until the canvas is dry. Then it fulfils the promise, and \
         the task of the client sends the answer.",
    );
    for (x, head) in [(24, "Clients"), (196, "Tasks"), (392, "Queue"), (564, "Racks")] {
        sketch.text(x, 32, "bold", head);
    }
    for (y, client, task) in [(56, "ada", "client 1"), (116, "bob", "client 2"), (176, "cy", "client 3")] {
        sketch.labelled(24, y, 70, "plain", client);
        sketch.labelled(196, y, 90, "run", task);
        sketch.arrow((98, y + 11), (192, y + 11));
        sketch.arrow((192, y + 21), (98, y + 21));
    }
    sketch.text(145, 58, "code middle", "PAINT sky");
    sketch.text(145, 98, "code middle", "DRY sky");

    sketch.frame(392, 56, 100, 150, "ready");
    for (y, class, words) in [(70, "plain", "order"), (116, "plain", "order"), (162, "ready", "free")] {
        sketch.labelled(404, y, 76, class, words);
    }
    for y in [71, 131, 191] {
        sketch.path(&format!("M290 {y}L388 131"), "line");
    }
    sketch.text(339, 58, "middle", "promise");

    for (y, words) in [(56, "rack 1: sun"), (116, "rack 2: sea")] {
        sketch.labelled(564, y, 130, "wait", words);
        sketch.path(&format!("M496 131L560 {}", y + 15), "line");
    }
    sketch.path("M629 150V250H241V210", "line dash");
    sketch.text(435, 242, "middle", "the answer, through the promise");

    sketch.text(24, 290, "", "A full queue answers BUSY at once. If a client goes, its task drops the future of the");
    sketch.text(24, 312, "", "answer. Then the rack drops the canvas, and takes the next order.");
    sketch.finish()
}
