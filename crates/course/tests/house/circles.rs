//! No two files of a crate use each other, so that a reader can read the used file first.

use crate::sources::{Source, crates, sources};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Attribute, ItemMod, ItemUse, Path, UseTree, Visibility};

/// Files that are one thing in several parts, and say so: a task's parts, and the loop's use of them.
const ONE_THING: [(&str, &[&str]); 1] =
    [("crates/generator", &["shared", "sleep", "table", "task", "waker", "yield_now"])];

type Names = Vec<String>;

/// What a file uses and re-exports.
#[derive(Default)]
struct Uses {
    /// The module of the file.
    module: Names,
    /// Paths in this crate that it uses, from the root of the crate.
    paths: Vec<Names>,
    /// What it re-exports: the name, and its source.
    passed_on: Vec<(String, Names)>,
}

impl Uses {
    fn of(source: &Source) -> Self {
        let mut uses = Self { module: source.module(), ..Self::default() };
        uses.visit_file(&source.parsed());
        uses
    }

    /// A path from the root of the crate, if it is one of this crate.
    fn absolute(&self, path: &[String]) -> Option<Names> {
        let mut from = self.module.clone();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => from.clear(),
            "self" => {}
            "super" => {
                from.pop();
            }
            _ => return None,
        }
        rest = &rest[1..];
        while rest.first().is_some_and(|name| name == "super") {
            from.pop();
            rest = &rest[1..];
        }
        from.extend(rest.iter().cloned());
        Some(from)
    }
}

/// All names of a tree of `use`, each as a path.
fn flat(tree: &UseTree, before: &Names, paths: &mut Vec<Names>) {
    let with = |name: String| before.iter().cloned().chain([name]).collect::<Names>();
    match tree {
        UseTree::Path(path) => flat(&path.tree, &with(path.ident.to_string()), paths),
        UseTree::Name(name) => paths.push(with(name.ident.to_string())),
        UseTree::Rename(name) => paths.push(with(name.ident.to_string())),
        UseTree::Glob(_) => paths.push(before.clone()),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flat(tree, before, paths)),
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let mut test = false;
        let _ = attribute.path().is_ident("cfg").then(|| {
            attribute.parse_nested_meta(|meta| {
                test |= meta.path.is_ident("test");
                let _ = meta.parse_nested_meta(|inner| {
                    test |= inner.path.is_ident("test");
                    Ok(())
                });
                Ok(())
            })
        });
        test
    })
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_for_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let mut paths = Vec::new();
        flat(&item.tree, &Vec::new(), &mut paths);
        for path in paths {
            // In the file that declares a module, its name alone is enough.
            let own = || self.module.iter().cloned().chain(path.iter().cloned()).collect();
            let absolute = self.absolute(&path).unwrap_or_else(own);
            if matches!(item.vis, Visibility::Inherited) {
                self.paths.push(absolute);
            } else if let Some(name) = absolute.last().cloned() {
                self.passed_on.push((name, absolute));
            }
        }
    }

    /// `pub(super)` uses nothing.
    fn visit_visibility(&mut self, _: &'ast Visibility) {}

    fn visit_path(&mut self, path: &'ast Path) {
        let names: Names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.paths.extend(self.absolute(&names));
        visit::visit_path(self, path);
    }
}

/// The file that defines the last name of a path.
fn file_of(path: &[String], all: &BTreeMap<Names, Uses>) -> Option<Names> {
    let length = (0..=path.len()).rev().find(|length| all.contains_key(&path[..*length]))?;
    let (module, rest) = path.split_at(length);
    let passed_on = rest.first().and_then(|name| all[module].passed_on.iter().find(|(passed, _)| passed == name));
    match passed_on {
        Some((_, from)) if from.as_slice() != path => file_of(from, all).filter(|file| !file.is_empty()),
        _ => Some(module.to_vec()),
    }
}

/// Which files each file uses. A module that declares others is not below them.
fn graph(files: &[Source]) -> BTreeMap<Names, BTreeSet<Names>> {
    let all: BTreeMap<_, _> = files.iter().map(|source| (source.module(), Uses::of(source))).collect();
    let used = |uses: &Uses| {
        let files = uses.paths.iter().filter_map(|path| file_of(path, &all));
        files.filter(|file| *file != uses.module).collect::<BTreeSet<_>>()
    };
    all.iter().map(|(module, uses)| (module.clone(), used(uses))).collect()
}

fn reachable(graph: &BTreeMap<Names, BTreeSet<Names>>, from: &Names) -> BTreeSet<Names> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<_> = graph[from].iter().collect();
    while let Some(file) = next.pop() {
        if seen.insert(file.clone()) {
            next.extend(&graph[file]);
        }
    }
    seen
}

/// The files that use each other, in circles, and what each one uses of them.
fn circles(graph: &BTreeMap<Names, BTreeSet<Names>>) -> BTreeMap<String, BTreeSet<String>> {
    let shown = |file: &Names| file.join("/");
    let reachable: BTreeMap<_, _> = graph.keys().map(|file| (file, reachable(graph, file))).collect();
    let in_circle = |file: &&Names| reachable[*file].contains(*file);
    let others =
        |file: &Names| graph[file].iter().filter(|other| reachable[*other].contains(file)).map(shown).collect();
    graph.keys().filter(in_circle).map(|file| (shown(file), others(file))).collect()
}

#[test]
fn no_file_uses_another_that_uses_it() {
    let mut found = BTreeMap::new();
    for name in crates() {
        let mut circles = circles(&graph(&sources(&name)));
        let one_thing = ONE_THING.iter().find(|(of, _)| *of == name).map_or(&[][..], |(_, files)| files);
        circles.retain(|file, _| !one_thing.contains(&file.as_str()));
        if !circles.is_empty() {
            found.insert(name, circles);
        }
    }
    assert!(found.is_empty(), "files that use each other: {found:#?}");
}

#[test]
fn a_circle_is_found_through_what_is_passed_on() {
    let source = |path: &str, text: &str| Source { path: path.into(), text: text.to_owned() };
    let with = |below: &str| {
        circles(&graph(&[
            source("lib.rs", "mod paint; mod dry; pub use dry::Dry;"),
            source("paint.rs", "use crate::Dry; #[cfg(test)] mod tests { use crate::elsewhere; }"),
            source("dry.rs", below),
        ]))
    };
    assert!(with("pub struct Dry;").is_empty());
    assert!(with("#[cfg(all(test, unix))] mod tests { use crate::paint::Paint; }").is_empty());
    let paths: Vec<_> = with("fn dry() { crate::paint::paint() }").into_keys().collect();
    assert_eq!(paths, ["dry", "paint"]);
}
