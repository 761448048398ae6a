//! The work of the lab: when a change runs, where schedules are counted and how many, what a link holds, and paper.

use crate::browser::key;
use crate::lab::LabPage;
use serde_json::json;

/// Makes the clock of the page ten times as fast, and notes the workers it starts and what its progress bar has shown.
const WATCH: &str = "
    const [now, Original] = [performance.now.bind(performance), Worker];
    performance.now = () => 10 * now();
    window.seen = { workers: 0, progress: [] };
    window.Worker = class extends Original {
        constructor(...address) { super(...address); seen.workers++; }
    };
    const bar = document.getElementById('lab-progress');
    const look = () => { if (!bar.hidden) seen.progress.push(bar.value / bar.max); };
    new MutationObserver(look).observe(bar, { attributes: true });";

#[test]
fn a_worker_counts_the_schedules_up_to_a_limit_that_is_said() {
    let lab = LabPage::open("lab=two-locks");
    lab.is_counted();
    lab.page.run(WATCH, vec![]);
    lab.set("painters", 4);
    assert!(!lab.page.is("paintdry.lab().counted"), "the page does not wait for it");
    assert_eq!(lab.text("lab-counts"), "Trying all schedules …");
    lab.is_counted();
    assert_eq!(lab.page.value("seen.workers"), json!(1));
    assert!(
        lab.page.is("seen.progress.some((share) => share > 0 && share < 1)"),
        "{}",
        lab.page.value("seen.progress")
    );
    assert!(lab.page.is("document.getElementById('lab-progress').hidden"), "the bar goes when all are counted");
    assert_eq!(lab.text("lab-counts"), "Of the first 10,000 schedules, none fails. There are more.");
    lab.page.press('1');
    lab.page.wait("document.querySelector('#lab-tree .note').textContent.includes('too many to draw all')");
}

/// All in one task of the page, so a frame never waits for a change that is half done.
#[test]
fn a_change_has_run_and_is_shown_before_the_next_frame() {
    for (fragment, parameter, value) in [
        ("lab=paint", "painting", 900),
        ("lab=paint&takes_turns=1&canvases=10", "painting", 900),
        ("lab=amap&chooses=0", "items", 2),
        ("lab=backpressure", "racks", 3),
    ] {
        let lab = LabPage::open(fragment);
        let shown = lab.page.run(
            "const scene = document.querySelector('#stage .scene');
            const control = document.querySelector(`[data-parameter=${arguments[0]}]`);
            control.value = arguments[1];
            control.dispatchEvent(new Event('input'));
            const [changed, ended] = [paintdry.lab().parameters[arguments[0]], paintdry.lab().ended];
            return [changed, ended !== null, document.querySelector('#stage .scene') !== scene];",
            vec![parameter.into(), value.into()],
        );
        assert_eq!(shown, json!([value, true, true]), "{fragment}");
    }
}

#[test]
fn a_link_holds_the_parameters() {
    let lab = LabPage::open("lab=paint");
    lab.set("canvases", 5);
    lab.set("drying", 1_000);
    lab.set("takes_turns", 1);
    lab.page.wait("paintdry.lab().kept");
    let link = lab.page.text("location.hash.slice(1)");
    let run = |lab: &LabPage| (lab.shown("parameters"), lab.shown("turns"), lab.text("lab-turn"));
    let before = run(&lab);
    lab.go("lab=amap");
    assert_ne!(run(&lab), before);
    lab.go(&link);
    assert_eq!(run(&lab), before);
    let controls =
        "['canvases', 'drying', 'takes_turns'].map((name) => document.querySelector(`[data-parameter=${name}]`))
        .map((one) => one.type === 'checkbox' ? Number(one.checked) : Number(one.value))";
    assert_eq!(lab.page.value(controls), json!([5, 1_000, 1]), "the controls say so");
}

#[test]
fn the_lab_can_be_printed() {
    let lab = LabPage::open("lab=two-locks&chooses=1");
    lab.is_counted();
    lab.page.wait("document.querySelectorAll('.leaf').length === 51");
    lab.page.resize(720, 1000);
    lab.page.prefer("print", &[]);
    for selector in ["#lab-turn", "#lab-source code", "#stage .scene", "#lab-tree svg", "#lab-goals"] {
        assert!(
            lab.page.is(&format!("document.querySelector('{selector}').checkVisibility()")),
            "paper has {selector}"
        );
    }
    for selector in ["#lab .bar", "#lab-recordings", ".lab-switch"] {
        let shown = format!("[...document.querySelectorAll('{selector}')].some((one) => one.checkVisibility())");
        assert!(!lab.page.is(&shown), "paper has no {selector}");
    }
    for id in ["lab-tree", "source"] {
        let box_of = format!("document.getElementById('{id}')");
        assert!(lab.page.is(&format!("{box_of}.scrollHeight <= {box_of}.clientHeight + 1")), "all of {id} is on paper");
    }
    assert!(lab.page.is("document.documentElement.scrollWidth <= 720"), "nothing is cut at the side");
}

#[test]
fn in_forced_colours_the_lab_shows_its_tree_and_who_is_ready() {
    let lab = LabPage::open("lab=two-locks&chooses=1");
    lab.is_counted();
    lab.page.wait("document.querySelectorAll('.leaf').length === 51");
    lab.page.click("#lab-ready [data-position='0']");
    lab.page.prefer("screen", &[("forced-colors", "active")]);
    lab.page.wait("matchMedia('(forced-colors: active)').matches");
    let is_seen = "(one, ink) => getComputedStyle(one)[ink] !== getComputedStyle(document.body).backgroundColor";
    for (selector, ink) in
        [(".branch", "stroke"), (".leaf", "fill"), (".tree > text", "fill"), (".person .figure", "fill")]
    {
        let all = format!("[...document.querySelectorAll('{selector}')].every((one) => ({is_seen})(one, '{ink}'))");
        assert!(lab.page.is(&all), "{selector}");
    }
    let wide = |selector: &str| {
        let width = format!("parseFloat(getComputedStyle(document.querySelector('{selector}')).strokeWidth)");
        lab.page.value(&width).as_f64().expect("a width")
    };
    assert!(wide(".branch.path") > wide(".branch:not(.path)"), "the path of the reader is thicker");
    lab.page.press(key::TAB);
    assert!(lab.page.is("getComputedStyle(document.activeElement).outlineStyle !== 'none'"), "the focus is seen");
}
