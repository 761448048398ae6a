//! `paintdry scale`: its result in every format, what it refuses, and its processes, which may be killed.

use crate::started::{json, paintdry, run, stdout, text};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::time::SystemTime;

fn runs(report: &Value) -> &Vec<Value> {
    report["runs"].as_array().expect("a list")
}

fn names(report: &Value) -> Vec<&str> {
    runs(report).iter().map(|run| run["runtime"].as_str().expect("a name")).collect()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

const FIELDS: &str = "runtime version kind tasks threads wall_ns ideal_ns cpu_ns peak_bytes bytes_per_task future_bytes \
                      not_run error";

#[test]
fn json_of_scale() {
    let report = json("scale --tasks 10k,1,1 --drying 500ms --speed 10 --runtime smol,tokio,generator");
    assert_eq!(keys(&report), BTreeSet::from(["schema", "workload", "host", "begun", "cpu", "load", "runs"]));
    let begun = report["begun"].as_str().and_then(|begun| humantime::parse_rfc3339(begun).ok());
    assert!(begun.is_some_and(|begun| begun <= SystemTime::now()), "{report}");
    assert!(report["cpu"].is_string() || report["cpu"].is_null(), "{report}");
    assert_eq!(report["load"].is_f64(), !cfg!(windows), "{report}");
    let workload = serde_json::json!({ "job": "scale", "tasks": [1, 10_000], "drying_ns": 50_000_000, "speed": 10.0 });
    assert_eq!((&report["schema"], &report["workload"]), (&1.into(), &workload));
    assert_eq!(names(&report), ["generator", "tokio", "smol", "generator", "tokio", "smol"]);
    let tells = cfg!(unix); // how much memory a process has had
    for run in runs(&report) {
        assert_eq!(keys(run), FIELDS.split_whitespace().collect());
        assert_eq!((&run["error"], &run["not_run"], &run["kind"]), (&Value::Null, &Value::Null, &"runtime".into()));
        let number = |field: &str| run[field].as_u64().unwrap_or_else(|| panic!("{field} of {run} is no number"));
        assert_eq!(number("ideal_ns"), 50_000_000);
        assert!(number("wall_ns") >= 50_000_000, "a sleep is never too short: {run}");
        assert!(number("future_bytes") > 0 && run["cpu_ns"].is_u64(), "{run}");
        assert_eq!(number("threads"), 1);
        let many = number("tasks") == 10_000;
        assert_eq!((run["peak_bytes"].is_u64(), run["bytes_per_task"].is_f64()), (tells, tells && many), "{run}");
        if tells && many {
            // A future is somewhere in the memory of its task, at least as large as it is.
            let bytes = run["bytes_per_task"].as_f64().expect("a number");
            assert!((8.0..1e6).contains(&bytes), "{run}");
        }
    }
}

#[test]
fn every_contestant_ends_with_each_canvas_dry() {
    let report = json("scale --tasks 100 --drying 50ms --peers");
    assert!(runs(&report).len() > 12, "the runtimes, the floors, Python: {:?}", names(&report));
    for run in runs(&report) {
        // Python may not be there, or lack a module; everything else is.
        let measured = run["wall_ns"].is_u64();
        let may_be_absent = run["kind"] == "peer";
        assert!(measured || (may_be_absent && run["not_run"].is_string()), "{run}");
        let ideal = if run["runtime"] == "blocking" { run["tasks"].as_u64().expect("a number") } else { 1 };
        assert_eq!(run["ideal_ns"], ideal * 50_000_000, "{run}");
        assert!(run["runtime"] != "threads" || run["threads"] == run["tasks"], "{run}");
    }
    for (name, kind) in [("generator-by-hand", "runtime"), ("floor-closures", "floor"), ("python-asyncio", "peer")] {
        let of_the_name = runs(&report).iter().filter(|run| run["runtime"] == name);
        assert_eq!(of_the_name.map(|run| run["kind"].clone()).collect::<Vec<_>>(), [kind]);
    }
}

#[test]
fn csv_has_the_names_of_the_json() {
    let text = stdout("scale --tasks 1,2 --drying 10ms --runtime smol --format csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<_> = reader.headers().expect("a header").iter().collect();
    assert_eq!(names.join(" "), FIELDS);
    let tasks: Vec<_> = reader.records().map(|row| row.expect("a row")[3].to_owned()).collect();
    assert_eq!(tasks, ["1", "2"]);
}

#[test]
fn tables_fit_80_columns_and_say_what_was_not_run() {
    let table = stdout("scale --tasks 1,1M --drying 10ms --runtime blocking,generator-by-hand --memory 100MB");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    assert!(table.contains("\nblocking with 1,000,000 tasks was not run: one canvas after another takes"), "{table}");
    let why = "generator-by-hand with 1,000,000 tasks was not run: it would need about";
    assert!(table.contains(&format!("\n{why}")), "{table}");
    assert!(!table.contains('\x1b'), "{table}");
}

#[test]
fn markdown_has_a_table_for_each_number_of_tasks() {
    let text = stdout("scale --tasks 1,20 --drying 10ms --runtime generator,smol --format markdown");
    assert_eq!(text.matches("| tasks | runtime | above ideal | CPU time | peak | for a task |").count(), 2, "{text}");
    assert_eq!(text.matches("\n| 20 | ").count(), 2, "{text}");
    assert!(!text.contains("  "), "cells are trimmed: {text}");
}

#[test]
fn the_chart_says_everything_in_text() {
    let svg = stdout("scale --tasks 1,10k --drying 10ms --runtime threads,smol,generator --memory 50MB --format svg");
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n"), "{svg}");
    assert_eq!(svg.matches("<text ").count(), svg.matches("</text>").count());
    for words in
        [">1 task<", ">10,000 tasks<", ">Wall time above the ideal<", ", 1 task<", "prefers-color-scheme: dark"]
    {
        assert!(svg.contains(words), "{words}: {svg}");
    }
    assert_eq!(svg.matches(">generator<").count(), 3, "a row in each panel: {svg}");
    // Time and processor time have both; memory is known for the many only, and the threads had too little of it.
    assert_eq!(svg.matches("class=\"empty\"").count(), 2 * 3 + 1, "and one in the legend: {svg}");
}

#[test]
fn what_does_not_fit_is_refused_with_its_estimate_and_can_be_forced() {
    let refused = run("scale --tasks 1M --drying 10ms --runtime tokio --memory 100MB --format json");
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(text(&refused.stderr), "error: nothing ran; each row says why\n");
    let report: Value = serde_json::from_slice(&refused.stdout).expect("JSON");
    let why = runs(&report)[0]["not_run"].as_str().expect("a reason");
    assert!(why.contains("a first guess), and 100.0 MB are available; --force tries it anyway"), "{why}");

    // What the smaller run took is what the larger one is expected to take.
    let report = json("scale --tasks 10k,1M --drying 10ms --runtime tokio --memory 100MB");
    assert!(runs(&report)[0]["wall_ns"].is_u64());
    let why = runs(&report)[1]["not_run"].as_str().expect("a reason");
    assert_eq!(why.contains("measured with 10,000"), cfg!(unix), "{why}");

    let report = json("scale --tasks 5 --drying 10ms --runtime tokio --memory 0 --force");
    assert!(runs(&report)[0]["wall_ns"].is_u64(), "{report}");
}

#[test]
fn blocking_and_threads_say_what_they_cannot_do() {
    let report = json("scale --tasks 10001 --drying 10ms --runtime blocking,threads,floor-closures");
    let reasons: Vec<_> = runs(&report).iter().map(|run| run["not_run"].clone()).collect();
    assert_eq!(reasons[0], "one canvas after another takes 1m 40s");
    assert_eq!(reasons[1], "10001 threads are more than an operating system allows; use 10000 or fewer");
    assert_eq!(reasons[2], Value::Null);
    let report = json("scale --tasks 61 --drying 1ms --runtime blocking");
    assert!(runs(&report)[0]["wall_ns"].is_u64(), "it does not take a minute: {report}");
}

#[test]
fn one_that_fails_is_a_row_and_the_others_are_run() {
    let mut command = paintdry("scale --tasks 3 --drying 10ms --runtime tokio-multi,smol --format json");
    let output = command.env("TOKIO_WORKER_THREADS", "0").output().expect("the command starts");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stderr), "error: a run failed on tokio-multi; the result says why\n");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let error = runs(&report)[0]["error"].as_str().expect("it failed");
    assert!(error.starts_with("the runtime panicked: "), "{error}");
    assert!(runs(&report)[1]["wall_ns"].is_u64());
}

