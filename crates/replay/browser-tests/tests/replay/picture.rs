//! The pictures that Rust draws show what the page shows: the same finding, the same groups, the same pace.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use paintdry_replay::Story;
use serde_json::{Value, json};

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn holds(recording: &Recording) {
    let read = paintdry_studio::Recording::read(&recording.json.to_string()).expect("it was written by the command");
    let story = Story::new(&read).expect("it was written by the command");
    let page = Page::open_at(&recording.page(), "", Look::default());
    assert_eq!(plain(&story.headline()), plain(&page.text("document.getElementById('title').textContent")));
    let job = page.text("document.title.replace(' — Paintdry', '')");
    assert!(plain(&story.still(None)).contains(&plain(&job)), "words.rs says what words.js does: {job}");
    let groups = page.value("[...document.querySelectorAll('.card h2')].map((name) => name.textContent)");
    assert_eq!(json!(story.groups()), groups);
    // The still of a picture is the one with which the page opens for a reader who asked for less motion.
    if read.runs.iter().any(|run| run.wall_ns >= 1_000_000_000) {
        let at = page.value("paintdry.storyAt(paintdry.storyAt(0).seconds * 0.4)");
        let shown = format!("{:.2} s", at["ns"].as_f64().expect("a number") / 1e9);
        assert!(plain(&story.still(None)).contains(&format!(">{shown}<")), "the page shows {shown}");
    }
}

#[test]
fn a_picture_says_what_the_page_says() {
    for arguments in
        ["--virtual --stroke-cost 40ns", "--virtual", "amap --virtual", "--virtual --canvases 40", "--speed 20"]
    {
        holds(&Recording::of(arguments));
    }
    holds(&Recording::of_explored("two-locks"));
    let failed =
        Recording::of("--virtual").changed(|recording| recording["runs"][2]["error"] = Value::from("stuck: no"));
    holds(&failed);
    holds(&failed.of_a_program("Tea"));
}
