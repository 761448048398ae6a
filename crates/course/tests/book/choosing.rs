//! Holds the footprints in docs/which-runtime.md to the script that measures them: the same rows, of the same versions.

use crate::{read, root};
use std::collections::HashSet;
use std::env;
use std::process::Command;

/// The text between the first two quotes, and what follows.
fn quoted(text: &str, quote: char) -> Option<(&str, &str)> {
    text.split_once(quote)?.1.split_once(quote)
}

#[test]
fn each_footprint_is_a_row_of_the_script_and_of_its_versions() {
    let (page, script) = (read("docs/which-runtime.md"), read("benches/footprint"));
    let (_, footprint) = page.split_once("\n## Footprint\n").expect("the page has the section");
    let rows: Vec<_> = footprint.lines().filter_map(|line| line.strip_prefix("| ")?.split_once(" | ")).collect();
    let listed: Vec<_> = rows.iter().skip(1).map(|(name, _)| *name).collect();

    let calls = script.lines().filter_map(|line| line.strip_prefix("row ")?.split_once(' ')).map(|(_, rest)| rest);
    let measured: Vec<_> = calls
        .map(|rest| {
            let quote = if rest.starts_with('"') { '"' } else { '\'' };
            quoted(rest, quote).expect("a row has a name").0.replace('\\', "")
        })
        .collect();
    assert!(measured.len() > 8, "they were found: {measured:?}");
    assert_eq!(listed, measured);

    for version in script.split("\"=").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(footprint.contains(version), "docs/which-runtime.md should name the version {version}");
    }
}

/// How many crates a program gets with this one, which counts.
fn crates_with(name: &str) -> usize {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = ["tree", "--offline", "--locked", "--edges", "normal", "--prefix", "none", "--no-dedupe", "--package"];
    let output = Command::new(cargo).args(tree).arg(name).current_dir(root()).output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("it is UTF-8");
    tree.lines().map(|line| line.split(" (").next()).collect::<HashSet<_>>().len()
}

/// smol is small, and still it has more crates than tokio. The other rows need features that this repository does not have.
#[test]
#[cfg(target_os = "linux")]
fn smol_and_async_std_bring_as_many_crates_as_the_table_says() {
    let page = read("docs/which-runtime.md");
    for name in ["smol", "async-std"] {
        let row = format!("\n| {name} | {} |", crates_with(name));
        assert!(page.contains(&row), "docs/which-runtime.md has another figure than {row}");
    }
}
