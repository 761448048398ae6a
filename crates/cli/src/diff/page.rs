//! The page of a comparison: both runs, at the first difference.

use super::report::Report;
use paintdry_diff::{Difference, Run};
use paintdry_studio::{RecordedRun, Recording, Source};
use std::fmt::Write;

/// A page that opens at a moment.
pub(super) struct Page {
    recording: Recording,
    /// The moment, as the page's address has it behind the `#`.
    pub(super) moment: String,
}

impl Page {
    /// The page of the first difference; `None` if there is none.
    pub(super) fn of(report: &Report<'_>) -> Option<Self> {
        let (left, right, first) = report.to_show()?;
        let mut recording = left.recording().clone();
        let mut there = right.recorded().clone();
        there.source = right.source().map(|source| brought_to(&mut recording.sources, source));
        let names = names(left, right);
        let as_row = |run: RecordedRun, name: &str| RecordedRun { runtime: name.to_owned(), ..run };
        recording.runs = vec![as_row(left.recorded().clone(), &names.0), as_row(there, &names.1)];
        Some(Self { recording, moment: moment(first, &names) })
    }

    /// The HTML. The error is one sentence.
    pub(super) fn html(&self) -> Result<String, String> {
        paintdry_replay::page_at(&self.recording, &self.moment).map_err(|error| error.to_string())
    }
}

/// Rows of one name are told apart by the names of their files.
fn names(left: &Run<'_>, right: &Run<'_>) -> (String, String) {
    let (one, other) = (left.runtime(), right.runtime());
    if one == other {
        return (format!("{one}, {}", left.label()), format!("{other}, {}", right.label()));
    }
    (one.to_owned(), other.to_owned())
}

/// The name by which the sources hold this one. If another text has its name, it gets a longer one.
fn brought_to(sources: &mut Vec<Source>, source: &Source) -> String {
    let mut source = source.clone();
    while let Some(known) = sources.iter().find(|known| known.name == source.name) {
        if *known == source {
            return source.name;
        }
        source.name.push('\'');
    }
    let name = source.name.clone();
    sources.push(source);
    name
}

/// The event of the first difference in one of the runs, with the lanes of both open.
fn moment(first: &Difference, names: &(String, String)) -> String {
    let (name, side) = if first.left.event.is_some() { (&names.0, &first.left) } else { (&names.1, &first.right) };
    let (event, ns) = (side.event.unwrap_or(0), side.ns.unwrap_or(0));
    format!("run={}&event={event}&ns={ns}&open=0-1", encoded(name))
}

/// A text as a part of an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(byte.into());
        } else {
            let _ = write!(encoded, "%{byte:02X}"); // to a String, it cannot fail
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_so_that_an_address_takes_it() {
        assert_eq!(encoded("tokio, späť & #1"), "tokio%2C%20sp%C3%A4%C5%A5%20%26%20%231");
    }

    #[test]
    fn a_source_of_a_known_name_gets_another_one_if_its_text_is_another() {
        let source = |text: &str| Source {
            name: "paint".to_owned(),
            file: "paint.rs".to_owned(),
            first_line: 1,
            text: text.to_owned(),
        };
        let mut sources = vec![source("dry")];
        assert_eq!(brought_to(&mut sources, &source("dry")), "paint");
        assert_eq!(brought_to(&mut sources, &source("wet")), "paint'");
        assert_eq!(brought_to(&mut sources, &source("wet")), "paint'");
        assert_eq!(sources.len(), 2);
    }
}
