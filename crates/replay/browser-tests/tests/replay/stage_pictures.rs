//! Pictures of the stage: the items of amap, the cells of a crowd, a frame of the book, paper, a projector and a finger.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

#[test]
fn the_items_of_amap_fill_one_by_one() {
    let recording = Recording::of("amap --virtual --runtime blocking,generator --items 5");
    let page = Page::open_at(&recording.page(), "run=generator&more=0", Look::default());
    let full = |event: usize| {
        page.seek(&json!({"run": "generator", "event": event}));
        page.value(
            "[...document.querySelectorAll('.card:last-child .shelf')].map((one) => one.querySelectorAll('.item.full').length)",
        )
    };
    let last = recording.runs()[1]["events"].as_array().expect("a list").len() - 1;
    let mut seen: Vec<_> = (0..=last).map(full).collect();
    assert_eq!((&seen[0], &seen[last]), (&json!([0, 0]), &json!([5, 5])));
    let count = |now: &Value| now.as_array().expect("a list").iter().filter_map(Value::as_u64).sum::<u64>();
    assert!(seen.is_sorted_by_key(count), "no item empties: {seen:?}");
    seen.dedup();
    assert_eq!(seen.len(), 11, "ten items fill, one at a time: {seen:?}");
    page.seek(&json!({"event": last / 2}));
    assert_eq!(
        page.value("document.querySelectorAll('.card:last-child .item.now').length"),
        json!(1),
        "one is worked on"
    );
}

#[test]
fn a_cell_of_a_crowd_is_ready_runs_or_blocks() {
    let recording = Recording::of("--virtual --stroke-cost 40ns --canvases 40 --runtime blocking,generator");
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    // The colour at a place of a card's mosaic.
    let at = |card: usize, x: u32, y: u32| {
        page.text(&format!(
            "(() => {{
                const copy = new OffscreenCanvas(640, 150).getContext('2d', {{ willReadFrequently: true }});
                copy.drawImage(document.querySelectorAll('.card canvas')[{card}], 0, 0);
                return [...copy.getImageData({x}, {y}, 1, 1).data.slice(0, 3)].join();
            }})()"
        ))
    };
    page.seek(&json!({"run": "generator", "ns": 500_000_000}));
    assert_eq!(
        (at(1, 5, 15), at(1, 28 + 5, 15)),
        (page.ink("run"), page.ink("ready")),
        "the first runs, the next is ready"
    );
    page.seek(&json!({"ns": 2_400_000_000_u64}));
    assert_eq!(at(0, 5, 20), page.ink("wait"), "wet");
    assert_eq!(at(0, 0, 15), page.ink("run"), "and a painter stands before it");
    assert_eq!((at(1, 5, 20), at(1, 0, 15)), (page.ink("wait"), page.ink("wait")), "no painter stands before that one");
}

/// Each kind of page that the book shows in a frame.
#[test]
fn every_kind_of_page_fits_into_a_frame() {
    let programs =
        Recording::of("--virtual --runtime blocking,generator,tokio").of_a_program("Three ways to wait for paint");
    for (what, recording) in [
        ("amap", Recording::of("amap --virtual")),
        ("a crowd", Recording::of("--virtual --canvases 40")),
        ("twelve canvases", Recording::of("--virtual --canvases 12")),
        ("a deadlock", Recording::of_explored("two-locks")),
        ("a program", programs),
    ] {
        let page = Page::open_at(&recording.page(), "more=0", Look { size: (750, 420), ..Look::default() });
        page.run("location.href = location.href.split('#')[0] + '?embedded';", vec![]);
        page.wait("window.paintdry && document.body.classList.contains('embedded')");
        page.run("paintdry.seek({ event: 1e6 });", vec![]);
        let size = page.value("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]");
        assert!(size[0].as_u64() <= Some(750) && size[1].as_u64() <= Some(420), "{what}: {size}");
        let cut = "[...document.querySelectorAll('.card-end, #sentence, #title')]
            .filter((one) => one.checkVisibility() && (one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > 750))
            .map((one) => one.textContent)";
        assert_eq!(page.value(cut), json!([]), "{what}: words that are cut");
    }
}

#[test]
fn a_card_alone_fills_the_projector() {
    let recording = Recording::of_explored("two-locks");
    let page = Page::open_at(&recording.page(), "event=20&more=0", Look { size: (1920, 1080), ..Look::default() });
    page.press('f');
    page.wait("document.body.classList.contains('presenting')");
    let scene = page
        .value("(({ width, height }) => [width, height])(document.querySelector('.scene').getBoundingClientRect())");
    assert!(scene[0].as_f64() > Some(900.0) && scene[1].as_f64() > Some(400.0), "{scene}");
    assert!(page.is("document.documentElement.scrollHeight <= 1080"), "it fits");
}

#[test]
fn the_stage_can_be_printed() {
    let recording = Recording::of("--virtual --stroke-cost 40ns");
    let page = Page::open_at(&recording.page(), "more=0&run=generator&ns=2400000000", Look::default());
    page.resize(720, 1000);
    page.prefer("print", &[]);
    let cards = page.value("document.querySelectorAll('.card').length");
    let visible = |selector: &str| {
        page.value(&format!(
            "[...document.querySelectorAll('{selector}')].filter((one) => one.checkVisibility()).length"
        ))
    };
    assert_eq!(
        (visible(".card"), visible(".card .scene"), visible(".card .card-lanes svg")),
        (cards.clone(), cards.clone(), cards)
    );
    assert_eq!((visible("#title"), visible("#key")), (json!(1), json!(1)));
    for selector in ["#transport .bar", ".ungroup", "#picks", "#details"] {
        assert_eq!(visible(selector), json!(0), "paper has no {selector}");
    }
    assert!(page.is("document.documentElement.scrollWidth <= 720"), "nothing is cut at the side");
}

#[test]
fn a_finger_on_a_lane_is_told_what_is_there() {
    let recording = Recording::of("--virtual --stroke-cost 40ns");
    let page = Page::open_at(&recording.page(), "run=generator&event=-1&more=1", Look::default());
    page.devtools("Emulation.setTouchEmulationEnabled", &json!({"enabled": true}));
    let at = page.run(
        "const plot = document.querySelector('[data-run=generator] .plot');
        plot.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = plot.getBoundingClientRect();
        return [box.left + 0.05 * box.width, box.top + 1.5 * (box.height / 4)];",
        vec![],
    );
    page.devtools(
        "Input.dispatchTouchEvent",
        &json!({"type": "touchStart", "touchPoints": [{"x": at[0], "y": at[1]}]}),
    );
    page.devtools("Input.dispatchTouchEvent", &json!({"type": "touchEnd", "touchPoints": []}));
    page.wait("document.getElementById('lane-note').textContent.startsWith('canvas 1: running for')");
    assert!(page.is("paintdry.moment().ns > 3e8 && paintdry.moment().ns < 6e8"), "and the moment is there");
    page.run("document.getElementById('more').click();", vec![]);
    page.wait("document.getElementById('details').hidden");
}
