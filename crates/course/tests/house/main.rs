//! The house rules that a test can check: CONTRIBUTING.md explains them.

mod circles;
mod map;
mod release;
mod runtimes;
mod sources;

use sources::{root, rust_files};
use std::fs;

/// The rustlings, which open with a word to the student, and their sources.
const OTHER_RULES: [&str; 2] = ["crates/exercises/exercises", "crates/exercises/solutions"];

const MOST_LINES: usize = 300;

#[test]
fn each_file_says_what_it_is_and_is_short() {
    let mut files = rust_files(&root().join("crates"));
    files.extend(rust_files(&root().join("benches")));
    files.retain(|path| !OTHER_RULES.iter().any(|folder| path.starts_with(root().join(folder))));
    assert!(files.len() > 200, "they are found: {}", files.len());
    for path in files {
        let text = fs::read_to_string(&path).expect("it is text");
        assert!(
            text.starts_with("//! ") || text.starts_with("#!["),
            "{} does not open with a sentence",
            path.display()
        );
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}
