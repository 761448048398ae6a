//! The lines of a file of console-subscriber.

use crate::recording::error::RecordingError;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The only version of the format.
const VERSION: u32 = 1;

/// What happened to a span, and when: nanoseconds since 1970.
pub(super) struct Line {
    pub(super) ns: u64,
    pub(super) span: u64,
    pub(super) what: What,
}

pub(super) enum What {
    Spawn(Box<Spawned>),
    Enter,
    Exit,
    Close,
    Wake { by_itself: bool },
}

/// What the file tells of a task.
pub(super) struct Spawned {
    pub(super) name: String,
    pub(super) is_main: bool,
    pub(super) is_of_tokio: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    v: u32,
}

/// A line as console-subscriber writes it.
#[derive(Deserialize)]
enum Written {
    Spawn { id: u64, at: At, fields: Vec<Field> },
    Enter { id: u64, at: At },
    Exit { id: u64, at: At },
    Close { id: u64, at: At },
    Waker { id: u64, op: Op, at: At },
}

#[derive(Deserialize)]
struct At {
    secs_since_epoch: u64,
    nanos_since_epoch: u32,
}

#[derive(Deserialize)]
enum Op {
    Wake { self_wake: bool },
    WakeByRef { self_wake: bool },
    Clone,
    Drop,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    value: FieldValue,
}

/// A text, a number or a truth, as text.
struct FieldValue(String);

impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FieldValueVisitor)
    }
}

struct FieldValueVisitor;

impl Visitor<'_> for FieldValueVisitor {
    type Value = FieldValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value of a field: a text, a number, true or false")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<FieldValue, E> {
        Ok(FieldValue(text.to_owned()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<FieldValue, E> {
        Ok(FieldValue(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<FieldValue, E> {
        Ok(FieldValue(number.to_string()))
    }

    fn visit_bool<E: Error>(self, is_true: bool) -> Result<FieldValue, E> {
        Ok(FieldValue(is_true.to_string()))
    }
}

/// The version of the format, if the first line gives one.
pub(super) fn version(text: &str) -> Option<u32> {
    let header: Header = serde_json::from_str(text.lines().next()?).ok()?;
    Some(header.v)
}

/// The lines about tasks, by their times: several threads write them, in almost any order.
pub(super) fn lines(text: &str) -> Result<Vec<Line>, RecordingError> {
    match version(text) {
        Some(VERSION) => {}
        Some(other) => {
            return Err(RecordingError::Wrong(format!(
                "it is of version {other} of console-subscriber's format, and only version {VERSION} is known here"
            )));
        }
        None => return Err(RecordingError::Foreign),
    }
    let mut lines = Vec::new();
    for (number, line) in text.split_inclusive('\n').enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str(line) {
            Ok(written) => lines.extend(read(written)),
            // The process ended while this line was written.
            Err(_) if !line.ends_with('\n') => {}
            Err(error) => return Err(RecordingError::Wrong(format!("line {}: {}", number + 1, said(&error)))),
        }
    }
    lines.sort_by_key(|line| line.ns);
    Ok(lines)
}

/// What serde says, without the place, which counts from the start of the line, and not more than the beginning.
fn said(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(said, _)| said);
    message.chars().take(200).collect()
}

/// The line, if it is worth keeping.
fn read(written: Written) -> Option<Line> {
    let (span, at, what) = match written {
        Written::Spawn { id, at, fields } => (id, at, What::Spawn(Box::new(spawned(&fields)?))),
        Written::Enter { id, at } => (id, at, What::Enter),
        Written::Exit { id, at } => (id, at, What::Exit),
        Written::Close { id, at } => (id, at, What::Close),
        Written::Waker { id, op: Op::Wake { self_wake } | Op::WakeByRef { self_wake }, at } => {
            (id, at, What::Wake { by_itself: self_wake })
        }
        Written::Waker { op: Op::Clone | Op::Drop, .. } => return None,
    };
    let ns = at.secs_since_epoch.saturating_mul(1_000_000_000).saturating_add(at.nanos_since_epoch.into());
    Some(Line { ns, span, what })
}

/// A task, if it is not one of tokio's worker threads, which tokio tells of as of blocking functions.
fn spawned(fields: &[Field]) -> Option<Spawned> {
    let of = |name: &str| {
        let field = fields.iter().find(|field| field.name == name)?;
        Some(field.value.0.as_str()).filter(|text| !text.is_empty())
    };
    let kind = of("kind").unwrap_or("task");
    if kind == "blocking" && of("fn").is_some_and(|name| name.starts_with("tokio::runtime::scheduler::")) {
        return None;
    }
    let number = || of("task.id").map_or_else(|| kind.to_owned(), |id| format!("{kind} #{id}"));
    Some(Spawned {
        name: of("task.name").map_or_else(number, str::to_owned),
        is_main: kind == "block_on",
        // Others tell the thread as well, or do not tell how large a task is.
        is_of_tokio: of("size.bytes").is_some() && of("thread").is_none(),
    })
}
