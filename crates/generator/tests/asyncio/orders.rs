//! The events of benches/python/meaning.py, which runs on the real asyncio, beside those of the same scenarios on the loop.
//! They are saved, so that the loop is held to them where there is no Python, too.

use crate::page::read;
use crate::scenarios::{all, events};
use std::collections::BTreeMap;
use std::process::Command;

/// Where the loop does something else on purpose: the scenario, its events here, and why.
const MEANT: &[(&str, &[&str], &str)] = &[
    (
        "gather_and_the_first_error",
        &["the slow one ends", "told of the error"],
        "gather gives all results, the errors in their places; who wants the first error takes a task group",
    ),
    (
        "cancelled_asleep",
        &["cleaned up", "cancel has returned", "told"],
        "to cancel is to drop, and what is dropped has cleaned up when cancel returns; asyncio's clean-up has a later turn",
    ),
    (
        "a_limit_of_zero",
        &["one turn"],
        "what is done when the limit is over is not thrown away; asyncio cancels it at its first await",
    ),
    (
        "turns_until_the_waiter_continues",
        &[
            "turn 0",
            "turn 1",
            "gathered",
            "turn 2",
            "gather",
            "turn 3",
            "turn 4",
            "waited for",
            "turn 5",
            "wait",
            "turn 6",
            "turn 7",
            "shielded",
            "turn 8",
            "shield",
            "turn 9",
            "turn 10",
            "grouped",
            "turn 11",
            "group",
        ],
        "the end of the last task wakes the task that waits; asyncio's calls back first, which takes a turn more",
    ),
    (
        "a_run_ends_with_main",
        &["turn 0", "main", "between", "turn 1", "turn 2"],
        "a run ends in main's own turn; asyncio's is ended by a callback, and gives the others another turn before that",
    ),
];

/// What asyncio did: the output of the Python program, saved.
fn on_asyncio() -> BTreeMap<String, Vec<String>> {
    serde_json::from_str(&read("benches/python/meaning.json")).expect("events")
}

#[test]
fn the_events_are_those_of_asyncio_or_the_difference_is_meant() {
    let mut on_asyncio = on_asyncio();
    let mut wrong = Vec::new();
    for (name, scenario) in all() {
        let (here, there) = (events(scenario), on_asyncio.remove(name));
        let is_meant = MEANT.iter().any(|(meant, ..)| *meant == name);
        if (there.as_ref() == Some(&here)) == is_meant {
            wrong.push(format!("{name}, meant to differ: {is_meant}\n  here {here:?}\n  asyncio {there:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(on_asyncio.is_empty(), "only on asyncio: {on_asyncio:?}");
}

#[test]
fn the_saved_events_are_those_of_the_real_asyncio() {
    let asks = "import sys; sys.exit(sys.version_info < (3, 11))"; // which has task groups and `timeout`
    if !Command::new("python3").args(["-c", asks]).status().is_ok_and(|status| status.success()) {
        println!("Left out: there is no python3 of 3.11 or later to compare with.");
        return;
    }
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../benches/python/meaning.py");
    // -B: it leaves no compiled files beside the program.
    let output = Command::new("python3").arg("-B").arg(program).output().expect("python3 was there a moment ago");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let events: BTreeMap<String, Vec<String>> = serde_json::from_slice(&output.stdout).expect("events");
    assert_eq!(events, on_asyncio(), "`benches/python/meaning.py > benches/python/meaning.json` saves them");
}

#[test]
fn the_scenarios_that_are_meant_to_differ_do_so_as_meant() {
    for (name, expected, reason) in MEANT {
        let scenario = all().into_iter().find(|(other, _)| other == name).expect("there is this scenario").1;
        assert_eq!(events(scenario), *expected, "{name}: {reason}");
    }
}
