//! Texts and marks stand out from what is behind them as WCAG asks at level AA: texts 4.5 to 1, large ones and marks 3
//! to 1.

use crate::browser::{Look, Page};
use crate::every::every_kind_of_event;
use crate::keys::many_canvases;
use paintdry_browser_tests::Recording;
use serde_json::Value;

/// Each text that is seen and each mark of the lanes: what it is, its colours, the colours behind it from the nearest,
/// and the contrast that it needs.
const PAIRS: &str = r"
    const behind = (one) => {
        const found = [];
        for (let box = one; box; box = box.parentElement) found.push(getComputedStyle(box).backgroundColor);
        return found;
    };
    const name = (one) => [one.tagName, one.id, ...one.classList, one.dataset.state, one.textContent.trim().slice(0, 30)]
        .filter(Boolean).join(' ');
    // The ink of a hatching.
    const ink = (selector) => getComputedStyle(document.querySelector(selector));
    const plain = (paint) => paint.includes('#hatch-ready') ? ink('.ready-ink').stroke
        : paint.includes('#hatch-blocking') ? ink('.blocking-ink').stroke
        : paint.includes('#dots-waiting') ? ink('.waiting-ink').fill
        : paint;
    const texts = [];
    for (const one of document.querySelectorAll('body *:not(script, style, noscript, svg *, .unseen, option)')) {
        const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        if (!own && one.tagName !== 'SELECT') continue;
        const seen = one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (!seen || one.closest('.unseen')) continue;
        const style = getComputedStyle(one);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        if (one.disabled) continue; // WCAG leaves these out
        texts.push([name(one), [[style.color, 1]], behind(one), large ? 3 : 4.5]);
    }
    const marks = [];
    for (const path of document.querySelectorAll('.plot path, #legend path')) {
        const kind = [...path.classList].find((part) => part.startsWith('ink-'));
        if (kind === 'ink-grid') continue; // helps the eye, tells nothing
        const style = getComputedStyle(path);
        const inks = [[style.stroke, 1], [style.fill, Number(style.fillOpacity)]]
            .map(([paint, opacity]) => [plain(paint), opacity])
            .filter(([paint]) => paint !== 'none');
        const where = path.closest('.plot, #legend');
        marks.push([kind + ' in ' + (where.id || 'a lane'), inks, behind(where), 3]);
    }
    const heads = [...document.querySelectorAll('.head')].filter((one) => one.checkVisibility())
        .map((one) => ['playhead', [[getComputedStyle(one).backgroundColor, 1]], behind(one.parentElement), 3]);
    const edges = [...document.querySelectorAll('button, select')]
        .filter((one) => one.checkVisibility() && !one.disabled && parseFloat(getComputedStyle(one).borderTopWidth) > 0)
        .map((one) => ['edge of ' + name(one), [[getComputedStyle(one).borderTopColor, 1]],
            behind(one.parentElement), 3]);
    return [...texts, ...marks, ...heads, ...edges];
";

/// Without transitions: on its way from one colour to another, a chip stands out less.
const STILL: (&str, &str) = ("prefers-reduced-motion", "reduce");

#[test]
fn everything_stands_out_in_light_and_dark() {
    for recording in [every_kind_of_event(), many_canvases()] {
        check_themes(&recording);
    }
}

fn check_themes(recording: &Recording) {
    let page = Page::open_at(&recording.page(), "more=1", Look { size: (1690, 1000), ..Look::default() });
    page.prefer("screen", &[STILL]);
    for theme in ["light", "dark"] {
        for state in
            ["event=24&wakes=1&align=event&", "event=33&lanes=thread&", "event=-1&predict=1&", "event=30&predict=1&"]
        {
            page.reset(&format!("{state}theme={theme}"));
            page.press('v');
            page.wait("document.querySelector('#events').open");
            check(&page, theme);
            if state.contains("predict") {
                page.press('1');
                check(&page, theme);
            }
        }
        page.press('?');
        page.wait("document.getElementById('keys').open");
        check(&page, theme);
    }
}

#[test]
fn everything_stands_out_in_forced_colours() {
    let recording = every_kind_of_event();
    let page = Page::open_at(&recording.page(), "more=1", Look { size: (1690, 1000), ..Look::default() });
    page.prefer("screen", &[("forced-colors", "active"), STILL]);
    page.wait("matchMedia('(forced-colors: active)').matches");
    for state in ["event=24&wakes=1&align=event", "event=30&predict=1"] {
        page.reset(state);
        check(&page, "forced colours");
    }
}

fn check(page: &Page, theme: &str) {
    let pairs = page.run(PAIRS, vec![]);
    let pairs = pairs.as_array().expect("a list");
    assert!(pairs.len() > 100, "they were found: {}", pairs.len());
    let mut weak: Vec<_> = pairs.iter().filter_map(|pair| weakness(pair)).collect();
    weak.sort();
    weak.dedup();
    assert_eq!(weak, [""; 0], "{theme}, {}", page.moment()["fragment"]);
}

/// Says how little a text or a mark stands out, if it is too little.
fn weakness(pair: &Value) -> Option<String> {
    let layers: Vec<_> = pair[2].as_array()?.iter().map(|colour| Colour::read(colour, 1.0)).collect();
    let back = layers.iter().rev().fold(Colour([255.0; 3], 1.0), |under, over| over.over(&under));
    let inks = pair[1].as_array()?.iter();
    let best = inks.map(|ink| Colour::read(&ink[0], ink[1].as_f64().unwrap_or(1.0)).over(&back).contrast(&back));
    let best = best.fold(1.0, f64::max);
    (best < pair[3].as_f64()?).then(|| format!("{}: {best:.2} to 1", pair[0].as_str().unwrap_or_default()))
}

/// Red, green and blue up to 255, and how much of what is behind it a colour covers.
struct Colour([f64; 3], f64);

impl Colour {
    fn read(value: &Value, opacity: f64) -> Self {
        let text = value.as_str().expect("a colour is a text");
        let numbers = text.trim_start_matches(|sign: char| !sign.is_ascii_digit()).trim_end_matches(')');
        let parts: Vec<f64> = numbers.split([',', ' ', '/']).filter_map(|part| part.trim().parse().ok()).collect();
        assert!(text.starts_with("rgb") && parts.len() >= 3, "{text} is a colour");
        Self([parts[0], parts[1], parts[2]], opacity * parts.get(3).unwrap_or(&1.0))
    }

    fn over(&self, under: &Self) -> Self {
        let mixed = [0, 1, 2].map(|part| self.0[part] * self.1 + under.0[part] * (1.0 - self.1));
        Self(mixed, 1.0)
    }

    fn luminance(&self) -> f64 {
        let linear = self
            .0
            .map(|part| part / 255.0)
            .map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(&self, other: &Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}
