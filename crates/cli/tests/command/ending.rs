//! How the command ends when something goes wrong: files, pipes, failing runtimes, Ctrl-C.

use crate::started::{json, paintdry, run, stdout, text};
#[cfg(unix)]
use crate::terminal::interrupt;
use serde_json::Value;
use std::fs;
use std::io;
use std::process::Stdio;
#[cfg(unix)]
use std::time::{Duration, Instant};

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_wait_for_a_reader_of_a_pipe_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, pipe) = (folder.path().join("a.json"), folder.path().join("pipe"));
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("there is a command mkfifo").success());
    let mut command = paintdry("--virtual --runtime generator");
    let mut child = command.arg("--record").arg(&file).arg("--replay").arg(&pipe).spawn().expect("the command starts");
    wait_until("a temporary file", || fs::read_dir(folder.path()).expect("the folder").count() == 2);
    interrupt(child.id());
    wait_until("the end", || child_has_ended(&mut child));
    assert_eq!(child.wait().expect("it ended").code(), Some(130));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing temporary is left");
}

#[cfg(unix)]
fn child_has_ended(child: &mut std::process::Child) -> bool {
    child.try_wait().expect("it is ours").is_some()
}

#[test]
fn the_result_goes_to_the_file_and_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("result.json");
    for _ in 0..2 {
        let arguments = format!("amap --format json --output {}", file.display());
        assert_eq!(stdout(&arguments), "");
        let report: Value = serde_json::from_slice(&fs::read(&file).expect("the file")).expect("JSON");
        assert_eq!(report["schema"], 1);
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing temporary is left");
    }
}

#[test]
fn a_file_that_cannot_be_written_is_found_out_before_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let in_folder = |name: &str| folder.path().join(name);
    let too_long = in_folder(&"x".repeat(300));
    for path in [in_folder(""), in_folder("missing/result.json"), in_folder("missing/"), too_long, "/".into()] {
        // An hour of drying: if it were run, the test would not end.
        let output = run(&format!("--drying 1h --poll 1h --output {}", path.display()));
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.starts_with(&format!("error: cannot write to {}: ", path.display())), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_a_failure() {
    let output = run("amap --output /dev/full");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: cannot write to /dev/full: No space left"));
}

/// A reader that closes the pipe has read enough, as with `| head`: the command says nothing that it would not say otherwise.
#[test]
fn a_reader_that_closes_the_pipe_has_read_enough() {
    let commands = [
        "amap",
        "amap --format json",
        "amap --runtime smol --runs 4",
        "amap --virtual --output -",
        "--speed 1000 --format csv",
        "--virtual --record - --output /dev/null",
        "--virtual --trace - --output /dev/null",
        "--virtual --replay - --output /dev/null",
        "--virtual --image - --output /dev/null",
        "scale --tasks 1 --drying 1ms --runtime smol",
        "explore",
        "explore lost-update",
        "explore lost-update --format json",
        "lab",
        "doctor",
        "doctor --format json",
        "grade",
        "runtimes",
        "runtimes --format json",
        "completions bash",
        "completions zsh",
        "completions powershell",
        "man",
        "--help",
        "scale --help",
        "--version",
    ];
    let ended = |mut command: std::process::Command, stdout: Stdio| {
        let output = command.stdout(stdout).output().expect("the command starts");
        (output.status.code(), text(&output.stderr))
    };
    let closed = || {
        let (reader, writer) = io::pipe().expect("a pipe");
        drop(reader);
        writer.into()
    };
    let elsewhere = tempfile::tempdir().expect("a folder");
    let in_folder = |arguments| {
        let mut command = paintdry(arguments);
        command.current_dir(&elsewhere);
        command
    };
    for arguments in commands {
        let usual = ended(in_folder(arguments), Stdio::null());
        assert_eq!(ended(in_folder(arguments), closed()), usual, "{arguments}");
    }
    for words in ["", "-- paintdry --r"] {
        let mut command = in_folder(words);
        command.env("PAINTDRY_COMPLETE", "fish");
        assert_eq!(ended(command, closed()), (Some(0), String::new()), "completions: {words}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_has_three_names() {
    for name in ["/dev/stdout", "-", "/proc/self/fd/1"] {
        let output = run(&format!("amap --format json --output {name}"));
        let report = text(&output.stdout);
        assert!(output.status.success() && report.starts_with('{'), "{name}: {}{report}", text(&output.stderr));
    }
    let page = run("amap --virtual --replay - --output /dev/null");
    assert!(page.status.success() && text(&page.stdout).starts_with("<!doctype html>"), "{}", text(&page.stderr));
    let twice = run("amap --virtual --replay -");
    assert_eq!(twice.status.code(), Some(2));
    assert_eq!(text(&twice.stderr), "error: standard output cannot be written twice; name another file for each\n");
    assert!(!std::path::Path::new("-").exists());
}

/// The shell has opened the file, and knows where its next line goes.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_standard_output_is_continued_and_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log");
    let on_log = |arguments: &str| {
        let log = std::fs::File::options().append(true).create(true).open(&log).expect("a file");
        let output = paintdry(arguments).stdout(log).output().expect("the command starts");
        (output.status.code(), text(&output.stderr))
    };
    std::fs::write(&log, "old\n").expect("a file");
    assert_eq!(on_log("runtimes"), (Some(0), String::new()));
    assert_eq!(on_log("amap --virtual --runtime smol --format json --output /dev/stdout"), (Some(0), String::new()));
    let whole = std::fs::read_to_string(&log).expect("it is there");
    assert!(whole.starts_with("old\n") && whole.contains("generator") && whole.ends_with("}\n"), "{whole}");
    let (status, told) = on_log("amap --virtual --record /dev/stdout");
    assert_eq!(status, Some(2));
    assert_eq!(told, "error: /dev/stdout cannot be written twice; name another file for each\n");
    assert_eq!(std::fs::read_to_string(&log).expect("it is there"), whole);
}

/// The system ends a program that writes beyond the largest size of a file, unless the program takes the signal.
#[cfg(target_os = "linux")]
#[test]
fn a_file_beyond_the_largest_size_is_a_failure_that_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut limited = std::process::Command::new("prlimit");
    limited.args(["--fsize=100", env!("CARGO_BIN_EXE_paintdry"), "amap", "--virtual", "--output", "new.txt"]);
    let Ok(output) = limited.current_dir(&folder).output() else { return println!("left out: there is no prlimit") };
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.starts_with("error: cannot write to new.txt: File too large"), "{told}");
    assert_eq!(std::fs::read_dir(&folder).expect("it is there").count(), 0);
}

