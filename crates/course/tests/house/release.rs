//! What a stranger meets first: the page of a crate on a registry and on docs.rs, and the workflows on a code host.

use crate::sources::{crates, root, rust_files};
use std::fs;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The folders of the crates that are published, with their manifests.
fn published() -> Vec<(String, String)> {
    let with_manifest = |folder: String| (folder.clone(), read(&format!("{folder}/Cargo.toml")));
    let all = crates().into_iter().map(with_manifest);
    let published: Vec<_> = all.filter(|(_, manifest)| !manifest.contains("publish = false")).collect();
    assert!(published.len() > 10, "they are found: {}", published.len());
    published
}

/// A registry shows the README, docs.rs shows it above the items, and its code is compiled there.
#[test]
fn each_published_crate_has_a_readme_whose_links_work_everywhere() {
    for (folder, manifest) in published() {
        let readme = read(&format!("{folder}/README.md"));
        let library = read(&format!("{folder}/src/lib.rs"));
        assert!(library.starts_with("#![doc = include_str!(\"../README.md\")]\n"), "{folder}: docs.rs shows it");
        assert!(readme.contains("\n```rust") && readme.contains("\nWhat it is not: "), "{folder}: the README's shape");
        assert!(!readme.contains("\n# "), "{folder}: a registry shows lines that only rustdoc hides");
        for target in readme.split("](").skip(1) {
            assert!(
                target.starts_with("https://docs.rs/") || target.starts_with("https://rustsec"),
                "{folder}: {target:.40}"
            );
        }
        for field in ["repository.workspace = true\n", "homepage.workspace = true\n", "readme = \"README.md\"\n"] {
            assert!(manifest.contains(field), "{folder} has {field}");
        }
        let has_features = manifest.contains("\n[features]\n");
        let says_so = manifest.contains("[package.metadata.docs.rs]\nall-features = true\n")
            && library.contains("#![cfg_attr(docsrs, feature(doc_cfg))]");
        assert_eq!(has_features, says_so, "{folder}: docs.rs shows which items need a feature");
    }
}

/// The file name in a front page leads to the page of its source.
#[test]
fn the_sources_that_a_front_page_names_are_there() {
    let mut links = 0;
    for (folder, _) in published() {
        for line in read(&format!("{folder}/src/lib.rs")).lines() {
            let Some((_, target)) = line.split_once("]: ../src/") else { continue };
            let (_, file) = target.split_once('/').expect("the crate's name");
            let file = file.strip_suffix(".html").expect("a page");
            assert!(root().join(&folder).join("src").join(file).exists(), "{folder} has no {file}");
            links += 1;
        }
    }
    assert!(links > 30, "they are found: {links}");
}

/// More would scroll on docs.rs, in a window of 1,280 pixels.
const WIDEST: usize = 94;

/// Lines of code that are too wide, in Markdown whose lines begin with one of `marks`.
fn too_wide(text: &str, marks: &[&str]) -> Vec<String> {
    let mut wide = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        let line = line.trim_start();
        let Some(line) = marks.iter().find_map(|mark| line.strip_prefix(mark)) else {
            in_code = false;
            continue;
        };
        let line = line.strip_prefix(' ').unwrap_or(line);
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code && !line.starts_with("# ") && line.chars().count() > WIDEST {
            wide.push(line.to_owned());
        }
    }
    wide
}

#[test]
fn no_example_is_wider_than_its_page() {
    for (folder, _) in published() {
        let mut wide = too_wide(&read(&format!("{folder}/README.md")), &[""]);
        for file in rust_files(&root().join(&folder).join("src")) {
            let text = fs::read_to_string(file).expect("it is text");
            wide.extend(too_wide(&text, &["///", "//!"]));
        }
        assert!(wide.is_empty(), "{folder}: {wide:#?}");
    }
    assert_eq!(too_wide(&format!("/// ```\n/// {}\n/// ```", "x".repeat(95)), &["///"]).len(), 1);
}

/// The manifest of the workspace holds the address of the repository; everything else reads it there.
#[test]
fn the_address_is_written_once() {
    let manifest = read("Cargo.toml");
    let address = manifest.lines().find_map(|line| line.strip_prefix("homepage = \"")).expect("a homepage");
    let host = address.trim_start_matches("https://").split(['"', '/']).next().expect("a host");
    for (folder, _) in published() {
        for file in rust_files(&root().join(&folder).join("src")) {
            let text = fs::read_to_string(&file).expect("it is text");
            assert!(!text.contains(host), "{} names {host}", file.display());
        }
    }
}

/// The steps that a script or a workflow names: what stands in quotes after these words.
fn titles(text: &str, before: &str) -> Vec<String> {
    let rest = text.lines().filter_map(|line| line.trim_start().strip_prefix(before)?.strip_suffix('"'));
    rest.map(str::to_owned).collect()
}

#[test]
fn the_workflow_runs_every_step_of_the_script() {
    let (steps, later) = (titles(&read(".ci/run"), "step \""), titles(&read(".ci/nightly"), "step \""));
    let named = titles(&read(".github/workflows/ci.yml"), "\"");
    assert!(steps.len() > 10, "they are found: {steps:?}");
    for step in &steps {
        assert!(named.contains(step), "no job of ci.yml names `{step}` of .ci/run");
    }
    for name in &named {
        assert!(steps.contains(name) || later.contains(name), "ci.yml names `{name}`, which is no step");
    }
}

/// A tag can be moved to other code, a commit cannot.
#[test]
fn every_action_is_pinned_to_a_commit() {
    let mut pinned = 0;
    for entry in fs::read_dir(root().join(".github/workflows")).expect("the workflows") {
        let path = entry.expect("it can be read").path();
        for line in fs::read_to_string(&path).expect("it is text").lines() {
            let Some((_, action)) = line.split_once("uses: ") else { continue };
            let (_, commit) = action.split_once('@').expect("a version");
            let (commit, version) = commit.split_once(" # v").unwrap_or_default();
            let is_commit = commit.len() == 40 && commit.chars().all(|digit| digit.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{}: {line}", path.display());
            pinned += 1;
        }
    }
    assert!(pinned > 10, "they are found: {pinned}");
}
