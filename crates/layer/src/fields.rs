//! Reads the fields of spans and events, under the names that tokio and compio give them.

use crate::record::Change;
use std::fmt::Debug;
use tracing::field::{Field, Visit};

/// The fields of a span that is opened.
#[derive(Debug, Default)]
pub(crate) struct SpanFields {
    pub(crate) kind: Option<String>,
    pub(crate) task_name: Option<String>,
    pub(crate) concrete_type: Option<String>,
    pub(crate) file: Option<String>,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Visit for SpanFields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let place = match field.name() {
            "kind" => &mut self.kind,
            "task.name" => &mut self.task_name,
            "concrete_type" => &mut self.concrete_type,
            "loc.file" => &mut self.file,
            _ => return,
        };
        *place = Some(format!("{value:?}")).filter(|text| !text.is_empty());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        let number = u32::try_from(value).unwrap_or(u32::MAX);
        match field.name() {
            "loc.line" => self.line = number,
            "loc.col" => self.column = number,
            _ => {}
        }
    }
}

/// The fields of an operation of a waker.
#[derive(Debug, Default)]
pub(crate) struct WakerFields {
    pub(crate) is_wake: bool,
    /// The id of the span of the task.
    pub(crate) span: u64,
}

impl Visit for WakerFields {
    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "op" {
            self.is_wake = value.starts_with("waker.wake");
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        if field.name() == "task.id" {
            self.span = value;
        }
    }
}

/// The fields of what happens to a resource or a claim.
#[derive(Debug, Default)]
pub(crate) struct ResourceFields {
    pub(crate) is_ready: Option<bool>,
    /// How long a sleep lasts, in milliseconds.
    pub(crate) duration_ms: Option<u64>,
    pub(crate) change: Option<Change>,
    /// Whether a claim to a semaphore has got permits.
    pub(crate) has_permits: bool,
}

impl Visit for ResourceFields {
    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}

    fn record_bool(&mut self, field: &Field, value: bool) {
        match (field.name(), value) {
            ("is_ready", _) => self.is_ready = Some(value),
            ("locked", true) => self.change = Some(Change::Locked),
            ("locked", false) => self.change = Some(Change::Unlocked),
            ("value_sent", true) => self.change = Some(Change::Sent),
            ("tx_dropped", true) => self.change = Some(Change::Closed),
            _ => {}
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "duration" => self.duration_ms = Some(value),
            "permits_obtained" => self.has_permits = value > 0,
            _ => {}
        }
    }
}
