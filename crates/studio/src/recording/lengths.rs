//! Measures the text of a recording before anything of it is kept, because in memory the shortest elements of a list, and
//! strings where none belongs, take many times their text.

use super::FORMAT;
use super::check::at_most;
use super::error::{RecordingError, wrong};
use super::limits::{EVENTS, RESOURCES, RUNS, SOURCES, TASKS, TEXT};
use serde::de::{IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// Refuses a text whose lists are too long.
pub(super) fn check_lengths(text: &str) -> Result<(), RecordingError> {
    let Lengths { sources, runs } = serde_json::from_str(text).map_err(|error| wrong(&error))?;
    at_most(runs.count, RUNS, "runs")?;
    at_most(sources.0, SOURCES, "sources")?;
    at_most(runs.tasks, TASKS, "tasks in all its runs")?;
    at_most(runs.resources, RESOURCES, "resources in all its runs")?;
    at_most(runs.events, EVENTS, "events in all its runs")
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Lengths {
    sources: Length,
    runs: Runs,
}

#[derive(Default)]
struct Runs {
    count: u64,
    tasks: u64,
    events: u64,
    resources: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Run {
    tasks: Length,
    events: Length,
    resources: Length,
}

#[derive(Default)]
struct Length(u64);

impl<'de> Deserialize<'de> for Length {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut length = Self::default();
        deserializer.deserialize_seq(Each(|IgnoredAny| length.0 += 1, PhantomData))?;
        Ok(length)
    }
}

impl<'de> Deserialize<'de> for Runs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut runs = Self::default();
        let add = |run: Run| {
            runs.count += 1;
            runs.tasks += run.tasks.0;
            runs.events += run.events.0;
            runs.resources += run.resources.0;
        };
        deserializer.deserialize_seq(Each(add, PhantomData))?;
        Ok(runs)
    }
}

/// Hands over each element of a list, and keeps none.
struct Each<T, F>(F, PhantomData<T>);

impl<'de, T: Deserialize<'de>, F: FnMut(T)> Visitor<'de> for Each<T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(element) = list.next_element()? {
            (self.0)(element);
        }
        Ok(())
    }
}

/// The bytes of a name or a note in the file, if each of its characters is escaped as two codes.
const STRING: u64 = 12 * TEXT;

/// Refuses a string that is longer than any text may be. It might be where none belongs, and serde's message would repeat
/// it, several times as long.
pub(super) fn check_strings(text: &str) -> Result<(), RecordingError> {
    match longest_string(text) {
        has if has > STRING && !text.contains(FORMAT) => Err(RecordingError::Foreign),
        has => at_most(has, STRING, "bytes in one text"),
    }
}

/// The bytes of the longest string in a JSON text, as it is written there. The texts of sources do not count.
fn longest_string(text: &str) -> u64 {
    let (mut longest, mut start, mut is_escaped) = (0, None, false);
    for (at, byte) in text.bytes().enumerate() {
        match (start, byte) {
            (None, b'"') => start = Some(at),
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), b'\\') => is_escaped = true,
            (Some(begin), b'"') => {
                start = None;
                let length = (at - begin - 1) as u64;
                if length > longest && (length <= STRING || !is_of_source(&text[..begin])) {
                    longest = length;
                }
            }
            _ => {}
        }
    }
    longest
}

/// Whether the string that follows is the text of a source.
fn is_of_source(before: &str) -> bool {
    before.trim_end().strip_suffix(':').is_some_and(|before| before.trim_end().ends_with("\"text\""))
}
