//! The crate is as short as its front page says, which names every file.

use std::fs;
use std::path::{Path, PathBuf};

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The lines of code of a file: without blank ones, comments and tests.
fn lines_of(file: &str) -> usize {
    let text = fs::read_to_string(src().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    let code = text
        .lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]") && !line.starts_with("#[cfg(all(test, not("))
        .map(str::trim);
    code.filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

fn nearest_ten(lines: usize) -> usize {
    (lines + 5) / 10 * 10
}

/// The files of the table in `lib.rs`, with the lines that it says they have.
fn said() -> Vec<(String, usize)> {
    let text = fs::read_to_string(src().join("lib.rs")).expect("there is lib.rs");
    let row = |line: &str| {
        let mut cells = line.strip_prefix("//! | [`")?.split('|').map(str::trim);
        let file = cells.next()?.trim_end_matches("`]").to_owned();
        Some((file, cells.next()?.parse().ok()?))
    };
    text.lines().filter_map(row).collect()
}

#[test]
fn the_table_says_how_long_each_file_is() {
    let said = said();
    let counted: Vec<_> = said.iter().map(|(file, _)| (file.clone(), nearest_ten(lines_of(file)))).collect();
    assert_eq!(said, counted);
    assert!(!said.is_empty(), "the table is read");
}

#[test]
fn the_reading_order_is_at_most_eight_files() {
    assert!(said().len() <= 8);
}

#[test]
fn every_file_is_named() {
    let text = fs::read_to_string(src().join("lib.rs")).expect("there is lib.rs");
    for entry in fs::read_dir(src()).expect("the folder is there") {
        let file = entry.expect("it can be read").file_name().into_string().expect("it is UTF-8");
        let is_named =
            text.contains(&format!("`{file}`")) || matches!(&*file, "lib.rs" | "asyncio" | "sync.rs" | "models.rs");
        assert!(is_named, "{file} is not named in lib.rs");
    }
}
