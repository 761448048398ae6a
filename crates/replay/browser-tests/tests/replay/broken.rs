//! A recording that cannot be shown, or has little in it: the page says in plain words what is wrong.

use crate::browser::{Page, key};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// What the reader sees instead of the replay: what is wrong, and what to do about it.
fn problem(page: &Page, what: &str) -> String {
    assert!(page.is("paintdry.ready === false"), "{what}: the page knows that it shows nothing");
    assert!(page.is("document.getElementById('page').hidden && !document.getElementById('problem').hidden"), "{what}");
    let told = page.text("document.getElementById('problem-what').innerText");
    let advice = page.text("document.getElementById('problem-advice').innerText");
    assert!(told.len() > 20 && told.ends_with('.'), "{what}: {told}");
    assert!(advice.contains("paintdry"), "{what}: {told} {advice}");
    assert!(!told.contains("page itself failed"), "{what}: {told}");
    let heading = page.text("document.querySelector('#problem h1').innerText");
    assert!(heading.contains("cannot be shown"), "{heading}");
    told
}

#[test]
fn a_recording_that_was_cut_short() {
    let recording = Recording::of("--virtual");
    let text = recording.json.to_string();
    let page = Page::open(&recording.page());
    for length in [0, 1, 10, 100, text.len() / 2, text.len() - 1] {
        page.go(&recording.page_with(&text[..length]), "");
        let told = problem(&page, &format!("{length} bytes of it"));
        assert!(told.contains("not complete") || told.contains("empty"), "{told}");
    }
}

#[test]
fn something_else_than_a_recording() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    for text in [
        "null",
        "true",
        "17",
        r#""text""#,
        "[]",
        "{}",
        r#"{"format": "another", "version": 1}"#,
        r#"{"traceEvents": []}"#,
    ] {
        page.go(&recording.page_with(text), "");
        let told = problem(&page, text);
        assert!(told.contains("not a recording"), "{text}: {told}");
    }
}

#[test]
fn a_recording_of_another_version() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    for version in [json!(2), json!(0), json!("1"), json!(null), json!([1])] {
        let mut json = recording.json.clone();
        json["version"] = version.clone();
        page.go(&recording.page_with(&json.to_string()), "");
        let told = problem(&page, &version.to_string());
        assert!(told.contains("version") && told.contains(&version.to_string()), "{told}");
    }
    let newer = page.text("document.getElementById('problem-advice').innerText");
    assert!(!newer.contains("newer"), "a list is no newer version: {newer}");
}

/// Where the recording is changed, to what, and a word that the reader must be told.
fn damages() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/clock", json!("wall"), "clock"),
        ("/workload", json!(null), "workload"),
        ("/workload/job", json!("unknown"), "workload"),
        ("/workload/job", json!("program"), "name"),
        ("/host", json!(null), "host"),
        ("/sources", json!({}), "sources"),
        ("/sources/0", json!({"name": "paint"}), "source 0"),
        ("/runs", json!(null), "runs"),
        ("/runs/0", json!(null), "run 0"),
        ("/runs/1/runtime", json!(7), "run 1"),
        ("/runs/1/tasks", json!("main"), "run 1"),
        ("/runs/1/tasks/0", json!(0), "run 1"),
        ("/runs/1/events", json!({}), "run 1"),
        ("/runs/1/wall_ns", json!("long"), "run 1"),
        ("/runs/1/events/5", json!(null), "event 5"),
        ("/runs/1/events/5", json!([]), "event 5"),
        ("/runs/1/events/5", json!([0, "sleep", 0]), "sleep"),
        ("/runs/1/events/5", json!([0, "__proto__", 0]), "event 5"),
        ("/runs/1/events/5", json!([0, "poll", 0]), "event 5"),
        ("/runs/1/events/5", json!([0, "poll", 0, "one"]), "event 5"),
        ("/runs/1/events/5", json!([0, "poll", 99, 0]), "event 5"),
        ("/runs/1/events/5", json!([-1, "yield", 0]), "event 5"),
        ("/runs/1/events/5", json!([0.5, "yield", 0]), "event 5"),
        ("/runs/1/events/5", json!([1e300, "yield", 0]), "event 5"),
        // the next one goes back in time
        ("/runs/1/events/5", json!([9_000_000_000_000_000_u64, "yield", 0]), "event 6"),
        ("/runs/1/events/5", json!([0, "timer", 0, 0, null]), "event 5"),
        ("/runs/1/events/5", json!([0, "spawn", 0, 99]), "event 5"),
    ]
}

