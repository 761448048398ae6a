//! Chapter 8: what keeps a task alive, its runtime or its handle, and what happens when the handle is dropped.

use super::lanes::{Axis, stretches};
use super::sketch::Sketch;
use crate::chapters::pitfalls::replays;
use crate::milliseconds;
use paintdry_studio::{Event, EventKind, RecordedRun};
use std::time::Duration;

pub(super) fn draw() -> String {
    let mut sketch = Sketch::new(
        720,
        320,
        "On tokio, async-std and our loop the runtime keeps a task alive: when its handle is dropped at second 2, the task \
         continues and ends at second 3. On smol the handle keeps the task alive: the task is dropped with it at second 2.",
    );
    let replays = replays();
    let replay = replays.iter().find(|replay| replay.name == "09-11-dropped-handle").expect("it is a pitfall");
    let runs = (replay.runs)();
    let of = |runtime: &str| runs.iter().find(|run| run.runtime == runtime).expect("it is one of the runs");
    sketch.rule((360, 20), (360, 300));
    half(&mut sketch, 16, "tokio, async-std, our loop: it continues", ["keeps", "can await it"], ["line", "line dash"]);
    after_the_drop(&mut sketch, 16, of("tokio"));
    half(&mut sketch, 376, "smol: it is dropped with its handle", ["polls it", "keeps"], ["line dash", "line"]);
    after_the_drop(&mut sketch, 376, of("smol"));
    sketch.finish()
}

/// The runtime and the handle, each with an arrow to the task: a word for the arrow, and the class of its line.
fn half(sketch: &mut Sketch, x: i32, title: &str, [runtime, handle]: [&str; 2], classes: [&str; 2]) {
    sketch.text(x, 32, "bold", title);
    sketch.labelled(x, 56, 112, "plain", "runtime");
    sketch.labelled(x, 122, 112, "plain", "handle");
    sketch.labelled(x + 234, 89, 84, "run", "task");
    for (y, to, class) in [(71, 98, classes[0]), (137, 110, classes[1])] {
        sketch.path(&format!("M{} {y}L{} {to}", x + 114, x + 232), class);
    }
    sketch.text(x + 172, 66, "middle", runtime);
    sketch.text(x + 172, 154, "middle", handle);
}

/// The lane of the task, with a mark at the moment at which its handle is dropped.
fn after_the_drop(sketch: &mut Sketch, x: i32, run: &RecordedRun) {
    let axis = Axis { x: x + 46, second: 80, lane: 28 };
    let (top, bottom) = (206, 240);
    let dropped = axis.at(milliseconds(2000));
    sketch.text(dropped, 188, "code middle", "drop(handle)");
    axis.rules(sketch, 3, (top - 4, bottom));
    sketch.text(axis.x - 12, top + 15, "end", "sky");
    for (class, from, to) in stretches(run, "sky").into_iter().filter(|(_, from, to)| to > from) {
        axis.bar(sketch, class, (axis.at(from), axis.at(to)), top);
    }
    let sky = run.tasks.iter().position(|task| task == "sky").expect("it is a task");
    let is_end = |event: &&Event| event.task as usize == sky && event.what.is_end();
    let end = run.events.iter().find(is_end).expect("it ends");
    let at = axis.at(Duration::from_nanos(end.ns));
    let (class, words) = if end.what == EventKind::Cancel { ("failed", "is dropped") } else { ("done", "ends") };
    axis.bar(sketch, class, (at - 5, at), top);
    sketch.frame(dropped - 1, top - 10, 2, 40, "head");
    axis.seconds(sketch, 3, 260);
    for (x, class, words) in [(x, "run", "works"), (x + 86, "wait", "waits"), (x + 166, class, words)] {
        axis.bar(sketch, class, (x, x + 18), 280);
        sketch.text(x + 26, 295, "dim", words);
    }
}
