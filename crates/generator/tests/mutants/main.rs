//! Loops that are broken on purpose: each file here is a mutant, one small change to the loop, and the crate's tests must fail
//! with it.
//!
//! Every test run checks that each change still fits the sources. Building and trying the mutants takes some minutes, so you
//! have to ask for it. `MUTANT` is a part of the wanted names, and `TIMES` says how many times each is tried:
//!
//! ```console
//! $ cargo test -p paintdry-generator --test mutants -- --ignored --nocapture
//! ```

mod change;
mod trial;

use change::Mutant;
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;
use trial::{Copy, SUITE};

/// Tests of the crate that do not judge the loop.
const NOT_IN_THE_SUITE: [&str; 2] = [
    "mutants",     // these
    "one_sitting", // counts lines, and would fail with a change that breaks nothing
];

fn all() -> Vec<Mutant> {
    Mutant::all().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_mutant_fits() {
    let mutants = all();
    let wrong: Vec<_> = mutants.iter().filter_map(|mutant| mutant.changed(&change::crate_root()).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(mutants.len() >= 12, "they are found");
}

#[test]
fn every_test_of_the_crate_is_in_the_suite_or_is_left_out() {
    let mut tests = BTreeSet::new();
    for entry in fs::read_dir(change::crate_root().join("tests")).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        tests.insert(path.file_stem().and_then(|stem| stem.to_str()).expect("it is UTF-8").to_owned());
    }
    let known: BTreeSet<_> = SUITE.iter().chain(&NOT_IN_THE_SUITE).map(ToString::to_string).collect();
    assert_eq!(tests, known, "name a new file of tests in SUITE, or say why not in NOT_IN_THE_SUITE");
}

#[test]
#[ignore = "builds the crate once for each mutant, which takes minutes"]
fn every_mutant_is_caught_every_time() {
    let wanted = env::var("MUTANT").ok();
    let times = env::var("TIMES").map_or(1, |times| times.parse().expect("TIMES is a number"));
    let mutants: Vec<_> =
        all().into_iter().filter(|mutant| wanted.as_ref().is_none_or(|wanted| mutant.name.contains(wanted))).collect();
    assert!(!mutants.is_empty(), "there is no mutant with this in its name in crates/generator/tests/mutants");

    let copy = Copy::of_the_workspace(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutants"));
    let healthy = copy.try_suite(None, None);
    assert!(healthy.is_survival(), "the suite fails without any mutant: {healthy}");

    let mut escaped = Vec::new();
    for mutant in &mutants {
        let verdicts = copy.try_mutant(mutant, times);
        let verdict = verdicts.iter().find(|verdict| !verdict.is_caught()).unwrap_or(&verdicts[0]);
        println!("{:<45} {verdict}", mutant.name);
        if !verdict.is_caught() {
            escaped.push(format!("{}: {verdict}\n  {}", mutant.name, mutant.what));
        }
    }
    println!("{} mutants, each tried {times} times; {} escaped", mutants.len(), escaped.len());
    assert!(
        escaped.is_empty(),
        "these loops are broken, and no test says so; write one that fails with them:\n{}",
        escaped.join("\n")
    );
}
