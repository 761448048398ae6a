//! The recorded runs in the lab's page are what the command records now.

use crate::lab::LabPage;
use paintdry_browser_tests::program;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::process::Command;
use std::{env, fs};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/lab-recorded.json.gz.b64");

/// The programs of the lab, and how the command runs each with the lab's usual parameters.
const JOBS: [(&str, &str); 2] =
    [("paint", "paint --virtual --stroke-cost 40ns"), ("amap", "amap --virtual --tasks 2 --items 3")];

/// What the page has, unzipped by the browser.
const UNZIPPED: &str = "
    const text = document.getElementById('lab-recorded').textContent.trim();
    const zipped = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new Response(new Blob([zipped]).stream().pipeThrough(new DecompressionStream('gzip'))).json();
";

/// Zips its argument.
const ZIPPED: &str = "
    const stream = new Blob([arguments[0]]).stream().pipeThrough(new CompressionStream('gzip'));
    return new Response(stream).bytes().then((bytes) => btoa(String.fromCharCode(...bytes)));
";

/// The variable that lets the test write the file instead.
const RENEW: &str = "PAINTDRY_RENEW_RECORDED";

#[test]
fn the_recorded_runs_of_the_lab_are_what_the_command_records() {
    let recorded = Value::from_iter(JOBS.map(|(name, arguments)| recorded(name, arguments)));
    let page = LabPage::open("").page;
    if env::var_os(RENEW).is_some() {
        let zipped = page.run(ZIPPED, vec![recorded.to_string().into()]);
        let text = zipped.as_str().expect("a text");
        fs::write(COMMITTED, format!("{text}\n")).expect("there is room for a file");
        return;
    }
    let committed = page.run(UNZIPPED, vec![]);
    for (one, other) in list(&committed).iter().zip(list(&recorded)) {
        assert_eq!((&one["program"], &one["parameters"]), (&other["program"], &other["parameters"]));
        let runs = |job: &Value| list(&job["runs"]).iter().map(comparable).collect::<Vec<_>>();
        assert_eq!(runs(one), runs(other), "to write the file again, set {RENEW}=1 and run this test");
    }
    assert_eq!(list(&committed).len(), JOBS.len());
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// What the page needs of the command's runs of a job.
fn recorded(name: &str, arguments: &str) -> Value {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("recording.json");
    let mut command = Command::new(program());
    command.args(arguments.split(' ')).args(["--runtime", "blocking,threads,tokio,async-std,smol", "--record"]);
    command.arg(&file).arg("--quiet").env("ASYNC_STD_THREAD_COUNT", "2"); // or it has a thread for each core
    assert!(command.output().expect("the command starts").status.success());
    let recording: Value =
        serde_json::from_str(&fs::read_to_string(file).expect("it was written")).expect("it is JSON");
    let job = &recording["workload"];
    let ms = |ns: u64| ns / 1_000_000;
    let number = |name: &str| job[name].as_u64().expect("a number");
    let parameters = match name {
        "paint" => json!({
            "canvases": job["canvases"],
            "painting": ms(number("strokes") * number("stroke_cost_ns")),
            "drying": ms(number("drying_ns")),
            "poll": ms(number("poll_ns")),
        }),
        _ => json!({"tasks": job["tasks"], "items": job["items"]}),
    };
    let runs = list(&recording["runs"]).iter().map(|run| shown(run, name == "amap"));
    json!({"program": name, "parameters": parameters, "runs": Vec::from_iter(runs)})
}

/// A run without its source. Its lines, if they say how far a task is, are numbered from 1.
fn shown(run: &Value, has_lines: bool) -> Value {
    let is_line = |event: &Value| event[1] == "line";
    let mut events = list(&run["events"]).to_vec();
    events.retain(|event| has_lines || !is_line(event));
    let first = events.iter().filter(|event| is_line(event)).filter_map(|event| event[3].as_u64()).min();
    for event in events.iter_mut().filter(|event| is_line(event)) {
        event[3] = (event[3].as_u64().expect("a number") - first.unwrap_or(0) + 1).into();
    }
    let name = run["runtime"].as_str().expect("a name");
    let origin = match name {
        "blocking" | "threads" => "std alone".to_owned(),
        _ => format!("{name} {}", run["version"].as_str().expect("a version")),
    };
    let mut shown = run.clone();
    shown["events"] = events.into();
    shown["source"] = Value::Null;
    shown["origin"] = origin.into();
    shown.as_object_mut().expect("an object").remove("version"); // of the compiler, where there is no runtime
    shown
}

/// A run as it is each time. Of several threads, it does not say which of them polls which task, nor the order in one instant.
fn comparable(run: &Value) -> Value {
    let mut run = run.clone();
    if run["threads"] == 1 {
        return run;
    }
    let mut tasks: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for event in list(&run["events"]) {
        let task = event[2].as_u64().expect("a number");
        let is_main = run["tasks"][task as usize] == "main"; // it polls when the tasks end that it waits for
        if !is_main {
            tasks.entry(task).or_default().push(format!("{} {}", event[0], event[1]));
        }
    }
    for task in tasks.values_mut() {
        task.sort();
    }
    let mut tasks: Vec<_> = tasks.into_values().collect();
    tasks.sort();
    run["events"] = json!(tasks);
    run
}
