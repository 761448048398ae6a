//! The exit status of each subcommand, as the table in the README of the crate says.

use crate::started::{paintdry, stdout, text};
use paintdry_studio::{Clock, Event, EventKind, RecordedRun, Recording};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

const README: &str = include_str!("../../README.md");

/// For each subcommand, options with which it ends with 0, with 1 if it ever does, and with 2.
const LINES: [[&str; 4]; 13] = [
    ["paint", "--virtual --runtime smol", "--speed 1000 --runtime tokio-multi", "--drying 24h --poll 1ms"],
    ["amap", "--runtime smol", "--runtime tokio-multi", "--tasks 1001 --items 1000"],
    [
        "scale",
        "--tasks 1 --drying 1ms --runtime smol",
        "--tasks 1M --drying 1ms --runtime smol --memory 1MB",
        "--tasks 0",
    ],
    ["replay", "sound.json", "", "missing.json"],
    ["diff", "sound.json sound.json", "sound.json faulty.json", "sound.json"],
    ["diagnose", "sound.json", "faulty.json", "no.json"],
    ["lab", "", "", "--output /"],
    ["explore", "lost-update-repaired", "lost-update", "lost-update --seed 9:9"],
    ["doctor", "", "", "--format yaml"], // whether something is missing depends on the folder
    ["grade", "good", "bad", "."],
    ["runtimes", "", "", "--format yaml"],
    ["completions", "bash", "", "tcsh"],
    ["man", "", "", "1"],
];

/// A folder with recordings, two students, and programs that do what is needed.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| fs::write(path, text)).expect("a file");
    };
    let program = |name: &str, script: &str| {
        write(&format!("bin/{name}"), &format!("#!/bin/sh\n{script}\n"));
        let path = folder.path().join("bin").join(name);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    };
    program("rustlings", "echo rustlings 6.5.0");
    let works = folder.path().join("bin/rustlings");
    let built =
        serde_json::json!({ "reason": "compiler-artifact", "target": { "name": "paint1" }, "executable": works });
    program("cargo", &format!("case $1 in build) echo '{built}';; *) echo cargo 1.99.0;; esac"));
    let list = "format_version = 1\n[[exercises]]\nname = \"paint1\"\nhint = \"none\"\ntest = false\n";
    for student in ["good", "bad"] {
        write(&format!("{student}/crates/exercises/info.toml"), list);
    }
    write("good/crates/exercises/exercises/paint1.rs", "fn main() {}");
    let recording = |end: EventKind| {
        let event = |what| Event { ns: 0, task: 0, what };
        let events = [EventKind::Spawn { by: None }, EventKind::Poll { thread: Some(0) }, end].map(event).to_vec();
        let mut recording = Recording::of_program("tea", Clock::Virtual, Vec::new());
        recording.runs.push(RecordedRun::new("smol", "one thread", Duration::ZERO, vec!["main".to_owned()], events));
        recording.to_json()
    };
    write("sound.json", &recording(EventKind::Complete));
    write("faulty.json", &recording(EventKind::Panic("broke".into())));
    write("no.json", "{}");
    folder
}

fn status(folder: &Path, arguments: &str, to: Option<&str>) -> (Option<i32>, String) {
    let mut command = paintdry(arguments);
    let path = format!("{}:{}", folder.join("bin").display(), std::env::var("PATH").unwrap_or_default());
    command.current_dir(folder).env("PATH", path).env("TOKIO_WORKER_THREADS", "0");
    if let Some(to) = to {
        command.stdout(fs::File::options().write(true).open(to).expect("it is there"));
    }
    let output = command.output().expect("the command starts");
    (output.status.code(), text(&output.stderr))
}

#[test]
fn each_subcommand_ends_with_the_status_of_the_table() {
    let (_, table) = README.split_once("| subcommand | 1 means |\n|---|---|\n").expect("the table");
    let rows = table.lines().map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let rows: Vec<_> = rows.collect();
    let folder = folder();
    for [job, right, wrong, impossible] in LINES {
        let row = rows.iter().find(|(jobs, _)| jobs.split(", ").any(|one| one == format!("`{job}`")));
        let (_, meaning) = row.unwrap_or_else(|| panic!("{job} is in the table"));
        let place = if job == "doctor" { folder.path().join("good") } else { folder.path().to_owned() };
        let ends = |place: &Path, arguments: &str, expected| {
            let (status, said) = status(place, &format!("{job} {arguments}"), None);
            assert_eq!(status, Some(expected), "{job} {arguments}: {said}");
        };
        ends(&place, right, 0);
        ends(&place, impossible, 2);
        if job == "doctor" {
            ends(folder.path(), "", 1);
        }
        assert_eq!(*meaning == "never", wrong.is_empty() && job != "doctor", "{job}: {meaning}");
        if !wrong.is_empty() {
            ends(&place, wrong, 1);
        }
        if cfg!(target_os = "linux") {
            let (status, said) = status(&place, &format!("{job} {right}"), Some("/dev/full"));
            assert_eq!(status, Some(2), "{job} {right}, which cannot be written: {said}");
        }
    }
    let help = stdout("--help");
    let (_, commands) = help.split_once("Commands:\n").expect("the subcommands");
    let commands = commands.lines().map_while(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let commands: Vec<_> = commands.filter(|job| *job != "help").collect();
    assert!(commands.iter().all(|job| LINES.iter().any(|[tried, ..]| tried == job)), "{commands:?}");
}
