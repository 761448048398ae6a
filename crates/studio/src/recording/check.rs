//! Whether a recording is within its limits and agrees with itself.

use super::claims::Claims;
use super::error::RecordingError;
use super::limits::{
    COUNT, EVENTS, RESOURCES, RUNS, SOURCE_LINES, SOURCE_TEXT, SOURCES, TASKS, TEXT, TEXTS, THREADS, exceeds, short,
};
use super::{FORMAT, RecordedRun, Recording, Source, VERSION};
use crate::event::{Event, EventKind, polling_threads};
use crate::workload::RecordedWorkload;
use std::collections::HashSet;
use std::fmt;

type Checked = Result<(), RecordingError>;

impl Recording {
    /// Whether it can be read again, and shown: it is within the [limits](crate::limits), each event names what is there,
    /// no event of a task follows its end except those about resources, nothing is given back that was not taken, and time never
    /// goes back.
    ///
    /// A recording that was read has passed this check. Call it on one that you put together before you write it.
    ///
    /// # Errors
    /// If it is too large, or contradicts itself.
    pub fn check(&self) -> Checked {
        if (self.format.as_str(), self.version) != (FORMAT, VERSION) {
            return Err(wrong(format_args!("its format is {:?} of version {}", short(&self.format), self.version)));
        }
        let of_all = |count: fn(&RecordedRun) -> u64| self.runs.iter().map(count).fold(0, u64::saturating_add);
        at_most(self.runs.len() as u64, RUNS, "runs")?;
        at_most(self.sources.len() as u64, SOURCES, "sources")?;
        at_most(of_all(|run| run.tasks.len() as u64), TASKS, "tasks in all its runs")?;
        at_most(of_all(|run| run.resources.len() as u64), RESOURCES, "resources in all its runs")?;
        at_most(of_all(|run| run.events.len() as u64), EVENTS, "events in all its runs")?;
        at_most(of_all(threads), THREADS, "threads in all its runs")?;
        check_workload(&self.workload)?;
        counts("cores of its host", self.host.cores as u64, 1)?;
        let mut texts = Texts { bytes: 0 };
        texts.add(format_args!("the operating system"), &self.host.os)?;
        texts.add(format_args!("the version of rustc"), &self.host.rustc)?;
        if let RecordedWorkload::Program { name } = &self.workload {
            texts.add(format_args!("the name of the program"), name)?;
        }
        let mut sources = HashSet::new();
        for (number, source) in self.sources.iter().enumerate() {
            texts.add_source(source, number)?;
            sources.insert(source.name.as_str());
        }
        for (number, run) in self.runs.iter().enumerate() {
            texts.add_run(run, number)?;
            if let Some(name) = run.source.as_deref().filter(|name| !sources.contains(name)) {
                return Err(wrong(format_args!("run {number} has no source called {:?}", short(name))));
            }
            check_events(run).map_err(|(event, what)| wrong(format_args!("event {event} of run {number} {what}")))?;
        }
        at_most(texts.bytes, TEXTS, "bytes in all its texts")
    }
}

fn wrong(what: fmt::Arguments<'_>) -> RecordingError {
    RecordingError::Wrong(what.to_string())
}

/// Whether there are not too many.
pub(super) fn at_most(has: u64, most: u64, what: &str) -> Checked {
    if has <= most { Ok(()) } else { Err(RecordingError::TooLarge { what: what.to_owned(), has, most }) }
}

/// The threads of a run: as many as it says, or as have polled in it.
fn threads(run: &RecordedRun) -> u64 {
    polling_threads(&run.events).max(run.threads.unwrap_or(0))
}

fn check_workload(workload: &RecordedWorkload) -> Checked {
    let numbers = match *workload {
        RecordedWorkload::Paint(paint) => [("canvases", paint.canvases as u64), ("strokes", paint.strokes)],
        RecordedWorkload::Amap(amap) => [("tasks", amap.tasks as u64), ("items", amap.items)],
        RecordedWorkload::Program { .. } => return Ok(()),
    };
    numbers.into_iter().try_for_each(|(what, count)| counts(what, count, 0))
}

