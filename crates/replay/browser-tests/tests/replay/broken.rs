//! A page that was damaged, or a recording that has little in it: the page says so in plain words.

use crate::browser::{Page, key};
use paintdry_browser_tests::Recording;
use serde_json::json;

/// The command makes a page only of a recording that it can read, so only a page that was changed by hand can be damaged.
#[test]
fn a_page_that_was_damaged_says_that_it_failed() {
    let recording = Recording::of("--virtual");
    let text = recording.json.to_string();
    let page = Page::open(&recording.page());
    for damaged in ["", "null", "[]", "{}", &text[..text.len() / 2]] {
        page.go(&recording.page_with(damaged), "");
        assert!(page.is("paintdry.ready === false"), "{damaged}: the page knows that it shows nothing");
        let shown = page.text("document.body.innerText");
        assert!(shown.contains("cannot be shown") && shown.contains("page itself failed"), "{damaged}: {shown}");
        assert!(shown.contains("Please report this"), "{damaged}: {shown}");
    }
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
    assert!(shown.contains("does not contain the program"), "{shown}");
}
