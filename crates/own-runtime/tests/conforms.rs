//! Holds the runtime to the promises of the trait.

use paintdry_conformance::{PanicInDrop, assert_conforms, assert_survives_faults, assert_survives_load};
use paintdry_own_runtime::OwnRuntime;
use std::collections::HashMap;
use std::process::Command;
use std::{env, fs};

#[test]
fn conforms() {
    assert_conforms::<OwnRuntime>();
}

#[test]
fn survives_faults() {
    assert_survives_faults::<OwnRuntime>(PanicInDrop::IsCaught);
}

/// As on async-std and smol.
#[test]
fn survives_faults_but_no_panic_in_a_drop() {
    assert_survives_faults::<OwnRuntime>(PanicInDrop::EndsTheProcess);
}

#[test]
fn survives_load() {
    assert_survives_load::<OwnRuntime>(20_000);
}

#[test]
#[ignore = "takes some seconds; .ci/nightly asks for it"]
fn survives_a_million() {
    assert_survives_load::<OwnRuntime>(1_000_000);
}

/// What one of these tests reports that it tried, run once more on its own.
fn figures(test: &str) -> HashMap<String, usize> {
    let output = Command::new(env::current_exe().expect("this runs")).args([test, "--exact", "--show-output"]).output();
    let told = String::from_utf8(output.expect("it has started before").stdout).expect("text");
    let line = told.lines().find_map(|line| line.strip_prefix("own: ")).expect("it says what it has tried");
    let figures = line.split(", ").map(|figure| figure.split_once(": ").expect("a name and a number"));
    figures.map(|(what, times)| (what.to_owned(), times.parse().expect("a number"))).collect()
}

/// The page gives the figures of seven suites. In three of them no drop panics where that would end the process.
#[test]
fn the_page_about_trust_gives_the_figures_of_seven_suites() {
    let (all, no_drops) = (figures("survives_faults"), figures("survives_faults_but_no_panic_in_a_drop"));
    let seven = |what: &str| 4 * all[what] + 3 * no_drops[what];
    let [drops, handles, readers] =
        ["drops", "handles dropped", "readers dropped"].map(|what| seven(&format!("{what} at an await")));
    let panics = seven("panics");
    let closings = seven("tasks dropped with their runtime") + seven("spawns while the runtime is dropped");
    let sum = drops + handles + readers + panics + closings;
    let expected = format!(
        "injects {sum} faults: {drops} drops of a coroutine at an await, {handles} drops of a handle while its task is at \
         one and {readers} of a reader, {panics} panics, and {closings} tasks"
    );
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs");
    let read = |page: &str| fs::read_to_string(format!("{docs}/{page}")).expect("the page is there");
    let pages = read("trust.md") + &read("trust-promises.md");
    let page = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [expected, format!("{sum} in each test run")] {
        assert!(page.contains(&expected), "docs/trust.md or docs/trust-promises.md should say `{expected}`");
    }
}
