//! The trace for Perfetto: a track for each task, named and sorted, with what it did from its first event to its last.

use paintdry_core::{Runtime, gather};
use paintdry_studio::{
    Clock, EventKind, Host, RecordedRun, RecordedWorkload, Recording, Source, Studio, WakeSource, name_task,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

type Loop = Studio<paintdry_generator::EventLoop>;

fn recording() -> Recording {
    let watched =
        Loop::new(Clock::Virtual).recording().run(gather::<Loop, _>(["a \"<b>", "c"].map(|name| async move {
            name_task(name);
            Loop::yield_now().await;
            Loop::sleep(Duration::from_micros(1_500)).await;
        })));
    let workload = RecordedWorkload::Program { name: "two \"<tasks>\"".to_owned() };
    let host = Host { os: "linux".to_owned(), cores: 2, rustc: "1.88.0".to_owned() };
    let source = Source { name: "s".to_owned(), file: "s.rs".to_owned(), first_line: 1, text: "fn s() {}".to_owned() };
    let mut recording = Recording::new(Clock::Virtual, workload, host, vec![source]);
    let run = RecordedRun {
        runtime: "generator".to_owned(),
        version: "0.1.0".to_owned(),
        about: "ours".to_owned(),
        threads: Some(1),
        source: Some("s".to_owned()),
        wall_ns: 1_500_000,
        error: None,
        tasks: watched.tasks,
        events: watched.events,
        resources: Vec::new(),
    };
    recording.runs = vec![run.clone(), RecordedRun { runtime: "again".to_owned(), ..run }];
    recording
}

#[test]
fn what_was_written_is_read_again() {
    let recording = recording();
    assert_eq!(Recording::read(&recording.to_json()), Ok(recording));
}

#[test]
fn a_run_names_a_source_that_is_there_or_none() {
    let mut recording = recording();
    recording.sources.clear();
    let error = Recording::read(&recording.to_json()).unwrap_err();
    assert!(error.to_string().contains("has no source called \"s\""), "{error}");
    recording.runs.iter_mut().for_each(|run| run.source = None);
    assert_eq!(Recording::read(&recording.to_json()), Ok(recording));
}

#[test]
fn each_task_has_a_track_that_is_named_and_sorted() {
    let trace: Value = serde_json::from_str(&recording().to_trace()).expect("it is JSON");
    let entries = trace["traceEvents"].as_array().expect("a list");
    let named = |name: &str, argument: &str| -> Vec<_> {
        let entries = entries.iter().filter(|entry| entry["ph"] == "M" && entry["name"] == name);
        entries.map(|entry| (entry["tid"].clone(), entry["args"][argument].clone())).collect()
    };
    let title = |title: &str| (Value::Null, json!(title));
    assert_eq!(named("process_name", "name"), [title("generator 0.1.0"), title("again 0.1.0")]);
    // The processes are 1 and 2. No track has one of these numbers, and none is in both.
    let every = ["main", "a \"<b>", "c"].iter().cycle();
    let tracks: Vec<_> = (3..=8).zip(every).map(|(track, name)| (json!(track), json!(name))).collect();
    assert_eq!(named("thread_name", "name"), tracks);
    let sorted: Vec<_> = (3..=8).map(|track| (json!(track), json!((track - 3) % 3))).collect();
    assert_eq!(named("thread_sort_index", "sort_index"), sorted);
}

#[test]
fn the_spans_of_a_task_cover_its_life_without_a_gap() {
    let trace: Value = serde_json::from_str(&recording().to_trace()).expect("it is JSON");
    let entries = trace["traceEvents"].as_array().expect("a list");
    let spans: Vec<_> = entries.iter().filter(|entry| entry["ph"] == "X" && entry["tid"] == 4).collect();
    let names: Vec<_> = spans.iter().map(|span| span["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["ready", "running", "ready", "running", "waiting", "ready", "running"]);
    let mut end = 0.0;
    for span in spans {
        let (from, length) = (span["ts"].as_f64().expect("a number"), span["dur"].as_f64().expect("a number"));
        assert!((from - end).abs() < 1e-6, "{span}");
        end = from + length;
    }
    assert!((end - 1_500.0).abs() < 1e-6, "microseconds");
    let fired: Vec<_> = entries.iter().filter(|entry| entry["name"] == "timer fired").collect();
    assert_eq!((fired.len(), &fired[0]["ts"], &fired[0]["ph"]), (4, &json!(1_500.0), &json!("i")));
}

#[test]
fn each_arrow_has_two_ends_and_a_number_that_perfetto_reads() {
    let recording = recording();
    let trace: Value = serde_json::from_str(&recording.to_trace()).expect("it is JSON");
    let numbers = |phase: &str| -> BTreeSet<u64> {
        let entries = trace["traceEvents"].as_array().expect("a list").iter().filter(|entry| entry["ph"] == phase);
        let number = |entry: &Value| u64::from_str_radix(entry["id"].as_str()?.strip_prefix("0x")?, 16).ok();
        entries.map(|entry| number(entry).expect("a hexadecimal number")).collect()
    };
    let events = recording.runs.iter().flat_map(|run| &run.events);
    let wakes =
        events.filter(|event| matches!(event.what, EventKind::Wake(WakeSource::Task(by)) if by != event.task)).count();
    assert!(wakes > 1, "there is something to see");
    assert_eq!((numbers("s").len(), numbers("s")), (wakes, numbers("f")));
}

/// Of entries of one time, Perfetto takes for the ends of an arrow what stands last before them on their tracks.
#[test]
fn an_arrow_leads_from_the_mark_of_the_wake_to_the_span_that_begins_with_it() {
    let trace: Value = serde_json::from_str(&recording().to_trace()).expect("it is JSON");
    let entries = trace["traceEvents"].as_array().expect("a list");
    let mut arrows = 0;
    for (at, entry) in entries.iter().enumerate().filter(|(_, entry)| entry["ph"] == "s" || entry["ph"] == "f") {
        let mut before = entries[..at].iter().rev().filter(|one| one["ph"] != "M");
        let last = before.find(|one| one["tid"] == entry["tid"]).expect("the task did something");
        assert_eq!(last["ts"], entry["ts"], "{entry}");
        assert_eq!(last["name"], if entry["ph"] == "s" { "wakes main" } else { "ready" }, "{entry}");
        arrows += 1;
    }
    assert!(arrows > 3, "there is something to see");
    let by_itself = entries.iter().filter(|entry| entry["name"] == "wakes itself").count();
    assert_eq!(by_itself, 4, "each of the two tasks of each run yields once");
}
