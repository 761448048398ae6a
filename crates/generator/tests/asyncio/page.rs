//! Holds docs/asyncio-meaning-tables.md to the tests: it names each of them, and no other.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The tests of a folder, each as `file::name`, without the files that hold no promises.
fn tests_in(folder: &str) -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let file = path.file_stem().and_then(|stem| stem.to_str()).expect("it is UTF-8").to_owned();
        if path.is_dir() || matches!(&*file, "main" | "orders" | "page") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("it can be read");
        let names = text.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split_once('('));
        tests.extend(names.map(|(name, _)| format!("{file}::{name}")));
    }
    tests
}

/// Whether a name is that of a scenario, all of which [`orders`](crate::orders) holds to asyncio.
fn is_scenario(name: &str) -> bool {
    let Some((file, function)) = name.split_once("::") else { return false };
    let path = root().join(format!("crates/generator/tests/asyncio/scenarios/{file}.rs"));
    fs::read_to_string(path).is_ok_and(|text| text.contains(&format!("\nfn {function}(scene: &Scene)")))
}

/// What is in backticks in a cell and looks like the name of a test.
fn names_in(cell: &str) -> impl Iterator<Item = String> {
    let is_name =
        |text: &&str| text.contains("::") && text.chars().all(|c| c.is_ascii_lowercase() || "_:0123456789".contains(c));
    cell.split('`').skip(1).step_by(2).filter(is_name).map(str::to_owned)
}

#[test]
fn every_promise_names_its_tests_and_every_test_has_its_promise() {
    let page = read("docs/asyncio-meaning-tables.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows: Vec<Vec<&str>> =
        rows.map(|row| row.split(" | ").collect()).filter(|row: &Vec<_>| row[0] != "asyncio promises").collect();
    assert!(rows.len() > 50, "the tables are read");
    let (mut here, mut others) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        let [promise, our_loop, runtimes] = row[..] else { panic!("three cells: {row:?}") };
        let named = [(our_loop, &mut here), (runtimes, &mut others)].map(|(cell, names)| {
            let found: Vec<_> = names_in(cell).collect();
            names.extend(found.iter().cloned());
            found.len()
        });
        assert!(!named.contains(&0), "{promise}: a cell names no test");
    }
    here.retain(|name| !is_scenario(name));
    assert_eq!(here, tests_in("crates/generator/tests/asyncio"), "the second column, and our loop's tests");
    assert_eq!(others, tests_in("crates/cli/tests/meaning"), "the third column, and the tests of the other runtimes");
}

/// The first column names tests of Python's own, of one version. Some Pythons come without their tests.
#[test]
fn the_tests_of_python_that_are_named_are_there() {
    let finds = "import sys, test.test_asyncio as t; assert sys.version_info[:2] == (3, 11); print(*t.__path__)";
    let found = Command::new("python3").args(["-c", finds]).output().ok().filter(|output| output.status.success());
    let Some(found) = found else {
        println!("Left out: there is no python3 of 3.11 with its tests.");
        return;
    };
    let folder = PathBuf::from(String::from_utf8(found.stdout).expect("a path").trim());
    let files = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path());
    let sources: String = files.filter_map(|path| fs::read_to_string(path).ok()).collect();
    let page = read("docs/asyncio-meaning-tables.md");
    let firsts = page.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let names: Vec<_> = firsts.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let tests: Vec<_> = names.into_iter().filter(|name| name.starts_with("test_")).collect();
    assert!(tests.len() > 60, "they are found");
    let missing: Vec<_> = tests.into_iter().filter(|test| !sources.contains(&format!("def {test}("))).collect();
    assert!(missing.is_empty(), "Python has no tests of these names: {missing:?}");
}

/// What the page says of asyncio, where no scenario shows it.
const CLAIMS: &str = r#"
import asyncio, sys
assert sys.version_info[:2] == (3, 11)

async def main():
    begun = []
    async def begins():
        begun.append(1)
        await asyncio.sleep(1)

    try:
        await asyncio.wait_for(begins(), 0)
    except TimeoutError:
        assert not begun, "wait_for cancels before it begins"
    else:
        assert False, "a limit of zero is over"
    try:
        async with asyncio.timeout(0):
            await begins()
    except TimeoutError:
        assert begun, "timeout cancels at the first await"
    else:
        assert False, "a limit of zero is over"

    async def cancels_one(**options):
        one = asyncio.create_task(asyncio.sleep(100))
        both = asyncio.gather(one, asyncio.sleep(0, "other"), return_exceptions=options.get("errors", False))
        await asyncio.sleep(0)
        one.cancel()
        return await both
    try:
        await cancels_one()
        assert False, "gather raises"
    except asyncio.CancelledError:
        pass
    error, other = await cancels_one(errors=True)
    assert isinstance(error, asyncio.CancelledError) and other == "other"

    task = asyncio.create_task(asyncio.sleep(100))
    waits = asyncio.create_task(asyncio.wait([task]))
    await asyncio.sleep(0)
    waits.cancel()
    await asyncio.sleep(0)
    assert waits.cancelled() and not task.done(), "wait does not cancel what it waits for"

    timers = asyncio.get_running_loop()._scheduled
    before = len(timers)
    later = asyncio.create_task(asyncio.sleep(200))
    await asyncio.sleep(0)
    later.cancel()
    await asyncio.sleep(0)
    assert later.cancelled() and len(timers) == before + 1, "a cancelled timer stays in the heap"
    task.cancel()

asyncio.run(main())
"#;

#[test]
fn what_the_page_says_of_asyncio_is_so() {
    let is_3_11 =
        Command::new("python3").args(["-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"]).output();
    if !is_3_11.is_ok_and(|output| output.status.success()) {
        println!("Left out: there is no python3 of 3.11.");
        return;
    }
    let output = Command::new("python3").args(["-c", CLAIMS]).output().expect("it has just been started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
