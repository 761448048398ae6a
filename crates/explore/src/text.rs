//! Texts of programs. A note may have megabytes, or panic, so only a bounded beginning is kept and shown.

use paintdry_core::{TaskError, contain, discard};
use std::fmt::{self, Display, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many characters of a task's name are kept,
pub(crate) const NAME: usize = 100;

/// and of a note.
pub(crate) const NOTE: usize = 1_000;

/// How many characters of a panic's message or an error are shown.
pub(crate) const MESSAGE: usize = 10_000;

/// How many characters are kept of an error with which the program ends.
const ERROR: usize = 100_000;

/// Writes no more characters than there is room for.
struct Bounded {
    text: String,
    room: usize,
    is_cut: bool,
}

impl Write for Bounded {
    /// The error stops the formatting, so that the rest is never made.
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.is_cut {
            return Err(fmt::Error);
        }
        let Some((end, _)) = text.char_indices().nth(self.room) else {
            self.room -= text.chars().count();
            self.text.push_str(text);
            return Ok(());
        };
        self.text.push_str(&text[..end]);
        self.text.push('…');
        self.is_cut = true;
        Err(fmt::Error)
    }
}

/// The first `most` characters of what `shown` displays, and `…` if there are more. If it panics, the text says so.
pub(crate) fn bounded(shown: &(impl Display + ?Sized), most: usize) -> String {
    let mut bounded = Bounded { text: String::new(), room: most, is_cut: false };
    if let Err(payload) = catch_unwind(AssertUnwindSafe(|| write!(bounded, "{shown}"))) {
        let message = TaskError::panic_message(&*payload);
        discard(payload);
        let _ = write!(bounded, "(here its text panics: {message})"); // an error means that the text was cut
    }
    bounded.text
}

/// The text of an error, which is then dropped. Either may panic, and two panics at once would end the process.
pub(crate) fn text_of(error: impl Display) -> String {
    let shown = bounded(&error, ERROR);
    contain(|| drop(error));
    shown
}

/// One line: line breaks and other control characters are escaped.
pub(crate) fn in_one_line(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_owned();
    }
    let escaped = |c: char| if c.is_control() { c.escape_default().collect() } else { String::from(c) };
    text.chars().map(escaped).collect()
}