#[test]
fn without_python_its_rows_say_so() {
    let mut command = paintdry("scale --tasks 1 --drying 10ms --runtime python-generators,smol --format json");
    let output = command.env("PATH", "/no/such/folder").output().expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(runs(&report)[1]["not_run"], "there is no python3 on the PATH");
}

#[cfg(unix)]
#[test]
fn the_last_words_of_a_program_are_one_short_line() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let python = folder.path().join("python3");
    fs::write(&python, "#!/bin/sh\nprintf 'no\\033[2J brush %01000d' 0 >&2\nexit 3\n").expect("a file");
    fs::set_permissions(&python, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let mut command = paintdry("scale --tasks 1 --drying 1ms --runtime python-asyncio --format json");
    let output = command.env("PATH", folder.path()).output().expect("the command starts");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let error = runs(&report)[0]["error"].as_str().expect("it failed");
    assert!(error.contains("exit status 3 and without an answer: no brush 000"), "{error}");
    assert!(error.chars().count() == 300 && error.ends_with('…'), "{error}");
}

#[test]
fn the_result_goes_to_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("scale.svg");
    let arguments = format!("scale --tasks 1 --drying 10ms --runtime smol --format svg --output {}", file.display());
    assert_eq!(stdout(&arguments), "");
    assert!(fs::read_to_string(&file).expect("the file").starts_with("<svg "));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing temporary is left");
    // An hour of drying: if it were run, the test would not end.
    let output = run(&format!("scale --drying 1h --output {}", folder.path().display()));
    assert_eq!(output.status.code(), Some(2), "it is found out before the run");
}