#[test]
fn a_recording_that_was_damaged() {
    let recording = Recording::of("--virtual --runtime generator,tokio");
    let page = Page::open(&recording.page());
    let mut missed = vec![];
    for (pointer, value, word) in damages() {
        let mut json = recording.json.clone();
        *json.pointer_mut(pointer).expect("it is there") = value.clone();
        page.go(&recording.page_with(&json.to_string()), "");
        if page.is("paintdry.ready") {
            missed.push(format!("{pointer}: {value}"));
            continue;
        }
        let told = problem(&page, pointer);
        assert!(told.contains(word), "{pointer}: {value}: {told}");
    }
    assert_eq!(missed, [""; 0], "the page shows these as if they were right");
}

#[test]
fn a_recording_without_runs() {
    let recording = Recording::of("--virtual").changed(|recording| recording["runs"] = json!([]));
    let page = Page::open(&recording.page());
    for fragment in ["", "run=tokio&event=4", "predict=1"] {
        page.go(&recording.page(), fragment);
        assert!(page.is("paintdry.ready"));
        let shown = page.text("document.body.innerText");
        assert!(shown.contains("no runs") && shown.contains("paintdry --record"), "{shown}");
        for key in [' ', 'e', 'l', 'w', 'p', 'n', 'v', 'x', 't', '1', '0', 'f', '+', key::RIGHT, key::END, '?'] {
            page.press(key);
        }
        page.wait("document.getElementById('keys').open");
    }
}

#[test]
fn a_run_that_failed() {
    let recording = Recording::of("--virtual --runtime generator,tokio").changed(|recording| {
        recording["runs"][0]["error"] = json!("stuck: canvas 2 waits for nobody");
        let events = recording["runs"][0]["events"].as_array_mut().expect("a list");
        events.truncate(20);
        recording["runs"][1]["error"] = json!("it did not start");
        recording["runs"][1]["events"] = json!([]);
        recording["runs"][1]["tasks"] = json!([]);
        recording["runs"][1]["wall_ns"] = json!(0);
    });
    let page = Page::open(&recording.page());
    assert!(page.is("paintdry.ready"));
    let names = page.value("[...document.querySelectorAll('section.run')].map((row) => row.innerText)");
    assert!(names[0].as_str().expect("a text").contains("Failed: stuck: canvas 2 waits for nobody"), "{names}");
    assert!(names[1].as_str().expect("a text").contains("Failed: it did not start"), "{names}");
    assert!(names[1].as_str().expect("a text").contains("No events were recorded"), "{names}");
    // The one with events can be stepped through, the other one can be followed.
    page.seek(&json!({"run": 0, "event": 19}));
    assert_eq!(page.moment()["event"], json!(19));
    page.press('2');
    page.wait("paintdry.moment().run === 'tokio' && paintdry.moment().event === -1");
    for key in [' ', 'e', 'l', 'w', 'p', 'n', 'v', 'x', key::RIGHT, key::END, key::HOME, '0', 'f', '+'] {
        page.press(key);
    }
    assert!(page.text("document.getElementById('sentence').textContent").contains("no events"));
}

#[test]
fn a_run_without_its_program() {
    let recording = Recording::of("--virtual --runtime generator");
    let mut json = recording.json.clone();
    json["sources"] = json!([]);
    let page = Page::open(&recording.page_with(&json.to_string()));
    page.seek(&json!({"event": 30}));
    assert!(page.is("paintdry.ready"));
    let shown = page.text("document.getElementById('source').innerText");
    assert!(shown.contains("does not bring the program"), "{shown}");
}
