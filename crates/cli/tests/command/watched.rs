//! Virtual time, recordings, and what is made from them.

use crate::started::{RUNTIMES, json, paintdry, run, stdout, text};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it was written")
}

/// Runs the command, which must refuse with a sentence on standard error that has `words`.
fn refused(arguments: &str, words: &str) {
    let output = run(arguments);
    let sentence = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments}: {sentence}");
    assert!(sentence.contains(words), "{arguments}: {sentence}");
    assert!(!sentence.contains("panicked") && output.stdout.is_empty(), "{arguments}: {sentence}");
}

#[test]
fn in_virtual_time_blocking_takes_six_seconds_and_the_others_two() {
    let report = json("paint --virtual");
    assert_eq!((&report["workload"]["clock"], &report["workload"]["recorded"]), (&"virtual".into(), &false.into()));
    for (run, name) in report["runs"].as_array().expect("a list").iter().zip(RUNTIMES) {
        let seconds = if name == "blocking" { 6 } else { 2 };
        assert_eq!((&run["runtime"], &run["wall_ns"]), (&name.into(), &(seconds * 1_000_000_000_u64).into()));
        assert_eq!(run["speedup"], if name == "blocking" { 1.0 } else { 3.0 });
        assert_eq!(run["ideal_ns"], Value::Null);
    }
}

#[test]
fn strokes_that_cost_make_it_nine_and_five_and_three() {
    let report = json("--virtual --stroke-cost 40ns --runtime blocking,threads,generator,tokio,smol");
    let walls: Vec<_> = report["runs"].as_array().expect("a list").iter().map(|run| run["wall_ns"].clone()).collect();
    assert_eq!(walls, [9_000_000_000_u64, 3_000_000_000, 5_000_000_000, 5_000_000_000, 5_000_000_000]);
    let faster = json("--virtual --stroke-cost 40ns --speed 10 --runtime blocking");
    assert_eq!(faster["runs"][0]["wall_ns"], 900_000_000_u64, "all durations are divided");
    assert_eq!(json("--virtual --stroke-cost 0ns --runtime blocking")["runs"][0]["wall_ns"], 6_000_000_000_u64);
    refused("--stroke-cost 40ns", "--virtual");
    refused("--virtual --stroke-cost 1h", "25,000,000 strokes of 1h each would paint for more than 24h");
}

#[test]
fn a_recorded_run_is_not_compared() {
    let folder = folder();
    let arguments = format!("--speed 200 --strokes 10 --record {}", folder.path().join("dry.json").display());
    let report = json(&arguments);
    assert_eq!((&report["workload"]["clock"], &report["workload"]["recorded"]), (&"real".into(), &true.into()));
    for run in report["runs"].as_array().expect("a list") {
        assert!(run["wall_ns"].is_u64());
        assert_eq!((&run["speedup"], &run["ideal_ns"]), (&Value::Null, &Value::Null));
    }
    let table = stdout(&arguments);
    assert!(!table.contains('★') && !table.contains("times faster"), "{table}");
    assert!(table.contains("Recorded: the recorder's own time is part of these"), "{table}");
}

#[test]
fn the_page_of_a_recording_is_the_page_of_the_run() {
    let folder = folder();
    let [recording, replay, trace, later] =
        ["dry.json", "dry.html", "trace.json", "later.html"].map(|name| folder.path().join(name));
    let (recording_name, later_name) = (recording.display(), later.display());
    stdout(&format!(
        "--virtual --quiet --runtime blocking,generator,tokio,smol --record {recording_name} --replay {} --trace {}",
        replay.display(),
        trace.display()
    ));
    assert_eq!(stdout(&format!("replay {recording_name} --quiet --output {later_name}")), "");
    assert_eq!(read(&later), read(&replay));
    assert_eq!(stdout(&format!("replay {recording_name}")), read(&replay), "without --output it goes into the pipe");
    let page = read(&replay);
    assert!(page.starts_with("<!doctype html>"));
    assert!(["/*{style}*/", "/*{script}*/", "{recording}"].iter().all(|place| !page.contains(place)));
    let trace: Value = serde_json::from_str(&read(&trace)).expect("it is JSON");
    assert!(trace["traceEvents"].as_array().is_some_and(|events| events.len() > 100));
}

#[test]
fn no_file_is_written_twice_under_any_name() {
    let folder = folder();
    let (file, detour) = (folder.path().join("a.json"), folder.path().join(".").join("a.json"));
    for option in ["--trace", "--output"] {
        let (file, detour) = (file.display(), detour.display());
        refused(&format!("--virtual --record {file} {option} {detour}"), "cannot be written twice");
    }
    stdout(&format!("--virtual --runtime generator --record {}", file.display()));
    let recording = read(&file);
    for page in [&file, &detour] {
        refused(&format!("replay {} --output {}", file.display(), page.display()), "are one file; name another one");
    }
    assert_eq!(read(&file), recording);
}

