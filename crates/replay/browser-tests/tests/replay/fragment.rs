//! The address: what stands behind its `#` leads to the same moment, and nonsense there does no harm.

use crate::browser::Page;
use crate::keys::many_canvases;
use serde_json::{Value, json};

/// All that a reader sees of the moment and the view.
const SHOWN: &str = "({
    moment: { ...paintdry.moment(), score: null },
    theme: document.documentElement.dataset.theme,
    texts: ['sentence', 'clock', 'rows', 'source', 'semantics'].map((id) => document.getElementById(id).textContent),
    pressed: [...document.querySelectorAll('[aria-pressed], [aria-expanded]')]
        .map((one) => [one.ariaPressed, one.ariaExpanded]),
    lanes: [...document.querySelectorAll('.plot path')].map((path) => path.getAttribute('d')),
    heads: [...document.querySelectorAll('.plot .head')].map((head) => [head.hidden, head.style.left]),
    question: [...document.querySelectorAll('#question:not([hidden]) :is(#question-text, #choices)')]
        .map((one) => one.textContent),
})";

/// What a reader did, before the address was sent to another reader.
const WAYS: [(&str, &[&str]); 6] = [
    ("run=smol&event=120&ns=500000000", &[]),
    ("run=tokio&event=33&ns=0", &["#align", "#lanes"]),
    ("run=blocking&event=77&ns=0", &["#zoom-in", "#zoom-in", "#pan-right", "#theme", "#theme"]),
    ("run=smol-global&event=200&ns=1200000000", &["[data-run=tokio] .expand", "[data-run=threads] .expand", "#wakes"]),
    ("run=generator&event=0&ns=0", &["#predict"]),
    ("run=async-std&event=-1&ns=0", &["#align", "#zoom-in", "#forward", "#theme", "#back"]),
];

#[test]
fn the_address_leads_another_reader_to_the_same_moment() {
    let recording = many_canvases();
    let (mine, theirs) = (Page::open(&recording.page()), Page::open(&recording.page()));
    for (begin, clicks) in WAYS {
        mine.reset(begin);
        for selector in clicks {
            mine.click(selector);
        }
        // The address follows by itself, a little later.
        mine.wait("decodeURIComponent(location.hash) === '#' + decodeURIComponent(paintdry.moment().fragment)");
        let fragment = mine.text("location.hash.slice(1)");
        theirs.go(&recording.page(), &fragment);
        let (theirs, mine) = (theirs.value(SHOWN), mine.value(SHOWN));
        for (what, shown) in mine.as_object().expect("it is written as an object") {
            assert_eq!(&theirs[what], shown, "{what} at {fragment}");
        }
    }
}

#[test]
fn a_change_of_the_address_changes_the_moment() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    page.click("#play");
    page.run("location.hash = 'run=smol&event=99&ns=500000000&lanes=thread&theme=dark';", vec![]);
    page.wait("paintdry.moment().run === 'smol'");
    let moment = page.moment();
    assert_eq!((&moment["event"], &moment["lanes"], &moment["playing"]), (&json!(99), &json!("thread"), &json!(false)));
    assert_eq!(page.text("document.documentElement.dataset.theme"), "dark");
    // What the address does not say is as the page opens.
    page.run("location.hash = 'event=7';", vec![]);
    page.wait("paintdry.moment().event === 7 && paintdry.moment().lanes === 'task'");
    assert_eq!(page.text("document.documentElement.dataset.theme"), "auto");
    // A time alone leads to the last event that had happened by then.
    page.run("location.hash = 'run=tokio&ns=2000000000';", vec![]);
    page.wait("paintdry.moment().run === 'tokio' && document.getElementById('forward').disabled");
}

#[test]
fn an_address_that_has_just_changed_is_not_written_over() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    page.wait("location.hash");
    // The page writes its address a little after it has changed. If such a write is still to come, the seek plans none, and
    // the write is waited for.
    while !page.is("(() => {
            const real = window.setTimeout;
            window.write = null;
            window.setTimeout = (write) => { window.write = write; return 1; };
            paintdry.seek({ event: 5 });
            window.setTimeout = real;
            if (!window.write) return false;
            location.hash = 'event=7'; // the page is told of it in a task of its own, and the write may come before
            window.write();
            return true;
        })()")
    {
        page.wait("location.hash.includes('event=5&')");
    }
    page.wait("paintdry.moment().event === 7");
    page.wait("location.hash.includes('event=7&')"); // and it is written again
}

#[test]
fn every_run_and_event_can_be_named() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    for run in recording.runs() {
        let (name, last) = (&run["runtime"], run["events"].as_array().map_or(0, Vec::len) - 1);
        for event in ["-1", "0", "57", &last.to_string()] {
            page.reset(&format!("run={}&event={event}", name.as_str().expect("a name")));
            let moment = page.moment();
            assert_eq!((&moment["run"], moment["event"].to_string().as_str()), (name, event));
        }
    }
}

const NONSENSE: [&str; 24] = [
    "run",
    "run=nobody&event=3",
    "run=%E0%A4%A&event=%",
    "event=1e9",
    "event=-7&ns=-7",
    "event=99999999999999999999&ns=99999999999999999999999",
    "event=3.5&ns=0.25",
    "event=NaN&ns=Infinity",
    "event=&ns=",
    "ns=0x10",
    "view=5-3",
    "view=-",
    "view=9-9",
    "view=NaN-Infinity&align=event",
    "view=99999999999999-999999999999999",
    "view=0-0.0001",
    "align=sideways&lanes=none&wakes=7&predict=yes",
    "open=0-0-0-99--1-x",
    "theme=%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E",
    "run=<script>window.hacked=1</script>",
    "run=__proto__&event=constructor",
    "&&&===&&&",
    "#####",
    "run=tokio&run=smol&event=4&event=5",
];

#[test]
fn nonsense_in_the_address_does_no_harm() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    let runs: Vec<_> = recording.runs().iter().map(|run| (&run["runtime"], run["events"].as_array())).collect();
    let endless = format!("ns={}.5", "9".repeat(400));
    for fragment in NONSENSE.into_iter().chain([endless.as_str()]) {
        page.go(&recording.page(), fragment);
        assert!(page.is("paintdry.ready && !window.hacked && !document.getElementById('page').hidden"), "{fragment}");
        let moment = page.moment();
        let run = runs.iter().find(|(name, _)| **name == moment["run"]);
        let events =
            run.and_then(|(_, events)| *events).unwrap_or_else(|| panic!("{fragment}: it follows a run: {moment}"));
        let event = moment["event"].as_i64().unwrap_or_else(|| panic!("{fragment}: it stands at an event: {moment}"));
        let in_view =
            |end: usize| moment["view"][end].as_f64().unwrap_or_else(|| panic!("{fragment}: it has a view: {moment}"));
        assert!((-1..i64::try_from(events.len()).expect("it is short")).contains(&event), "{fragment}: {moment}");
        let ns = moment["ns"].as_f64().unwrap_or_else(|| panic!("{fragment}: it stands at a time: {moment}"));
        let earliest = usize::try_from(event).map_or(0.0, |event| events[event][0].as_f64().expect("a time"));
        assert!(earliest <= ns && ns <= 28e9, "{fragment}: {moment}");
        assert!(0.0 <= in_view(0) && in_view(0) < in_view(1) && in_view(1) <= 28e9, "{fragment}: {moment}");
        // It continues from there.
        page.run("paintdry.seek({event: 10});", vec![]);
        page.click("#forward");
        assert_eq!(page.moment()["event"], Value::from(11), "{fragment}");
    }
}
