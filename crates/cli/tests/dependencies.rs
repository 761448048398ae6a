//! The page about dependencies lists exactly those of a plain `cargo build`.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The external crates that a package of the workspace, and our packages that it depends on, need with these
/// features.
fn of(package: &str, features: &[Value], packages: &[Value]) -> BTreeSet<String> {
    let is_named = |name: &str| packages.iter().find(|package| package["name"] == name);
    let package = is_named(package).expect("a package of ours");
    let brought = features.iter().filter_map(|feature| package["features"][feature.as_str()?].as_array()).flatten();
    let brought: Vec<_> = brought.filter_map(|entry| entry.as_str()?.strip_prefix("dep:")).collect();
    let mut found = BTreeSet::new();
    for dependency in package["dependencies"].as_array().expect("a list") {
        let name = dependency["name"].as_str().expect("a name");
        if dependency["kind"] == "dev" || dependency["optional"] == true && !brought.contains(&name) {
            continue;
        }
        if is_named(name).is_some() {
            found.extend(of(name, dependency["features"].as_array().expect("a list"), packages));
        } else {
            found.insert(name.to_owned());
        }
    }
    found
}

/// The first column of the table under a heading. The second must not be empty.
fn listed(page: &str, heading: &str) -> BTreeSet<String> {
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).expect("the heading");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows: Vec<_> = rows.filter_map(|row| row.split_once(" | ")).filter(|(name, _)| *name != "crate").collect();
    assert!(rows.iter().all(|(_, what_for)| what_for.len() > 5), "each says what it is for");
    let names: BTreeSet<_> = rows.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names.len(), rows.len(), "each is there once");
    names
}

#[test]
fn every_dependency_of_the_default_build_is_listed_with_what_it_is_for() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/dependencies.md")).expect("the page");
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let metadata = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .expect("cargo starts");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let default = metadata["workspace_default_members"].as_array().expect("a list");
    assert_eq!(default.len(), 2, "the command and the benches are what is built: {default:?}");

    let command = of("paintdry", &[], packages);
    assert_eq!(listed(&page, "The command"), command);
    let benches = of("paintdry-benches", &[], packages).difference(&command).cloned().collect();
    assert_eq!(listed(&page, "The benches"), benches);
}
