//! What is wrong in the runs: the headline of a failed one, and a list that leads to each moment.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use serde_json::json;

const ITEMS: &str = "[...document.querySelectorAll('#findings-list > li > button')].map((one) => one.textContent)";

/// A recording without a fault has no such headline, and without any finding no list.
#[test]
fn a_sound_recording_has_no_list() {
    let recording = Recording::of("amap --virtual --runtime tokio");
    let page = Page::open(&recording.page());
    assert!(page.is("document.getElementById('findings').hidden && !document.getElementById('see-fault')"));
}

#[test]
fn the_fault_is_the_headline_and_a_click_goes_to_its_moment() {
    let recording = Recording::of_explored("two-locks");
    let page = Page::open_at(&recording.page(), "", Look::default());
    let headline = page.text("document.getElementById('title').textContent");
    assert_eq!(headline, "ada and bob wait for wakes that never come.");
    assert_eq!(page.text("document.getElementById('job').textContent"), "two-locks — 1 run.");
    page.click("#see-fault");
    page.wait("document.body.classList.contains('details') && !paintdry.moment().playing");
    assert_eq!(page.moment()["event"], json!(33));
    assert_eq!(page.value(ITEMS), json!(["Fault: ada and bob wait for wakes that never come."]));
    let why = page.text("document.querySelector('#findings-list [aria-current] > p').innerText");
    assert!(why.starts_with("It looks like a deadlock. Each may hold what another one needs"), "{why}");
    let note = page.text("document.querySelector('#findings-list [aria-current] > .note').innerText");
    assert!(note.contains("two_locks.rs:") && note.contains("event 33") && note.contains("cure docs/10b-"), "{note}");
}

/// Two runs of one program: what both show is said once, and leads to both. The first does not show it, so the headline names the
/// run.
#[test]
fn a_finding_of_two_runs_leads_to_both() {
    let events = json!([[0, "spawn", 0, null], [0, "poll", 0, 0], [0, "pending", 0]]);
    let recording =
        Recording::of("--virtual --runtime generator,tokio,smol").of_a_program("Tea").changed(|recording| {
            for run in &mut recording["runs"].as_array_mut().expect("a list")[1..] {
                run["tasks"] = json!(["main"]);
                run["events"] = events.clone();
                run["wall_ns"] = json!(0);
                run["error"] = json!("stalled: nothing can run and no timer is set");
            }
        });
    let page = Page::open_at(&recording.page(), "run=generator&event=1", Look::default());
    let headline = page.text("document.getElementById('title').textContent");
    assert_eq!(headline, "tokio: main waits for a wake that never comes.");
    assert_eq!(page.value(ITEMS)[0], "Fault: main waits for a wake that never comes.");
    let why = "getComputedStyle(document.querySelector('#findings-list p')).display";
    assert_eq!(page.text(why), "none", "only a chosen finding says why");
    page.click("#findings-list > li > button");
    let at = |page: &Page| (page.moment()["run"].clone(), page.moment()["event"].clone());
    assert_eq!(at(&page), (json!("tokio"), json!(2)));
    assert_eq!(page.text(why), "block");
    page.click("#findings-list .also button");
    assert_eq!(at(&page), (json!("smol"), json!(2)));
    // Who predicts must not find the answer.
    page.click("#predict");
    assert_eq!(page.text("getComputedStyle(document.getElementById('findings')).display"), "none");
}
