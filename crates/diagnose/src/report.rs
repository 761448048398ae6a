//! Puts a finding together from what a rule has found.

use crate::facts::Facts;
use crate::finding::{Confidence, Finding};
use crate::kind::{Kind, Severity};
use crate::words::{link, name, shortened};
use paintdry_studio::Recording;

/// A longer name of a file is cut.
const LONGEST_FILE: usize = 200;

/// What a rule has found in a run.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) kind: Kind,
    pub(crate) confidence: Confidence,
    pub(crate) what: String,
    pub(crate) why: String,
    /// The first is the one whose code to change.
    pub(crate) tasks: Vec<u32>,
    /// The event at which it shows.
    pub(crate) event: usize,
    pub(crate) cost_ns: Option<u64>,
    /// If it is worse than its kind mostly is.
    pub(crate) severity: Option<Severity>,
    /// Another page of the book than the kind's own.
    pub(crate) chapter: Option<&'static str>,
}

impl Found {
    pub(crate) fn new(kind: Kind, confidence: Confidence, tasks: Vec<u32>, event: usize) -> Self {
        let (what, why) = (String::new(), String::new());
        Self { kind, confidence, what, why, tasks, event, cost_ns: None, severity: None, chapter: None }
    }

    /// One sentence without its full stop.
    pub(crate) fn what(self, what: impl Into<String>) -> Self {
        Self { what: what.into(), ..self }
    }

    /// One or two sentences.
    pub(crate) fn why(self, why: impl Into<String>) -> Self {
        Self { why: why.into(), ..self }
    }

    pub(crate) fn cost(self, ns: u64) -> Self {
        Self { cost_ns: Some(ns), ..self }
    }
}

/// The finding of the run with this number.
pub(crate) fn finding(recording: &Recording, run: usize, facts: &Facts<'_>, found: Found) -> Finding {
    let file = facts.run.source.as_ref().and_then(|name| recording.sources.iter().find(|source| source.name == *name));
    let line = found.tasks.first().and_then(|task| facts.line_at(*task, found.event));
    let place = line.map(|line| match file {
        Some(source) => format!("{}:{line}", shortened(&source.file, LONGEST_FILE)),
        None => format!("line {line}"),
    });
    Finding {
        kind: found.kind,
        severity: found.severity.unwrap_or_else(|| found.kind.severity()),
        confidence: found.confidence,
        what: found.what,
        why: found.why,
        run,
        runtime: facts.run.runtime.clone(),
        tasks: found.tasks.iter().map(|task| name(facts.run, *task)).collect(),
        place,
        event: found.event,
        at_ns: facts.ns(found.event),
        link: link(&recording.runs, run, found.event),
        cost_ns: found.cost_ns,
        chapter: found.chapter.unwrap_or_else(|| found.kind.chapter()),
    }
}
