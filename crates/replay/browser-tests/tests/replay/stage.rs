//! The stage: it moves at once, each state has its picture, and runs that did the same share a card.

use crate::browser::{Look, Page};
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

/// Painting that takes time: a second for each canvas.
const STORY: &str = "--virtual --stroke-cost 40ns";
const LOOKS: &str = "(run) => [...document.querySelectorAll('.card')]
    .find((card) => card.getAttribute('aria-label').includes(run)).querySelectorAll('.easel')";

impl Page {
    /// How the canvases of a run's card look.
    fn looks(&self, run: &str) -> Value {
        self.value(&format!("[...({LOOKS})('{run}')].map((easel) => easel.dataset.look)"))
    }
}

#[test]
fn it_moves_without_a_click_and_tells_what_it_found() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "", Look::default());
    page.wait("paintdry.moment().playing && paintdry.moment().ns > 0");
    assert_eq!(
        page.text("document.getElementById('title').textContent").replace('\u{a0}', " "),
        "One painter who waits at each easel: 9 s. Taking turns: 5 s. Two painters: 4 s. Three: 3 s."
    );
    assert!(page.is("document.getElementById('details').hidden"), "the lanes and tables are behind one button");
    assert_eq!(page.text("location.hash"), "", "opened again, it plays again");
    page.click("#play");
    page.wait("!paintdry.moment().playing && location.hash !== ''");
}

#[test]
fn each_state_has_its_picture() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    page.seek(&json!({"run": "generator", "ns": 500_000_000}));
    assert_eq!(page.looks("blocking"), json!(["painting", "blank", "blank"]));
    assert_eq!(page.looks("threads"), json!(["painting", "painting", "painting"]));
    assert_eq!(page.looks("generator"), json!(["painting", "ready", "ready"]));
    page.seek(&json!({"ns": 2_400_000_000_u64}));
    assert_eq!(page.looks("generator"), json!(["wet", "wet", "painting"]));
    let strokes = |easel: usize| {
        let visible = format!("({LOOKS})('generator')[{easel}].querySelectorAll('.art [visibility=visible]').length");
        let all = format!("({LOOKS})('generator')[{easel}].querySelectorAll('.art [visibility]').length");
        page.value(&visible).as_f64().expect("a number") / page.value(&all).as_f64().expect("a number")
    };
    assert!((strokes(0) - 1.0).abs() < f64::EPSILON, "a wet canvas is painted");
    assert!((strokes(2) - 0.4).abs() < 0.05, "0.4 s of a second: {}", strokes(2));
    let gloss =
        |easel: usize| page.text(&format!("({LOOKS})('generator')[{easel}].querySelector('.gloss').style.opacity"));
    assert_eq!([gloss(0), gloss(1), gloss(2)], ["0.3", "0.8", "0"], "the gloss fades while the paint dries");
    page.seek(&json!({"ns": 9_000_000_000_u64}));
    for run in ["blocking", "threads", "generator", "async-std"] {
        assert_eq!(page.looks(run), json!(["dry", "dry", "dry"]), "{run}");
    }
    let ends = page.value("[...document.querySelectorAll('.card-end')].map((end) => end.textContent)");
    let mut ends = ends.as_array().expect("a list").clone();
    ends.dedup(); // two threads may share the canvases out in another way, and then have a card of their own
    assert_eq!(ends, ["9\u{a0}s", "3\u{a0}s", "5\u{a0}s", "4\u{a0}s"]);
}

#[test]
fn a_painter_walks_waits_and_works() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    let painters = "(card) => [...document.querySelectorAll('.card')[card].querySelectorAll('.painter')]
        .map((one) => [one.dataset.does, Math.floor(parseFloat(one.style.transform.slice(10)) / 168)])";
    let shown = |card: usize, ns: u64| {
        page.seek(&json!({"ns": ns}));
        page.value(&format!("({painters})({card}).sort()")) // threads begin in any order
    };
    page.seek(&json!({"event": -1}));
    let begin = page.value(&format!("({painters})(1)"));
    assert_eq!(begin, json!([["idle", 0], ["idle", 1], ["idle", 2]]), "each begins at a canvas of its own");
    assert_eq!(shown(0, 500_000_000), json!([["paints", 0]]));
    assert_eq!(shown(0, 2_400_000_000), json!([["waits", 0]]));
    assert_eq!(shown(0, 3_400_000_000), json!([["paints", 1]]));
    assert_eq!(shown(1, 2_400_000_000), json!([["waits", 0], ["waits", 1], ["waits", 2]]));
    assert_eq!(shown(2, 1_400_000_000), json!([["paints", 1]]));
    assert_eq!(shown(2, 3_200_000_000), json!([["idle", 1]]), "nobody stands and waits where tasks take turns");
}

