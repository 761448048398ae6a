//! Every key that the page lists does what the list says.

use crate::browser::{Page, key};
use crate::steps::Act::{Click, Press, PressWith};
use crate::steps::Steps;
use paintdry_browser_tests::Recording;
use serde_json::json;
use std::collections::BTreeSet;

const MIDDLE: &str = "run=tokio&event=40&ns=0&view=500000000-1500000000";
const END: &str = "run=tokio&event=40&ns=0&view=0-8000000000";

/// The signs as the page writes them, and what shows that the key works.
const KEYS: &[(&str, Steps)] = &[
    ("Space", (MIDDLE, &[(Press(' '), "now.playing"), (Press(' '), "!now.playing")])),
    ("k", (MIDDLE, &[(Press('k'), "now.playing"), (Press('k'), "!now.playing")])),
    (
        "→",
        (
            MIDDLE,
            &[
                (Press(key::RIGHT), "now.event === old.event + 1"),
                (PressWith(key::SHIFT, key::RIGHT), "now.event === old.event + 10"),
            ],
        ),
    ),
    (
        "←",
        (
            MIDDLE,
            &[
                (Press(key::LEFT), "now.event === old.event - 1"),
                (PressWith(key::SHIFT, key::LEFT), "now.event === old.event - 10"),
            ],
        ),
    ),
    ("Home", (MIDDLE, &[(Press(key::HOME), "now.event === -1 && now.ns === 0")])),
    ("End", (MIDDLE, &[(Press(key::END), "id('forward').disabled && now.ns > old.ns")])),
    ("[", (MIDDLE, &[(Press('['), "id('speed').selectedIndex === old.speed - 1")])),
    ("]", (MIDDLE, &[(Press(']'), "id('speed').selectedIndex === old.speed + 1")])),
    (
        "1–9",
        (
            MIDDLE,
            &[
                (Press('1'), "now.run === 'blocking'"),
                (Press('3'), "now.run === 'generator'"),
                (Press('8'), "now.run === 'smol-global' && now.ns === old.ns"),
                (Press('9'), "now.run === 'smol-global'"),
            ],
        ),
    ),
    ("↑", (MIDDLE, &[(Press(key::UP), "now.run === 'generator' && now.ns === old.ns")])),
    ("↓", (MIDDLE, &[(Press(key::DOWN), "now.run === 'tokio-multi' && now.ns === old.ns")])),
    ("+", (MIDDLE, &[(Press('+'), "now.view[1] - now.view[0] === (old.view[1] - old.view[0]) / 2")])),
    ("=", (MIDDLE, &[(Press('='), "now.view[1] - now.view[0] === (old.view[1] - old.view[0]) / 2")])),
    ("-", (MIDDLE, &[(Press('-'), "now.view[1] - now.view[0] === (old.view[1] - old.view[0]) * 2")])),
    ("0", (MIDDLE, &[(Press('0'), "now.view[0] === 0 && now.view[1] >= 28e9")])),
    ("r", (END, &[(Press('r'), "now.view[0] === 0 && now.view[1] >= 2e9 && now.view[1] < 2.2e9")])),
    (
        "f",
        (
            MIDDLE,
            &[
                (Press('f'), "document.body.classList.contains('presenting') && !id('details').hidden"),
                (Press(' '), "!now.playing && now.ns > old.ns"),
                (Press(key::PAGE_UP), "now.ns < old.ns"),
                (Press('f'), "!document.body.classList.contains('presenting')"),
            ],
        ),
    ),
    ("m", (MIDDLE, &[(Press('m'), "id('details').hidden"), (Press('m'), "!id('details').hidden")])),
    ("PageDown", (MIDDLE, &[(Press(key::PAGE_DOWN), "now.ns > old.ns && now.ns <= old.ns + 500000000")])),
    (
        "PageUp",
        (
            MIDDLE,
            &[(Press(key::PAGE_DOWN), "now.ns > old.ns"), (Press(key::PAGE_UP), "now.ns < old.ns && now.event >= 0")],
        ),
    ),
    (",", (MIDDLE, &[(Press(','), "now.view[0] < old.view[0] && now.view[1] < old.view[1]")])),
    (".", (MIDDLE, &[(Press('.'), "now.view[0] > old.view[0] && now.view[1] > old.view[1]")])),
    ("e", (MIDDLE, &[(Press('e'), "now.align === 'event'"), (Press('E'), "now.align === 'time'")])),
    ("l", (MIDDLE, &[(Press('l'), "now.lanes === 'thread'"), (Press('l'), "now.lanes === 'task'")])),
    (
        "w",
        (
            MIDDLE,
            &[
                (Press('w'), "id('wakes').ariaPressed === 'true' && now.fragment.includes('wakes=1')"),
                (Press('w'), "id('wakes').ariaPressed === 'false'"),
            ],
        ),
    ),
    (
        "x",
        (
            MIDDLE,
            &[
                (Press('x'), "one('.run.followed .expand').ariaExpanded === 'true'"),
                (Press('x'), "one('.run.followed .expand').ariaExpanded === 'false'"),
            ],
        ),
    ),
    ("p", (MIDDLE, &[(Press('p'), "now.predict"), (Press('p'), "!now.predict")])),
    (
        "n",
        (
            "run=tokio&event=-1&predict=1",
            &[
                (Press('n'), "now.event > old.event && all('#choices button').length > 1"),
                (Press('n'), "now.event > old.event"),
            ],
        ),
    ),
    (
        "v",
        (
            MIDDLE,
            &[
                (Press('v'), "id('events').open && all('#event-table tbody tr').length > 100"),
                (Press('v'), "!id('events').open"),
            ],
        ),
    ),
    (
        "t",
        (
            MIDDLE,
            &[
                (Press('t'), "document.documentElement.dataset.theme === 'light'"),
                (Press('t'), "document.documentElement.dataset.theme === 'dark'"),
                (Press('t'), "document.documentElement.dataset.theme === 'auto'"),
            ],
        ),
    ),
    (
        "?",
        (
            MIDDLE,
            &[
                (Press('?'), "id('keys').open"),
                (Press('e'), "now.align === old.align"), // the page rests behind the dialog
                (Press(key::ESCAPE), "!id('keys').open"),
            ],
        ),
    ),
];

