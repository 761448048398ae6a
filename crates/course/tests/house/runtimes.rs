//! The runtimes that are built in. A test of all of them lists their types itself, because a list of types is no value; here each
//! such list is compared with the command's table.

use crate::sources::root;
use std::fs;

/// The files in which each runtime must be named: by its type, or by its name.
const LISTS: [&str; 9] = [
    "crates/contenders/src/groups/tests.rs",
    "crates/diagnose/src/ended.rs",
    "crates/diff/src/particular.rs",
    "crates/diff/tests/properties/explained.rs",
    "crates/studio/tests/properties/amap.rs",
    "crates/studio/tests/properties/pauses.rs",
    "crates/studio/tests/properties/programs.rs",
    "crates/studio/tests/properties/sharing.rs",
    "crates/studio/tests/watched/main.rs",
];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The runtimes of the command's table: the crate of each, its type, and its name.
fn built_in() -> Vec<(String, String, String)> {
    let table = read("crates/cli/src/runtimes.rs");
    let (_, table) = table.split_once("pub fn built_in()").expect("the table");
    let types =
        table.split("Entry::of::<paintdry_").skip(1).filter_map(|rest| rest.split_once(">(")?.0.split_once("::"));
    let found: Vec<_> = types
        .map(|(package, flavour)| {
            let source = read(&format!("crates/{}/src/runtime.rs", package.replace('_', "-")));
            let (_, implemented) = source.split_once(&format!("impl Runtime for {flavour} {{")).expect("the type");
            let name = implemented.split('"').nth(1).expect("its name");
            (package.to_owned(), flavour.to_owned(), name.to_owned())
        })
        .collect();
    assert!(found.len() > 5, "they are found: {found:?}");
    found
}

#[test]
fn each_list_of_runtimes_has_all_that_are_built_in() {
    for path in LISTS {
        let list = read(path);
        for (package, flavour, name) in built_in() {
            let names = [format!("paintdry_{package}::{flavour}"), format!("\"{name}\"")];
            let is_listed = names.iter().any(|name| list.contains(name));
            assert!(is_listed, "{path} lists the runtimes: add {name}, or paintdry_{package}::{flavour}");
        }
    }
    let siblings = read("crates/course/tests/book/siblings.rs");
    for (package, ..) in built_in() {
        let folder = package.replace('_', "-");
        assert!(
            siblings.contains(&format!("\"{folder}\"")),
            "siblings.rs compares the crates of the runtimes: add {folder}"
        );
    }
}

/// In `.ci/run` the suite runs with other numbers of threads.
#[test]
fn the_suite_is_run_with_other_numbers_of_threads() {
    let trial = read("crates/cli/src/trial.rs");
    let (_, variables) = trial.split_once("\nconst WORKERS: ").expect("the variables");
    let (variables, _) = variables.split_once("];").expect("their end");
    let variables: Vec<_> = variables.split('"').skip(1).step_by(2).collect();
    assert!(variables.len() > 2, "they are found: {variables:?}");
    for variable in variables {
        assert!(read(".ci/run").contains(&format!("{variable}=")), ".ci/run sets {variable} where it runs the suite");
    }
}
