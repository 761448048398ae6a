//! A recording that does not know on which threads its tasks were polled, or who woke them.

use crate::browser::{Look, Page};
use crate::events::check_all;
use crate::every::every_kind_of_event;
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// In the first run nothing of that is known, and in the second one the thread of one task alone.
fn little_is_known() -> Recording {
    every_kind_of_event().changed(|recording| {
        for (number, run) in recording["runs"].as_array_mut().expect("a list").iter_mut().enumerate() {
            run["threads"] = Value::Null;
            for event in run["events"].as_array_mut().expect("a list") {
                match event[1].as_str() {
                    Some("poll") if number == 0 || event[2] != 1 => event[3] = Value::Null,
                    Some("wake") => event[3] = json!("unknown"),
                    _ => {}
                }
            }
        }
    })
}

#[test]
fn the_page_plays_it_and_says_what_is_unknown() {
    let recording = little_is_known();
    check_all("little is known", &recording);
    let page = Page::open_at(&recording.page(), "more=1&wakes=1", Look::default());
    let said = "[...document.querySelectorAll('.run-name > span')].map((one) => one.textContent.split(',')[0])";
    assert_eq!(page.value(said), json!(["threads unknown", "threads unknown"]));
    let events = recording.runs()[0]["events"].as_array().expect("a list");
    let at = |kind: &str| events.iter().position(|event| event[1] == kind).expect("an event of this kind");
    page.seek(&json!({"run": 0, "event": at("wake")}));
    let sentence = page.text("document.getElementById('sentence').textContent");
    assert!(sentence.starts_with("sleeper was woken (the recording does not know by whom)"), "{sentence}");
    page.seek(&json!({"run": 1, "event": at("poll")}));
    let sentence = page.text("document.getElementById('sentence').textContent");
    assert!(!sentence.contains("thread"), "{sentence}");
}

#[test]
fn by_thread_it_has_lanes_for_the_threads_that_are_known() {
    let page = Page::open_at(&little_is_known().page(), "more=1&wakes=1&lanes=thread", Look::default());
    let names = "[...document.querySelectorAll('section.run')]
        .map((row) => [...row.querySelectorAll('.labels > div')].map((name) => name.textContent))";
    assert_eq!(page.value(names), json!([["timers"], ["thread 0", "thread 1", "timers"]]));
}
