//! The subcommand `diagnose`: what it says of sound and faulty recordings, and its exit status.

use crate::started::{paintdry, text};
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Recording};
use serde_json::Value;
use std::fs;
use std::time::Duration;
use tempfile::TempDir;

/// The status of `diagnose` with these options, its result, and what it says on standard error.
fn diagnosed(folder: &TempDir, options: &str) -> (Option<i32>, String, String) {
    let output = paintdry(&format!("diagnose {options}")).current_dir(folder).output().expect("the command starts");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// A folder with `sound.json` and `faulty.json`, in which the main task panics.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let record = paintdry("--virtual --runtime generator --record sound.json -q").current_dir(&folder).output();
    assert!(record.expect("the command starts").status.success());
    let event = |what| Event { ns: 0, task: 0, what };
    let events = [EventKind::Spawn { by: None }, EventKind::Poll { thread: Some(0) }, EventKind::Panic("broke".into())];
    let (tasks, events) = (vec!["main".to_owned()], events.map(event).to_vec());
    let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
    recording.runs.push(RecordedRun::new("smol", "one thread", Duration::ZERO, tasks, events));
    fs::write(folder.path().join("faulty.json"), recording.to_json()).expect("a file");
    folder
}

#[test]
fn a_sound_recording_has_nothing_wrong_and_a_faulty_one_begins_with_its_fault() {
    let folder = folder();
    let (status, told, error) = diagnosed(&folder, "sound.json");
    assert_eq!((status, error.as_str()), (Some(0), ""));
    assert!(told.starts_with("Nothing is wrong that these events show.\n"), "{told}");
    assert!(told.contains("Looked at 1 run, 4 tasks and "), "{told}");

    let (status, told, error) = diagnosed(&folder, "faulty.json");
    assert_eq!((status, error.as_str()), (Some(1), "error: the recording shows 1 fault\n"));
    assert!(told.starts_with("Fault: main panics: broke.\n"), "{told}");
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    assert!(told.contains("#run=smol&event=2 ") && told.contains("docs/10-cancellation"), "{told}");
}

#[test]
fn the_json_has_each_finding() {
    let folder = folder();
    let (_, told, _) = diagnosed(&folder, "faulty.json --format json");
    let json: Value = serde_json::from_str(&told).expect("it is JSON");
    let finding = &json["findings"][0];
    assert_eq!([&finding["kind"], &finding["severity"], &finding["confidence"]], ["failed", "fault", "is"]);
    assert_eq!((&finding["tasks"][0], &finding["event"]), (&Value::from("main"), &Value::from(2)));
    let (status, told, _) = diagnosed(&folder, "sound.json -f json");
    let json: Value = serde_json::from_str(&told).expect("it is JSON");
    assert_eq!((status, json["findings"].as_array().map(Vec::len), &json["runs"]), (Some(0), Some(0), &Value::from(1)));
}

#[test]
fn what_is_no_recording_is_an_error_of_usage() {
    let folder = folder();
    fs::write(folder.path().join("no.json"), "{}").expect("a file");
    for file in ["no.json", "missing.json", "."] {
        let (status, told, error) = diagnosed(&folder, file);
        assert_eq!((status, told.as_str()), (Some(2), ""), "{file}");
        assert!(error.starts_with("error: ") && error.lines().count() == 1, "{error}");
    }
}

#[test]
fn a_result_goes_to_a_file_and_a_recording_comes_from_a_pipe() {
    let folder = folder();
    assert_eq!(diagnosed(&folder, "faulty.json -o found.txt").0, Some(1));
    let found = fs::read_to_string(folder.path().join("found.txt")).expect("it was written");
    let faulty = fs::File::open(folder.path().join("faulty.json")).expect("it is there");
    let piped = paintdry("diagnose -").stdin(faulty).output().expect("the command starts");
    assert_eq!(text(&piped.stdout), found);
}

#[test]
fn the_result_does_not_replace_the_recording() {
    let folder = folder();
    let before = fs::read(folder.path().join("sound.json")).expect("it is there");
    for options in ["diagnose sound.json -o sound.json", "diff sound.json faulty.json -o ./sound.json"] {
        let output = paintdry(options).current_dir(&folder).output().expect("the command starts");
        let said = text(&output.stderr);
        let sentence = "the result and the recording sound.json are one file; name another one for the result";
        assert_eq!((output.status.code(), said.trim_end()), (Some(2), &*format!("error: {sentence}")), "{options}");
        assert!(fs::read(folder.path().join("sound.json")).expect("it is there") == before, "{options}");
    }
}

/// All commands that take a recording take it, and nothing that it cannot tell is called a fault.
#[test]
fn a_file_of_console_subscriber_is_read_as_a_recording() {
    let folder = folder();
    let line = |what: &str, ns: u32, more: &str| {
        let at = format!("{{\"secs_since_epoch\":1,\"nanos_since_epoch\":{ns}}}");
        format!("{{\"{what}\":{{\"id\":1,\"at\":{at}{more}}}}}\n")
    };
    let task = r#","fields":[{"name":"task.name","value":"sky"},{"name":"size.bytes","value":9}]"#;
    let lines = [line("Spawn", 0, task), line("Enter", 5, ""), line("Exit", 900_000_000, "")];
    fs::write(folder.path().join("console.json"), format!("{{\"v\":1}}\n{}", lines.concat())).expect("a file");
    let (status, told, error) = diagnosed(&folder, "console.json");
    assert_eq!((status, error.as_str()), (Some(0), ""));
    assert!(told.starts_with("Nothing is wrong that these events show.\n"), "{told}");
    for command in ["replay console.json -q --output console.html", "diff console.json console.json"] {
        let output = paintdry(command).current_dir(&folder).output().expect("the command starts");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()), "{command}");
    }
    let page = fs::read_to_string(folder.path().join("console.html")).expect("the page");
    assert!(page.contains("recorded by console-subscriber, which does not tell threads"));
    fs::write(folder.path().join("console.json"), "{\"v\":2}\n").expect("a file");
    let (status, _, error) = diagnosed(&folder, "console.json");
    assert!(status == Some(2) && error.contains("console.json: ") && error.contains("version 2"), "{error}");
}
