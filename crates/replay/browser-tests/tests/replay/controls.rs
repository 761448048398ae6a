//! Every button and every list of the page does what it says.

use crate::browser::{Page, key};
use crate::keys::many_canvases;
use crate::stage_controls::STAGE_CONTROLS;
use crate::steps::Act::{Choose, Click, Press};
use crate::steps::Steps;
use std::collections::BTreeSet;

pub(crate) const MIDDLE: &str = "run=tokio&event=40&ns=0&view=500000000-1500000000";

/// A control, known by its id or by what its kind has in common, and what shows that it works.
const CONTROLS: &[(&str, Steps)] = &[
    ("#follow", (MIDDLE, &[(Choose("#follow", "0"), "now.run === 'blocking' && now.ns === old.ns")])),
    (
        "#align",
        (
            MIDDLE,
            &[
                (Click("#align"), "now.align === 'event' && id('align').ariaPressed === 'true'"),
                (Click("#align"), "now.align === 'time' && id('align').ariaPressed === 'false'"),
            ],
        ),
    ),
    (
        "#lanes",
        (
            MIDDLE,
            &[
                (Click("#lanes"), "now.lanes === 'thread' && id('lanes').ariaPressed === 'true'"),
                (Click("#lanes"), "now.lanes === 'task' && id('lanes').ariaPressed === 'false'"),
            ],
        ),
    ),
    (
        "#wakes",
        (
            "run=tokio&event=0&ns=0&open=3&view=0-600000000",
            &[
                (Click("#wakes"), "id('wakes').ariaPressed === 'true' && one('.run.followed .plot .ink-wake')"),
                (Click("#wakes"), "id('wakes').ariaPressed === 'false' && !one('.plot .ink-wake')"),
            ],
        ),
    ),
    (
        "#predict",
        (
            MIDDLE,
            &[
                (Click("#predict"), "now.predict && id('predict').ariaPressed === 'true' && !id('question').hidden"),
                (Click("#predict"), "!now.predict && id('predict').ariaPressed === 'false' && id('question').hidden"),
            ],
        ),
    ),
    ("#zoom-out", (MIDDLE, &[(Click("#zoom-out"), "now.view[1] - now.view[0] === 2e9")])),
    ("#zoom-in", (MIDDLE, &[(Click("#zoom-in"), "now.view[1] - now.view[0] === 5e8")])),
    ("#zoom-fit", (MIDDLE, &[(Click("#zoom-fit"), "now.view[0] === 0 && now.view[1] >= 28e9")])),
    ("#zoom-run", (MIDDLE, &[(Click("#zoom-run"), "now.view[0] === 0 && now.view[1] >= 2e9 && now.view[1] < 2.2e9")])),
    ("#pan-left", (MIDDLE, &[(Click("#pan-left"), "now.view[0] < old.view[0] && now.view[1] < old.view[1]")])),
    ("#pan-right", (MIDDLE, &[(Click("#pan-right"), "now.view[0] > old.view[0] && now.view[1] > old.view[1]")])),
    (
        "#theme",
        (
            MIDDLE,
            &[
                (
                    Click("#theme"),
                    "document.documentElement.dataset.theme === 'light' && id('theme').textContent.includes('light')",
                ),
                (
                    Click("#theme"),
                    "document.documentElement.dataset.theme === 'dark' && id('theme').textContent.includes('dark')",
                ),
                (Click("#theme"), "document.documentElement.dataset.theme === 'auto'"),
            ],
        ),
    ),
    ("#help", (MIDDLE, &[(Click("#help"), "id('keys').open")])),
    ("#keys button", (MIDDLE, &[(Click("#help"), "id('keys').open"), (Click("#keys button"), "!id('keys').open")])),
    (
        "#keys-on",
        (
            MIDDLE,
            &[
                (Click("#help"), "id('keys').open"),
                (Click("#keys-on"), "!id('keys-on').checked"),
                (Click("#keys-on"), "id('keys-on').checked"),
            ],
        ),
    ),
    (
        "#play",
        (
            MIDDLE,
            &[
                (Click("#play"), "now.playing && id('play').textContent.includes('Pause')"),
                (Click("#play"), "!now.playing && id('play').textContent.includes('Play')"),
            ],
        ),
    ),
    ("#back", (MIDDLE, &[(Click("#back"), "now.event === old.event - 1")])),
    ("#forward", (MIDDLE, &[(Click("#forward"), "now.event === old.event + 1")])),
    // Clicked in its middle.
    ("#slider", (MIDDLE, &[(Click("#slider"), "Math.abs(now.ns / 1e9 - 1) < 0.02")])),
    ("#speed", (MIDDLE, &[(Choose("#speed", "0.25"), "id('speed').value === '0.25'")])),
    (
        "#choices button",
        (
            "run=tokio&event=-1&predict=1",
            &[
                (Click("#next-question"), "one('#choices button')"),
                (Click("#choices button"), "now.score.asked === 1 && one('#choices .right')"),
            ],
        ),
    ),
    ("#next-question", ("run=tokio&event=-1&predict=1", &[(Click("#next-question"), "now.event > old.event")])),
    (
        ".follow",
        (
            MIDDLE,
            &[(
                Click("[data-run=smol] .follow"),
                "now.run === 'smol' && now.ns === old.ns && one('[data-run=smol] .follow').ariaPressed === 'true' && one('[data-run=tokio] .follow').ariaPressed === 'false'",
            )],
        ),
    ),
    (
        ".expand",
        (
            MIDDLE,
            &[
                (
                    Click("[data-run=smol] .expand"),
                    "one('[data-run=smol] .expand').ariaExpanded === 'true' && all('[data-run=smol] .labels > div').length === 10",
                ),
                (Click("[data-run=smol] .expand"), "one('[data-run=smol] .expand').ariaExpanded === 'false'"),
            ],
        ),
    ),
    (
        "summary",
        (
            MIDDLE,
            &[
                (Click("summary"), "all('#event-table tbody tr').length === 200"),
                (Click("summary"), "!id('events').open"),
            ],
        ),
    ),
    (
        "#events-first",
        (
            "run=tokio&event=250&ns=0",
            &[
                (Click("summary"), "one('#event-table [data-event=\"250\"][aria-current]')"),
                (Click("#events-first"), "one('#event-table [data-event=\"0\"]') && id('events-first').disabled"),
            ],
        ),
    ),
    (
        "#events-before",
        (
            "run=tokio&event=252&ns=0",
            &[
                (Click("summary"), "one('#event-table [data-event=\"252\"]')"),
                (Click("#events-before"), "one('#event-table [data-event=\"199\"]')"),
            ],
        ),
    ),
    (
        "#events-now",
        (
            "run=tokio&event=254&ns=0",
            &[
                (Click("summary"), "one('#event-table [data-event=\"254\"]')"),
                (Click("#events-first"), "one('#event-table [data-event=\"0\"]')"),
                (Click("#events-now"), "one('#event-table [data-event=\"254\"]')"),
            ],
        ),
    ),
    (
        "#events-after",
        (
            "run=tokio&event=256&ns=0",
            &[
                (Click("summary"), "one('#event-table [data-event=\"256\"]')"),
                (Click("#events-after"), "one('#event-table [data-event=\"400\"]')"),
            ],
        ),
    ),
    (
        "#events-last",
        (
            "run=tokio&event=258&ns=0",
            &[
                (Click("summary"), "one('#event-table [data-event=\"258\"]')"),
                (Click("#events-last"), "id('events-last').disabled && all('#event-table tbody tr').length > 0"),
            ],
        ),
    ),
    (
        "#event-table button",
        (
            "run=tokio&event=260&ns=0",
            &[
                (Click("summary"), "one('#event-table [data-event=\"260\"]')"),
                (Click("#event-table [data-event=\"259\"] button"), "now.event === 259"),
            ],
        ),
    ),
    // What scrolls can be reached by the keyboard, and scrolls.
    (
        "#source",
        (
            MIDDLE,
            &[(Click("#source"), "document.activeElement.id === 'source'"), (Press(key::DOWN), "now.run === 'tokio'")],
        ),
    ),
    (".scroll", (MIDDLE, &[(Click(".whole .scroll"), "document.activeElement.classList.contains('scroll')")])),
    (
        ".run-lanes",
        (
            "run=tokio&event=40&ns=0&open=3",
            &[
                (Click("[data-run=tokio] .run-lanes"), "document.activeElement === one('[data-run=tokio] .run-lanes')"),
                (
                    Press(key::END),
                    "one('[data-run=tokio] .labels').textContent.includes('canvas 14') && now.event === old.event",
                ),
            ],
        ),
    ),
];

