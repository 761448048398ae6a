//! What the guide says of a new project: the manifests that it shows compile, with the programs that it shows.

use crate::{printed, root};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A package with this manifest and this program compiles. It has the versions that this workspace has, and asks no registry.
fn compiles(name: &str) {
    let programs = root().join("crates/course/src/from_python");
    let manifest = fs::read_to_string(programs.join(format!("{name}.toml"))).expect("the manifest");
    let repository = root().display().to_string();
    let manifest = manifest.replace("../paintdry", &repository.replace('\\', "/")) + "\n[workspace]\n";
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(package.join("src")).expect("a folder");
    fs::write(package.join("Cargo.toml"), manifest).expect("a file");
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("the lock file");
    let program = programs.join(format!("workers_on_{name}.rs"));
    fs::copy(program, package.join("src/main.rs")).expect("the program");
    let mut cargo = Command::new(env!("CARGO"));
    printed(cargo.args(["check", "--quiet", "--offline", "--target-dir", "target"]).current_dir(package));
}

#[test]
fn a_project_on_our_loop_compiles() {
    compiles("our_loop");
}

#[test]
fn a_project_on_tokio_compiles() {
    compiles("tokio");
}

/// What is between these quotes after `key`, in the line that begins so.
fn version<'a>(manifest: &'a str, start: &str) -> Option<&'a str> {
    manifest
        .lines()
        .find_map(|line| line.strip_prefix(start))?
        .split('"')
        .find(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

#[test]
fn the_versions_are_those_of_the_workspace() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let (package, dependencies) = workspace.split_once("[workspace.dependencies]").expect("it lists them");
    for (manifest, name) in [("our_loop", "async-channel = "), ("tokio", "async-channel = "), ("tokio", "tokio = ")] {
        let text = fs::read_to_string(root().join(format!("crates/course/src/from_python/{manifest}.toml")))
            .expect("a manifest");
        let asked = version(&text, name);
        assert!(asked.is_some(), "{manifest}.toml has {name}");
        assert_eq!(asked, version(dependencies, name), "{manifest}.toml, {name}");
        assert_eq!(version(&text, "edition = "), version(package, "edition = "), "{manifest}.toml");
    }
}
