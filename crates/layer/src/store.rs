//! The records of all threads, in chunks; the oldest chunk is dropped when there are too many.

use crate::record::Record;
use std::collections::VecDeque;
use std::sync::Arc;

/// How many records a thread collects before it hands them over.
pub(crate) const CHUNK: usize = 1 << 12;

/// Records that one thread wrote one after another.
#[derive(Debug, Clone)]
pub(crate) struct Chunk {
    pub(crate) thread: u32,
    /// The position of the first record among all that the thread wrote.
    pub(crate) first: u64,
    pub(crate) records: Arc<Vec<Record>>,
}

/// What to keep of a run that has more events than the recording may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The newest records, at most this number, and none that is older than this before the newest.
    Newest { records: usize, ns: u64 },
    /// The first records, at most this number.
    Oldest { records: usize },
}

/// The chunks that are full.
#[derive(Debug)]
pub(crate) struct Store {
    keep: Keep,
    pub(crate) chunks: VecDeque<Chunk>,
    records: usize,
    /// All records until this time are dropped, because some of them are.
    pub(crate) cut_ns: Option<u64>,
}

impl Store {
    pub(crate) fn new(keep: Keep) -> Self {
        Self { keep, chunks: VecDeque::new(), records: 0, cut_ns: None }
    }

    /// Takes a chunk in, and says whether there is room for more.
    pub(crate) fn add(&mut self, chunk: Chunk) -> bool {
        let now = chunk.records.last().map_or(0, |record| record.ns);
        self.records += chunk.records.len();
        self.chunks.push_back(chunk);
        match self.keep {
            Keep::Oldest { records } => self.records < records,
            Keep::Newest { records, ns } => {
                self.drop_oldest(records, now.saturating_sub(ns));
                true
            }
        }
    }

    fn drop_oldest(&mut self, most: usize, since_ns: u64) {
        while let Some(oldest) = self.chunks.front() {
            let last_ns = oldest.records.last().map_or(0, |record| record.ns);
            if self.records <= most && last_ns >= since_ns {
                break;
            }
            self.records -= oldest.records.len();
            self.cut_ns = self.cut_ns.max(Some(last_ns));
            self.chunks.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::What;

    fn chunk(thread: u32, times: impl IntoIterator<Item = u64>) -> Chunk {
        let records = times.into_iter().map(|ns| Record { ns, task: 0, what: What::Enter }).collect();
        Chunk { thread, first: 0, records: Arc::new(records) }
    }

    #[test]
    fn the_newest_records_stay_and_the_cut_is_after_all_that_were_dropped() {
        let mut store = Store::new(Keep::Newest { records: 4, ns: u64::MAX });
        for times in [[1, 5], [2, 3], [6, 7]] {
            assert!(store.add(chunk(0, times)));
        }
        assert_eq!((store.chunks.len(), store.cut_ns), (2, Some(5)));
    }

    #[test]
    fn what_is_older_than_the_time_to_keep_is_dropped() {
        let mut store = Store::new(Keep::Newest { records: 100, ns: 10 });
        store.add(chunk(0, [1, 2]));
        assert_eq!(store.cut_ns, None);
        store.add(chunk(1, [3, 20]));
        assert_eq!((store.chunks.len(), store.cut_ns), (1, Some(2)));
    }

    #[test]
    fn the_first_records_fill_it() {
        let mut store = Store::new(Keep::Oldest { records: 4 });
        assert!(store.add(chunk(0, [1, 2])));
        assert!(!store.add(chunk(0, [3, 4])));
        assert_eq!((store.chunks.len(), store.cut_ns), (2, None));
    }
}
