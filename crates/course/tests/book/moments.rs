//! The links of the book into its replay pages: what the text promises of a moment is what happens there.
//!
//! A link to a moment names a run and an event, and a comment right behind it says what that event is:
//! `[at the ring](images/stills/NAME.svg#run=listening&event=13)<!-- at: wake sleeper -->`. A note is followed by its text.

use crate::{pages, read};
use paintdry_course::{links::played, replays};
use paintdry_studio::{EventKind, RecordedRun};
use std::collections::HashMap;

/// What the part of the address behind the `#` may set, besides the moment.
const SHOWN: [&str; 8] = ["align", "lanes", "view", "wakes", "predict", "open", "theme", "more"];

/// A link into a replay page.
struct Link<'a> {
    replay: &'a str,
    fragment: &'a str,
    /// What the comment behind it promises.
    promise: Option<&'a str>,
}

fn links(page: &str) -> impl Iterator<Item = Link<'_>> {
    page.split("replays/").skip(1).filter_map(|rest| {
        let (replay, rest) = rest.split_once(".html#")?;
        let end = rest.find([')', '"'])?;
        let promise = rest[end + 1..].strip_prefix("<!-- at: ").and_then(|rest| rest.split_once(" -->"));
        let is_name = replay.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let promise = promise.map(|(promise, _)| promise);
        (is_name && replay != "lab").then_some(Link { replay, fragment: &rest[..end], promise })
    })
}

/// An event in words: its kind, its task, and what a note says.
fn described(run: &RecordedRun, event: usize) -> Option<String> {
    let event = run.events.get(event)?;
    let kind: String = format!("{:?}", event.what).chars().take_while(char::is_ascii_alphabetic).collect();
    let said = if let EventKind::Note(text) = &event.what { format!(": {text}") } else { String::new() };
    Some(format!("{} {}{said}", kind.to_lowercase(), run.tasks[event.task as usize]))
}

/// What is wrong with a link into a page that plays these runs.
fn problem(link: &Link<'_>, runs: &[RecordedRun]) -> Option<String> {
    let parts = link.fragment.split('&').map(|part| part.split_once('=').unwrap_or((part, "")));
    let parts: HashMap<_, _> = parts.map(|(name, value)| (name, value.replace('+', " "))).collect();
    let is_known = |name: &&&str| SHOWN.contains(name) || ["run", "event", "ns"].contains(name);
    if let Some(unknown) = parts.keys().find(|name| !is_known(name)) {
        return Some(format!("a page knows no {unknown}"));
    }
    let Some(event) = parts.get("event") else {
        let is_moment = parts.contains_key("ns") || parts.contains_key("run") || link.promise.is_some();
        return is_moment.then(|| "a moment needs its event".to_owned());
    };
    let named = parts.get("run").map(|name| runs.iter().filter(|run| run.runtime == *name).collect::<Vec<_>>());
    let Some([run]) = named.as_deref() else { return Some("it names no run of this page".to_owned()) };
    let position = event.parse().unwrap_or(usize::MAX);
    let Some(what) = described(run, position) else { return Some(format!("{} has no event {event}", run.runtime)) };
    if let Some(ns) = parts.get("ns").map(|ns| ns.parse::<u64>().unwrap_or_default()) {
        let next = run.events.get(position + 1).map_or(u64::MAX, |next| next.ns);
        if !(run.events[position].ns..next).contains(&ns) {
            return Some(format!("event {event} is not the last one at {ns} ns"));
        }
    }
    match link.promise {
        Some(promise) if promise == what => None,
        Some(promise) => Some(format!("event {event} is {what:?}, and no {promise:?}")),
        None => Some(format!("no comment promises what event {event} is: <!-- at: {what} -->")),
    }
}

/// The runs of this page.
fn runs_of(name: &str) -> Vec<RecordedRun> {
    let replay = replays::all().into_iter().find(|replay| replay.name == name);
    replay.map(|replay| (replay.runs)()).unwrap_or_default()
}

#[test]
fn each_moment_is_what_its_text_promises() {
    let (mut moments, mut wrong) = (0, Vec::new());
    for page in pages() {
        let text = played(&read(&format!("docs/{page}")));
        for link in links(&text) {
            moments += usize::from(link.promise.is_some());
            if let Some(problem) = problem(&link, &runs_of(link.replay)) {
                wrong.push(format!("docs/{page}: {}.html#{}: {problem}", link.replay, link.fragment));
            }
        }
    }
    assert!(moments >= 9, "only {moments} links to a moment were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_link_that_promises_something_else_is_found() {
    let runs = runs_of("06-futures-and-wakers");
    let ring = "[x](replays/06.html#run=listening&event=13&wakes=1)";
    for (text, expected) in [
        (format!("{ring}<!-- at: wake sleeper -->"), None),
        (format!("{ring}<!-- at: wake main -->"), Some(r#"event 13 is "wake sleeper", and no "wake main""#)),
        (ring.to_owned(), Some("no comment promises what event 13 is: <!-- at: wake sleeper -->")),
        ("replays/06.html#run=listening&ns=1000000000)".to_owned(), Some("a moment needs its event")),
        ("replays/06.html#run=nobody&event=1)".to_owned(), Some("it names no run of this page")),
        ("replays/06.html#run=listening&event=99)".to_owned(), Some("listening has no event 99")),
        ("replays/06.html#run=listening&event=1&ns=5)".to_owned(), Some("event 1 is not the last one at 5 ns")),
        ("replays/06.html#laens=thread)".to_owned(), Some("a page knows no laens")),
    ] {
        let link = links(&text).next().expect("there is a link");
        assert_eq!(problem(&link, &runs).as_deref(), expected, "{text}");
    }
}
