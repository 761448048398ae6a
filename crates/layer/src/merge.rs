//! The records of all threads in one order.

use crate::log::Snapshot;
use crate::record::{Record, What};
use crate::store::{Chunk, Keep};

/// A record, and who wrote it.
#[derive(Debug, Clone)]
pub(crate) struct Noted {
    pub(crate) thread: u32,
    /// The position among all that the thread wrote.
    pub(crate) position: u64,
    pub(crate) record: Record,
}

/// The records that are kept, in their order.
#[derive(Debug)]
pub(crate) struct Merged {
    /// When the recording begins.
    pub(crate) from_ns: u64,
    /// Whether something is missing before that.
    pub(crate) is_cut: bool,
    /// Whether something is missing after the last record.
    pub(crate) is_full: bool,
    pub(crate) noted: Vec<Noted>,
}

/// Puts the records in order, and keeps those that were asked for.
pub(crate) fn merge(snapshot: &Snapshot, keep: Keep) -> Merged {
    let all = snapshot
        .chunks
        .iter()
        .flat_map(|chunk| (0..).zip(chunk.records.iter()).map(move |(at, record)| noted(chunk, at, record)));
    let is_kept =
        |noted: &Noted| noted.record.ns <= snapshot.ns && snapshot.cut_ns.is_none_or(|cut| noted.record.ns > cut);
    let mut noted: Vec<_> = all.filter(is_kept).collect();
    // A clock that ticks slowly may give a task's start and its first poll, on another thread, the same time.
    let is_spawn = |noted: &Noted| matches!(noted.record.what, What::Spawn(_));
    noted.sort_unstable_by_key(|noted| (noted.record.ns, !is_spawn(noted), noted.thread, noted.position));
    let mut is_full = false;
    let mut from_ns = snapshot.cut_ns.map(|cut| cut + 1);
    match keep {
        Keep::Oldest { records } => {
            is_full = noted.len() >= records;
            noted.truncate(records);
        }
        Keep::Newest { records, ns } => {
            let since = snapshot.ns.saturating_sub(ns);
            let too_old = noted.partition_point(|noted| noted.record.ns < since);
            let too_many = noted.len().saturating_sub(records);
            let removed = too_old.max(too_many);
            if removed > 0 {
                // What happened in the same nanosecond as the last one that is removed is removed as well.
                let last = noted[removed - 1].record.ns;
                let removed = noted.partition_point(|noted| noted.record.ns <= last);
                noted.drain(..removed);
                from_ns = Some(since.max(last + 1));
            }
        }
    }
    Merged { from_ns: from_ns.unwrap_or(0), is_cut: from_ns.is_some(), is_full, noted }
}

fn noted(chunk: &Chunk, at: u64, record: &Record) -> Noted {
    Noted { thread: chunk.thread, position: chunk.first + at, record: record.clone() }
}
