//! The page on other screens, on paper, and for readers who asked their system for something else.

use crate::browser::{Look, Page};
use crate::keys::many_canvases;
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

impl Page {
    /// Lets the browser pretend that the reader has a screen of this size.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.pretend_size((width, height));
        self.wait(&format!("innerWidth === {width} && innerHeight === {height}"));
        // The lanes are drawn again at the next frame.
        self.run("return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));", vec![]);
    }

    /// Lets the browser pretend that the page is on `screen` or in `print`, and that the reader wants something.
    pub(crate) fn prefer(&self, media: &str, wishes: &[(&str, &str)]) {
        let features: Vec<_> = wishes.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.devtools("Emulation.setEmulatedMedia", &json!({"media": media, "features": features}));
    }
}

/// What does not fit: the document into its window, a control into it or beside another one, a text into its control.
const MISFITS: &str = r"
    const root = document.documentElement;
    const found = [];
    const name = (one) => one.id || one.className || one.outerHTML.slice(0, 60);
    const more = root.scrollWidth - root.clientWidth;
    if (more > 0) found.push('the document is too wide by ' + more);
    const all = '#page :is(button, select, input, output, summary), #page h1, #page h2, #sentence, #subtitle';
    const controls = [...document.querySelectorAll(all)]
        .filter((one) => one.checkVisibility() && !one.closest('.scroll'));
    const boxes = controls.map((one) => one.getBoundingClientRect());
    controls.forEach((one, at) => {
        const box = boxes[at];
        if (box.left < -0.5 || box.right > root.clientWidth + 0.5) found.push(name(one) + ' is cut by the window');
        const cut = getComputedStyle(one).textOverflow !== 'ellipsis' && one.scrollWidth > one.clientWidth + 1;
        if (one.tagName === 'BUTTON' && cut) found.push(name(one) + ' is too small for its text');
        if (innerWidth <= 860 && one.tagName === 'BUTTON' && box.height < 24) found.push(name(one) + ' is too small');
        // The bar at the top stays while the rest scrolls below it.
        const transport = document.getElementById('transport');
        for (let other = at + 1; other < controls.length; other++) {
            const [a, b] = [box, boxes[other]];
            const inside = one.contains(controls[other]) || controls[other].contains(one);
            const apart = transport.contains(one) !== transport.contains(controls[other]);
            if (inside || apart) continue;
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (across > 1 && down > 1) found.push(name(one) + ' lies on ' + name(controls[other]));
        }
    });
    return found;
";

/// What the page shows while its fit is looked at.
const STATES: [&str; 6] = [
    "run=tokio&event=30",
    "run=tokio&event=30&align=event&wakes=1",
    "run=tokio&event=30&lanes=thread",
    "run=smol-global&event=10&predict=1",
    "run=blocking&event=30&open=0-3&theme=dark",
    "run=tokio&event=40&view=0-2000000000",
];

#[test]
fn it_fits_into_every_window() {
    let recordings = [Recording::of("--virtual"), Recording::of("amap"), many_canvases()];
    for (first, recording) in recordings.iter().enumerate() {
        let page = Page::open(&recording.page());
        for (second, width) in [320, 400, 620, 860, 861, 1100, 1366, 1700, 2560].into_iter().enumerate() {
            page.resize(width, 900);
            // Each state is looked at in each width, and in each recording.
            for (_, state) in
                STATES.into_iter().enumerate().filter(|(third, _)| (first + second + third).is_multiple_of(3))
            {
                page.reset(state);
                page.press('v');
                page.wait("document.querySelector('#event-table tbody tr')");
                assert_eq!(page.run(MISFITS, vec![]), json!([]), "{width} pixels wide at {state}");
            }
            page.press('?');
            page.wait("document.getElementById('keys').open");
            assert_eq!(page.run(MISFITS, vec![]), json!([]), "{width} pixels wide, with the keys");
            let fits =
                page.is("document.getElementById('keys').scrollWidth <= document.getElementById('keys').clientWidth");
            assert!(fits, "{width} pixels wide: the dialog");
        }
        page.resize(1280, 400);
        page.reset("run=tokio&event=30");
        assert_eq!(page.run(MISFITS, vec![]), json!([]), "a low window");
        // It scrolls with the rest, or there would be no room for the rest.
        assert_eq!(page.text("getComputedStyle(document.getElementById('transport')).position"), "static");
    }
}

/// The places in which the live state is cut. By event, every row goes through all its events.
const CUT: &str = r"
    const found = [];
    for (let event = -1; event <= paintdry.moment().view[1]; event++) {
        paintdry.seek({ event });
        for (const place of document.querySelectorAll('[data-live]')) {
            const box = place.getBoundingClientRect();
            for (const chip of place.querySelectorAll('.chip, .chip-note')) {
                const one = chip.getBoundingClientRect();
                if (one.width > 0 && (one.right > box.right + 1 || one.bottom > box.bottom + 1)) {
                    found.push([event, place.closest('section').dataset.run, place.dataset.live, place.innerText]);
                }
            }
        }
    }
    return found;
