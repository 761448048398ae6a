//! Holds the runtime crates to what chapter 8 says: they are siblings, with the same files and the same items in the
//! same order.

use crate::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const SIBLINGS: [&str; 3] = ["tokio", "async-std", "smol"];

/// Every file below `folder`, by its path from there, with its text.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the crate is in the repository") {
        let path = entry.expect("its folder can be read").path();
        let name = PathBuf::from(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, text)| (name.join(below), text)));
        } else {
            found.insert(name, fs::read_to_string(&path).expect("a source file is text"));
        }
    }
    found
}

/// The files of a crate that have siblings.
fn sources(sibling: &str) -> BTreeMap<PathBuf, String> {
    let mut all = files(&root().join("crates").join(sibling));
    all.retain(|path, _| path.extension().is_some_and(|extension| extension == "rs"));
    all
}

/// The items of an implementation of the trait or of a handle, in order: `const NAME`, `type Task`, `fn start`, …
fn items(block: &str) -> Vec<String> {
    let words = |line: &str| {
        let line = line.trim().trim_start_matches("pub(crate) ");
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let kind = words.next().filter(|kind| ["const", "type", "fn"].contains(kind))?;
        Some(format!("{kind} {}", words.next()?))
    };
    // tokio alone has a budget that it can lift
    block.lines().filter_map(words).filter(|item| item != "fn unconstrained").collect()
}

/// The blocks of `text` that begin with `start`, each up to its closing brace at the margin.
fn blocks<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split("\n}").next()).collect()
}

#[test]
fn the_same_files() {
    let names = |sibling| sources(sibling).into_keys().collect::<Vec<_>>();
    for sibling in SIBLINGS {
        assert_eq!(names(sibling), names("tokio"), "{sibling} and tokio have the same files");
    }
    assert!(names("tokio").len() >= 4, "and they were found");
}

#[test]
fn the_same_items_in_the_same_order() {
    for (file, start) in [
        ("src/runtime.rs", "impl Runtime for "),
        ("src/task.rs", "impl<T> Task<T>"),
        ("src/task.rs", "impl<T> Future for"),
    ] {
        let file = Path::new(file);
        let of_tokio = items(blocks(&sources("tokio")[file], start)[0]);
        assert!(!of_tokio.is_empty(), "{start} is in {}", file.display());
        for sibling in SIBLINGS {
            let text = &sources(sibling)[file];
            assert!(!blocks(text, start).is_empty(), "{sibling} has {start}in {}", file.display());
            for block in blocks(text, start) {
                let flavour = block.lines().next().unwrap_or_default();
                assert_eq!(items(block), of_tokio, "{start}{flavour} of {sibling}");
            }
        }
    }
}

/// The first column of the table at the head of a crate.
fn rows(sibling: &str) -> Vec<String> {
    let text = &sources(sibling)[Path::new("src/lib.rs")];
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | "));
    rows.filter_map(|row| row.split(" |").next()).filter(|row| !row.contains('|')).map(str::to_owned).collect()
}

#[test]
fn the_same_rows_in_the_tables() {
    for sibling in SIBLINGS.into_iter().chain(["generator"]) {
        let of_runtime: Vec<_> = rows(sibling).into_iter().filter(|row| rows("tokio").contains(row)).collect();
        assert_eq!(of_runtime, rows("tokio"), "{sibling} and tokio say something about the same");
    }
    assert!(rows("tokio").len() > 5, "and they were found");
}
