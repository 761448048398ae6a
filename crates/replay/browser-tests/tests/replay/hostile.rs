//! Names and texts of a recording are shown, and never obeyed.

use crate::browser::{Look, Page};
use crate::every::every_kind_of_event;
use paintdry_browser_tests::Recording;
use serde_json::{Value, json};

const SCRIPT: &str = "</script><img src=x onerror=window.hacked=1>";
const COMMENT: &str = "<!-- <script> window.hacked=1";
const QUOTES: &str = r#"'"`${window.hacked=1}\u003c&lt;"#;
const REVERSED: &str = "one\u{202e}two";
const HEBREW: &str = "שלום";

/// A recording whose every text is hostile.
fn hostile() -> Recording {
    every_kind_of_event().changed(|recording| {
        recording["host"] = json!({"os": SCRIPT, "cores": 2, "rustc": COMMENT});
        let text =
            [SCRIPT, COMMENT, QUOTES, REVERSED, "", &"long ".repeat(2000), "\u{2028}\u{2029}\u{0}", HEBREW].join("\n");
        for source in recording["sources"].as_array_mut().expect("a list") {
            source["text"] = json!(text);
            source["file"] = json!(SCRIPT);
        }
        let runtimes = [SCRIPT.to_owned(), "x".repeat(10_000)];
        for (run, runtime) in recording["runs"].as_array_mut().expect("a list").iter_mut().zip(runtimes) {
            run["runtime"] = json!(runtime);
            run["version"] = json!(SCRIPT);
            run["about"] = json!([COMMENT, &"wide".repeat(2500)].concat());
            run["error"] = json!([SCRIPT, &"w".repeat(10_000)].concat());
            run["tasks"] = json!([SCRIPT, REVERSED, COMMENT, "y".repeat(10_000), "", QUOTES]);
            for event in run["events"].as_array_mut().expect("a list") {
                if event[1] == "panic" {
                    event[3] = json!([SCRIPT, &"z".repeat(10_000)].concat());
                }
            }
        }
    })
}

/// Goes through all that the page can show, and gives what has happened that should not: also what makes the document
/// wider than its window.
const TOUR: &str = r"
    document.getElementById('events').open = true;
    const found = new Set();
    const look = () => {
        if (window.hacked) found.add('a script ran');
        const strange = 'img, iframe, object, embed, #page script, dialog script';
        for (const one of document.querySelectorAll(strange)) found.add(one.outerHTML);
        const root = document.documentElement;
        if (root.scrollWidth > root.clientWidth) {
            const wide = [...document.querySelectorAll('#page *')].filter((one) => {
                if (one.getBoundingClientRect().right <= root.clientWidth + 0.5) return false;
                for (let box = one.parentElement; box; box = box.parentElement) {
                    if (getComputedStyle(box).overflowX !== 'visible') return false;
                }
                return true;
            });
            found.add('too wide for its window: ' + wide.map((one) => one.outerHTML.slice(0, 80)).slice(-3));
        }
    };
    for (const run of [0, 1]) {
        for (let event = -1; event < 52; event++) {
            paintdry.seek({ run, event });
            look();
        }
        for (const id of ['lanes', 'align', 'wakes', 'predict', 'next-question']) {
            document.getElementById(id).click();
            paintdry.seek({});
            look();
        }
        for (const id of ['predict', 'lanes', 'align']) document.getElementById(id).click();
    }
    return [...found];
";

#[test]
fn no_text_of_the_recording_becomes_part_of_the_page() {
    let recording = hostile();
    let page = Page::open(&recording.page());
    for width in [1280, 400] {
        page.pretend_size((width, 900));
        page.go(&recording.page(), "");
        assert!(page.is("paintdry.ready"));
        assert_eq!(page.run(TOUR, vec![]), json!([]), "{width} pixels wide");
    }
    // The address that leads to a hostile name leads there.
    let fragment = page.text("paintdry.moment().fragment");
    page.go(&recording.page(), &fragment);
    assert_eq!(page.moment()["run"], recording.json["runs"][1]["runtime"]);
}

#[test]
fn hostile_texts_are_shown_as_they_are() {
    let recording = hostile();
    let page = Page::open(&recording.page());
    let lines =
        page.value("[...document.querySelectorAll('#source .line[data-line] code')].map((code) => code.textContent)");
    let text = recording.json["sources"][0]["text"].as_str().expect("a text");
    let expected: Vec<_> = text.split('\n').map(|line| if line.is_empty() { " " } else { line }).collect();
    assert_eq!(lines, json!(expected), "the program, line by line");
    let names = page
        .value("[...document.querySelectorAll('section.run:first-child .labels bdi')].map((name) => name.textContent)");
    let names: Vec<_> = names.as_array().expect("a list").iter().map(|name| name.as_str().expect("a name")).collect();
    for (task, name) in [(0, SCRIPT), (2, COMMENT), (5, QUOTES)] {
        assert!(names[task] == name, "{}", names[task]);
    }
    assert!(names[1].contains("one") && names[1].contains("two"), "{}", names[1]); // signs that are not seen may go
    assert!(names[3].starts_with("yyyyyyyyyy") && names[3].len() < 100, "{}", names[3]);
    assert_eq!(names[4], "task 4", "one without a name has a number");
    page.seek(&json!({"run": 0, "event": 0}));
    assert!(page.text("document.getElementById('sentence').textContent").contains(SCRIPT));
    let shown = page.text("document.getElementById('page').innerText");
    for text in [SCRIPT, COMMENT, QUOTES, HEBREW] {
        assert!(shown.contains(text), "{text} can be read");
    }
}

#[test]
fn a_reversed_name_turns_no_words_around_it() {
    for name in [REVERSED, HEBREW, "\u{200f}\u{2067}three", "\u{202d}four\u{202e}"] {
        let recording = every_kind_of_event().changed(|recording| {
            for run in recording["runs"].as_array_mut().expect("a list") {
                for task in run["tasks"].as_array_mut().expect("a list") {
                    *task = Value::from(format!("{name} {}", task.as_str().expect("a name")));
                }
            }
        });
        let page =
            Page::open_at(&recording.page(), "run=generator&event=15", Look { size: (1900, 900), ..Look::default() });
        // The last words of the sentence stand where the last words of a sentence stand: right of its first ones.
        let order = page.run(
            "const text = document.getElementById('sentence').firstChild;
            const left = (from, to) => {
                const range = new Range();
                range.setStart(text, from);
                range.setEnd(text, to);
                return range.getBoundingClientRect().left;
            };
            const words = text.data;
            return [words, left(words.length - 5, words.length - 4) < left(words.length - 2, words.length - 1)];",
            vec![],
        );
        assert_eq!(order[1], json!(true), "{order}");
    }
}
