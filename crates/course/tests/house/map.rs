//! CONTRIBUTING begins with a map: for each kind of change, the files to touch. This test checks that all of them exist, and
//! that one example of each kind occurs in no other file of its folders.

use crate::sources::root;
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the map.
struct Row<'a> {
    title: &'a str,
    /// These words occur in the example of this kind.
    words: Vec<&'a str>,
    /// The files and folders to search for them.
    places: Vec<&'a str>,
    /// The files that the row names.
    files: Vec<&'a str>,
}

fn rows(page: &str) -> Vec<Row<'_>> {
    let (_, map) = page.split_once("\n## Where to change what\n").expect("the map");
    let (map, _) = map.split_once("\n## ").expect("what follows it");
    let sections = map.split("\n### ").skip(1);
    sections
        .map(|section| {
            let (title, rest) = section.split_once("\n<!-- like: ").expect("a word to look for");
            let (like, rest) = rest.split_once(" -->\n").expect("the files to touch");
            let (words, places) = like.split_once(" in: ").expect("where to look");
            let named = rest.split("](").skip(1).filter_map(|link| link.split_once(')')).map(|(file, _)| file);
            let named = named.filter(|file| !file.starts_with('#'));
            Row {
                title,
                words: words.split(' ').collect(),
                places: places.split(' ').collect(),
                files: named.collect(),
            }
        })
        .collect()
}

/// All files at or below a place, except generated ones.
fn files_at(place: &Path) -> Vec<PathBuf> {
    if !place.is_dir() {
        return vec![place.to_owned()];
    }
    let entries = fs::read_dir(place).expect("it can be read").map(|entry| entry.expect("it can be read").path());
    let is_made = |path: &PathBuf| {
        let by_name = ["target", "Cargo.lock", "compare"].iter().any(|name| path.ends_with(name));
        by_name || path.extension().is_some_and(|extension| extension == "html")
    };
    entries.filter(|path| !is_made(path)).flat_map(|path| files_at(&path)).collect()
}

#[test]
fn the_map_names_every_file_of_its_examples() {
    let page = fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the page");
    let rows = rows(&page);
    assert_eq!(rows.len(), 13);
    for Row { title, words, places, files } in rows {
        for file in &files {
            assert!(root().join(file).exists(), "{title}: there is no {file}");
        }
        let touched = places.iter().flat_map(|place| files_at(&root().join(place))).filter(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            words.iter().any(|word| text.contains(word))
        });
        let touched: Vec<_> = touched.collect();
        assert!(!touched.is_empty(), "{title}: nothing has {words:?}");
        for path in touched {
            let path = path.strip_prefix(root()).expect("it is below").to_owned();
            let is_a_test = path.iter().any(|part| part == "tests" || part == "tests.rs");
            let is_named = files.iter().any(|file| path.starts_with(file));
            assert!(is_named || is_a_test, "{title}: {} has one of {words:?} and is not named", path.display());
        }
    }
}
