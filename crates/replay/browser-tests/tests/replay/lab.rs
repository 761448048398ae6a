//! The lab: its controls change the run, choices lead to the deadlock, and a link holds all of it.

use crate::browser::{Look, Page, key};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

/// The page of the lab, in a folder that goes away with it.
pub(crate) struct LabPage {
    pub(crate) page: Page,
    folder: TempDir,
}

impl LabPage {
    pub(crate) fn open(fragment: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let file = folder.path().join("lab.html");
        fs::write(&file, paintdry_replay::lab()).expect("there is room for a file");
        let page = Page::open_at(&file, fragment, Look::default());
        assert!(page.is("paintdry.ready"), "{}", page.value("paintdry.problem"));
        Self { page, folder }
    }

    pub(crate) fn go(&self, fragment: &str) {
        self.page.go(&self.folder.path().join("lab.html"), fragment);
    }

    pub(crate) fn shown(&self, member: &str) -> Value {
        self.page.value(&format!("paintdry.lab().{member}"))
    }

    pub(crate) fn text(&self, id: &str) -> String {
        self.page.text(&format!("document.getElementById('{id}').textContent")).replace('\u{a0}', " ")
    }

    /// Waits until all schedules have been counted.
    pub(crate) fn is_counted(&self) {
        self.page.wait("paintdry.lab().counted");
    }

    /// Gives a control of the program a value, as a reader does.
    pub(crate) fn set(&self, parameter: &str, value: i64) {
        let script = "const control = document.querySelector(`[data-parameter=${arguments[0]}]`);
            if (control.type === 'checkbox') control.checked !== Boolean(arguments[1]) && control.click();
            else { control.value = arguments[1]; control.dispatchEvent(new Event('input')); }";
        self.page.run(script, vec![parameter.into(), value.into()]);
    }
}

#[test]
fn the_deadlock_is_reached_by_clicks_and_its_link_leads_back() {
    let lab = LabPage::open("lab=two-locks");
    assert_eq!(lab.text("lab-turn"), "Turn 2. Two are ready. Who runs next?");
    lab.is_counted();
    assert_eq!(lab.text("lab-counts"), "10 of 51 schedules fail. The shortest failure has 8 turns.");
    for choice in [0, 0, 1, 1, 1, 0] {
        lab.page.click(&format!("#lab-ready [data-position='{choice}']"));
    }
    let stuck = |lab: &LabPage| {
        assert_eq!(lab.text("lab-turn"), "Stuck after 8 turns.");
        assert_eq!(
            lab.text("lab-ended"),
            "Stuck: no task can run. ada waits for blue, held by bob; bob waits for red, held by ada."
        );
        assert!(lab.page.is("document.querySelectorAll('.waits text').length === 2"), "the circle is drawn");
    };
    stuck(&lab);
    assert!(lab.text("lab-goals").contains("✓ Reach the deadlock."));
    assert!(lab.text("lab-counts").contains("You found one in 8 turns."));
    lab.page.wait("paintdry.lab().kept");
    let link = lab.page.text("location.hash.slice(1)");
    lab.go("lab=paint");
    assert_ne!(lab.text("lab-turn"), "Stuck after 8 turns.");
    lab.go(&link);
    stuck(&lab);
    lab.page.press('u');
    assert_eq!(lab.text("lab-turn"), "Turn 7. Two are ready. Who runs next?");
    lab.page.press('1');
    lab.page.wait("paintdry.lab().choices.length === 6 && paintdry.lab().ended === 'stuck'");
}