#[test]
fn a_recording_is_also_read_from_standard_input() {
    use std::io::Write;
    let recording = run("amap --virtual --record - --output /dev/null");
    let mut replay = paintdry("replay - --output -")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = replay.stdin.take().expect("it is piped");
    let writes = std::thread::spawn(move || input.write_all(&recording.stdout));
    let page = replay.wait_with_output().expect("it ends");
    writes.join().expect("it does not panic").expect("it is read");
    assert!(page.status.success() && text(&page.stdout).contains("paintdry-recording"));
}

#[test]
fn a_closed_standard_error_changes_no_status() {
    let (reader, writer) = io::pipe().expect("a pipe");
    drop(reader);
    let output = paintdry("--output /").stderr(writer).output().expect("the command starts");
    assert_eq!(output.status.code(), Some(2));
}

/// tokio panics when it is asked to start no worker.
#[test]
fn one_runtime_that_fails_is_a_row_with_its_error() {
    let failing = |arguments: &str| {
        let output = paintdry(arguments).env("TOKIO_WORKER_THREADS", "0").output().expect("the command starts");
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), "error: the run failed on tokio-multi; the result says why\n");
        text(&output.stdout)
    };
    for job in ["--speed 1000", "amap"] {
        let arguments = format!("{job} --runtime blocking,tokio-multi,smol");
        let report: Value = serde_json::from_str(&failing(&format!("{arguments} --format json"))).expect("JSON");
        let runs = report["runs"].as_array().expect("a list");
        assert_eq!(runs.len(), 3);
        for run in runs {
            let failed = run["runtime"] == "tokio-multi";
            assert_eq!(run["error"].is_string(), failed);
            assert_eq!(run["wall_ns"].is_null(), failed);
            assert_eq!(run["speedup"].is_null(), failed);
        }
        let table = failing(&arguments);
        assert!(
            table.contains("too few threads here: the runtime panicked: \"TOKIO_WORKER_THREADS\" cannot be set to 0"),
            "{table}"
        );
    }
}

#[test]
fn more_threads_than_are_tried_are_an_error_in_the_row() {
    for job in ["amap --items 1 --tasks", "--speed 1000 --strokes 1 --canvases"] {
        let output = run(&format!("{job} 10001 --runtime threads,generator --format json"));
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(
            report["runs"][0]["error"],
            "10001 threads are more than an operating system allows; use 10000 or fewer"
        );
        assert_eq!(report["runs"][1]["error"], Value::Null);
    }
}

/// Waits until another process has done something.
#[cfg(unix)]
pub(crate) fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(60), "it never happened: {what}");
        std::thread::yield_now();
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_prints_what_there_is_and_keeps_the_old_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("result.json");
    fs::write(&file, "old").expect("a file");
    let mut command = paintdry("--drying 1h --poll 1h --format json --runtime smol,blocking");
    command.arg("--output").arg(&file).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the command starts");
    // The temporary file appears once Ctrl-C is handled, and before the run.
    wait_until("a temporary file", || fs::read_dir(folder.path()).expect("the folder").count() == 2);
    interrupt(child.id());

    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(text(&output.stderr), "error: interrupted after 0 of 2 runtimes; no file was written\n");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["workload"]["drying_ns"], 3_600_000_000_000_u64);
    assert_eq!(report["runs"], serde_json::json!([]));
    assert_eq!(fs::read_to_string(&file).expect("the file"), "old");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1, "nothing temporary is left");
}

#[test]
fn nothing_but_the_result_when_quiet() {
    assert_eq!(json("--quiet --speed 1000 --runtime smol")["runs"].as_array().map(Vec::len), Some(1));
}
