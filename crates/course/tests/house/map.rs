//! CONTRIBUTING begins with a map: for each kind of change, the files to touch. This test tries it with some examples of each kind:
//! every file in which one occurs must be named, except for tests.

use crate::sources::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// An example of a change: `<!-- like: WORD … in: PLACE … not: PLACE … -->`.
struct Example<'a> {
    /// A file has the example if its text or its path has one of them.
    words: Vec<&'a str>,
    /// The files and folders to search.
    places: Vec<&'a str>,
    /// Those that are left out, because they use the words for something else.
    elsewhere: Vec<&'a str>,
}

impl<'a> Example<'a> {
    fn parse(comment: &'a str) -> Self {
        let (words, places) = comment.split_once(" in: ").expect("where to look");
        let (places, elsewhere) = places.split_once(" not: ").unwrap_or((places, ""));
        let list = |words: &'a str| words.split_whitespace().collect();
        Self { words: list(words), places: list(places), elsewhere: list(elsewhere) }
    }

    /// The files that have it, as paths from the root.
    fn files(&self) -> Vec<PathBuf> {
        let below = self.places.iter().flat_map(|place| files_at(Path::new(place)));
        let has_it = |path: &PathBuf| {
            let text = fs::read_to_string(root().join(path)).unwrap_or_default();
            let path = path.to_string_lossy();
            self.words.iter().any(|word| text.contains(word) || path.contains(word))
        };
        below.filter(|path| !self.elsewhere.iter().any(|place| path.starts_with(place))).filter(has_it).collect()
    }
}

/// A section of the map.
struct Row<'a> {
    title: &'a str,
    examples: Vec<Example<'a>>,
    /// The words and the target of each link to a file or a folder.
    links: Vec<(&'a str, &'a str)>,
}

impl<'a> Row<'a> {
    fn parse(section: &'a str) -> Self {
        let between = |start, end| section.split(start).skip(1).filter_map(move |rest: &str| rest.split_once(end));
        let links = between("[", ")").filter_map(|(link, _)| link.split_once("]("));
        Self {
            title: section.lines().next().unwrap_or_default(),
            examples: between("<!-- like: ", " -->").map(|(comment, _)| Example::parse(comment)).collect(),
            links: links.filter(|(_, target)| !target.starts_with('#')).collect(),
        }
    }
}

fn map(page: &str) -> Vec<Row<'_>> {
    let (_, map) = page.split_once("\n## Where to change what\n").expect("the map");
    let (map, _) = map.split_once("\n## ").expect("what follows it");
    let rows: Vec<_> = map.split("\n### ").skip(1).map(Row::parse).collect();
    assert!(rows.len() >= 13, "they are found: {}", rows.len());
    rows
}

fn page() -> String {
    fs::read_to_string(root().join("CONTRIBUTING.md")).expect("the page")
}

/// All files at or below a place, except generated ones.
fn files_at(place: &Path) -> Vec<PathBuf> {
    let path = root().join(place);
    if !path.is_dir() {
        return vec![place.to_owned()];
    }
    let entries = fs::read_dir(path).expect("it can be read").map(|entry| entry.expect("it can be read").file_name());
    let is_made = |path: &PathBuf| {
        let by_name = ["target", "Cargo.lock", "compare"].iter().any(|name| path.ends_with(name));
        let is_page =
            path.extension().is_some_and(|extension| extension == "html") && !path.iter().any(|part| part == "assets");
        by_name || is_page
    };
    entries.map(|name| place.join(name)).filter(|path| !is_made(path)).flat_map(|path| files_at(&path)).collect()
}

#[test]
fn the_map_names_every_file_of_its_examples() {
    let mut unnamed = Vec::new();
    for Row { title, examples, links } in map(&page()) {
        assert!(examples.len() >= 2, "{title}: one example shows too little");
        for example in examples {
            let files = example.files();
            assert!(!files.is_empty(), "{title}: nothing has {:?}", example.words);
            for path in files {
                let is_a_test = path.iter().any(|part| part == "tests" || part == "tests.rs");
                let is_named = links.iter().any(|(_, target)| path.starts_with(target));
                if !is_named && !is_a_test {
                    unnamed.push(format!("{title}: {} has one of {:?}", path.display(), example.words));
                }
            }
        }
    }
    assert!(unnamed.is_empty(), "the map has no link to these:\n{}", unnamed.join("\n"));
}

#[test]
fn each_link_of_the_map_leads_to_a_file_and_no_two_files_have_the_same_words() {
    let page = page();
    let mut targets = BTreeMap::new();
    for Row { title, links, .. } in map(&page) {
        for (words, target) in links {
            assert!(root().join(target).exists(), "{title}: there is no {target}");
            let first = targets.entry(words).or_insert(target);
            assert_eq!(*first, target, "{title}: [{words}] leads to two files; name the crate too");
        }
    }
}
