//! The lanes: by event, when each mark has room of its own, there is one for each thing that the events tell.

use crate::browser::{Look, Page};
use crate::every::every_kind_of_event;
use crate::fold::{Run, State};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// How many marks of a kind there are in each row. Each of them is one closed outline, or one stroke for `waiting`.
const MARKS: &str = r"
    const count = (row, kind) => [...row.querySelectorAll('.plot .ink-' + kind)]
        .reduce((sum, path) => sum + path.getAttribute('d').split('M').length - 1, 0);
    return [...document.querySelectorAll('section.run')]
        .map((row) => Object.fromEntries(arguments[0].map((kind) => [kind, count(row, kind)])));
";
const WIDE: Look = Look { size: (1690, 900), alone: false };

#[test]
fn there_is_a_mark_for_everything() {
    for recording in [Recording::of("--virtual"), Recording::of("amap --virtual"), every_kind_of_event()] {
        let page = Page::open_at(&recording.page(), "align=event&wakes=1", WIDE);
        let kinds =
            ["running", "ready", "waiting", "blocking", "due", "fired", "complete", "panicked", "cancelled", "wake"];
        let marks = page.run(MARKS, vec![json!(kinds)]);
        for (run, shown) in recording.runs().iter().map(Run::fold).zip(marks.as_array().expect("a list")) {
            for kind in kinds {
                assert_eq!(shown[kind], Value::from(expected(&run, kind)), "{}: {kind}", run.name);
            }
        }
        // By thread there are as many polls, and no task is ready or waiting.
        page.click("#lanes");
        page.wait("!document.querySelector('.plot .ink-ready')");
        let marks = page.run(MARKS, vec![json!(kinds)]);
        for (run, shown) in recording.runs().iter().map(Run::fold).zip(marks.as_array().expect("a list")) {
            for kind in ["running", "blocking", "fired"] {
                assert_eq!(shown[kind], Value::from(expected(&run, kind)), "{}, by thread: {kind}", run.name);
            }
        }
    }
}

/// How many marks of a kind the events of a run ask for.
fn expected(run: &Run<'_>, kind: &str) -> usize {
    let events = || 0..=run.last();
    let of = |name: &str| events().filter(|event| run.kind(*event) == name).count();
    let came_into = |state: State| {
        let comes = |event: &i64| {
            let task = run.task(*event);
            run.at(*event).state(task) == state && run.at(event - 1).state(task) != state
        };
        events().filter(comes).count()
    };
    match kind {
        "running" => came_into(State::Running),
        "ready" => came_into(State::Ready),
        "waiting" => came_into(State::Waiting),
        "blocking" => came_into(State::Blocking),
        // One that never fires is not drawn.
        "due" | "fired" => of("fire"),
        "complete" => of("complete"),
        "panicked" => of("panic"),
        "cancelled" => of("cancel"),
        "wake" => of("wake"),
        other => panic!("there is no mark {other:?}"),
    }
}

#[test]
fn the_table_tells_every_event() {
    let recording = every_kind_of_event();
    let page = Page::open(&recording.page());
    page.press('v');
    let run = Run::fold(&recording.runs()[0]);
    page.wait(&format!("document.querySelectorAll('#event-table tbody tr').length === {}", run.events.len()));
    let rows = page.value(
        "[...document.querySelectorAll('#event-table tbody tr')]
            .map((row) => [...row.cells].map((cell) => cell.textContent))",
    );
    for (event, row) in (0..).zip(rows.as_array().expect("a list")) {
        let cells: Vec<_> = row.as_array().expect("a list").iter().map(|cell| cell.as_str().expect("a text")).collect();
        let name = run.tasks[run.task(event)];
        assert_eq!((cells[0], cells[2]), (event.to_string().as_str(), name));
        assert!(cells[3].contains(name), "event {event}: {cells:?}");
        page.seek(&json!({"run": 0, "event": event}));
        assert_eq!(
            page.text("document.getElementById('sentence').textContent"),
            cells[3],
            "the table and the sentence agree"
        );
        let current = page.value("document.querySelector('#event-table [aria-current]')?.dataset.event");
        assert_eq!(current, json!(event.to_string()), "the table marks the event");
    }
}

