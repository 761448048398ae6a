//! Every command in the README runs: `paintdry` commands here, the other cargo commands in CI.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A file of the repository. (The published crate does not contain it, and leaves this test out.)
fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The typed lines of the README's console blocks, without the prompt.
fn commands(readme: &str) -> Vec<&str> {
    readme.lines().filter_map(|line| line.strip_prefix("$ ")).collect()
}

/// The list is read as rustlings and `paintdry grade` read it.
#[test]
fn the_pages_say_how_many_exercises_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = paintdry_grade::Folder::named(&root).expect("info.toml is in order");
    let said = format!("{} exercises", folder.exercises.len());
    for path in ["docs/exercises.md", "docs/front.md", "README.md", "crates/exercises/info.toml"] {
        assert!(read(path).contains(&said), "{path} says that there are {said}");
    }
}

#[test]
fn every_command_is_run() {
    let (readme, ci) = (read("README.md"), read(".ci/run") + &read(".ci/nightly"));
    let commands = commands(&readme);
    let folder = tempfile::tempdir().expect("a folder for what they write");
    assert!(commands.len() > 5, "they were found: {commands:?}");
    for command in commands {
        let Some(arguments) = command.strip_prefix("cargo run --release") else {
            // CI may add options, and lets rustlings judge where it would wait for keys.
            let command = if command == "rustlings" { "rustlings dev check" } else { command };
            let added = |line: &str| line.trim().trim_start_matches('(').strip_prefix(command).map(str::to_owned);
            let runs = |added: &str| added.is_empty() || added.starts_with(" --") || added.starts_with(" 2>");
            assert!(ci.lines().filter_map(added).any(|added| runs(&added)), "CI runs `{command}`");
            continue;
        };
        let arguments = arguments.trim_start().strip_prefix("-- ").unwrap_or_default().split_whitespace();
        // Only the speed differs from the README: a test must not take half a minute.
        let faster =
            if ["amap", "runtimes", "replay dry", "--virtual", "explore"].iter().any(|job| command.contains(job)) {
                vec![]
            } else {
                vec!["--speed", "100"]
            };
        let output = Command::new(env!("CARGO_BIN_EXE_paintdry"))
            .args(arguments)
            .args(faster)
            .current_dir(folder.path())
            .output();
        let output = output.expect("the command starts");
        assert!(output.status.success(), "`{command}` fails: {}", String::from_utf8_lossy(&output.stderr));
        let writes = command.split_once("--output ").is_some_and(|(_, file)| folder.path().join(file).exists());
        assert!(writes || !output.stdout.is_empty(), "`{command}` prints nothing");
    }
}

#[test]
fn the_table_of_runtimes_lists_those_that_are_built_in() {
    let readme = read("README.md");
    let table = readme.split("## ").find(|section| section.starts_with("The runtimes")).expect("it is there");
    let listed: Vec<_> = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let built_in: Vec<_> = paintdry::built_in().iter().map(paintdry::Entry::name).collect();
    assert_eq!(listed, built_in);
}

#[test]
fn its_links_lead_to_files() {
    let readme = read("README.md");
    let targets = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    // `../../actions` is on the code host, beside the files.
    let elsewhere = |target: &str| ["http", "#", "../../actions/"].iter().any(|start| target.starts_with(start));
    let targets: Vec<_> = targets.filter(|target| !elsewhere(target)).collect();
    assert!(targets.len() > 10, "they were found: {targets:?}");
    for target in targets {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(target);
        assert!(path.exists(), "{target} exists");
    }
}

#[test]
fn the_page_on_scale_lists_the_fields_and_the_rows_that_there_are() {
    let page = read("docs/scale.md");
    let output = Command::new(env!("CARGO_BIN_EXE_paintdry"))
        .args("scale --tasks 1 --drying 1ms --peers --format csv".split(' '))
        .output()
        .expect("the command starts");
    let csv = String::from_utf8(output.stdout).expect("it is UTF-8");
    let (_, json) = page.split_once("## The JSON").expect("it is there");
    let first_cells = json.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let documented: Vec<_> = first_cells.flat_map(|cell| cell.trim_matches('`').split("`, `")).collect();
    assert_eq!(documented.join(","), csv.lines().next().expect("a header"));
    for row in csv.lines().skip(1) {
        let name = row.split(',').next().expect("a name");
        let is_listed = page.contains(&format!("`{name}`")) || read("README.md").contains(&format!("| `{name}` |"));
        assert!(is_listed, "{name}");
    }
}

/// Adds the field names of these objects.
fn add_fields(object: &serde_json::Value, fields: &mut BTreeSet<String>) {
    let (one, several) = (object.as_object().into_iter(), object.as_array().into_iter().flatten());
    one.flatten().for_each(|(name, value)| {
        fields.insert(name.clone());
        add_fields(value, fields);
    });
    several.for_each(|object| add_fields(object, fields));
}

#[test]
fn the_page_on_exercises_names_every_field_and_verdict() {
    let page = read("docs/exercises.md");
    let student = tempfile::tempdir().expect("a folder");
    let list = "format_version = 1\n[[exercises]]\nname = \"paint1\"\nhint = \"none\"";
    let manifest =
        "[package]\nname = \"student\"\n[[bin]]\nname = \"paint1\"\npath = \"exercises/paint1.rs\"\n[workspace]";
    fs::write(student.path().join("info.toml"), list).expect("a file");
    fs::write(student.path().join("Cargo.toml"), manifest).expect("a file");
    let mut fields = BTreeSet::new();
    for arguments in ["doctor --format json", "grade . --format json"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_paintdry"));
        command.args(arguments.split(' ')).current_dir(student.path());
        let output = command.output().expect("the command starts");
        add_fields(&serde_json::from_slice(&output.stdout).expect("JSON"), &mut fields);
    }
    assert!(fields.len() > 10, "they were found: {fields:?}");
    let verdicts = ["passed", "failed", "does_not_compile", "hung", "missing"].map(str::to_owned);
    for word in fields.iter().chain(&verdicts) {
        assert!(page.contains(&format!("`{word}`")), "{word}");
    }
}
