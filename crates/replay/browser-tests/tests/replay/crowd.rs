//! A thousand canvases on every runtime: the file stays small, the page opens at once and follows the hand.

use crate::browser::{Look, Page};
use crate::fold::{Run, State};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};
use std::fs;
use std::io::{Write, stderr};

/// No other browser of these tests runs beside a measurement.
const ALONE: Look = Look { size: (1280, 900), alone: true };

#[test]
fn a_thousand_canvases() {
    let recording = Recording::of("--virtual --canvases 1000");
    assert_eq!(recording.runs().len(), 8);
    let bytes = fs::metadata(recording.page()).expect("the page is there").len();
    let page = Page::open_at(&recording.page(), "more=1", ALONE);
    let opened = best(SECOND, || {
        page.go(&recording.page(), "");
        page.value("paintdry.openedMs").as_f64().expect("a time")
    });
    let mut figures = vec![format!("{:.2} MB, opens in {opened:.0} ms", in_megabytes(bytes))];
    let mut slow = vec![];
    for state in [
        "",
        "more=1",
        "align=event",
        "lanes=thread",
        "run=smol-global&open=0-1-2-3-4-5-6-7",
        "run=blocking&view=0-1000000000",
    ] {
        page.reset(state);
        let frame = best(FRAME, || middle(&page.value("paintdry.scrub(60)")));
        let frame = (frame * 10.0).round() / 10.0; // a browser tells no more
        figures.push(format!("a frame of {frame:.1} ms while scrubbing at {state:?}"));
        if frame > FRAME {
            slow.push(format!("{state}: {frame:.1} ms"));
        }
    }
    // Written past the test's captured output, so that the figures are always there to see.
    let _ = writeln!(stderr(), "a thousand canvases: {}", figures.join("; "));
    assert!(bytes < 10_000_000, "{bytes} bytes");
    assert!(opened < SECOND, "it opens in {opened} ms");
    assert_eq!(slow, [""; 0], "fewer than 30 frames a second");
}

/// In milliseconds: how long opening may take, and the middle one of the frames. Thirty a second are two sixtieths each.
const SECOND: f64 = 1000.0;
const FRAME: f64 = 33.4;

/// The machine may be busy with something else: the best of some tries counts.
fn best(enough: f64, mut measure: impl FnMut() -> f64) -> f64 {
    let mut best = measure();
    for _ in 0..9 {
        if best < enough * 0.75 {
            break;
        }
        best = best.min(measure());
    }
    best
}

#[allow(clippy::cast_precision_loss)] // two digits are shown
fn in_megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn middle(times: &Value) -> f64 {
    let mut times: Vec<_> = times.as_array().expect("a list").iter().map(|ms| ms.as_f64().expect("a time")).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// How many are in each state, as the chips and the number of those that have no room tell.
const COUNTS: &str = r"
    paintdry.seek({ run: arguments[0], event: arguments[1] });
    const place = document.querySelectorAll('section.run')[arguments[0]];
    return Object.fromEntries([...place.querySelectorAll('[data-live]')].map((one) => {
        const chips = [...one.querySelectorAll('.chip:not([data-state=rest])')].map((chip) => chip.title);
        const more = /\+ ([\d,]+) more/.exec(one.textContent);
        return [one.dataset.live, [chips, chips.length + (more ? Number(more[1].replaceAll(',', '')) : 0)]];
    }));
";

#[test]
fn a_crowd_is_counted() {
    let recording = Recording::of("--virtual --canvases 200");
    let page = Page::open(&recording.page());
    for (number, run) in recording.runs().iter().map(Run::fold).enumerate() {
        for event in (-1..=run.last()).step_by(97).chain([run.last()]) {
            let shown = page.run(COUNTS, vec![json!(number), json!(event)]);
            let moment = run.at(event);
            let mut running = moment.tasks_in(State::Running);
            running.extend(moment.tasks_in(State::Blocking));
            let timers = moment.timers().into_iter().map(|(task, _)| task).collect();
            for (what, tasks) in [("running", running), ("ready", moment.tasks_in(State::Ready)), ("timers", timers)] {
                let at = format!("{} at event {event}: {what}", run.name);
                assert_eq!(shown[what][1], json!(tasks.len()), "{at}");
                let chips = shown[what][0].as_array().expect("a list");
                let first: Vec<_> = tasks.iter().take(chips.len()).map(|task| json!(run.tasks[*task])).collect();
                assert_eq!(chips, &first, "{at}");
            }
            assert_eq!(shown["done"][1], json!(moment.done.len()), "{} at event {event}: done", run.name);
        }
    }
}
