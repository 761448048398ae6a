//! Recordings of every runtime, held to the schema that is published in `docs`.

use boon::{Compiler, SchemaIndex, Schemas};
use paintdry_browser_tests::{Recording, kinds_of_events, schema};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn compiled() -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("recording.schema.json", schema()).expect("it is a schema");
    let index = compiler.compile("recording.schema.json", &mut schemas).expect("it is a schema");
    (schemas, index)
}

#[test]
fn recordings_of_every_runtime_follow_the_schema() {
    let (schemas, index) = compiled();
    for arguments in
        ["--virtual", "--virtual --stroke-cost 40ns", "--speed 200 --strokes 1000", "amap", "amap --virtual --tasks 30"]
    {
        let recording = Recording::of(arguments).json;
        assert_eq!(recording["runs"].as_array().map(Vec::len), Some(8));
        if let Err(error) = schemas.validate(&recording, index) {
            panic!("{arguments}: {error:#}");
        }
    }
}

#[test]
fn a_recording_of_a_program_of_your_own_follows_the_schema() {
    let (schemas, index) = compiled();
    let recording = Recording::of("--virtual --runtime generator").of_a_program("Tea").json;
    if let Err(error) = schemas.validate(&recording, index) {
        panic!("{error:#}");
    }
}

#[test]
fn the_page_knows_each_kind_of_event_that_the_schema_has() {
    let model = include_str!("../../assets/model.js");
    let (_, list) = model.split_once("const KINDS = (").expect("the page's kinds");
    let (list, _) = list.split_once(").split").expect("their end");
    let known = list.split('"').skip(1).step_by(2).flat_map(str::split_whitespace).map(str::to_owned);
    assert_eq!(known.collect::<BTreeSet<_>>(), kinds_of_events());
}

#[test]
fn the_schema_refuses_what_is_no_recording() {
    let (schemas, index) = compiled();
    let recording = Recording::of("--virtual --runtime generator").json;
    let with = |pointer: &str, value: Value| {
        let mut changed = recording.clone();
        *changed.pointer_mut(pointer).expect("it is there") = value;
        changed
    };
    for (pointer, value) in [
        ("/version", json!(2)),
        ("/clock", json!("wall")),
        ("/runs/0/wall_ns", json!(-1)),
        ("/runs/0/events/0", json!([0, "spawn", 0])),
        ("/runs/0/events/0", json!([0, "spawn", 0, null, 1])),
        ("/runs/0/events/0", json!([0, "sleep", 0])),
        ("/runs/0/events/0", json!([0, "wake", 0, "nobody"])),
        ("/workload/job", json!("amap")),
        ("/workload", json!({"job": "program"})),
        ("/runs/0/source", json!(1)),
    ] {
        assert!(schemas.validate(&with(pointer, value.clone()), index).is_err(), "{pointer}: {value}");
    }
}
