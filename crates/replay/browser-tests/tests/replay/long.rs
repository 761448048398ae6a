//! Recordings of more than 104 days, beyond which a number of JavaScript does not hold each nanosecond: the page shows
//! every time to the last digit.

use crate::browser::{Look, Page};
use crate::events::{check_all, in_page};
use paintdry_browser_tests::Recording;
use paintdry_core::{Runtime, name_task, note};
use paintdry_generator::EventLoop;
use paintdry_smol::Local;
use paintdry_studio::{BlockingStudio, Clock, Studio, WatchedRun, sleep_blocking};
use serde_json::{Value, json};
use std::time::Duration;

/// 120 days. The nearest number to the nanosecond after it is this one.
const DAYS: u64 = 10_368_000_000_000_000;

/// Tasks that wake a nanosecond apart, and one that never wakes.
async fn sleepers<R: Runtime>(first: u64) {
    let never = R::spawn(async {
        name_task("never");
        R::sleep(Duration::MAX).await;
    });
    let sleepers = [("one", 0), ("two", 1), ("three", 2), ("four", 60)].map(|(name, later)| {
        R::spawn(async move {
            name_task(name);
            R::sleep(Duration::from_nanos(first + later)).await;
            note("good morning");
            R::sleep(Duration::from_nanos(5)).await;
        })
    });
    for sleeper in sleepers {
        sleeper.await.expect("it does not panic");
    }
    drop(never);
}

fn on<R: Runtime>(first: u64) -> Value {
    run(R::NAME, Studio::<R>::new(Clock::Virtual).recording().run(sleepers::<Studio<R>>(first)))
}

/// A thread that sleeps for ever takes virtual time to its last nanosecond but one.
fn blocking() -> Value {
    let studio = BlockingStudio::recording(Clock::Virtual, 1);
    for (name, duration) in [("short", Duration::from_secs(1)), ("long", Duration::MAX)] {
        studio.task(name).run(|| sleep_blocking(duration)).expect("it does not panic");
    }
    run("blocking", studio.end())
}

fn run<T>(runtime: &str, watched: WatchedRun<T>) -> Value {
    let wall_ns = u64::try_from(watched.wall.as_nanos()).expect("it fits");
    json!({
        "runtime": runtime, "version": "0", "about": "watched by the test", "threads": 1,
        "wall_ns": wall_ns, "error": null, "tasks": watched.tasks, "events": watched.events,
    })
}

/// The recording of such runs, as if they had run a program of ours.
fn recording(runs: &[Value]) -> Recording {
    Recording::of("--virtual --runtime generator").changed(|recording| {
        recording["workload"] = json!({"job": "program", "name": "A long night"});
        recording["runs"] = json!(runs);
        let source = recording["sources"][0]["name"].clone();
        for run in recording["runs"].as_array_mut().expect("a list") {
            run["source"] = source.clone();
        }
    })
}

/// The position of the first event of a run for which this is true.
fn position(run: &Value, is: impl Fn(&Value) -> bool) -> usize {
    run["events"].as_array().expect("a list").iter().position(is).expect("there is such an event")
}

fn sentence(page: &Page) -> String {
    page.text("document.getElementById('sentence').textContent")
}

/// The texts of the axis.
fn marks(page: &Page) -> Vec<String> {
    let marks = page.value("[...document.querySelectorAll('#axis-top span')].map((mark) => mark.textContent)");
    marks.as_array().expect("a list").iter().map(|mark| mark.as_str().expect("a text").to_owned()).collect()
}

/// Marks of the axis that lie on each other.
const CROWDED: &str = r"
    const boxes = [...document.querySelectorAll('#axis-top span')].map((mark) => mark.getBoundingClientRect());
    return boxes.filter((box, at) => at > 0 && box.left < boxes[at - 1].right).length;
";

#[test]
fn each_moment_of_120_days_is_shown_to_the_nanosecond() {
    check_all("120 days", &recording(&[on::<EventLoop>(DAYS + 1), on::<Local>(DAYS + 2)]));
}

#[test]
fn each_moment_up_to_the_end_of_virtual_time_is_shown_to_the_nanosecond() {
    let runs = [blocking(), on::<EventLoop>(u64::MAX - 100), on::<Local>(7)];
    check_all("until the end of time", &recording(&runs));
}

