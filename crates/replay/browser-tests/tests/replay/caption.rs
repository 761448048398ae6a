//! What a reader of the stage sees first: the colours and their meaning, every row, and captions that say what happens.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use serde_json::json;

/// Painting that takes time: a second for each canvas.
const STORY: &str = "--virtual --stroke-cost 40ns";

fn sentence(page: &Page) -> String {
    page.text("document.getElementById('sentence').textContent").replace('\u{a0}', " ")
}

#[test]
fn a_laptop_shows_the_colours_and_all_rows_without_scrolling() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=0&ns=2000000000", Look { size: (1280, 757), ..Look::default() });
    let key = "document.getElementById('key').getBoundingClientRect()";
    let cards = "[...document.querySelectorAll('.card')].map((card) => card.getBoundingClientRect())";
    assert_eq!(page.value(&format!("{cards}.length")), json!(4));
    assert!(page.is(&format!("{key}.height > 0 && {key}.bottom <= {cards}[0].top")), "the key is above the rows");
    assert!(page.is(&format!("{cards}.every((card) => card.bottom <= 757)")), "no row is cut");
    let words = page.text("document.getElementById('key').textContent");
    for state in ["being painted", "ready", "wet", "dry", "idle"] {
        assert!(words.contains(state), "{state}: {words}");
    }
}

#[test]
fn a_caption_names_what_is_painted_and_what_dries() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=0&event=-1", Look::default());
    assert_eq!(sentence(&page), "3 canvases. Each needs 1 s to paint and 2 s to dry.");
    let heading = "document.querySelector('header').textContent.replaceAll('\u{a0}', ' ')";
    assert!(page.text(heading).trim().starts_with(&sentence(&page)), "the job comes before the comparison");
    let at = |ns: u64| {
        page.seek(&json!({"ns": ns}));
        sentence(&page)
    };
    let others = "generator, tokio and 2 more: ";
    assert_eq!(at(500_000_000), format!("blocking: canvas 1 is being painted. {others}canvas 1 is being painted."));
    assert_eq!(
        at(2_000_000_000),
        format!(
            "blocking: the painter stands before wet paint. {others}canvas 3 is being painted while canvas 2 dries."
        )
    );
    assert!(at(3_200_000_000).contains("canvas 2 and canvas 3 dry at the same time."), "{}", sentence(&page));
}

/// While it plays, an instant of virtual time takes a while, and only a part of its events has happened.
#[test]
fn while_it_plays_no_caption_introduces_the_job_again() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "", Look::default());
    page.run(
        "window.captions = new Set();
        const sentence = document.getElementById('sentence');
        const note = () => paintdry.moment().ns > 0 && captions.add(sentence.textContent);
        new MutationObserver(note).observe(sentence, { childList: true, characterData: true, subtree: true });",
        vec![],
    );
    page.wait("paintdry.moment().ns > 2.6e9");
    assert!(page.is("captions.size > 2 && ![...captions].some((text) => text.startsWith('3 canvases.'))"));
}

#[test]
fn a_grey_painter_says_that_it_is_idle() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=0&run=threads&ns=4000000000", Look::default());
    let idle = "[...document.querySelectorAll('.painter[data-does=idle]')].map((one) => one.textContent)";
    assert_eq!(page.value(&format!("({idle}).slice(0, 3)")), json!(["idle", "idle", "idle"]));
    let opacity = "getComputedStyle(document.querySelector('.painter[data-does=idle] text')).opacity";
    assert_eq!(page.text(opacity), "1", "its words are not grey");
}
