//! Playing continues to the end, and begins again.

use crate::browser::{Look, Page};
use crate::fold::Run;
use paintdry_browser_tests::Recording;
use serde_json::json;

impl Page {
    /// Chooses the highest speed.
    pub(crate) fn plays_fast(&self) {
        self.run(
            "const speed = document.getElementById('speed');
            speed.value = speed.lastChild.value;
            speed.dispatchEvent(new Event('change'));",
            vec![],
        );
    }
}

#[test]
fn it_plays_to_the_end_by_time_and_by_event() {
    let recording = Recording::of("amap --virtual");
    let page = Page::open(&recording.page());
    let last = recording.runs()[2]["events"].as_array().map(Vec::len).expect("a list") - 1;
    for fragment in ["run=generator&event=-1&align=time", "run=generator&event=-1&align=event"] {
        page.reset(fragment);
        page.plays_fast();
        page.click("#play");
        page.wait(&format!("!paintdry.moment().playing && paintdry.moment().event === {last}"));
        // Once more from the start.
        page.click("#play");
        page.wait(&format!("paintdry.moment().playing && paintdry.moment().event < {last}"));
        page.click("#play");
        page.wait("!paintdry.moment().playing");
    }
}

#[test]
fn real_time_plays_to_the_end() {
    let recording = Recording::of("--speed 20 --strokes 100000");
    let page = Page::open_at(&recording.page(), "run=smol&event=-1&ns=0", Look::default());
    page.plays_fast();
    page.click("#play");
    page.wait("!paintdry.moment().playing && document.getElementById('forward').disabled");
    let end = recording.runs().iter().filter_map(|run| run["wall_ns"].as_u64()).max();
    assert_eq!(page.moment()["ns"], json!(end), "it plays on until every run has ended");
}

#[test]
fn another_run_is_followed_from_the_same_moment() {
    let recording = Recording::of("--virtual");
    let runs: Vec<_> = recording.runs().iter().map(Run::fold).collect();
    let page = Page::open(&recording.page());
    for ns in [0, 1, 1_000_000_000, 1_500_000_001, 5_900_000_000] {
        page.reset(&format!("run=tokio&ns={ns}&align=time"));
        for (run, key) in runs.iter().zip('1'..) {
            page.press(key);
            let moment = page.moment();
            assert_eq!((&moment["run"], &moment["ns"]), (&json!(run.name), &json!(ns)));
            assert_eq!(moment["event"], json!(run.event_by(ns)), "{}: all that had happened by {ns} ns", run.name);
        }
    }
    page.reset("run=tokio&event=60&align=event");
    for (run, key) in runs.iter().zip('1'..) {
        page.press(key);
        assert_eq!(page.moment()["event"], json!(60), "{}: as many events", run.name);
    }
}
