//! The page for readers who use a keyboard or hear it read aloud.

use crate::browser::{Look, Page, key};
use crate::every::every_kind_of_event;
use crate::keys::many_canvases;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const OPEN: &str = "run=smol-global&event=20&open=0&predict=1";

/// What the browser tells a screen reader: role and name of everything.
fn told(page: &Page) -> Vec<(String, String, Value)> {
    let tree = page.devtools("Accessibility.getFullAXTree", &json!({}));
    let nodes = tree["nodes"].as_array().expect("a list").iter().filter(|node| node["ignored"] != json!(true));
    let text = |node: &Value, part: &str| node[part]["value"].as_str().unwrap_or_default().trim().to_owned();
    nodes.map(|node| (text(node, "role"), text(node, "name"), node["properties"].clone())).collect()
}

#[test]
fn every_control_and_region_has_a_name() {
    const NAMED: [&str; 12] = [
        "button",
        "combobox",
        "slider",
        "checkbox",
        "link",
        "textbox",
        "region",
        "dialog",
        "table",
        "list",
        "status",
        "RootWebArea",
    ];
    let recording = many_canvases();
    let page = Page::open_at(&recording.page(), OPEN, Look::default());
    page.press('v');
    page.press('n');
    for dialog in [false, true] {
        if dialog {
            page.press('?');
            page.wait("document.getElementById('keys').open");
        }
        let told = told(&page);
        let controls = told.iter().filter(|(role, ..)| NAMED.contains(&role.as_str()));
        // What says something when it changes has no name, and needs none.
        let nameless = controls.clone().filter(|(role, name, _)| name.is_empty() && role != "status");
        let nameless: Vec<_> = nameless.map(|(role, _, what)| format!("{role} {what}")).collect();
        assert!(controls.count() > if dialog { 2 } else { 40 }, "they were found");
        assert_eq!(nameless, [""; 0], "with the dialog: {dialog}");
        let signs = told.iter().filter(|(role, name, _)| role == "button" && !name.chars().any(char::is_alphabetic));
        let signs: Vec<_> = signs.map(|(_, name, _)| name).filter(|name| name.parse::<u32>().is_err()).collect();
        assert_eq!(signs, [""; 0], "a sign is no name");
    }
}

#[test]
fn a_screen_reader_learns_what_is_pressed_open_or_checked() {
    let recording = many_canvases();
    let page = Page::open_at(
        &recording.page(),
        "run=tokio&event=3&align=event&lanes=thread&predict=1&open=1",
        Look::default(),
    );
    let told = told(&page);
    let state = |name: &str, property: &str| {
        let (.., properties) = told.iter().find(|(role, told, _)| role == "button" && told == name).expect(name);
        let found = properties.as_array().and_then(|all| all.iter().find(|one| one["name"] == property));
        found.map_or(Value::Null, |one| one["value"]["value"].clone())
    };
    for name in ["Align by event", "Lanes by thread", "Predict"] {
        assert_eq!(state(name, "pressed"), json!("true"), "{name}");
    }
    assert_eq!(state("tokio", "pressed"), json!("true"));
    assert_eq!(state("smol", "pressed"), json!("false"));
}

#[test]
fn the_structure_of_the_page_is_sound() {
    let recording = every_kind_of_event();
    let page = Page::open_at(&recording.page(), "event=4&predict=1", Look::default());
    let counts = page.value(
        "['html[lang=en]', 'main:not([hidden])', 'h1', 'table caption', 'meta[name=viewport]']
            .map((one) => [one, [...document.querySelectorAll(one)]
                .filter((found) => found.matches('html, meta') || found.checkVisibility()).length])",
    );
    assert_eq!(
        counts,
        json!([
            ["html[lang=en]", 1],
            ["main:not([hidden])", 1],
            ["h1", 1],
            ["table caption", 1],
            ["meta[name=viewport]", 1]
        ])
    );
    let twice = page.value(
        "[...document.querySelectorAll('[id]')].map((one) => one.id).filter((id, at, all) => all.indexOf(id) !== at)",
    );
    assert_eq!(twice, json!([]), "an id is given once");
    let nowhere = page.value(
        "['aria-labelledby', 'for', 'aria-describedby', 'aria-controls'].flatMap((name) =>
            [...document.querySelectorAll('[' + name + ']')]
            .flatMap((one) => one.getAttribute(name).split(' ')).filter((id) => !document.getElementById(id)))",
    );
    assert_eq!(nowhere, json!([]), "what is named is there");
    let cells = page
        .value("[...document.querySelectorAll('th')].filter((cell) => !cell.scope).map((cell) => cell.textContent)");
    assert_eq!(cells, json!([]), "each head of a table says for what");
    assert!(
        page.is("!/user-scalable|maximum-scale/.test(document.querySelector('meta[name=viewport]').content)"),
        "it can be enlarged"
    );
    assert!(page.text("document.title").contains("Paintdry"));
}

#[test]
fn each_step_is_spoken() {
    let recording = every_kind_of_event();
    let page = Page::open(&recording.page());
    page.reset("run=generator&event=3");
    let spoken = "document.getElementById('spoken')";
    assert_eq!(page.text(&format!("{spoken}.getAttribute('aria-live')")), "polite");
    for selector in ["#forward", "#back", "[data-run=tokio] .follow"] {
        page.click(selector);
        page.wait(&format!("{spoken}.textContent === document.getElementById('sentence').textContent"));
    }
    // A question is read because the focus goes into it.
    page.press('p');
    page.wait("document.activeElement.closest('#choices')?.getAttribute('aria-label') === 'Who runs next?'");
    page.press('1');
    page.wait("document.activeElement.id === 'next-question'");
}

/// Presses Tab until the focus is where it has been, and gives where it was and whether that could be seen.
#[test]
fn the_tab_key_reaches_every_control_and_the_focus_is_seen() {
    let recording = many_canvases();
    let page = Page::open(&recording.page());
    page.reset(OPEN);
    page.press('v');
    page.wait("document.querySelector('#event-table button')");
    // The rest of that long table has the same buttons.
    page.run(
        "for (const row of document.querySelectorAll('#event-table tbody tr:nth-child(n + 3)')) row.remove();",
        vec![],
    );
    page.run("document.activeElement?.blur(); window.number = 0;", vec![]);
    let reachable = page.value(
        "[...document.querySelectorAll('#page :is(button, select, input, summary, [tabindex])')]
            .filter((one) => one.checkVisibility() && !one.disabled)
            .map((one) => one.dataset.number = String(window.number++))",
    );
    let reachable: BTreeSet<_> = reachable.as_array().expect("a list").iter().map(Value::to_string).collect();
    let mut reached = BTreeSet::new();
    for _ in 0..reachable.len() + 20 {
        page.press(key::TAB);
        let at = page.value(
            "(() => {
                const one = document.activeElement;
                if (!one || one === document.body) return null;
                const style = getComputedStyle(one);
                const box = one.getBoundingClientRect();
                const outlined = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none';
                const seen = outlined && box.bottom > 0 && box.top < innerHeight;
                return [one.dataset.number ?? null, seen, one.outerHTML.slice(0, 80)];
            })()",
        );
        if !at.is_null() {
            assert_eq!(at[1], json!(true), "the focus is seen: {at}");
            reached.insert(at[0].to_string());
        }
    }
    let missed: Vec<_> = reachable.difference(&reached).collect();
    let what = page.run(
        "return arguments[0].map((number) =>
            document.querySelector('[data-number=' + number + ']').outerHTML.slice(0, 80));",
        vec![json!(missed)],
    );
    assert_eq!(what, json!([]), "the Tab key misses these");
}
