//! CSV: one row for each runtime, with the JSON's field names, without its nested fields.

use super::sheet::checks;
use crate::Workload;
use crate::report::{JobReport, Report, Row};
use serde::Serialize;
use std::time::Duration;

/// The columns that both jobs have.
const COLUMNS: [&str; 7] = ["runtime", "version", "threads", "wall_ns", "ideal_ns", "speedup", "error"];

/// The rows of a report. An unknown value is an empty field. `checks` adds up all canvases; `order` has a
/// space between two items.
pub(super) fn report(report: &Report) -> String {
    let own: &[&str] = match report.workload.workload {
        Workload::Paint(_) => &["checks"],
        Workload::Amap(_) => &["ns_per_yield", "order"],
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have the same length.
    let _ = writer.write_record(COLUMNS.iter().chain(own));
    for run in &report.runs {
        let _ = writer.write_record(row(run));
    }
    text(writer)
}

fn row(run: &Row) -> Vec<String> {
    let nanoseconds = |time: Option<Duration>| field(time.map(|time| time.as_nanos()));
    let mut row = vec![
        run.runtime.to_owned(),
        run.version.to_owned(),
        field(run.threads),
        nanoseconds(run.wall),
        nanoseconds(run.ideal),
        field(run.speedup),
        field(run.error.as_ref()),
    ];
    match &run.job {
        JobReport::Paint { .. } => row.push(field(checks(run))),
        JobReport::Amap { order, ns_per_yield, .. } => {
            row.push(field(*ns_per_yield));
            row.push(field(order.as_ref().map(|order| order.join(" "))));
        }
    }
    row
}

fn field(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// A row for each of `records`, under the names of its fields.
pub(super) fn records(records: &[impl Serialize]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for record in records {
        let _ = writer.serialize(record); // as above, it cannot fail
    }
    text(writer)
}

fn text(writer: csv::Writer<Vec<u8>>) -> String {
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