#[test]
fn every_control_of_every_program_changes_the_run() {
    let lab = LabPage::open("");
    let programs =
        lab.page.value("[...document.querySelectorAll('#lab-program option')].map((option) => option.value)");
    let programs: Vec<_> =
        programs.as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect();
    assert_eq!(programs.len(), 10);
    for program in programs {
        lab.page.choose("#lab-program", &program);
        assert_eq!(lab.shown("program"), json!(program));
        let controls = lab.page.value(
            "[...document.querySelectorAll('[data-parameter]')].map((one) =>
                [one.dataset.parameter, ...(one.type === 'checkbox' ? [0, 1] : [Number(one.min), Number(one.max)])])",
        );
        for control in controls.as_array().expect("a list") {
            let name = control[0].as_str().expect("a name");
            lab.go(&format!("lab={program}&chooses=0"));
            let seen: Vec<_> = [&control[1], &control[2]]
                .into_iter()
                .map(|value| {
                    lab.set(name, value.as_i64().expect("a number"));
                    assert_eq!(lab.shown(&format!("parameters.{name}")), *value);
                    lab.is_counted();
                    (
                        lab.shown("turns"),
                        lab.text("lab-counts"),
                        lab.page.text("document.querySelector('#lab-tree').innerHTML"),
                    )
                })
                .collect();
            assert_ne!(seen[0], seen[1], "{program}: {name}");
        }
    }
}

#[test]
fn a_panic_is_a_failure_like_any_other_and_the_next_run_works() {
    let lab = LabPage::open("lab=backpressure");
    assert!(lab.text("lab-turn").starts_with("Panicked after 5 turns and 1.5 s."), "{}", lab.text("lab-turn"));
    assert!(lab.text("lab-ended").contains("canvas 3 falls on the floor"));
    assert_eq!(lab.shown("ended"), json!("panicked"));
    lab.set("waits", 1);
    assert_eq!(lab.shown("ended"), json!("passed"));
    assert!(lab.text("lab-goals").contains("✓ Paint six canvases with two racks"));
    lab.set("waits", 0);
    assert_eq!(lab.shown("ended"), json!("panicked"));
}

#[test]
fn threads_that_wait_are_painters_on_the_stage() {
    let lab = LabPage::open("lab=paint");
    lab.set("threads", 2);
    assert_eq!(lab.text("lab-turn"), "Finished after 6 s, on 2 threads.");
    assert!(lab.text("lab-counts").starts_with("The lab’s clock simulates these threads"));
    let painters = "document.querySelector('#stage .card').querySelectorAll('.painter').length";
    assert_eq!(lab.page.value(painters), json!(2));
    assert!(lab.page.is("document.getElementById('lab-schedules').hidden"), "there is nothing to choose");
    let is_disabled = "document.querySelector('[data-parameter=threads]').disabled";
    assert!(!lab.page.is(is_disabled));
    lab.set("takes_turns", 1);
    assert!(lab.page.is(is_disabled), "painters who take turns share one thread");
    assert_eq!(lab.text("lab-turn"), "Finished after 15 turns and 5 s.");
    assert_eq!(lab.page.value(painters), json!(1));
    lab.is_counted();
    assert!(!lab.page.is("document.getElementById('lab-schedules').hidden"));
}