#[test]
fn runs_that_did_the_same_share_a_card_until_it_is_opened() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    let names = "[...document.querySelectorAll('.card h2')].map((name) => name.textContent)";
    let shared = json!(["blocking", "threads", "generator, tokio and 2 more", "tokio-multi and async-std"]);
    assert_eq!(page.value(names), shared);
    page.click(".ungroup");
    let apart = ["blocking", "threads", "generator", "tokio", "smol", "smol-global", "tokio-multi and async-std"];
    assert_eq!(page.value(names), json!(apart));
    assert_eq!(page.text("document.activeElement.textContent"), "generator");
    page.click(".card:nth-child(5) h2 button");
    assert_eq!(page.moment()["run"], json!("smol"), "a click follows it");
}

#[test]
fn the_story_takes_twelve_seconds_and_never_goes_back() {
    for arguments in [
        STORY,
        "--virtual",
        "--virtual --canvases 100",
        "--speed 20 --strokes 100000",
        "--virtual --drying 24h --poll 6h",
    ] {
        let recording = Recording::of(arguments);
        let page = Page::open_at(&recording.page(), "more=0", Look::default());
        let faults = page.value(
            "(() => {
                const faults = [];
                const { seconds } = paintdry.storyAt(0);
                if (seconds !== 12) faults.push(seconds + ' s');
                let last = { ns: -1, part: 1 };
                for (let at = 0; at <= 4800; at++) {
                    const now = paintdry.storyAt((at / 4800) * seconds);
                    if (!(now.part >= 0 && now.part <= 1)) faults.push(at + ': part ' + now.part);
                    if (now.ns < last.ns || (now.ns === last.ns && now.part < last.part && last.part < 1)) faults.push(at + ' goes back');
                    last = now;
                }
                paintdry.seek({ ns: last.ns });
                if (!document.getElementById('forward').disabled) faults.push('it does not reach the end');
                return faults;
            })()",
        );
        assert_eq!(faults, json!([]), "{arguments}");
    }
}

/// In virtual time nothing is skipped by itself: each event stays a while. A sleep of an hour between two bursts passes fast.
#[test]
fn an_hour_in_which_nothing_happens_is_skipped_and_marked() {
    let recording = Recording::of("--virtual --runtime generator").changed(|recording| {
        recording["workload"] = json!({"job": "program", "name": "A long nap"});
        recording["sources"] = json!([]);
        let run = &mut recording["runs"][0];
        let hour = 3_600_000_000_000_u64;
        (run["source"], run["tasks"], run["wall_ns"]) = (json!(null), json!(["main"]), json!(hour + 40));
        let burst = |from: u64| (0..20).map(move |at| json!([from + 2 * at, "note", 0, "works"]));
        let begins = [json!([0, "spawn", 0, null]), json!([0, "poll", 0, 0])].into_iter().chain(burst(1));
        let sleeps = [json!([40, "timer", 0, 1, hour]), json!([40, "pending", 0]), json!([hour, "fire", 0, 1])];
        let wakes = [json!([hour, "wake", 0, "timer"]), json!([hour, "poll", 0, 0])];
        let ends = burst(hour + 1).chain([json!([hour + 40, "complete", 0])]);
        run["events"] = begins.chain(sleeps).chain(wakes).chain(ends).collect();
    });
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    let napping = "(() => {
        let napping = 0;
        for (let at = 0; at < 1200; at++) {
            const { ns } = paintdry.storyAt(at / 100);
            if (ns > 40 && ns < 3.6e12) napping++;
        }
        return napping / 100;
    })()";
    let seconds = page.value(napping).as_f64().expect("a time");
    assert!((0.5..1.0).contains(&seconds), "the nap takes {seconds} s of 12");
    assert!(page.is("document.querySelector('.lane-skip').getAttribute('d') !== ''"), "it is marked");
    assert!(page.text("document.getElementById('key').textContent").contains("passes faster"));
}

#[test]
fn in_forced_colours_the_stage_shows_every_state() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=0&run=generator&ns=2400000000", Look::default());
    page.prefer("screen", &[("forced-colors", "active")]);
    let fill = |name: &str| page.text(&format!("getComputedStyle(document.querySelector('.card .lane-{name}')).fill"));
    let fills: std::collections::BTreeSet<_> = ["run", "ready", "wait"].map(fill).into();
    assert_eq!(fills.len(), 3, "three states, three looks: {fills:?}");
    assert!(page.is("getComputedStyle(document.querySelector('.easel .frame')).stroke !== 'none'"));
}

#[test]
fn with_less_motion_it_opens_with_a_still_picture() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=1", Look::default());
    page.prefer("screen", &[("prefers-reduced-motion", "reduce")]);
    page.go(&recording.page(), "");
    assert!(!page.is("paintdry.moment().playing") && page.is("paintdry.moment().ns > 0"));
    assert!(page.is("document.querySelector('.easel[data-look=wet]')"), "it shows something");
}

