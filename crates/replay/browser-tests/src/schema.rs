//! The schema of recordings that is published in `docs`.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Reads the schema.
///
/// # Panics
/// If it is not there, or is no JSON.
#[must_use]
pub fn schema() -> Value {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/recording.schema.json");
    let text = fs::read_to_string(file).expect("the schema is there");
    serde_json::from_str(&text).expect("it is JSON")
}

/// The kinds of events that the schema has.
///
/// # Panics
/// As [`schema`], and if the schema has no events.
#[must_use]
pub fn kinds_of_events() -> BTreeSet<String> {
    let schema = schema();
    let forms = schema["$defs"]["event"]["oneOf"].as_array().expect("a list").iter();
    let kinds = forms.chain([&schema["$defs"]["plain"]]).flat_map(|form| {
        let kind = &form["prefixItems"][1];
        kind["enum"].as_array().cloned().unwrap_or_else(|| vec![kind["const"].clone()])
    });
    kinds.filter_map(|kind| kind.as_str().map(str::to_owned)).collect()
}
