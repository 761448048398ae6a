//! What readers once stumbled over in the details, and no longer do.

use crate::browser::{Look, Page, key};
use paintdry_browser_tests::Recording;
use serde_json::json;

#[test]
fn the_program_scrolls_to_the_line_that_runs() {
    let page = Page::open(&Recording::of_explored("two-locks").page());
    page.resize(1280, 500);
    page.reset("event=-1");
    page.run("document.getElementById('source').style.maxHeight = '100px';", vec![]);
    let shown = "(() => {
        const box = document.getElementById('source').getBoundingClientRect();
        const line = document.querySelector('.line.hot')?.getBoundingClientRect();
        return !line || (line.top >= box.top - 1 && line.bottom <= box.bottom + 1);
    })()";
    let mut hot = 0;
    for _ in 0..33 {
        page.press(key::RIGHT);
        assert!(page.is(shown), "at {}", page.moment());
        hot += i32::from(page.is("document.querySelector('.line.hot')"));
    }
    assert!(hot > 3, "lines are hot");
}

#[test]
fn the_slider_spans_what_the_lanes_show_and_a_strip_shows_where_that_is() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=-1&view=1000000000-2000000000");
    page.drag("#slider", &[0.25, 0.5, 0.75], |share| {
        page.wait(&format!("Math.abs((paintdry.moment().ns - 1e9) / 1e9 - {share}) < 0.06"));
    });
    let brush = |side: &str| {
        page.value(&format!(
            "(document.getElementById('brush').getBoundingClientRect().{side} - document.getElementById('overview').getBoundingClientRect().left)
                / document.getElementById('overview').clientWidth * 6"
        )).as_f64().expect("a place")
    };
    assert!((brush("left") - 1.0).abs() < 0.05 && (brush("right") - 2.0).abs() < 0.05, "the brush is on second 1 to 2");
    page.drag("#overview", &[0.25, 0.75], |share| {
        page.wait(&format!(
            "Math.abs((paintdry.moment().view[0] + paintdry.moment().view[1]) / 2 - {share} * 6e9) < 5e7"
        ));
    });
    page.press('0');
    page.wait("document.getElementById('overview').hidden");
}

#[test]
fn a_press_in_the_lanes_follows_that_run() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=10&ns=0&align=time");
    page.drag("[data-run=smol] .plot", &[0.5], |_| page.wait("paintdry.moment().run === 'smol'"));
    page.wait("Math.abs(paintdry.moment().ns - 3e9) < 2e7");
}

#[test]
fn a_lane_says_what_it_shows_without_a_pointer() {
    let recording = Recording::of("--virtual --stroke-cost 40ns");
    let page = Page::open(&recording.page());
    page.reset("run=generator&event=8&ns=0&align=time");
    page.press(key::RIGHT);
    let note = "document.getElementById('lane-note').textContent.replaceAll('\u{a0}', ' ')";
    assert_eq!(page.text(note), "canvas 1: running for 1 s, until 1 s (events 7 to 12)");
    // A screen reader hears a whole lane behind its name.
    let lanes = page.value(
        "[...document.querySelectorAll('[data-run=generator] .labels > div')].map((one) => one.textContent.replaceAll('\u{a0}', ' '))",
    );
    assert_eq!(lanes[1], json!("canvas 1: ready for 1.5 s, running for 1 s, waiting for 500 ms, complete at 3 s."));
}

#[test]
fn notes_are_in_the_lanes_and_waits_in_the_live_state() {
    let page = Page::open(&Recording::of_explored("two-locks").page());
    page.reset("event=33");
    page.wait("document.querySelector('.plot .ink-note')");
    let texts = page.value("[...document.querySelectorAll('.plot .note-text')].map((one) => one.textContent)");
    assert!(texts.as_array().is_some_and(|texts| texts.contains(&json!("takes red"))), "{texts}");
    let waits = page.text("document.querySelector('[data-live=waiting]').textContent");
    assert_eq!(waits, "adafor blue, bobbobfor red, ada");
    assert!(page.text("document.getElementById('legend').textContent").contains("said something"));
}