#[test]
fn a_time_of_120_days_is_exact_in_the_table_and_in_the_address() {
    let recording = recording(&[on::<EventLoop>(DAYS + 1)]);
    let page = Page::open(&recording.page());
    let events = recording.runs()[0]["events"].as_array().expect("a list");
    page.click("#events summary");
    page.wait("document.querySelectorAll('#event-table tbody tr').length > 0");
    let rows =
        page.value("[...document.querySelectorAll('#event-table tbody tr')].map((row) => row.children[1].textContent)");
    let times = events.iter().map(|event| match event[0].as_u64().expect("a time") {
        0 => "0\u{a0}ns".to_owned(),
        ns => format!("{}.{:09}\u{a0}s", ns / 1_000_000_000, ns % 1_000_000_000),
    });
    assert_eq!(rows, times.collect::<Value>());
    for (number, event) in events.iter().enumerate().filter(|(_, event)| event[1] == "fire") {
        let ns = event[0].as_u64().expect("a time");
        page.reset(&format!("event={number}&ns={ns}"));
        assert_eq!(page.moment()["ns"], in_page(ns));
        let fragment = page.text("paintdry.moment().fragment");
        assert!(fragment.contains(&format!("ns={ns}")), "{fragment}");
        let said = sentence(&page);
        assert!(said.ends_with("fired exactly when it was due."), "{said}");
        // A time alone leads to the last event of that nanosecond.
        page.reset(&format!("ns={ns}"));
        let last = events.iter().rposition(|event| event[0] == ns).expect("it is one of them");
        assert_eq!(page.moment()["event"], json!(last));
    }
}

#[test]
fn a_run_of_120_days_plays_to_its_last_nanosecond() {
    let recording = recording(&[on::<EventLoop>(DAYS)]);
    let wall = recording.runs()[0]["wall_ns"].as_u64().expect("a time");
    let page = Page::open(&recording.page());
    assert!(page.text("document.getElementById('clock').textContent").contains(" / 120\u{a0}days · "));
    // All of it is in view, though the nearest number to its end comes before it.
    assert!(page.is(&format!("BigInt(paintdry.moment().view[1]) < {wall}n")));
    assert_eq!(page.value("document.querySelectorAll('.plot.cut').length"), json!(0));
    let near_the_end = recording.runs()[0]["events"].as_array().map_or(0, Vec::len) - 5;
    for (motion, begin) in [("no-preference", "event=-1&ns=0"), ("reduce", &format!("event={near_the_end}"))] {
        page.prefer("screen", &[("prefers-reduced-motion", motion)]);
        page.reset(begin);
        page.plays_fast();
        page.press(' ');
        page.wait("!paintdry.moment().playing && document.getElementById('forward').disabled");
        assert_eq!(page.moment()["ns"], in_page(wall), "{motion}");
    }
}

#[test]
fn a_sleep_for_ever_is_shown_in_words() {
    let recording = recording(&[on::<EventLoop>(1_000)]);
    let page = Page::open(&recording.page());
    let set = position(&recording.runs()[0], |event| event[4] == u64::MAX);
    page.seek(&json!({"event": set}));
    assert_eq!(sentence(&page), "never sets a timer that never fires.");
    page.seek(&json!({"event": set + 1}));
    assert_eq!(sentence(&page), "The poll of never ended. It waits for its timer, which never fires.");
    assert_eq!(page.text("document.querySelector('[data-live=timers] .chip-note').textContent"), "never");
    // The axis ends with the run.
    assert_eq!(page.moment()["view"], json!([0, recording.runs()[0]["wall_ns"]]));
    assert_eq!(marks(&page)[..3], ["0", "0.2\u{a0}µs", "0.4\u{a0}µs"]);
}

#[test]
fn a_thread_that_sleeps_for_ever_does_not_break_the_axis() {
    let recording = recording(&[blocking(), on::<EventLoop>(1_000)]);
    for size in [(400, 900), (1280, 900), (2560, 900)] {
        let page = Page::open_at(&recording.page(), "run=blocking", Look { size, alone: false });
        assert_eq!(page.value("paintdry.moment().view[1] === 2 ** 64"), json!(true), "the whole run is in view");
        let marks = marks(&page);
        assert!(marks.len() > 1 && marks[0] == "0", "{marks:?}");
        assert!(marks[1..].iter().all(|mark| mark.ends_with(",000,000,000\u{a0}s")), "{marks:?}");
        assert_eq!(page.run(CROWDED, vec![]), json!(0), "{size:?}: {marks:?}");
        let lanes = page.value("[...document.querySelectorAll('.plot path')].map((path) => path.getAttribute('d'))");
        assert!(!lanes.to_string().contains("NaN") && !lanes.to_string().contains("Infinity"), "{lanes}");
    }
}
