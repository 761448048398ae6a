//! A group of contenders, and what the groups share.

use crate::contender::{Contender, Kind};
use crate::floors::too_many_threads;
use crate::job::Job;
use paintdry_core::Runtime;

/// Contenders that do the same job, and how to read their times.
#[derive(Debug)]
pub struct Group {
    /// Its heading.
    pub title: String,
    /// What one pass does and what its figures are, in sentences.
    pub what: String,
    /// What the figures are for: `a yield`, `a task`.
    pub per: &'static str,
    /// What every pass has to do.
    pub job: Job,
    /// The name of the contender that the others are divided by.
    pub floor: &'static str,
    /// Who takes part.
    pub contenders: Vec<Contender>,
    /// Ratios to show beside those to the floor and to the fastest: the first divided by the second.
    pub pairs: Vec<(String, String)>,
}

/// How many threads a runtime of the course has by default.
pub(super) fn threads_of<R: Runtime>() -> usize {
    R::start().threads()
}

pub(super) fn pair(one: impl Into<String>, other: impl Into<String>) -> (String, String) {
    (one.into(), other.into())
}

/// A row of plain threads, unless there would be too many.
pub(super) fn os_threads(count: usize, contender: impl FnOnce() -> Contender) -> Contender {
    match too_many_threads(count) {
        Some(reason) => Contender::absent("OS threads", Kind::Threads, reason),
        None => contender(),
    }
}
