//! `paintdry doctor`: what the exercises need, with only some programs installed. Each program is a script that prints its version.
#![cfg(unix)]

use crate::started::{paintdry, text};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// A folder with these programs; no others can be found.
fn programs(scripts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (program, script) in scripts {
        let path = folder.path().join(program);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a program");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be run");
    }
    folder
}

/// A clone with one exercise.
fn clone() -> TempDir {
    let clone = tempfile::tempdir().expect("a folder");
    let list = "format_version = 1\n[[exercises]]\nname = \"paint1\"\nhint = \"paint\"";
    let exercises = clone.path().join("crates/exercises");
    fs::create_dir_all(&exercises).and_then(|()| fs::write(exercises.join("info.toml"), list)).expect("a list");
    clone
}

/// The exit status, the problems, and the last sentence, in this folder and with these programs.
fn problems(folder: &Path, scripts: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let programs = programs(scripts);
    let mut command = paintdry("doctor --format json");
    let output = command.env("PATH", programs.path()).current_dir(folder).output().expect("the command starts");
    let needs: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let needs = needs.as_array().expect("a list");
    let wrong = needs.iter().filter(|need| need["problem"].is_string());
    let wrong: Vec<_> =
        wrong.map(|need| format!("{}: {}; {}", need["name"], need["problem"], need["advice"])).collect();
    (output.status.code(), wrong.join("\n").replace('"', ""), text(&output.stderr))
}

const CARGO: (&str, &str) = ("cargo", "echo cargo 1.99.0 '(abc 2030-01-01)'");
const RUSTLINGS: (&str, &str) = ("rustlings", "echo rustlings 6.5.0");

#[test]
fn where_nothing_is_missing_it_says_how_to_start() {
    let (clone, programs) = (clone(), programs(&[CARGO, RUSTLINGS]));
    let mut command = paintdry("doctor");
    let output = command.env("PATH", programs.path()).current_dir(&clone).output().expect("the command starts");
    let page = "✓ cargo 1.99.0\n✓ clippy 1.99.0\n✓ rustlings 6.5.0\n\
                ✓ exercises in crates/exercises: run `cd crates/exercises && rustlings`\n";
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), page));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn what_is_missing_is_said_with_what_to_do() {
    let clone = clone();
    let (status, wrong, told) = problems(clone.path(), &[CARGO]);
    assert_eq!(wrong, "rustlings: is not installed; run `cargo install --locked rustlings@6.5.0`");
    assert_eq!(
        (status, told.as_str()),
        (Some(1), "error: missing: rustlings; only the exercises and `paintdry grade` need this\n")
    );

    let without_clippy = "if [ \"$1\" = clippy ]; then echo \"error: 'cargo-clippy' is not installed\" >&2; exit 1; fi; echo cargo 1.88.0";
    let (_, wrong, _) = problems(clone.path(), &[("cargo", without_clippy), ("rustlings", "echo rustlings 5.6.1")]);
    let clippy = "clippy: is not installed, and without it rustlings counts no exercise as done; run `rustup";
    assert!(wrong.starts_with(clippy), "{wrong}");
    assert!(wrong.contains("rustlings: 5.6.1 is too old (you need 6.5.0); run `cargo install"), "{wrong}");

    let (_, wrong, _) =
        problems(clone.path(), &[("cargo", "echo cargo 1.87.0"), ("rustlings", "echo rustlings 7.0.0")]);
    assert_eq!(wrong, "cargo: 1.87.0 is too old (you need 1.88); run `rustup update stable`");

    let (_, wrong, _) = problems(clone.path(), &[]);
    assert!(wrong.starts_with("cargo: is not installed; install Rust from https://rustup.rs\nclippy: "), "{wrong}");

    let broken = ("cargo", "echo \"error: toolchain '1.88' is not installed\" >&2; exit 1");
    let (_, wrong, _) = problems(clone.path(), &[broken]);
    assert!(wrong.starts_with("cargo: does not start (error: toolchain '1.88' is not installed); install"), "{wrong}");
}

#[test]
fn outside_of_a_clone_only_the_exercises_are_missing() {
    let empty = tempfile::tempdir().expect("a folder");
    let (status, wrong, told) = problems(empty.path(), &[CARGO, RUSTLINGS]);
    let missing = "error: missing: exercises; only the exercises and `paintdry grade` need this\n";
    assert_eq!((status, told.as_str()), (Some(1), missing));
    assert!(wrong.starts_with("exercises: cannot be found: no exercises in "), "{wrong}");
    let address = concat!("; go to a clone of the repository, ", env!("CARGO_PKG_REPOSITORY"));
    assert!(wrong.ends_with(address), "{wrong}");
}

/// A program or a list of a stranger may say megabytes, and advise what it likes.
#[test]
fn what_a_stranger_says_is_a_short_line_and_no_advice() {
    let long = format!("format_version = 1\nexercises = '{}; go to evil'\n", "x".repeat(3_000_000));
    let clone = clone();
    fs::write(clone.path().join("crates/exercises/info.toml"), long).expect("a list");
    let cargo = "head -c 100000 /dev/zero | tr '\\0' 9 | sed 's/^/cargo 1.99.0-/'";
    let programs = programs(&[("cargo", cargo), RUSTLINGS]);
    let path = format!("{}:{}", programs.path().display(), std::env::var("PATH").unwrap_or_default());
    let output = paintdry("doctor").env("PATH", path).current_dir(&clone).output().expect("the command starts");
    let page = text(&output.stdout);
    assert!(page.len() < 1_000 && page.contains("✓ cargo 1.99.0-9999"), "{page:.2000}");
    let words: Vec<_> = page.split_whitespace().collect();
    let page = words.join(" ");
    assert!(page.ends_with("…: repair the list, or go to a clone of the repository"), "{page}");
}

/// A file in a stranger's folder may choose the cargo, and redefine `cargo clippy`.
#[test]
fn no_file_of_the_folder_decides_what_is_run() {
    let where_it_runs = |name: &'static str| (name, "echo version \"$(pwd)\"");
    let (_, wrong, _) = problems(clone().path(), &["cargo", "rustlings"].map(where_it_runs));
    assert!(wrong.starts_with("cargo: / is too old ") && wrong.contains("\nrustlings: / is too old "), "{wrong}");
}

/// The current folder may be gone, and programs cannot start there.
#[test]
fn in_a_folder_that_is_gone_programs_are_found_all_the_same() {
    let (folder, programs) = (tempfile::tempdir().expect("a folder"), programs(&[CARGO, RUSTLINGS]));
    let gone = folder.path().join("gone");
    fs::create_dir(&gone).expect("a folder");
    let script = format!("/bin/rmdir '{}' && exec '{}' doctor", gone.display(), env!("CARGO_BIN_EXE_paintdry"));
    let mut shell = std::process::Command::new("/bin/sh");
    let output = shell.args(["-c", &script]).env("PATH", programs.path()).current_dir(&gone).output();
    let page = text(&output.expect("a shell starts").stdout);
    assert!(page.contains("✓ cargo 1.99.0\n") && page.contains("✓ rustlings 6.5.0\n"), "{page}");
    assert!(page.contains("✗ exercises cannot be found"), "{page}");
}