fn counts(what: &str, count: u64, least: u64) -> Checked {
    if (least..=COUNT).contains(&count) {
        return Ok(());
    }
    Err(wrong(format_args!("its number of {what} is {count}, and not from {least} to {COUNT}")))
}

/// The texts so far.
struct Texts {
    bytes: u64,
}

impl Texts {
    fn add(&mut self, what: fmt::Arguments<'_>, text: &str) -> Checked {
        self.add_up_to(TEXT, what, text)
    }

    fn add_up_to(&mut self, most: u64, what: fmt::Arguments<'_>, text: &str) -> Checked {
        self.bytes = self.bytes.saturating_add(text.len() as u64);
        if exceeds(text, most) {
            return at_most(text.chars().count() as u64, most, &format!("characters in {what}"));
        }
        Ok(())
    }

    fn add_source(&mut self, source: &Source, number: usize) -> Checked {
        self.add(format_args!("the name of source {number}"), &source.name)?;
        self.add(format_args!("the name of the file of source {number}"), &source.file)?;
        self.add_up_to(SOURCE_TEXT, format_args!("source {number}"), &source.text)?;
        let lines = source.text.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
        at_most(lines, SOURCE_LINES, &format!("lines in source {number}"))?;
        if source.first_line == 0 {
            return Err(wrong(format_args!("source {number} begins at line 0, and lines are counted from 1")));
        }
        if u64::from(source.first_line) + lines - 1 > u64::from(u32::MAX) {
            return Err(wrong(format_args!("source {number} ends at a line above {}, the largest number", u32::MAX)));
        }
        Ok(())
    }

    fn add_run(&mut self, run: &RecordedRun, number: usize) -> Checked {
        if run.threads == Some(0) {
            return Err(wrong(format_args!("run {number} has no thread, and one at least runs tasks")));
        }
        self.add(format_args!("the name of the runtime of run {number}"), &run.runtime)?;
        self.add(format_args!("the version of the runtime of run {number}"), &run.version)?;
        self.add(format_args!("what run {number} is about"), &run.about)?;
        self.add(format_args!("the name of the source of run {number}"), run.source.as_deref().unwrap_or_default())?;
        self.add(format_args!("the error of run {number}"), run.error.as_deref().unwrap_or_default())?;
        for (task, name) in run.tasks.iter().enumerate() {
            self.add(format_args!("the name of task {task} of run {number}"), name)?;
        }
        for (resource, named) in run.resources.iter().enumerate() {
            self.add(format_args!("the name of resource {resource} of run {number}"), &named.name)?;
            counts("places of a resource", named.capacity.unwrap_or(0), 0)?;
        }
        for (position, event) in run.events.iter().enumerate() {
            if let EventKind::Note(text) | EventKind::Panic(text) = &event.what {
                self.add(format_args!("the text of event {position} of run {number}"), text)?;
            }
        }
        Ok(())
    }
}

/// The event that is wrong, and what is wrong with it.
fn check_events(run: &RecordedRun) -> Result<(), (usize, &'static str)> {
    let mut before = 0;
    let mut ended = vec![false; run.tasks.len()];
    let mut claims = Claims::default();
    for (position, event) in run.events.iter().enumerate() {
        check_event(event, before, run.tasks.len()).map_err(|what| (position, what))?;
        before = event.ns;
        claims.check(&event.what, &run.resources).map_err(|what| (position, what))?;
        let has_ended = &mut ended[event.task as usize];
        if *has_ended && event.what.resource().is_none() {
            return Err((position, "is of a task that has ended"));
        }
        *has_ended |= event.what.is_end();
    }
    Ok(())
}

fn check_event(event: &Event, before: u64, tasks: usize) -> Result<(), &'static str> {
    if event.ns < before {
        return Err("is earlier than the one before it");
    }
    if event.tasks().any(|task| task as usize >= tasks) {
        return Err("has a task that is not in the list of tasks");
    }
    if event.what == EventKind::Line(0) {
        return Err("comes to line 0, and lines are counted from 1");
    }
    Ok(())
}
