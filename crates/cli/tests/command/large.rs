//! Recordings that are too large to show, and long ones that are not.

use crate::started::{run, stdout, text};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::path::Path;

/// A recording of a program with one run, and `change` made to it.
fn recording(change: impl FnOnce(&mut Value)) -> String {
    let mut recording = json!({
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
            "events": [[0, "spawn", 0, null], [0, "poll", 0, 0], [0, "complete", 0]],
        }],
    });
    change(&mut recording);
    recording.to_string()
}

/// What the command says of the file, for which it makes no page.
fn refusal(file: &Path) -> String {
    let output = run(&format!("replay {}", file.display()));
    let sentence = text(&output.stderr);
    assert!(output.status.code() == Some(2) && output.stdout.is_empty(), "{sentence}");
    assert!(sentence.lines().count() == 1 && sentence.contains("; record less:"), "{sentence}");
    sentence
}

#[test]
fn a_recording_that_no_page_can_show_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("large.json");
    let empty = json!({"runtime": "", "version": "", "about": "", "threads": 1, "source": null, "wall_ns": 0, "error": null, "tasks": [], "events": []});
    let many = |value: &Value, times: usize| Value::from(vec![value.clone(); times]);
    for (text, words) in [
        (recording(|one| one["runs"][0]["threads"] = json!(50_000_000)), "50,000,000 threads in all its runs"),
        (recording(|one| one["runs"][0]["threads"] = json!(1_u64 << 32)), "4,294,967,296 threads in all its runs"),
        (recording(|one| one["runs"][0]["events"][1][3] = json!(u32::MAX)), "4,294,967,296 threads in all its runs"),
        (recording(|one| one["sources"][0]["text"] = json!("a\n".repeat(400_000))), "400,001 lines in source 0"),
        (
            recording(|one| one["sources"][0]["text"] = json!("a\n".repeat(2_000_000))),
            "4,000,000 characters in source 0",
        ),
        (recording(|one| one["runs"] = many(&empty, 150_000)), "150,000 runs"),
        (recording(|one| one["sources"] = many(&one["sources"][0], 1_001)), "1,001 sources"),
        (recording(|one| one["runs"][0]["tasks"] = many(&json!(""), 1_000_001)), "1,000,001 tasks in all its runs"),
        (
            recording(|one| one["runs"][0]["tasks"][0] = json!("x".repeat(1_000_000))),
            "1,000,000 characters in the name",
        ),
        (recording(|one| one["runs"][0]["tasks"] = many(&json!("x".repeat(99_999)), 321)), "bytes in all its texts"),
    ] {
        fs::write(&file, text).expect("a file for the test");
        let sentence = refusal(&file);
        assert!(sentence.contains(words), "{sentence}");
    }
    // The file takes no space on the disk, but can be read to its full length.
    File::create(&file).and_then(|file| file.set_len(1 << 40)).expect("a file for the test");
    assert!(refusal(&file).contains("it has 500,000,001 bytes"));
}

#[test]
fn a_recording_of_120_days_has_a_page() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("long.json");
    let days = 10_368_000_000_000_001_u64;
    let text = recording(|one| {
        one["runs"][0]["wall_ns"] = json!(days);
        one["runs"][0]["events"][2][0] = json!(days);
    });
    fs::write(&file, text).expect("a file for the test");
    let page = stdout(&format!("replay {}", file.display()));
    assert!(page.contains(r#"["10368000000000001","complete",0]"#), "the page has it to the last digit");
}

#[test]
fn a_run_that_wants_too_many_threads_is_recorded_as_one_that_failed() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("dry.json");
    let recorded = run(&format!("--virtual --canvases 20000 --runtime threads --record {}", file.display()));
    assert_eq!(recorded.status.code(), Some(1));
    let recording: Value = serde_json::from_slice(&fs::read(&file).expect("it is written")).expect("it is JSON");
    assert_eq!(recording["runs"][0]["threads"], 1);
    assert!(stdout(&format!("replay {}", file.display())).contains("use 10000 or fewer"));
}

/// In a name that the message repeats, in the text that is not JSON, and in the file's name.
#[test]
fn a_hostile_recording_does_nothing_to_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let hostile = "\u{1b}]0;title\u{7}\u{1b}[2Ja\u{202E}b\u{9b}31m";
    let texts = [
        recording(|one| one["runs"][0]["source"] = json!(hostile)),
        recording(|one| one[hostile] = json!(1)),
        recording(|one| one["workload"]["job"] = json!(hostile.repeat(100_000))),
        recording(|one| one["clock"] = json!(hostile)),
        format!("{{\"{hostile}"),
    ];
    for (number, text) in texts.iter().enumerate() {
        let file = folder.path().join(format!("{number}.json"));
        fs::write(&file, text).expect("a file");
        let output = run(&format!("replay {}", file.display()));
        let sentence = self::text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{sentence}");
        assert!(sentence.len() < 20_000 && sentence.trim_end().lines().count() == 1, "{}", sentence.len());
        assert_eq!(sentence.chars().find(|c| acts(*c)), None, "{sentence}");
    }
}

fn acts(c: char) -> bool {
    (c.is_control() && c != '\n') || c == '\u{202E}'
}

/// Two sound runs with names of a stranger, which differ or do the same.
#[test]
fn hostile_names_of_runs_do_nothing_to_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for differ in [false, true] {
        let text = recording(|one| {
            let mut other = one["runs"][0].clone();
            other["runtime"] =
                json!(format!("\u{1b}]0;title\u{7}\u{1b}[2Ja\u{202E}b\u{9b}31m\nFault: {}", "y".repeat(90_000)));
            if differ {
                other["wall_ns"] = json!(7);
                other["events"][2] = json!([7, "complete", 0]);
            }
            one["runs"].as_array_mut().expect("a list").push(other);
        });
        let file = folder.path().join("runs.json");
        fs::write(&file, text).expect("a file");
        for command in ["diff --color always", "diagnose --color always"] {
            let output = run(&format!("{command} {}", file.display()));
            let said = self::text(&output.stdout) + &self::text(&output.stderr);
            assert!(output.status.code() < Some(2), "{command}: {said}");
            assert!(said.len() < 20_000, "{command}: {}", said.len());
            assert_eq!(said.replace("\u{1b}[", "").chars().find(|c| acts(*c)), None, "{command}: {said}");
            assert!(!said.lines().any(|line| line.starts_with("Fault: y")), "{command}: {said}");
        }
    }
}
