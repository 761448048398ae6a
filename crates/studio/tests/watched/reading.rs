//! The reader takes what the schema allows and nothing else, and repeats a stranger's words only in part.

use paintdry_studio::{EventKind, Recording, RecordingError, WakeSource, limits};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A recording as it is in its file.
fn recording() -> Value {
    json!({
        "format": "paintdry-recording",
        "version": 1,
        "clock": "virtual",
        "workload": {"job": "program", "name": "tea"},
        "host": {"os": "linux", "cores": 2, "rustc": "1.88.0"},
        "sources": [{"name": "tea", "file": "tea.rs", "first_line": 1, "text": "fn tea() {}"}],
        "runs": [{
            "runtime": "generator",
            "version": "0.1.0",
            "about": "ours",
            "threads": 1,
            "source": "tea",
            "wall_ns": 0,
            "error": null,
            "tasks": ["main"],
            "events": [[0, "spawn", 0, null], [0, "poll", 0, 0], [0, "wake", 0, 0], [0, "complete", 0]],
            "resources": [],
        }],
    })
}

fn refused(text: &str) -> RecordingError {
    Recording::read(text).expect_err("it is no recording")
}

#[test]
fn an_object_is_no_list_and_no_field_is_missing() {
    let text = recording().to_string();
    Recording::read(&text).expect("it is one");
    Recording::read(&format!("\u{feff}{text}")).expect("some editors put this mark at the start");
    assert!(matches!(refused(&format!("\u{feff}\u{feff}{text}")), RecordingError::NotJson(_)));
    let paint = json!(["paint", 1, 1, 1, 1, 1]);
    let run = json!(["generator", "0.1.0", "ours", 1, "tea", 0, null, ["main"], []]);
    for (place, value, words) in [
        ("/host", json!(["linux", 2, "1"]), "expected an object"),
        ("/sources/0", json!(["tea", "tea.rs", 1, ""]), "expected an object"),
        ("/runs/0", run, "expected a list"), // the lists are counted before, and its first element is none
        ("/runs/0", json!([[], []]), "expected an object"),
        ("/workload", paint, "expected an object"),
        ("/clock", json!({"virtual": null}), "expected a string"),
        ("/clock", json!("sand"), "there is no clock called \"sand\""),
        ("/workload", json!({"job": "tea", "name": "tea"}), "there is no job called \"tea\""),
        ("/workload", json!({"job": "amap", "tasks": 1}), "exactly the fields of the job \"amap\""),
        (
            "/workload",
            json!({"job": "program", "name": "tea", "tasks": 1}),
            "exactly the fields of the job \"program\"",
        ),
        ("/workload", json!({"job": "program", "name": "tea", "tasks": null}), "invalid type: null"),
        ("/runs/0/events/2/3", json!(1_u64 << 32), "there is no task 4294967296"),
        ("/runs/0/events/2/3", json!([0]), "expected a task, \"timer\""),
        ("/runs/0/resources", json!([["mutex", "blue", 1]]), "expected an object"),
        ("/runs/0/resources", json!([{"kind": {"mutex": null}, "name": "blue", "capacity": 1}]), "expected a string"),
        (
            "/runs/0/resources",
            json!([{"kind": "pot", "name": "blue", "capacity": 1}]),
            "no resource of the kind \"pot\"",
        ),
        ("/runs/0/resources", json!([{"kind": "mutex", "name": "blue"}]), "missing field `capacity`"),
        ("/runs/0/events/2", json!([0, "wait", 0, 0, 0, "paint"]), "\"paint\" is not what tasks wait to do"),
        ("/runs/0/events/2", json!([0, "take", 0, 0]), "shorter than it should be"),
        ("/runs/0/events/2", json!([0, "take", 0, 0, 0, 0]), "longer than it should be"),
    ] {
        let mut changed = recording();
        *changed.pointer_mut(place).expect("it is there") = value;
        let error = refused(&changed.to_string());
        assert!(matches!(error, RecordingError::Wrong(_)) && error.to_string().contains(words), "{place}: {error}");
    }
    for field in ["source", "error", "threads"] {
        let mut without = recording();
        without["runs"][0].as_object_mut().expect("it is a run").remove(field);
        let error = refused(&without.to_string()).to_string();
        assert!(error.contains(&format!("missing field `{field}`")), "{error}");
    }
    let whole = json!(["paintdry-recording", 1, "virtual", recording()["workload"], recording()["host"], [], []]);
    let error = serde_json::from_value::<Recording>(whole).expect_err("a list is none to serde either");
    assert!(error.to_string().contains("expected an object"), "{error}");
}