#[test]
fn a_deadlock_ends_with_its_circle() {
    let recording = Recording::of_explored("two-locks");
    let page = Page::open_at(&recording.page(), "more=0", Look::default());
    page.seek(&json!({"event": 1_000}));
    assert_eq!(page.text("document.querySelector('.card-end').textContent"), "stuck");
    assert_eq!(page.text("document.querySelector('.card-error').textContent"), "Stuck: ada → blue → bob → red → ada.");
    assert_eq!(
        page.text("document.getElementById('sentence').textContent"),
        "Stuck: no task can run. ada waits for blue, held by bob; bob waits for red, held by ada."
    );
    assert_eq!(
        page.value("[...document.querySelectorAll('.waits text')].map((one) => one.textContent)"),
        json!(["wants blue", "wants red"])
    );
    assert_eq!(
        page.value("[...document.querySelectorAll('.pots path')].map((pot) => pot.getAttribute('fill'))"),
        json!(["red", "blue"]),
        "each holds a pot"
    );
    let pots = "[...document.querySelectorAll('.pots > g')]";
    assert_eq!(page.value(&format!("{pots}.map((pot) => pot.textContent)")), json!(["red", "blue"]), "with its name");
    assert!(page.is(&format!("{pots}.every((pot) => pot.getBoundingClientRect().width >= 30)")), "large enough to see");
    let error = "document.querySelector('.card-error').getBoundingClientRect().width";
    assert!(page.is(&format!("{error} > 0.9 * document.querySelector('.card').clientWidth - 40")), "it is not cut");
    assert!(
        page.is(
            "!document.querySelector('#program .line.hot') && document.querySelector('#program').checkVisibility()"
        )
    );
}

#[test]
fn a_crowd_is_a_mosaic_of_its_states() {
    let recording = Recording::of("--virtual --canvases 100");
    let page = Page::open_at(&recording.page(), "more=0&run=generator&ns=1200000000", Look::default());
    // The colour in the lower half of the first cell, where wet paint does not shine.
    let cell = "(run) => {
        const card = [...document.querySelectorAll('.card')].find((one) => one.getAttribute('aria-label').includes(run));
        const canvas = card.querySelector('canvas');
        const copy = new OffscreenCanvas(50, 50).getContext('2d', { willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const [red, green, blue] = copy.getImageData(5, 15, 1, 1).data;
        return [red, green, blue].join();
    }";
    assert_eq!(page.text(&format!("({cell})('generator')")), page.ink("wait"), "wet");
    page.seek(&json!({"ns": 0, "event": -1}));
    let blank = page.text(&format!("({cell})('generator')"));
    assert_eq!(blank, "0,0,0", "nothing is painted yet, so the cell is empty");
    page.seek(&json!({"ns": 2_000_000_000_u64}));
    assert_ne!(page.text(&format!("({cell})('generator')")), page.ink("wait"), "dry: its own colours");
    assert!(page.text("document.querySelectorAll('.card .scene')[2].getAttribute('aria-label')").contains("101 done"));
}

#[test]
fn in_a_frame_it_is_small_and_on_a_projector_large() {
    let recording = Recording::of(STORY);
    let page = Page::open_at(&recording.page(), "more=1", Look::default());
    // A page that is loaded from a file cannot look into a frame, so the test asks for the size of a frame.
    page.resize(750, 420);
    page.run("location.href = location.href.split('#')[0] + '?embedded';", vec![]);
    page.wait("window.paintdry && document.querySelectorAll('.card').length === 3 && paintdry.moment().playing");
    assert!(page.is("document.documentElement.scrollHeight <= 420"), "no scrolling");
    assert!(page.is("document.getElementById('details').hidden"));
    page.click("#more");
    page.wait("document.querySelector('.run .plot path')");
    page.resize(1920, 1080);
    page.go(&recording.page(), "run=generator&ns=2400000000&more=0");
    page.press('f');
    page.wait("document.body.classList.contains('presenting')");
    let small = "[...document.querySelectorAll('#page :is(h1, h2, p, button, text, b)')]
        .filter((one) => one.checkVisibility() && one.textContent.trim() && !one.closest('.unseen'))
        .map((one) => [one.getBoundingClientRect().height, one.textContent]).filter(([height]) => height < 20)";
    assert_eq!(page.value(small), json!([]), "labels of less than 20 pixels");
    let fonts = "[...document.querySelectorAll('.scene :is(.easel, .painter) text')].filter((one) => one.textContent)
        .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)";
    assert!(page.is(&format!("({fonts}).length > 20 && ({fonts}).every((size) => size > 19.9)")), "words of the scene");
    assert!(page.is("document.documentElement.scrollHeight <= 1080"), "it fits the projector");
}
