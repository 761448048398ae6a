//! Small recordings with much in one place: the page draws what the screen can show of it, and stays usable.

use crate::browser::{Look, Page, key};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

fn recording(runs: &[Value]) -> Recording {
    let program = Recording::of("--virtual --runtime generator --canvases 1").of_a_program("Much in one place");
    program.changed(|recording| recording["runs"] = json!(runs))
}

fn run(name: &str, tasks: usize, wall_ns: usize, events: impl Iterator<Item = Value>) -> Value {
    let tasks: Vec<_> = (0..tasks).map(|task| format!("task {task}")).collect();
    json!({
        "runtime": name, "version": "0", "about": "written by the test", "threads": 1, "wall_ns": wall_ns,
        "source": null, "error": null, "tasks": tasks, "events": events.collect::<Vec<_>>(),
    })
}

/// How many marks the busiest path of the lanes has on each pixel.
const MARKS_ON_A_PIXEL: &str = r"
    const marks = [...document.querySelectorAll('.plot path')].map((path) => path.getAttribute('d').split('M').length - 1);
    return Math.max(...marks) / document.querySelector('.plot').clientWidth;
";

/// Draws the lanes in each way, and asks for a moment and a step each time. There are at most `most` marks on a pixel.
fn stays_usable(page: &Page, event: usize, most: f64) {
    for state in
        ["more=1", "align=event", "lanes=thread", "wakes=1", "wakes=1&lanes=thread", "align=event&view=1000-2000"]
    {
        page.reset(state);
        let marks = page.run(MARKS_ON_A_PIXEL, vec![]).as_f64().expect("a number");
        assert!(marks <= most, "{marks} marks on a pixel at {state:?}");
        page.seek(&json!({"event": event}));
        page.press(key::RIGHT);
        page.wait(&format!("paintdry.moment().event === {}", event + 1));
    }
}

/// The timers that the page counts at an event.
fn timers_at(page: &Page, event: usize) -> String {
    page.seek(&json!({"event": event}));
    page.text("document.querySelector('[data-live=timers]').textContent")
}

#[test]
fn timers_that_fire_in_another_order_than_they_were_due() {
    let timers = 200_000;
    let set = (0..timers).map(|timer| json!([0, "timer", 0, timer, timer * 7_368_787 % timers]));
    let fired = (0..timers).map(|timer| json!([timer, "fire", 0, timer]));
    let recording = recording(&[run("timers", 1, timers, set.chain(fired))]);
    let page = Page::open(&recording.page());
    stays_usable(&page, timers, 1.0);
    for (event, rest) in [(3, ""), (4, "+ 2 more"), (timers - 1, "+ 199,997 more"), (timers + 5, "+ 199,991 more")] {
        let shown = timers_at(&page, event);
        assert!(shown.ends_with(rest) && shown.contains("more") != rest.is_empty(), "at event {event}: {shown}");
    }
    assert_eq!(timers_at(&page, 2 * timers - 1), "—");
}

#[test]
fn a_task_that_is_polled_again_and_again() {
    let polls = 200_000;
    let events = (0..polls).flat_map(|ns| [json!([ns, "poll", 0, 0]), json!([ns, "pending", 0])]);
    let recording = recording(&[run("polls", 1, polls, events)]);
    // A poll that took no time is two pixels wide, and two of them may begin on a pixel.
    stays_usable(&Page::open(&recording.page()), polls, 2.0);
}

#[test]
fn tasks_that_wake_each_other_all_the_time() {
    let wakes = 200_000;
    let events = (0..wakes).map(|ns| json!([ns, "wake", ns % 2, 1 - ns % 2]));
    let recording = recording(&[run("wakes", 2, wakes, events)]);
    stays_usable(&Page::open(&recording.page()), wakes / 2, 2.0);
}

#[test]
fn a_thousand_long_names_that_differ_at_their_ends() {
    let long = "n".repeat(31_000);
    let names: Vec<_> = (0..1000).map(|run| format!("{long}{run:06}")).collect();
    let runs: Vec<_> = names.iter().map(|name| run(name, 1, 1, [json!([0, "spawn", 0, null])].into_iter())).collect();
    let recording = recording(&runs);
    let page = Page::open_at(&recording.page(), "more=1", Look { size: (1280, 900), alone: true });
    let opened = || page.value("paintdry.openedMs").as_f64().expect("a time");
    let without = opened();
    page.go(&recording.page(), &format!("run={}", names[998]));
    // It took eight times as long when each name was compared with all others.
    assert!(opened() < 4.0 * without, "{} ms, and {without} ms without a name in the address", opened());
    assert_eq!(page.moment()["run"], json!(names[998]));
    page.press(key::RIGHT);
    page.wait("paintdry.moment().event === 0");
}
