//! The pointer: dragging in the lanes and at the slider, the wheel, what is under the pointer.

use crate::browser::{Page, key};
use crate::fold::Run;
use paintdry_browser_tests::Recording;
use serde_json::Value;

const LANES: &str = "[data-run=tokio] .plot";

#[test]
fn dragging_in_a_lane_goes_to_the_time_under_the_pointer() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    let run = Run::fold(&recording.runs()[3]);
    page.reset("run=tokio&event=-1&ns=0&align=time&view=0-2000000000");
    page.drag(LANES, &[0.1, 0.5, 0.76, 0.3], |share| {
        page.wait(&format!("Math.abs(paintdry.moment().ns - {share} * 2e9) < 4e6"));
        let moment = page.moment();
        let ns = moment["ns"].as_u64().expect("a time");
        assert_eq!(moment["event"], Value::from(run.event_by(ns)), "all that had happened by {ns} ns");
    });
    // The button is up: now the pointer only passes over the lanes.
    let before = page.moment();
    page.point(LANES, 0.9, 0.5);
    assert_eq!(page.moment(), before);
}

#[test]
fn dragging_in_a_lane_goes_to_the_event_under_the_pointer() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=-1&ns=0&align=event&view=0-100");
    page.drag(LANES, &[0.105, 0.505, 0.895, 0.305], |share| {
        page.wait(&format!("Math.abs(paintdry.moment().event - Math.floor({share} * 100)) <= 1"));
    });
}

#[test]
fn dragging_past_the_ends_stays_within_the_run() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=10&ns=0&align=time");
    page.drag(LANES, &[0.5, -0.3, 1.3], |share| {
        let end = if share < 0.0 {
            0.0
        } else if share > 1.0 {
            6e9
        } else {
            3e9
        };
        page.wait(&format!("Math.abs(paintdry.moment().ns - {end}) < 2e7"));
    });
}

#[test]
fn the_slider_can_be_dragged() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=-1&ns=0&align=time");
    page.drag("#slider", &[0.05, 0.5, 1.0, 0.0], |share| {
        page.wait(&format!("Math.abs(paintdry.moment().ns / 6e9 - {share}) < 0.06"));
    });
    page.reset("run=tokio&event=-1&ns=0&align=event");
    page.drag("#slider", &[0.05, 0.5, 1.0, 0.0], |share| {
        page.wait(&format!(
            "Math.abs(paintdry.moment().event / Number(document.getElementById('slider').max) - {share}) < 0.06"
        ));
    });
}

#[test]
fn the_wheel_zooms_and_pans() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=10&ns=0&align=time&view=500000000-1500000000");
    page.wheel(LANES, key::CONTROL, -100);
    page.wait("paintdry.moment().view[1] - paintdry.moment().view[0] < 0.99e9");
    // What is under the pointer stays there.
    assert!(page.is("Math.abs((paintdry.moment().view[0] + paintdry.moment().view[1]) / 2 - 1e9) < 1e7"));
    page.wheel(LANES, key::CONTROL, 100);
    page.wait("Math.abs(paintdry.moment().view[1] - paintdry.moment().view[0] - 1e9) < 1e6");
    page.wheel(LANES, key::SHIFT, 200);
    page.wait("paintdry.moment().view[0] > 0.6e9");
    page.wheel(LANES, key::SHIFT, -400);
    page.wait("paintdry.moment().view[0] < 0.5e9");
}

#[test]
fn the_lane_under_the_pointer_is_explained() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&event=10&ns=0&align=time&view=0-2000000000");
    // The second of four lanes, where its task waits for a timer.
    page.point(LANES, 0.3, 0.375);
    page.wait(&format!("document.querySelector('{LANES}').title.startsWith('canvas 1: waiting')"));
    // A reader who predicts must not find the answer there.
    page.reset("run=tokio&event=10&ns=0&align=time&view=0-2000000000&predict=1");
    page.point(LANES, 0.31, 0.375);
    page.wait(&format!("document.querySelector('{LANES}').title === ''"));
}

#[test]
fn the_lane_of_a_run_in_which_no_time_passes_is_explained() {
    let recording = Recording::of("amap --virtual");
    let page = Page::open(&recording.page());
    page.reset("run=tokio&align=event&event=10");
    page.point(LANES, 0.1, 0.5);
    page.wait(&format!("document.querySelector('{LANES}').title.includes(' for 0, until 0\u{a0}ns (events ')"));
}
