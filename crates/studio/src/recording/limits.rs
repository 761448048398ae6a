//! How much a recording holds at most. The replay page shows every recording within these limits in a few seconds.
//!
//! `docs/recording.md` and its schema state the same numbers, and a test compares them. A reader may rely on them, because
//! [`Recording::check`](super::Recording::check) holds every recording to them.

/// The bytes of its text. A browser cannot hold a much longer text as one string.
pub const BYTES: u64 = 500_000_000;

/// The runs.
pub const RUNS: u64 = 1_000;

/// The sources.
pub const SOURCES: u64 = 1_000;

/// The lines of a source.
pub const SOURCE_LINES: u64 = 20_000;

/// The characters of a source.
pub const SOURCE_TEXT: u64 = 1_000_000;

/// The tasks of all runs together.
pub const TASKS: u64 = 1_000_000;

/// The resources of all runs together: locks, semaphores, channels and signals.
pub const RESOURCES: u64 = 1_000_000;

/// The threads of all runs together.
pub const THREADS: u64 = 100_000;

/// The events of all runs together.
pub const EVENTS: u64 = 4_000_000;

/// The characters of a name, a note, an error or any other text that is not a source.
pub const TEXT: u64 = 100_000;

/// The bytes of all names, texts and sources together.
pub const TEXTS: u64 = 32_000_000;

/// Every number that is not a time: a double holds each whole number up to it exactly.
pub const COUNT: u64 = (1 << 53) - 1;

/// The text, or its beginning and `…` if it has more than [`TEXT`] characters.
///
/// ```
/// use paintdry_studio::limits::shortened;
///
/// assert_eq!(shortened("sky".to_owned()), "sky");
/// let long = shortened("x".repeat(200_000));
/// assert!(long.chars().count() == 100_000 && long.ends_with("x…"));
/// ```
#[must_use]
pub fn shortened(mut text: String) -> String {
    if exceeds(&text, TEXT) {
        let end = text.char_indices().nth(index(TEXT - 1)).map_or(text.len(), |(at, _)| at);
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A stranger's text as a message repeats it: at most 80 characters.
pub(crate) fn short(text: &str) -> String {
    let shown: String = text.chars().take(80).collect();
    if shown.len() < text.len() { shown + "…" } else { shown }
}

/// Whether the text has more than `most` characters.
pub(super) fn exceeds(text: &str, most: u64) -> bool {
    text.len() > index(most) && text.chars().nth(index(most)).is_some()
}

fn index(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