#[test]
fn a_failure_has_the_whole_width_and_nothing_of_it_is_cut() {
    let recording = Recording::of("--virtual --runtime generator,tokio").changed(|recording| {
        recording["runs"][0]["error"] = json!(format!("stuck: {}", "canvas 2 waits for canvas 3; ".repeat(9)));
    });
    let page = Page::open(&recording.page());
    let error = "document.querySelector('.run-error')";
    assert!(page.is(&format!("{error}.scrollHeight <= {error}.clientHeight + 1")));
    assert!(page.is(&format!("{error}.clientWidth > 0.9 * document.querySelector('.run').clientWidth")));
    assert!(page.is(&format!(
        "{error}.getBoundingClientRect().bottom <= document.querySelector('.run .plot').getBoundingClientRect().top"
    )));
}

/// Paper is narrower than a wide screen, where the lanes are higher: labels and lanes must agree on it.
#[test]
fn labels_stay_beside_their_lanes_on_paper() {
    let recording = Recording::of("--virtual");
    let page = Page::open_at(&recording.page(), "run=tokio&event=40", Look { size: (1900, 1000), ..Look::default() });
    page.run("dispatchEvent(new Event('beforeprint'));", vec![]);
    let lane = "getComputedStyle(document.documentElement).getPropertyValue('--lane')";
    assert_eq!(page.text(&format!("document.documentElement.style.getPropertyValue('--lane') || {lane}")), "21px");
    page.run("document.documentElement.style.setProperty('--live', '200px');", vec![]);
    let agree = "[...document.querySelectorAll('section.run')].every((row) =>
        Math.abs(row.querySelector('.labels').scrollHeight - row.querySelector('svg').getBoundingClientRect().height) < 1)";
    assert!(page.is(agree));
    page.run("dispatchEvent(new Event('afterprint'));", vec![]);
    assert_eq!(page.text("document.documentElement.style.getPropertyValue('--lane')"), "");
}

#[test]
fn play_is_the_first_control_in_the_order_of_the_tab_key() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.press(key::TAB);
    assert_eq!(page.text("document.activeElement.id"), "play");
}

/// Chapter 2 drives three generators in one task: each has a lane of its own, below the task's.
#[test]
fn canvases_that_share_a_task_have_lanes() {
    let recording = Recording::of("--virtual --runtime generator").changed(|recording| {
        recording["workload"] = json!({"job": "program", "name": "Two generators"});
        recording["sources"] = json!([]);
        let run = &mut recording["runs"][0];
        (run["source"], run["tasks"], run["wall_ns"]) = (json!(null), json!(["main"]), json!(4_000));
        run["events"] = json!([
            [0, "spawn", 0, null],
            [0, "poll", 0, 0],
            [1_000, "note", 0, "sky: painted"],
            [2_000, "note", 0, "sea: painted"],
            [3_000, "note", 0, "sky: dry"],
            [4_000, "note", 0, "sea: dry"],
            [4_000, "complete", 0],
        ]);
    });
    let page = Page::open(&recording.page());
    let lanes = page.value(
        "[...document.querySelectorAll('.labels > div')].map((one) => one.textContent.replaceAll('\u{a0}', ' '))",
    );
    assert_eq!(lanes[1], json!("sky: painted from 0 ns to 1 µs, dry at 3 µs."));
    assert_eq!(lanes[2], json!("sea: painted from 1 µs to 2 µs, dry at 4 µs."));
    page.reset("more=0&ns=2500");
    let looks = page.value("[...document.querySelectorAll('.easel')].map((easel) => easel.dataset.look)");
    assert_eq!(looks, json!(["wet", "wet"]), "they are on easels as well");
}

#[test]
fn the_name_of_a_run_does_not_run_into_the_sentence() {
    let recording = Recording::of("--virtual --runtime generator");
    let recording = recording.changed(|recording| recording["runs"][0]["runtime"] = json!("drops the guard"));
    let page = Page::open_at(&recording.of_a_program("Two ways").page(), "more=1&event=1", Look::default());
    let said = page.text("document.getElementById('sentence').textContent");
    assert!(said.starts_with("“drops the guard” begins to poll main"), "{said}");
}
