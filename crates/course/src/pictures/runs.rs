//! The runs of a replay page, one above the other on one axis of time: a failure, and its cure.

use super::lanes::{Axis, stretches};
use super::sketch::Sketch;
use crate::replays::Replay;
use crate::{DRYING, PAINTING};
use paintdry_studio::{Event, EventKind, RecordedRun, WakeSource};
use std::time::Duration;

/// What a lane shows.
pub(super) enum Lane {
    /// What a task does.
    Task(&'static str),
    /// What happens to a canvas.
    Canvas(&'static str),
    /// The same, of a canvas that is dropped when a task says this for the nth time.
    Dropped(&'static str, &'static str, usize),
}
use Lane::{Canvas, Dropped, Task};

/// One of the runs of a replay page, and its lanes.
pub(super) struct Part {
    /// Its place on the page, from 0.
    pub(super) run: usize,
    pub(super) lanes: &'static [Lane],
    /// The words beside the lanes of tasks: for those that the run's own thread polls, and for the others.
    pub(super) threads: [&'static str; 2],
    /// The task whose wakes are arrows.
    pub(super) wakes: &'static str,
    /// The message that is a mark in the lane of the task that says it.
    pub(super) mark: &'static str,
}

/// A part without words beside its lanes, without arrows and without marks.
pub(super) const fn part(run: usize, lanes: &'static [Lane]) -> Part {
    Part { run, lanes, threads: [""; 2], wakes: "", mark: "" }
}

/// The height of a lane.
const LANE: i32 = 24;

/// The width of the words "nothing happens", which an empty lane has.
const NOTHING_WIDTH: i32 = 132;

/// The colours of the lanes, with what each means.
const LEGEND: [(&str, &str); 6] = [
    ("run", "works"),
    ("wait", "waits"),
    ("hold", "blocks its thread"),
    ("ready", "waits for the thread"),
    ("done", "ends"),
    ("failed", "is dropped"),
];

/// What the legend says of an arrow.
const WAKES: &str = "wakes a task";

/// These runs of a replay page, one above the other.
pub(super) fn pictured(replay: &Replay, parts: &[Part]) -> String {
    let runs = (replay.runs)();
    let runs: Vec<_> = parts.iter().map(|part| (part, &runs[part.run])).collect();
    let last = runs.iter().map(|(_, run)| run.wall_ns.div_ceil(1_000_000_000)).max().unwrap_or_default().max(1);
    let last = small(last);
    let width = if parts.iter().any(|part| !part.threads[0].is_empty()) { 400 } else { 530 };
    let axis = Axis { x: 84, second: (width / last).min(88), lane: LANE };
    let lanes: usize = parts.iter().map(|part| part.lanes.len()).sum();
    let height = small(lanes) * LANE + small(parts.len()) * 40 + 68;
    let told: Vec<_> = runs.iter().map(|(_, run)| format!("{}: {}.", run.about, end(run))).collect();
    let mut sketch = Sketch::new(720, height.unsigned_abs(), &format!("{}. {}", replay.title, told.join(" ")));
    let mut used = Vec::new();
    let mut y = 26;
    for (part, run) in runs {
        used.extend(draw_part(&mut sketch, &axis, (part, run), (y, last)));
        y += LANE * small(part.lanes.len()) + 40;
    }
    axis.seconds(&mut sketch, last, y - 8);
    legend(&mut sketch, &axis, &used, y + 14);
    sketch.finish()
}

/// A number of a picture, which is small.
fn small(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or_else(|_| panic!("a picture has small numbers"))
}

/// One run: its title with the baseline `y`, and its lanes. Returns the classes of its bars.
fn draw_part(
    sketch: &mut Sketch,
    axis: &Axis,
    (part, run): (&Part, &RecordedRun),
    (y, last): (i32, i32),
) -> Vec<&'static str> {
    let drawn = drawn(run, last.unsigned_abs().into());
    let top = y + 12;
    let bottom = top + LANE * small(part.lanes.len()) - 6;
    sketch.text(16, y, "bold", &run.about);
    axis.rules(sketch, last, (top - 4, bottom));
    let mut used = Vec::new();
    let at_end = axis.at(Duration::from_nanos(drawn.wall_ns));
    for (y, lane) in (top..).step_by(24).zip(part.lanes) {
        let bars = of_lane(&drawn, lane);
        draw_bars(sketch, axis, &bars, y);
        let end_of_bars = bars.iter().map(|(.., to)| axis.at(*to)).max().unwrap_or(axis.x + NOTHING_WIDTH);
        used.extend(bars.iter().map(|(class, ..)| *class).filter(|class| *class != "failed" || !is_panicked(run)));
        let (Task(name) | Canvas(name) | Dropped(name, ..)) = lane;
        sketch.text(axis.x - 12, y + 13, "end", name);
        // The main task panics. All other ends are those of the whole run.
        let is_place_of_end = if is_panicked(run) { *name == "main" } else { y + LANE > bottom };
        if is_place_of_end {
            let class = if run.error.is_some() { "bold t-failed" } else { "bold" };
            let (x, words) = (end_of_bars.max(at_end) + 10, end(run));
            sketch.bar(x - 4, y, small(words.len()) * 9 + 6, LANE - 4, "card"); // no rule crosses the words
            sketch.text(x, y + 13, class, &words);
        }
        if matches!(lane, Task(_)) {
            used.extend(draw_marks(sketch, axis, &drawn, (name, part.mark), y));
            let [own, other] = part.threads;
            match if is_own(&drawn, name) { own } else { other } {
                "" => {}
                words => sketch.text(axis.x + last * axis.second + 52, y + 13, "dim", words),
            }
        }
    }
    used.extend(draw_wakes(sketch, axis, &drawn, part, top));
    used
}

/// The run as it is drawn. One that stalls has no end, so its tasks wait to the end of the axis.
fn drawn(run: &RecordedRun, last: u64) -> RecordedRun {
    let mut run = run.clone();
    if is_stalled(&run) {
        run.wall_ns = last * 1_000_000_000;
        let given_up = run.events.iter().position(|event| event.task == 0 && event.what == EventKind::Cancel);
        run.events.truncate(given_up.unwrap_or(usize::MAX));
    }
    run
}

fn is_stalled(run: &RecordedRun) -> bool {
    run.error.as_ref().is_some_and(|error| error.starts_with("stalled"))
}

fn is_panicked(run: &RecordedRun) -> bool {
    run.error.is_some() && !is_stalled(run)
}

/// How a run ends, in a word or two.
fn end(run: &RecordedRun) -> String {
    if is_stalled(run) {
        "stuck".to_owned()
    } else if is_panicked(run) {
        "panics".to_owned()
    } else if run.wall_ns == 0 {
        "ends at 0 s".to_owned()
    } else {
        format!("{} s", Duration::from_nanos(run.wall_ns).as_secs_f64())
    }
}

/// Whether a task says this.
fn says(event: &Event, said: &str) -> bool {
    matches!(&event.what, EventKind::Note(text) if **text == *said)
}

/// When this was said in the run, each time.
fn times(run: &RecordedRun, said: &str) -> Vec<Duration> {
    run.events.iter().filter(|event| says(event, said)).map(|event| Duration::from_nanos(event.ns)).collect()
}

/// Whether the thread that runs the main task polls this task.
fn is_own(run: &RecordedRun, name: &str) -> bool {
    let of_task = |event: &&Event| run.tasks[event.task as usize] == name;
    run.events.iter().filter(of_task).all(|event| !matches!(event.what, EventKind::Poll { thread: Some(1..) }))
}

/// The bars of a lane: the class, from when to when.
type Bars = Vec<(&'static str, Duration, Duration)>;

fn of_lane(run: &RecordedRun, lane: &Lane) -> Bars {
    match lane {
        Task(name) => of_task(run, name),
        Canvas(name) => of_canvas(run, name, None),
        Dropped(name, said, nth) => of_canvas(run, name, times(run, said).get(*nth).copied()),
    }
}

fn draw_bars(sketch: &mut Sketch, axis: &Axis, bars: &Bars, y: i32) {
    for (class, from, to) in bars {
        let end = axis.at(*to);
        let from = if from == to { (end - 4).max(axis.x) } else { axis.at(*from) };
        axis.bar(sketch, class, (from, end.max(from + 4)), y);
    }
    if bars.is_empty() {
        sketch.bar(axis.x + 4, y, NOTHING_WIDTH, LANE - 4, "card");
        sketch.text(axis.x + 8, y + 13, "dim", "nothing happens");
    }
}

/// Marks in the lane of the task `name`, one for each time it says this. Returns what it says, if it says it.
fn draw_marks(
    sketch: &mut Sketch,
    axis: &Axis,
    run: &RecordedRun,
    (name, said): (&str, &'static str),
    y: i32,
) -> Option<&'static str> {
    let own = run.events.iter().filter(|event| says(event, said) && run.tasks[event.task as usize] == name);
    let places: Vec<_> = own.map(|event| axis.at(Duration::from_nanos(event.ns))).collect();
    for x in &places {
        sketch.frame(x - 1, y - 2, 2, LANE - 4, "head");
    }
    (!places.is_empty()).then_some(said)
}

/// What a task does, and a mark at its end.
fn of_task(run: &RecordedRun, name: &str) -> Bars {
    let mut bars = stretches(run, name);
    bars.retain(|(_, from, to)| to > from);
    for event in run.events.iter().filter(|event| run.tasks[event.task as usize] == name && event.what.is_end()) {
        let at = Duration::from_nanos(event.ns);
        let is_failed = event.what == EventKind::Cancel || (event.task == 0 && run.error.is_some());
        bars.push((if is_failed { "failed" } else { "done" }, at, at));
    }
    bars
}

/// A canvas is painted, and then it dries until its painter sees that it is dry, or until it is dropped, or to the end of the run.
/// If the painter does not see that it is dry, because its thread is blocked, the painter waits for the thread from then on.
fn of_canvas(run: &RecordedRun, name: &str, dropped: Option<Duration>) -> Bars {
    let Some(painted) = times(run, &format!("{name}: painted")).first().copied() else { return Vec::new() };
    let mut bars = vec![("run", painted.saturating_sub(PAINTING), painted)];
    let dry = times(run, &format!("{name}: dry")).first().copied();
    let wall = Duration::from_nanos(run.wall_ns);
    let end = dry.or(dropped).unwrap_or(if is_stalled(run) { wall } else { wall.min(painted + DRYING) });
    bars.push(("wait", painted, end));
    if dry.or(dropped).is_none() && end < wall {
        bars.push(("ready", end, wall));
    }
    bars.extend(dry.map(|dry| ("done", dry, dry)));
    bars.extend(dropped.map(|dropped| ("failed", dropped, dropped)));
    bars
}

/// An arrow from the lane of the task that wakes to the lane of each task that it wakes. Returns [`WAKES`] if there is one.
fn draw_wakes(sketch: &mut Sketch, axis: &Axis, run: &RecordedRun, part: &Part, top: i32) -> Option<&'static str> {
    let number = |name: &str| run.tasks.iter().position(|task| task == name).and_then(|at| u32::try_from(at).ok());
    let place = |name: &str| {
        let lane = part.lanes.iter().position(|lane| matches!(lane, Task(task) if *task == name))?;
        Some(top + small(lane) * LANE)
    };
    let waker = number(part.wakes)?;
    let mut drawn = None;
    for event in run.events.iter().filter(|event| event.what == EventKind::Wake(WakeSource::Task(waker))) {
        if let (Some(from), Some(to)) = (place(part.wakes), place(&run.tasks[event.task as usize])) {
            let x = axis.at(Duration::from_nanos(event.ns));
            sketch.arrow((x, from), (x, to));
            drawn = Some(WAKES);
        }
    }
    drawn
}

/// The colours and marks that the picture uses, with their words. A run that panics says so itself.
fn legend(sketch: &mut Sketch, axis: &Axis, used: &[&str], y: i32) {
    let mut x = 16;
    for (class, words) in LEGEND.iter().filter(|(class, _)| used.contains(class)) {
        axis.bar(sketch, class, (x, x + 18), y);
        sketch.text(x + 26, y + 13, "dim", words);
        x += 46 + small(words.len()) * 8;
    }
    if used.contains(&WAKES) {
        sketch.arrow((x + 8, y - 4), (x + 8, y + LANE - 6));
        sketch.text(x + 20, y + 13, "dim", WAKES);
        x += 40 + small(WAKES.len()) * 8;
    }
    let is_mark = |used: &&&str| **used != WAKES && LEGEND.iter().all(|(class, _)| class != *used);
    if let Some(mark) = used.iter().find(is_mark) {
        sketch.frame(x, y - 2, 2, LANE - 4, "head");
        sketch.text(x + 10, y + 13, "dim", mark);
    }
}