";

#[test]
fn the_live_state_has_room() {
    for arguments in
        ["--virtual", "amap", "--virtual --canvases 12", "--virtual --canvases 14", "amap --virtual --tasks 9"]
    {
        let recording = Recording::of(arguments);
        let length = |run: &Value| run["events"].as_array().map_or(0, Vec::len);
        let longest = recording.runs().iter().max_by_key(|run| length(run)).expect("there are runs");
        let page = Page::open(&recording.page());
        page.reset(&format!("run={}&align=event", longest["runtime"].as_str().expect("a name")));
        let cut = page.run(CUT, vec![]);
        let cut = cut.as_array().expect("a list");
        assert!(cut.is_empty(), "{arguments}: {} times something is cut, such as {}", cut.len(), cut[0]);
    }
}

#[test]
fn it_is_dark_where_the_system_is() {
    let recording = Recording::of("--virtual");
    let page = Page::open(&recording.page());
    let background = "getComputedStyle(document.body).backgroundColor";
    page.prefer("screen", &[("prefers-color-scheme", "light")]);
    let light = page.text(background);
    page.prefer("screen", &[("prefers-color-scheme", "dark")]);
    page.wait(&format!("{background} !== '{light}'"));
    let dark = page.text(background);
    // The reader's choice comes first.
    page.reset("theme=light");
    page.wait(&format!("{background} === '{light}'"));
    page.prefer("screen", &[("prefers-color-scheme", "light")]);
    page.reset("theme=dark");
    page.wait(&format!("{background} === '{dark}'"));
}

/// The times between changes of the moment while the page plays, in milliseconds.
const PACE: &str = r"
    document.getElementById('play').click();
    return new Promise((resolve) => {
        const times = [];
        let before = paintdry.moment().fragment;
        const look = (now) => {
            const shown = paintdry.moment().fragment;
            if (shown !== before) times.push(now);
            before = shown;
            if (times.length < 4) requestAnimationFrame(look);
            else {
                document.getElementById('play').click();
                resolve(times.slice(1).map((time, at) => time - times[at]));
            }
        };
        requestAnimationFrame(look);
    });
";

#[test]
fn with_less_motion_it_jumps_instead_of_sliding() {
    let recording = Recording::of("--speed 20 --strokes 100000");
    let page = Page::open(&recording.page());
    let pace = |fragment| -> Vec<f64> {
        page.reset(fragment);
        let times = page.run(PACE, vec![]);
        times.as_array().expect("a list").iter().map(|time| time.as_f64().expect("a time")).collect()
    };
    for fragment in ["run=tokio&event=-1&align=time", "run=tokio&event=-1&align=event"] {
        page.prefer("screen", &[("prefers-reduced-motion", "reduce")]);
        let jumps = pace(fragment);
        assert!(jumps.iter().all(|ms| *ms > 500.0), "{fragment}: {jumps:?}");
    }
    assert_eq!(page.text("getComputedStyle(document.querySelector('.chip')).transitionDuration"), "0s");
    page.prefer("screen", &[("prefers-reduced-motion", "no-preference")]);
    let frames = pace("run=tokio&event=-1&align=time");
    assert!(frames.iter().any(|ms| *ms < 500.0), "{frames:?}");
}

#[test]
fn it_can_be_printed() {
    let recording = Recording::of("--virtual");
    let page =
        Page::open_at(&recording.page(), "run=tokio&event=40&align=time&view=500000000-900000000", Look::default());
    let before = page.moment();
    // The whole run goes on paper, whatever part of it is on the screen.
    page.run("dispatchEvent(new Event('beforeprint'));", vec![]);
    assert_eq!(page.moment()["view"], json!([0, 6_000_000_000_u64]));
    page.run("dispatchEvent(new Event('afterprint'));", vec![]);
    assert_eq!(page.moment(), before);
    page.prefer("print", &[("prefers-color-scheme", "light")]);
    for selector in [".tools", "#transport .bar", "#events"] {
        assert!(
            page.is(&format!("!document.querySelector('{selector}').checkVisibility()")),
            "paper has no {selector}"
        );
    }
    for selector in ["#title", "#sentence", ".plot svg", ".live", "#source", "#totals"] {
        assert!(page.is(&format!("document.querySelector('{selector}').checkVisibility()")), "paper has {selector}");
    }
    let source = "document.getElementById('source').scrollHeight <= document.getElementById('source').clientHeight + 1";
    assert!(page.is(source), "the whole program is on paper");
    page.prefer("", &[("prefers-color-scheme", "light")]);
    let printed = page.devtools("Page.printToPDF", &json!({"printBackground": true, "landscape": true}));
    assert!(printed["data"].as_str().is_some_and(|data| data.starts_with("JVBERi0") && data.len() > 20_000), "a PDF");
    page.wait("!paintdry.moment().playing");
    assert_eq!(page.moment()["view"], before["view"], "the screen is as before");
    assert_eq!(page.value("window.hacked"), Value::Null);
}
