//! Wake arrows where a lane is a thread, and where a row is collapsed.

use crate::browser::{Look, Page};
use crate::every::every_kind_of_event;
use crate::fold::Run;
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const WIDE: Look = Look { size: (1690, 900), alone: false };

/// For each arrow of each row: the lane in which it begins, the lane in which it ends, and the event at which it ends.
const ARROWS: &str = r"
    const places = (row, kind) => (row.querySelector('.plot .ink-' + kind)?.getAttribute('d') ?? '').split('M').slice(1)
        .map((part) => /^(\S+?) (-?[\d.]+)/.exec(part).slice(1).map(Number));
    const height = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--lane'));
    const events = paintdry.moment().view[1];
    return [...document.querySelectorAll('section.run')].map((row) => {
        const lane = ([, y]) => Math.floor(y / height);
        const event = ([x]) => Math.floor((x / row.querySelector('.plot').clientWidth) * events);
        const heads = places(row, 'wake-head');
        return places(row, 'wake').map((begin, at) => [lane(begin), lane(heads[at]), event(heads[at])]);
    });
";

#[test]
fn by_thread_an_arrow_leads_from_the_wake_to_the_poll_that_followed() {
    for recording in [Recording::of("--virtual"), Recording::of("amap --virtual"), every_kind_of_event()] {
        let page = Page::open_at(&recording.page(), "align=event&lanes=thread&wakes=1", WIDE);
        let shown = page.run(ARROWS, vec![]);
        for (number, run) in recording.runs().iter().enumerate() {
            let fold = Run::fold(run);
            assert_eq!(shown[number], expected(&fold, &run["threads"]), "{}", fold.name);
        }
        assert!(page.text("document.getElementById('legend').innerText").contains("to the poll that followed"));
    }
}

/// For each straight arrow of each row: how far to the right it leads, and how far down, in lanes.
const DIRECTIONS: &str = r"
    const places = (row, kind) => (row.querySelector('.plot .ink-' + kind)?.getAttribute('d') ?? '').split('M').slice(1);
    const numbers = (part) => /^(\S+?) (-?[\d.]+)/.exec(part).slice(1).map(Number);
    const height = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--lane'));
    return [...document.querySelectorAll('section.run')].map((row) => {
        const heads = places(row, 'wake-head');
        return places(row, 'wake').map((begin, at) => [begin, numbers(begin), numbers(heads[at])])
            .filter(([begin]) => begin.includes('L'))
            .map(([, from, to]) => [Math.round(to[0] - from[0]), Math.round((to[1] - from[1]) * 100 / height) / 100]);
    });
";

#[test]
fn by_task_an_arrow_that_slants_comes_from_no_task() {
    for recording in [Recording::of("--virtual"), every_kind_of_event()] {
        let page = Page::open_at(&recording.page(), "align=event&wakes=1", WIDE);
        let lane = page.value("parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--lane'))");
        let slant = (lane.as_f64().expect("a number") / 2.0).round();
        let shown = page.run(DIRECTIONS, vec![]);
        let shown = shown.as_array().expect("a list");
        for (run, shown) in recording.runs().iter().map(Run::fold).zip(shown) {
            let wakes = run.events.iter().filter(|event| event[1] == "wake" && event[3] != event[2]);
            let expected: Vec<_> = wakes
                .map(|event| match (event[2].as_f64(), event[3].as_f64()) {
                    (Some(woken), Some(by)) => json!([0.0, woken - by]),
                    _ => json!([slant, 0.75]),
                })
                .collect();
            let numbers = |one: &Value| (one[0].as_f64(), one[1].as_f64());
            let shown: Vec<_> = shown.as_array().expect("a list").iter().map(numbers).collect();
            assert_eq!(shown, expected.iter().map(numbers).collect::<Vec<_>>(), "{}", run.name);
        }
        assert!(page.text("document.getElementById('legend').innerText").contains("wake by a timer or from outside"));
    }
}

/// The arrows that the events of a run ask for.
fn expected(run: &Run<'_>, threads: &Value) -> Value {
    let thread = |poll: i64| run.events[usize::try_from(poll).expect("an event")][3].as_i64().expect("a thread");
    let polls = || (0..=run.last()).filter(|event| run.kind(*event) == "poll");
    let most = polls().map(|poll| thread(poll) + 1).max().unwrap_or(0);
    let timers = most.max(threads.as_i64().expect("a number"));
    let arrow = |wake: i64| {
        let poll = polls().find(|poll| *poll > wake && run.task(*poll) == run.task(wake))?;
        let by = &run.events[usize::try_from(wake).expect("an event")][3];
        let from = match by.as_u64() {
            Some(by) => {
                thread(polls().take_while(|poll| *poll < wake).filter(|poll| run.task(*poll) as u64 == by).last()?)
            }
            None if by == "timer" => timers,
            None => thread(poll) - 1, // from above
        };
        Some(json!([from, thread(poll), poll]))
    };
    (0..=run.last()).filter(|event| run.kind(*event) == "wake").filter_map(arrow).collect()
}

#[test]
fn a_collapsed_row_tells_how_many_were_woken() {
    // Beside the run that blocks, there is room in the others' rows for every number.
    let recording = Recording::of("--virtual --canvases 200 --runtime blocking,threads,generator,tokio");
    let page = Page::open_at(&recording.page(), "wakes=1&view=0-3000000000", Look::default());
    let numbers = "[...document.querySelectorAll('section.run')]
        .map((row) => [...row.querySelectorAll('.plot text')].map((text) => text.textContent))";
    let heads = "[...document.querySelectorAll('section.run')]
        .map((row) => (row.querySelector('.plot .ink-wake-head')?.getAttribute('d') ?? '').split('L').length >> 1)";
    let woken: Vec<Vec<String>> = recording.runs().iter().map(|run| woken(&Run::fold(run))).collect();
    assert!(woken[0].is_empty() && woken[1].is_empty(), "threads are woken by nobody that is seen: {woken:?}");
    assert_eq!(woken[3].len(), 4, "four looks: {woken:?}");
    assert_eq!(page.value(numbers), json!(woken));
    assert_eq!(page.value(heads), json!(woken.iter().map(Vec::len).collect::<Vec<_>>()));
    assert!(page.text("document.getElementById('legend').innerText").contains("how many were woken"));

    page.point("section[data-run=tokio] .plot", 1.0 / 6.0, 0.5);
    page.wait(&format!(
        "document.querySelector('[data-run=tokio] .plot').title.endsWith('; {} woken here')",
        woken[3][0]
    ));

    // An open row has arrows instead; without wakes there is neither.
    page.click("[data-run=tokio] .expand");
    page.wait("document.querySelector('[data-run=tokio] .plot .ink-wake')");
    assert_eq!(page.value(numbers)[3], json!([]));
    page.press('w');
    page.wait("!document.querySelector('.plot .ink-wake-head')");
    assert_eq!(page.value(numbers), json!([[], [], [], []]));
}

/// How many tasks were woken at each moment.
fn woken(run: &Run<'_>) -> Vec<String> {
    let mut counts = BTreeMap::new();
    for event in (0..=run.last()).filter(|event| run.kind(*event) == "wake") {
        *counts.entry(run.at(event).ns).or_insert(0) += 1;
    }
    counts.values().map(i32::to_string).collect()
}