#[test]
fn the_whole_run_in_numbers() {
    let recording = every_kind_of_event();
    let page = Page::open(&recording.page());
    let heads = page.value("[...document.querySelectorAll('#totals thead th')].map((cell) => cell.textContent)");
    assert_eq!(
        heads,
        json!(["runtime", "wall", "polled", "blocked", "polls", "worst queue time", "worst timer lateness"])
    );
    let cells = page.value(
        "[...document.querySelector('#totals tbody tr').cells].map((cell) => cell.textContent.replace('\u{a0}', ' '))",
    );
    // Polled 30 + 20 + 25 + 5 + 15 + 10 + 20 + 10 + 10 + 4 + 2, blocked 150 + 5; the clumsy one is ready from 10 to 260.
    assert_eq!(cells, json!(["generator", "1.5 µs", "151 ns", "155 ns", "11", "250 ns", "0"]));
}

/// Names of lanes that are cut, and how far a row's labels and the axis are from where its lanes begin.
const NAMES: &str = r"
    const names = [...document.querySelectorAll('.labels > div')];
    const left = (one) => one.getBoundingClientRect().left;
    const lanes = left(document.querySelector('.plot'));
    return {
        cut: names.filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.firstChild.textContent),
        labels: document.querySelector('.labels').clientWidth,
        lanes: document.querySelector('.plot').clientWidth,
        apart: [...document.querySelectorAll('.plot'), document.querySelector('#axis-top div')]
            .filter((one) => Math.abs(left(one) - lanes) > 1).length,
        beside: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    };
";

fn with_names(first: &str) -> Recording {
    Recording::of("--virtual --runtime generator,tokio").changed(|recording| {
        for run in recording["runs"].as_array_mut().expect("a list") {
            run["tasks"][1] = json!(first);
        }
    })
}

#[test]
fn a_long_name_has_the_room_that_is_beside_its_lane() {
    let name = "a painter who takes turns with others";
    let page = Page::open(&with_names(name).page());
    for (width, height) in [(1280, 900), (1920, 1080), (2560, 1200)] {
        page.resize(width, height);
        page.wait(&format!("innerWidth === {width}"));
        page.wait("paintdry.moment()"); // one frame at least
        page.reset("event=40&align=time");
        let seen = page.run(NAMES, vec![]);
        assert_eq!((&seen["cut"], &seen["apart"]), (&json!([]), &json!(0)), "{width}: {seen}");
        assert!(seen["lanes"].as_u64() > seen["labels"].as_u64(), "{width}: the lanes have most of the room: {seen}");
    }
    // By thread, the names are short.
    page.click("#lanes");
    page.wait("document.querySelector('.labels').clientWidth < 120");
    // A name without end takes no more than its share.
    let page = Page::open(&with_names(&"n".repeat(60)).page());
    let seen = page.run(NAMES, vec![]);
    assert!(seen["lanes"].as_u64() > seen["labels"].as_u64() && seen["beside"] == json!(0), "{seen}");
}

/// Paper is narrow, and has no more room for names than for lanes.
#[test]
fn on_paper_lanes_names_and_axis_stay_in_line() {
    let recording = with_names("a painter who takes turns with others");
    let page = Page::open_at(&recording.page(), "event=40&align=time", Look { size: (1900, 1000), ..Look::default() });
    page.run("dispatchEvent(new Event('beforeprint'));", vec![]);
    page.prefer("print", &[("prefers-color-scheme", "light")]);
    for width in [1047, 718] {
        page.resize(width, 900); // A4, across and upright, less its margins
        page.wait(&format!("innerWidth === {width}"));
        let seen = page.run(NAMES, vec![]);
        assert_eq!((&seen["apart"], &seen["beside"]), (&json!(0), &json!(0)), "{width}: {seen}");
        assert!(seen["lanes"].as_u64() > seen["labels"].as_u64(), "{width}: {seen}");
        let heights = "[...document.querySelectorAll('section.run')].every((row) =>
            Math.abs(row.querySelector('.labels').scrollHeight - row.querySelector('svg').getBoundingClientRect().height) < 1)";
        assert!(page.is(heights), "{width}: each name is beside its lane");
    }
}