/// What each card says of where its runs come from.
fn origins(lab: &LabPage) -> Vec<String> {
    let heads = lab.page.value("[...document.querySelectorAll('#stage .card-head p')].map((head) => head.textContent)");
    let heads = heads.as_array().expect("a list").iter().filter_map(Value::as_str);
    heads.map(|head| head.split(" · ").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn recorded_runs_of_other_runtimes_are_beside_the_labs_own() {
    let lab = LabPage::open("lab=paint");
    let seen = origins(&lab);
    assert_eq!((seen[0].as_str(), seen[1].as_str()), ("runs here", "recorded on std alone"));
    for runtime in ["tokio", "async-std", "smol"] {
        let is_recorded =
            |origin: &String| origin.starts_with("recorded on ") && origin.contains(&format!("{runtime} "));
        assert!(seen.iter().any(is_recorded), "{runtime}: {seen:?}");
    }
    lab.set("canvases", 5);
    assert_eq!(origins(&lab), ["runs here"]);
    lab.page.wait("paintdry.lab().kept && location.hash.includes('canvases=5')");
    assert_eq!(
        lab.text("lab-recorded-with"),
        "They were recorded with these values: canvases 3, painting time 1 s, drying time 2 s, time between two checks 500 ms."
    );
    lab.page.click("#lab-set");
    assert_eq!((lab.shown("parameters.canvases"), origins(&lab)), (json!(3), seen));
    lab.page.click("#lab-compares");
    assert_eq!(origins(&lab), ["runs here"]);
    lab.go("lab=amap&chooses=0");
    assert!(origins(&lab).len() > 3);
    lab.page.click("#lab-chooses");
    assert_eq!(lab.text("lab-recorded-with"), "They appear when your run has ended.");
    assert_eq!(origins(&lab), ["runs here"]);
    lab.go("lab=two-locks");
    assert!(lab.page.is("document.getElementById('lab-recordings').hidden"), "nothing is recorded of it");
}

#[test]
fn every_button_does_what_it_says() {
    let lab = LabPage::open("lab=lost-wakeup");
    lab.is_counted();
    assert!(lab.page.is("document.getElementById('lab-undo').disabled"));
    lab.page.click("#lab-own");
    assert_eq!(lab.shown("choices"), json!([0]));
    lab.page.click("#lab-ready [data-position='1']");
    assert_eq!(lab.shown("choices"), json!([0, 1]));
    lab.page.click("#lab-undo");
    assert_eq!(lab.shown("choices"), json!([0]));
    lab.page.click("#lab-finish");
    assert_eq!(lab.shown("ended"), json!("passed"));
    lab.page.click("#lab-again");
    assert_eq!((lab.shown("choices"), lab.shown("ended")), (json!([]), Value::Null));
    lab.page.click("#lab-shortest");
    assert_eq!(lab.text("lab-turn"), "Stuck after 7 turns.");
    lab.page.click("#lab-passing");
    assert_eq!(lab.shown("ended"), json!("passed"));
    lab.page.click("#lab-link");
    lab.page.wait("document.getElementById('lab-copied').textContent !== ''");
    lab.page.click("#lab-chooses");
    lab.page.wait("paintdry.moment().playing");
    assert_eq!(lab.shown("ended"), json!("passed"), "the loop runs it to its end");
    // The moment can be moved in the run, and the digits belong to the lab.
    lab.page.click("#play");
    lab.page.press(key::HOME);
    assert_eq!(lab.page.moment()["event"], json!(-1));
}

#[test]
fn a_click_in_the_tree_goes_there() {
    let lab = LabPage::open("lab=two-locks");
    lab.is_counted();
    lab.page.wait("document.querySelectorAll('.leaf').length === 51");
    assert_eq!(lab.page.value("document.querySelectorAll('.leaf[data-ended=stuck]').length"), json!(10));
    lab.page.run(
        "document.querySelector('.leaf[data-ended=stuck]').dispatchEvent(new MouseEvent('click', { bubbles: true }));",
        vec![],
    );
    assert_eq!(lab.shown("ended"), json!("stuck"));
    assert!(lab.page.is("document.querySelectorAll('.branch.path').length > 2"), "the path is drawn");
}

#[test]
fn nonsense_in_the_address_does_no_harm() {
    for fragment in [
        "lab=nothing",
        "lab=two-locks&choices=9.9.9",
        "lab=paint&canvases=-3&drying=1e9&choices=x",
        "lab=amap&items=99999",
    ] {
        let lab = LabPage::open(fragment);
        assert!(lab.page.is("paintdry.ready && document.querySelector('.card .scene')"), "{fragment}");
    }
    let lab = LabPage::open("lab=two-locks&choices=0.9");
    assert_eq!(lab.text("lab-ended"), "Choice 2 of the link does not fit this program: it may have changed since.");
}

#[test]
fn it_fits_a_wide_and_a_narrow_window() {
    let lab = LabPage::open("lab=lost-update");
    for (width, height) in [(1920, 1080), (1280, 900), (750, 600), (400, 800), (320, 600)] {
        lab.page.resize(width, height);
        let wide = lab.page.value("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert_eq!(wide, json!(0), "{width} pixels wide");
    }
}

#[test]
fn in_a_frame_of_the_book_its_question_is_there() {
    let lab = LabPage::open("lab=two-locks");
    lab.page.run("document.body.classList.add('embedded');", vec![]);
    assert!(lab.page.is("document.getElementById('subtitle').checkVisibility()"));
}