/// All that can be used or focused, by its id or by what its kind has in common.
const FOUND: &str = r"
    const kinds = ['#keys button', '#choices button', '#event-table button', '.follow', '.expand', '.scroll', '.run-lanes',
        'summary', '.card-name', '.ungroup', '#picks button'];
    const all = 'button, select, input, textarea, summary, a, area, [tabindex], [role=button], [contenteditable]';
    const name = (one) => one.id ? '#' + one.id : one.outerHTML.slice(0, 80);
    return [...document.querySelectorAll(all)].map((one) => kinds.find((kind) => one.matches(kind)) ?? name(one));
";

#[test]
fn every_control_works() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    // With everything open that can be.
    page.take((
        "run=tokio&event=-1&predict=1&open=3",
        &[
            (Click("#next-question"), "document.querySelector('#choices button')"),
            (Press('v'), "document.querySelector('#event-table button')"),
        ],
    ));
    let mut found = page.run(FOUND, vec![]).as_array().expect("a list").clone();
    page.take(("run=tokio&event=40&more=0", &[(Click("#present"), "document.querySelector('#picks button')")]));
    found.extend(page.run(FOUND, vec![]).as_array().expect("a list").clone());
    page.click("#present");
    let found: BTreeSet<_> = found.iter().filter_map(|name| name.as_str()).collect();
    let tested: BTreeSet<_> = CONTROLS.iter().chain(STAGE_CONTROLS).map(|(name, _)| *name).collect();
    assert_eq!(found, tested, "the controls of the page, and those that are tested here");
    for (_, steps) in CONTROLS.iter().chain(STAGE_CONTROLS) {
        page.take(*steps);
    }
}