/// As after `paintdry replay dry.json >> dry.json`.
#[cfg(unix)]
#[test]
fn a_page_is_not_added_to_the_recording_to_which_standard_output_leads() {
    let folder = folder();
    let file = folder.path().join("dry.json");
    stdout(&format!("--virtual --runtime generator --record {}", file.display()));
    let recording = read(&file);
    for place in ["", " --output -", " --output /dev/fd/1"] {
        let log = fs::File::options().append(true).open(&file).expect("it is there");
        let mut command = paintdry(&format!("replay {}{place}", file.display()));
        let output = command.stdout(log).output().expect("the command starts");
        assert_eq!((output.status.code(), read(&file) == recording), (Some(2), true), "{place}");
        assert!(text(&output.stderr).contains("are one file"), "{}", text(&output.stderr));
    }
}

#[cfg(unix)]
#[test]
fn a_result_that_cannot_be_written_does_not_take_the_others_with_it() {
    let folder = folder();
    let file = folder.path().join("result.json");
    let output = run(&format!("--virtual --format json --record /dev/full --output {}", file.display()));
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot write to /dev/full"), "{}", text(&output.stderr));
    assert!(read(&file).starts_with('{'));
}

#[test]
fn a_virtual_recording_is_the_same_to_the_byte() {
    let folder = folder();
    for job in ["paint", "amap"] {
        let recordings = [1, 2, 3].map(|number| {
            let file = folder.path().join(format!("{job}-{number}.json"));
            stdout(&format!("{job} --virtual --runtime blocking,generator,tokio,smol --record {}", file.display()));
            read(&file)
        });
        assert!(recordings.iter().all(|recording| *recording == recordings[0]), "{job}");
    }
}

#[test]
fn what_is_no_recording_is_refused_with_a_reason() {
    let folder = folder();
    let file = folder.path().join("dry.json");
    let name = file.display().to_string();
    stdout(&format!("--virtual --runtime generator --record {name}"));
    let good = read(&file);
    let page = folder.path().join("dry.html");
    for (text, words) in [
        (good[..good.len() / 2].to_owned(), "ends in the middle"),
        (good.replace("\"version\":1,", "\"version\":7,"), "a recording of version 7"),
        (good.replace("paintdry-recording", "another"), "not a recording, though it is JSON"),
        (good.replace("\"poll\",1,0", "\"poll\",99,0"), "has a task that is not in the list of tasks"),
        (good.replace("\"poll\",1,0", "\"nap\",1,0"), "there is no event of the kind"),
        (good.replace("\"runtime\":\"generator\",", ""), "missing field `runtime`"),
        ("canvases: 3".to_owned(), "not JSON"),
        ("[]".to_owned(), "not a recording, though it is JSON"),
        (String::new(), "not JSON"),
        ("error: no".to_owned(), "not JSON"),
        (stdout("--virtual --format json"), "not a recording, though it is JSON"),
    ] {
        fs::write(&file, text).expect("a file for the test");
        refused(&format!("replay {name} --output {}", page.display()), words);
    }
    fs::write(&file, [0xff, 0xfe]).expect("a file for the test");
    refused(&format!("replay {name}"), "this is not text; take a file that --record wrote");
    refused("replay no-such-file.json", "no-such-file.json: it cannot be read");
    refused(&format!("replay {}", folder.path().display()), "it cannot be read");
    assert!(!page.exists(), "no page is written");
}

#[test]
fn places_that_cannot_be_written_are_found_out_before_the_run() {
    for option in ["record", "replay", "trace"] {
        refused(
            &format!("--{option} /no/such/folder/file"),
            "cannot write to /no/such/folder/file: its folder does not exist",
        );
    }
    refused("--virtual --record same --replay same", "same cannot be written twice");
    refused("--virtual --record same --output same", "same cannot be written twice");
    assert!(!Path::new("same").exists());
    refused("--virtual --canvases 100000 --poll 1ms --record x.json", "events are too many to watch");
    assert!(!Path::new("x.json").exists());
}

/// The runs were made for all files, and may have taken hours.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_written_stops_no_other() {
    let folder = folder();
    let full = folder.path().join("full.svg");
    std::os::unix::fs::symlink("/dev/full", &full).expect("a link for the test");
    assert_eq!(
        run(&format!("--virtual --runtime smol --record {0}/a.json -o /dev/null", folder.path().display()))
            .status
            .code(),
        Some(0)
    );
    let failing = [
        "--virtual --runtime smol --record full.svg --replay page.html --output /dev/null",
        "replay a.json --image full.svg --output page.html",
        "explore lost-update --image full.svg --replay page.html",
    ];
    for arguments in failing {
        let output = paintdry(arguments).current_dir(&folder).output().expect("the command starts");
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments}: {told}");
        assert!(told.contains("cannot write to full.svg: No space left"), "{arguments}: {told}");
        let page = fs::read_to_string(folder.path().join("page.html")).expect("it is written all the same");
        assert!(page.ends_with("</html>\n"), "{arguments}");
        fs::remove_file(folder.path().join("page.html")).expect("it is there");
    }
}