/// Keys that an element uses itself, and keys with others held down.
const LEFT_ALONE: &[(&str, Steps)] = &[
    ("", (MIDDLE, &[(PressWith(key::CONTROL, 'e'), "now.align === 'time'")])),
    ("", (MIDDLE, &[(PressWith(key::CONTROL, key::HOME), "now.event === old.event")])),
    // Space on a button presses the button.
    ("#align", (MIDDLE, &[(Press(' '), "now.align === 'event' && !now.playing")])),
    // A list goes to its own next entry, and not to the one after it.
    ("#follow", (MIDDLE, &[(Press(key::DOWN), "now.run === 'tokio-multi'")])),
    // The slider goes by events, as everything does.
    ("#slider", (MIDDLE, &[(Press(key::RIGHT), "now.event === old.event + 1")])),
    // A part that scrolls, scrolls.
    ("#source", (MIDDLE, &[(Press(key::DOWN), "now.run === 'tokio'"), (Press(key::END), "now.event === old.event")])),
];

#[test]
fn every_key_in_the_list_works() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    let listed = page.value("[...document.querySelectorAll('#key-list kbd')].map((sign) => sign.textContent)");
    let listed: BTreeSet<_> = listed.as_array().expect("a list").iter().filter_map(|sign| sign.as_str()).collect();
    let tested: BTreeSet<_> = KEYS.iter().map(|(sign, _)| *sign).collect();
    assert_eq!(listed, tested, "the keys that the page lists, and those that are tested here");
    for (_, steps) in KEYS {
        page.take(*steps);
    }
}

#[test]
fn a_control_says_which_keys_do_the_same() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    let silent = "[...document.querySelectorAll('#transport button, .tools button, select')]\
                  .filter((control) => !control.ariaKeyShortcuts).map((control) => control.id)";
    assert_eq!(page.value(silent), json!([]), "the fourth entry of a key, in keys.js, is its control");
    for (control, keys) in [("play", "Space k"), ("zoom-in", "+ ="), ("follow", "1 2 3 4 5 6 7 8 9 ArrowUp ArrowDown")]
    {
        assert_eq!(page.value(&format!("document.getElementById('{control}').ariaKeyShortcuts")), json!(keys));
    }
}

#[test]
fn keys_that_are_not_the_page_s_own_are_left_alone() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    for (focus, (from, steps)) in LEFT_ALONE {
        page.reset(from);
        if !focus.is_empty() {
            page.run("document.querySelector(arguments[0]).focus();", vec![(*focus).into()]);
        }
        page.follow(steps);
    }
}

#[test]
fn single_keys_can_be_switched_off() {
    const OFF: Steps = (
        MIDDLE,
        &[
            (Press('?'), "id('keys').open"),
            (Click("#keys-on"), "!id('keys-on').checked"),
            (Click("#keys button"), "!id('keys').open"),
            (Press('e'), "now.align === 'time'"),
            (Press('3'), "now.run === 'tokio'"),
            (Press(key::RIGHT), "now.event === old.event + 1 && now.align === 'time' && now.run === 'tokio'"),
            (Press('?'), "id('keys').open"), // it leads back
        ],
    );
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    page.take(OFF);
}

/// With so many canvases that a row is collapsed.
pub(crate) fn many_canvases() -> Recording {
    Recording::of("--virtual --canvases 14")
}
