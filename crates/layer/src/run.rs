//! Makes a recording from what the threads noted.

use crate::events::{Made, events};
use crate::log::Snapshot;
use crate::merge::{Merged, merge};
use crate::resources::kind;
use crate::seen::{Kind, Resource, Site, Task};
use crate::store::Keep;
use paintdry_studio::limits::shortened;
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Recording, ResourceKind, WakeSource};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// The bytes of all names of tasks, at most. A recording may have some more.
const NAMES: usize = 30_000_000;

/// The recording of a program.
pub(crate) fn recording(program: &str, snapshot: &Snapshot, keep: Keep) -> Recording {
    let merged = merge(snapshot, keep);
    let Made { mut events, tasks, resources } = events(snapshot, &merged);
    let tasks = in_order(&tasks, &events);
    let positions: HashMap<u32, u32> = tasks.iter().map(|task| task.number).zip(0..).collect();
    for event in &mut events {
        *event = placed(event, &positions);
    }
    let until_ns = match keep {
        Keep::Oldest { .. } if merged.is_full => merged.noted.last().map_or(0, |noted| noted.record.ns),
        Keep::Oldest { .. } | Keep::Newest { .. } => snapshot.ns,
    };
    let wall = Duration::from_nanos(until_ns.saturating_sub(merged.from_ns));
    let runtime = snapshot.runtime.as_deref().unwrap_or("unknown");
    let (name, version) = runtime.split_once(' ').unwrap_or((runtime, ""));
    let about = shortened(about(program, &merged, wall, snapshot.ns));
    let mut run = RecordedRun::new(name, &about, wall, names(&tasks), events);
    version.clone_into(&mut run.version);
    run.resources = resources.iter().map(|resource| listed(resource)).collect();
    let mut recording = Recording::of_program(&shortened(program.to_owned()), Clock::Real, Vec::new());
    recording.runs.push(run);
    recording
}

fn about(program: &str, merged: &Merged, wall: Duration, whole_ns: u64) -> String {
    let whole = Duration::from_nanos(whole_ns).as_secs_f64();
    let part = wall.as_secs_f64();
    match (merged.is_cut, merged.is_full) {
        (true, _) => format!("{program}, the last {part:.3} s of {whole:.3} s"),
        (_, true) => format!("{program}, the first {part:.3} s of {whole:.3} s"),
        _ => program.to_owned(),
    }
}

/// First the task that a thread waits for: that is the main task. Then the others, with those of one line together, and lines
/// that made few tasks before lines that made many. Of one line, tasks that panicked come first.
fn in_order(tasks: &HashMap<u32, Arc<Task>>, events: &[Event]) -> Vec<Arc<Task>> {
    let has_panicked = |event: &&Event| matches!(event.what, EventKind::Panic(_));
    let panicked: HashSet<u32> = events.iter().filter(has_panicked).map(|event| event.task).collect();
    // How many tasks each line made, and the first of them.
    let mut lines: HashMap<_, (usize, u32)> = HashMap::new();
    for task in tasks.values() {
        let (count, first) = lines.entry(origin(task)).or_insert((0, task.number));
        *count += 1;
        *first = task.number.min(*first);
    }
    let place = |task: &Task| (lines[&origin(task)], !panicked.contains(&task.number), task.number);
    let mut sorted: Vec<_> = tasks.values().cloned().collect();
    sorted.sort_unstable_by_key(|task| (task.kind != Kind::BlockOn, place(task)));
    sorted
}

/// What the name of a task tells about where it was made.
fn origin(task: &Task) -> (Option<&str>, Option<(&str, u32, u32)>) {
    (task.name.as_deref(), task.site.as_deref().map(key))
}

/// The event with the positions of its tasks.
fn placed(event: &Event, positions: &HashMap<u32, u32>) -> Event {
    let place = |task: u32| positions.get(&task).copied();
    let what = match event.what.clone() {
        EventKind::Spawn { by } => EventKind::Spawn { by: by.and_then(place) },
        // A task that is not shown any more: the recording begins while its future is dropped.
        EventKind::Wake(WakeSource::Task(by)) => {
            EventKind::Wake(place(by).map_or(WakeSource::Runtime, WakeSource::Task))
        }
        EventKind::Release { resource, claim, by } => EventKind::Release { resource, claim, by: by.and_then(place) },
        what => what,
    };
    let task = place(event.task).expect("each task with an event is listed");
    Event { ns: event.ns, task, what }
}

/// A resource as the recording lists it.
fn listed(resource: &Resource) -> paintdry_studio::Resource {
    let kind = kind(resource);
    let name = match (&*resource.type_name, &resource.site) {
        ("Semaphore", None) => "a bounded channel".to_owned(), // the only one that tokio makes alone
        (type_name, None) => type_name.to_owned(),
        (type_name, Some(site)) => {
            let what = if type_name == "Sender|Receiver" { "oneshot" } else { type_name };
            let number = if site.made.load(Relaxed) > 1 { format!(" #{}", resource.nth) } else { String::new() };
            format!("{what} {}:{}{number}", site.file, site.line)
        }
    };
    let capacity = (kind != ResourceKind::Signal).then_some(1);
    paintdry_studio::Resource { kind, name: shortened(name), capacity }
}

/// Names tasks by what the program calls them, or by the line that made them, with a number where that made several.
fn names(tasks: &[Arc<Task>]) -> Vec<String> {
    let labels = Labels::of(tasks);
    let mut bytes = 0;
    let mut given: HashMap<&str, u32> = HashMap::new();
    let mut names = Vec::with_capacity(tasks.len());
    for task in tasks {
        let name = match &task.name {
            Some(name) => {
                let nth = given.entry(name).or_insert(0);
                *nth += 1;
                if *nth == 1 { name.to_string() } else { format!("{name} #{nth}") }
            }
            None => labels.name(task),
        };
        let name = shortened(name);
        bytes += name.len();
        names.push(if bytes > NAMES { format!("#{}", task.number) } else { name });
    }
    names
}

/// The lines that made tasks, as a reader knows them.
struct Labels<'a> {
    /// The lines that have several sites.
    shared: HashSet<(&'a str, u32)>,
}

impl<'a> Labels<'a> {
    fn of(tasks: &'a [Arc<Task>]) -> Self {
        let sites: HashSet<_> = tasks.iter().filter_map(|task| task.site.as_deref()).map(key).collect();
        let mut lines = HashSet::new();
        let shared = sites.iter().map(|(file, line, _)| (*file, *line)).filter(|line| !lines.insert(*line)).collect();
        Self { shared }
    }

    fn name(&self, task: &Task) -> String {
        let Some(site) = &task.site else { return format!("task #{}", task.number) };
        let (file, line, column) = key(site);
        let kind = match task.kind {
            Kind::BlockOn => "block_on ",
            Kind::Blocking => "blocking ",
            Kind::Task | Kind::Local => "",
        };
        let column = if self.shared.contains(&(file, line)) { format!(":{column}") } else { String::new() };
        let is_one_of_several = site.made.load(Relaxed) > 1;
        let number = if is_one_of_several { format!(" #{}", task.nth) } else { String::new() };
        format!("{kind}{file}:{line}{column}{number}")
    }
}

fn key(site: &Site) -> (&str, u32, u32) {
    (&site.file, site.line, site.column)
}