#[test]
fn what_a_recording_does_not_know_stays_unknown() {
    let mut little = recording();
    little["runs"][0]["threads"] = Value::Null;
    little["runs"][0]["events"] = json!([[0, "spawn", 0, null], [0, "poll", 0, null], [0, "wake", 0, "unknown"]]);
    let read = Recording::read(&little.to_string()).expect("it is a recording");
    let run = &read.runs[0];
    assert_eq!((run.threads, &run.events[1].what), (None, &EventKind::Poll { thread: None }));
    assert_eq!(run.events[2].what, EventKind::Wake(WakeSource::Unknown));
    assert_eq!(
        serde_json::from_str::<Value>(&read.to_json()).expect("it is JSON")["runs"][0]["events"],
        little["runs"][0]["events"]
    );
    assert!(read.to_trace().contains("woken, and not told by whom"));
    little["runs"][0]["threads"] = json!(0);
    assert!(refused(&little.to_string()).to_string().contains("has no thread"));
}

/// Where serde itself would repeat the text as well.
#[test]
fn a_message_repeats_only_the_beginning_of_a_long_text() {
    let long = "\u{7f}".repeat(100_000); // `Debug` shows each as six characters
    for place in [
        "/format",
        "/clock",
        "/workload/job",
        "/host/cores",
        "/runs/0/source",
        "/runs/0/wall_ns",
        "/runs/0/events/0/1",
        "/runs/0/events/2/3",
    ] {
        let mut changed = recording();
        *changed.pointer_mut(place).expect("it is there") = json!(long);
        let error = refused(&changed.to_string()).to_string();
        assert!(error.chars().count() < 1_000, "{place}: {}", error.len());
    }
    let mut unknown = recording();
    unknown["runs"][0][&long] = json!(0);
    assert!(refused(&unknown.to_string()).to_string().chars().count() < 1_000);
}

#[test]
fn a_string_that_no_recording_has_is_refused_before_it_is_read() {
    let bytes = usize::try_from(12 * limits::TEXT).expect("a million");
    let longest = "\\uD83D\\uDE00".repeat(bytes / 12);
    let note = |text: &str| recording().to_string().replace("\"ours\"", &format!("\"{text}\""));
    Recording::read(&note(&longest)).expect("as many characters as it may have, each as long as it can be");
    let error = refused(&note(&format!("{longest}\\\"")));
    assert!(matches!(&error, RecordingError::TooLarge { what, .. } if what == "bytes in one text"), "{error}");
    let mut source = recording();
    source["sources"][0]["text"] = json!("ä".repeat(1_000_000));
    Recording::read(&source.to_string()).expect("a source may be longer");
    assert_eq!(refused(&format!("{{\"tea\": \"{longest}!\"}}")), RecordingError::Foreign);
}

/// The fuzzer changes recordings that can be read.
#[test]
fn the_seeds_of_the_fuzz_target_are_recordings() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/recording");
    if !seeds.exists() {
        return; // a published crate has none beside it
    }
    for seed in fs::read_dir(seeds).expect("the seeds are there") {
        let path = seed.expect("it can be read").path();
        let read = Recording::read(&fs::read_to_string(&path).expect("it is text"));
        assert!(read.is_ok(), "{}: {read:?}", path.display());
    }
}
