//! The page on a projector: what F keeps, which run comes first, and how large the words are.

use crate::browser::{Look, Page, key};
use crate::lab::LabPage;
use paintdry_browser_tests::Recording;
use serde_json::json;

/// Three runs of a program in which `main` waits for tasks. The watchdog ended the last run.
fn people() -> Recording {
    Recording::of("--virtual").of_a_program("A bell").changed(|recording| {
        let runs = recording["runs"].as_array_mut().expect("a list");
        runs.truncate(3);
        for (at, run) in runs.iter_mut().enumerate() {
            run["tasks"] = json!(["main", "sleeper", "painter", "ringer", "cleaner"]);
            let mut events = Vec::new();
            for task in 0..5 {
                events.push(json!([0, "spawn", task, null]));
                events.push(json!([0, "poll", task, 0]));
                events.push(json!([0, "note", task, format!("run {at}")]));
                if task == 0 {
                    events.push(json!([0, "join", 0, 1]));
                }
                events.push(json!([0, "pending", task]));
            }
            if at == 2 {
                events.push(json!([0, "cancel", 0]));
            }
            run["events"] = events.into();
            run["wall_ns"] = json!(0);
            run["error"] = if at == 2 { json!("stalled: nothing can run and no timer is set") } else { json!(null) };
        }
    })
}

const FONTS: &str =
    "(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) =>
    parseFloat(getComputedStyle(one).fontSize) * (one.closest('.scene') ? one.getScreenCTM().a : 1))";
const NAMES: &str = "[...document.querySelectorAll('#stage .person :is(.name, .state)')]";

#[test]
fn f_keeps_the_lanes_their_zoom_and_their_arrows() {
    let recording = Recording::of("--virtual");
    let page = Page::open_at(&recording.page(), "", Look { size: (1920, 1080), ..Look::default() });
    page.reset("run=tokio&event=40&ns=0&wakes=1&open=5&view=0-600000000");
    let before = page.moment();
    page.press('f');
    page.wait(
        "document.querySelector('.presenting .run.followed .ink-wake') && !document.getElementById('details').hidden",
    );
    assert_eq!(page.moment()["view"], before["view"]);
    assert_eq!(page.moment()["fragment"], before["fragment"]);
    let small = format!(
        "({FONTS})('#rows :is(bdi, .labels div, .plot text, .live dt, .chip), .axis span').filter((size) => size < 20)"
    );
    assert_eq!(page.value(&small), json!([]), "words of less than 20 pixels");
    assert!(page.is("document.querySelector('.run:not([hidden])').classList.contains('followed')"), "it comes first");
    assert!(page.is("document.querySelectorAll('.run:not([hidden])').length === 3"));
    page.press('f');
    page.wait("document.querySelectorAll('.run:not([hidden])').length === 8 && !document.querySelector('.presenting')");
    assert!(page.is("document.querySelector('.run').dataset.run === 'blocking'"), "the order of before");
    assert_eq!(page.moment()["view"], before["view"]);
    assert_eq!(page.moment()["fragment"], before["fragment"]);
}

#[test]
fn the_followed_run_comes_first_on_a_projector() {
    let recording = Recording::of("--virtual");
    let page = Page::open_at(&recording.page(), "run=tokio&event=40&ns=0&more=0", Look::default());
    let first = "document.querySelector('.card:not([hidden])').classList.contains('followed')";
    assert!(!page.is(first) && page.is("document.querySelector('.card.followed')"));
    page.press('f');
    page.wait(&format!("document.querySelector('.presenting') && {first}"));
    assert!(
        page.is(
            "document.querySelector('#picks button').textContent === document.querySelector('.card h2').textContent"
        )
    );
    page.press('f');
    page.wait(&format!("!document.querySelector('.presenting') && !{first}"));
}

#[test]
fn names_and_states_are_never_smaller_on_a_projector() {
    let recording = people();
    let file = recording.page();
    for size in [(1280, 720), (1024, 768)] {
        let page = Page::open_at(&file, "event=1000&more=0", Look::default());
        page.resize(size.0, size.1);
        let least = |page: &Page| {
            page.value(&format!("Math.min(...({FONTS})('.person :is(.name, .state)'))")).as_f64().expect("a size")
        };
        let before = least(&page);
        page.press('f');
        page.wait("document.querySelector('.presenting .person .name')");
        page.wait("document.querySelector('.scene').style.getPropertyValue('--least') !== ''");
        let now = least(&page);
        assert!(now >= before && now >= 15.99, "{size:?}: {before} pixels, then {now}");
        let low = "[...document.querySelectorAll('#picks button')].filter((one) => one.getBoundingClientRect().bottom > innerHeight)";
        assert_eq!(page.value(&format!("{low}.length")), json!(0), "{size:?}: the buttons are on the screen");
        assert!(page.is("document.querySelectorAll('#picks button').length > 1"));
    }
}