#[cfg(target_os = "linux")]
mod processes {
    use super::{names, runs};
    use crate::started::{paintdry, text};
    use serde_json::Value;
    use std::fs;
    use std::process::{Child, Command, Output, Stdio};
    use std::time::{Duration, Instant};

    /// A command whose first run dries for an hour, and the process of that run.
    fn started(command: &mut Command) -> (Child, u32) {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let parent = command.spawn().expect("the command starts");
        let mut run = None;
        wait_until("a run in its own process", || {
            run = child_of(parent.id());
            run.is_some()
        });
        (parent, run.expect("it was found"))
    }

    fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
        let start = Instant::now();
        while !done() {
            assert!(start.elapsed() < Duration::from_secs(60), "it never happened: {what}");
            std::thread::yield_now();
        }
    }

    /// The process that has this parent, from the fields after the name in its status line: state and parent.
    fn child_of(parent: u32) -> Option<u32> {
        let processes = fs::read_dir("/proc").expect("Linux has it").filter_map(Result::ok);
        let mut numbers = processes.filter_map(|process| process.file_name().to_str()?.parse::<u32>().ok());
        numbers.find(|process| status(*process).is_some_and(|(_, of)| of == parent))
    }

    /// The state of a process and its parent; `None` if it is gone.
    fn status(process: u32) -> Option<(String, u32)> {
        let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let (_, fields) = line.rsplit_once(')')?;
        let mut fields = fields.split_whitespace();
        Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
    }

    fn send(signal: &str, process: u32) {
        let sent = Command::new("kill").args([signal, &process.to_string()]).status();
        assert!(sent.expect("there is a command kill").success());
    }

    fn ended(parent: Child) -> (Output, Value) {
        let output = parent.wait_with_output().expect("it ends");
        let report = serde_json::from_slice(&output.stdout).expect("JSON");
        (output, report)
    }

    #[test]
    fn one_that_is_killed_is_a_row_and_the_next_is_run() {
        // The second one cannot start without workers: its hour is not waited for.
        let mut command = paintdry("scale --tasks 1 --drying 1h --runtime generator,tokio-multi --format json");
        let (parent, run) = started(command.env("TOKIO_WORKER_THREADS", "0"));
        send("-KILL", run);
        let (output, report) = ended(parent);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), "error: a run failed on generator, tokio-multi; the result says why\n");
        assert_eq!(names(&report), ["generator", "tokio-multi"]);
        let error = "its process was killed with signal 9 (SIGKILL), as the system does when memory runs out";
        assert_eq!(runs(&report)[0]["error"], error);
        assert_ne!(runs(&report)[1]["error"], error);
    }

    #[test]
    fn ctrl_c_ends_the_run_and_prints_what_there_is() {
        let (parent, run) = started(&mut paintdry("scale --tasks 1 --drying 1h --runtime smol --format json"));
        crate::terminal::interrupt(parent.id());
        let (output, report) = ended(parent);
        assert_eq!(output.status.code(), Some(130));
        assert_eq!(text(&output.stderr), "error: interrupted after 0 of 1 runs\n");
        assert_eq!(report["runs"], serde_json::json!([]));
        assert_eq!(status(run), None, "it was ended, and waited for");
    }

    #[test]
    fn a_run_does_not_outlive_the_command() {
        let (mut parent, run) = started(&mut paintdry("scale --tasks 1 --drying 1h --runtime tokio-multi"));
        send("-KILL", parent.id());
        parent.wait().expect("it ends");
        wait_until("the end of the run", || status(run).is_none_or(|(state, _)| state == "Z"));
    }
}