#[test]
fn a_wait_is_dashed_and_the_watchdog_has_its_name() {
    let recording = people();
    let page = Page::open_at(&recording.page(), "event=20&more=0", Look::default());
    page.seek(&json!({"run": 2, "event": 20}));
    let dashes =
        |what: &str| page.text(&format!("getComputedStyle(document.querySelector('.waits {what}')).strokeDasharray"));
    assert_ne!(dashes("path"), "none");
    assert_eq!(dashes("path + path"), "none", "the head of the arrow is whole");
    page.seek(&json!({"event": 21}));
    assert!(
        page.is(&format!("{NAMES}.some((one) => one.textContent === 'ended by the watchdog')")),
        "{}",
        page.moment()
    );
    page.run("document.getElementById('more').click();", vec![]);
    page.wait(
        "document.getElementById('sentence').textContent === 'main was ended by the watchdog: nothing could run.'",
    );
}

/// A digit or an arrow may follow a run that is not among the few on the projector.
#[test]
fn the_run_that_a_digit_follows_comes_onto_the_projector() {
    let recording = Recording::of("--virtual");
    let names: Vec<_> = recording.runs().iter().map(|run| run["runtime"].clone()).collect();
    let page = Page::open_at(&recording.page(), "", Look { size: (1920, 1080), ..Look::default() });
    for (more, part) in [(1, "section.run"), (0, "#stage .card")] {
        page.reset(&format!("run=blocking&event=40&more={more}"));
        page.press('f');
        page.wait("document.querySelector('.presenting')");
        let follows = |key: char, name: &serde_json::Value| {
            page.press(key);
            page.wait(&format!("paintdry.moment().run === {name}"));
            page.wait(&format!("document.querySelector('{part}.followed:not([hidden])')"));
            assert!(page.is(&format!("document.querySelectorAll('{part}:not([hidden])').length <= 3")), "{name}");
        };
        for (digit, name) in ('1'..='9').zip(&names) {
            follows(digit, name);
        }
        follows(key::UP, &names[names.len() - 2]);
        let pressed = "[...document.querySelectorAll('#picks [aria-pressed=true]')].length";
        assert!(page.is(&format!("{pressed} === document.querySelectorAll('{part}:not([hidden])').length")));
        page.press('f');
        page.wait("!document.querySelector('.presenting')");
    }
}

/// The words that are smaller than 20 pixels, with their sizes.
const SMALL: &str = r"
    const small = [];
    const walker = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
        const one = node.parentElement;
        if (!node.data.trim() || !one.checkVisibility() || one.closest('.unseen, .scene, script')) continue;
        const size = parseFloat(getComputedStyle(one).fontSize) * (one.ownerSVGElement ? one.getScreenCTM().a : 1);
        if (size < 19.9) small.push(size.toFixed(1) + ': ' + node.data);
    }
    return small;
";

#[test]
fn the_lab_has_no_small_words_on_a_projector() {
    let lab = LabPage::open("lab=two-locks");
    let page = &lab.page;
    page.resize(1920, 1080);
    for program in ["two-locks", "paint", "paint&chooses=1", "amap", "lost-update"] {
        lab.go(&format!("lab={program}"));
        lab.is_counted();
        page.press('f');
        page.wait("document.querySelector('.presenting')");
        let small = page.run(SMALL, vec![]);
        assert_eq!(small, json!([]), "{program}");
        let boxes = "[...document.querySelectorAll('#lab [type=checkbox]')].filter((one) => one.checkVisibility())";
        assert!(page.is(&format!("{boxes}.every((one) => one.clientWidth >= 20)")), "{program}");
        assert!(
            page.is("document.documentElement.scrollWidth <= innerWidth"),
            "{program}: nothing is beside the screen"
        );
        page.press('f');
        page.wait("!document.querySelector('.presenting')");
    }
}
