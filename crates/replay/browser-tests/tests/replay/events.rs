//! Each recorded event changes what the page says it should, for both jobs, on every runtime.
//!
//! The page steps through every event of every run, forward and back, with its own buttons. What it shows after each
//! step is compared with what docs/recording.md says is true then.

use crate::browser::{Look, Page};
use crate::every;
use crate::fold::{Moment, Run, State};
use paintdry_browser_tests::{Recording, kinds_of_events};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Steps through a run by the button `#forward`, and gives what the page shows before it and after each step; then goes
/// back by `#back`, if it is asked to, and gives the events at which it shows something else than on the way there.
const WALK: &str = r"
    const chips = (target) => [...target.children].filter((one) => one.firstChild.dataset.state !== 'rest')
        .map((one) => [one.firstChild.title, one.firstChild.dataset.state, one.lastChild.textContent]);
    const row = (section) => Object.fromEntries([...section.querySelectorAll('[data-live]')]
        .map((target) => [target.dataset.live, chips(target)]));
    const shown = () => ({
        event: paintdry.moment().event,
        ns: paintdry.moment().ns,
        clock: document.getElementById('clock').textContent,
        sentence: document.getElementById('sentence').textContent,
        spoken: document.getElementById('spoken').textContent,
        rows: [...document.querySelectorAll('section.run')].map(row),
        source: [...document.querySelectorAll('#source .line')].flatMap((line) =>
            chips(line.querySelector('.who')).map(([task, state]) => [task, state, Number(line.dataset.line) || null])),
    });
    const there = [];
    const different = [];
    paintdry.seek({ run: arguments[0], event: -1, ns: 0 });
    const last = arguments[1];
    there.push(shown());
    while (paintdry.moment().event < last && there.length <= last + 1) {
        document.getElementById('forward').click();
        there.push(shown());
    }
    const same = (one, other) => JSON.stringify({ ...one, spoken: '' }) === JSON.stringify({ ...other, spoken: '' });
    for (let event = last; arguments[2] && event > -1; event--) {
        if (!same(shown(), there[event + 1])) different.push([event, shown()]);
        document.getElementById('back').click();
    }
    if (!arguments[2]) paintdry.seek({ event: -1, ns: 0 });
    if (!same(shown(), there[0])) different.push([-1, shown()]);
    const ends = [document.getElementById('back').disabled];
    paintdry.seek({ event: last });
    ends.push(document.getElementById('forward').disabled);
    return { there, different, ends };
";

#[test]
fn paint_in_virtual_time() {
    check("paint --virtual");
}

#[test]
fn paint_in_real_time() {
    check("paint --speed 20 --strokes 100000");
}

#[test]
fn amap_in_virtual_time() {
    check("amap --virtual");
}

#[test]
fn amap_in_real_time() {
    check("amap");
}

#[test]
fn every_kind_of_event() {
    let recording = every::every_kind_of_event();
    let runs: Vec<_> = recording.runs().iter().map(Run::fold).collect();
    let kinds: BTreeSet<_> = (0..=runs[0].last()).map(|event| runs[0].kind(event).to_owned()).collect();
    assert_eq!(kinds, kinds_of_events(), "every.rs has an event of each kind");
    check_all("every kind of event", &recording);
}

fn check(arguments: &str) {
    check_all(arguments, &Recording::of(arguments));
}

pub(crate) fn check_all(arguments: &str, recording: &Recording) {
    let runs: Vec<_> = recording.runs().iter().map(Run::fold).collect();
    assert!(runs.iter().all(|run| run.last() > 10), "{arguments}: there is something to see on every runtime");
    let page = Page::open_at(&recording.page(), "align=time", Look::default());
    for by_event in [false, true] {
        if by_event {
            page.click("#align");
        }
        for (number, run) in runs.iter().enumerate() {
            let walk = page.run(WALK, vec![json!(number), json!(run.last()), json!(!by_event)]);
            let there = walk["there"].as_array().expect("a list");
            assert_eq!(there.len(), run.events.len() + 1, "{}: each step is one event", run.name);
            assert_eq!(walk["different"], json!([]), "{}: the same on the way back", run.name);
            assert_eq!(
                walk["ends"],
                json!([true, true]),
                "{}: no step before the first event or after the last",
                run.name
            );
            for (event, shown) in (-1..).zip(there) {
                let what = format!("{arguments}, {}, event {event}, by event: {by_event}", run.name);
                check_followed(run, event, shown, &what);
                for (other, row) in runs.iter().zip(shown["rows"].as_array().expect("a list")) {
                    let (at, ns) = if other.name == run.name {
                        (event, run.at(event).ns)
                    } else if by_event || event < 0 {
                        let at = event.min(other.last()); // at the start nothing has happened anywhere
                        (at, other.at(at).ns)
                    } else {
                        (other.event_by(run.at(event).ns), run.at(event).ns)
                    };
                    check_row(other, other.at(at), ns, row, &format!("{what}: the row of {}", other.name));
                }
            }
        }
    }
}

/// What the page says of the followed run alone: the moment, the sentence, the program.
fn check_followed(run: &Run<'_>, event: i64, shown: &Value, what: &str) {
    assert_eq!(shown["event"], json!(event), "{what}");
    assert_eq!(shown["ns"], in_page(run.at(event).ns), "{what}: the time of the event");
    let sentence = shown["sentence"].as_str().expect("a text");
    if event < 0 {
        assert!(sentence.contains(run.name), "{what}: {sentence}");
    } else {
        let clock = shown["clock"].as_str().expect("a text");
        assert!(clock.contains(&format!("event {event}")), "{what}: {clock}");
        assert_eq!(shown["spoken"], shown["sentence"], "{what}: a step is spoken");
        for word in words(run, event) {
            assert!(sentence.contains(&word), "{what}: the sentence says {word:?}: {sentence}");
        }
    }
    let mut stands: Vec<_> = (0..run.tasks.len())
        .filter_map(|task| {
            let state = name_of(run.at(event).state(task))?;
            Some(json!([run.tasks[task], state, run.at(event).line(task).filter(|line| *line < 999_999)]))
        })
        .collect();
    let mut source = shown["source"].as_array().expect("a list").clone();
    stands.sort_by_key(Value::to_string);
    source.sort_by_key(Value::to_string);
    assert_eq!(source, stands, "{what}: where each task stands in the program");
}

/// A time as the page gives it to a test: a text if a number of JavaScript does not hold it.
pub(crate) fn in_page(ns: u64) -> Value {
    if ns < 1 << 53 { json!(ns) } else { json!(ns.to_string()) }
}

/// What the sentence about an event has to mention.
fn words(run: &Run<'_>, event: i64) -> Vec<String> {
    let task = run.tasks[run.task(event)].to_owned();
    let what = &run.events[usize::try_from(event).expect("an event")];
    let other = what[3].as_u64().and_then(|other| run.tasks.get(usize::try_from(other).ok()?));
    let mut words = vec![task];
    match run.kind(event) {
        "spawn" | "join" => words.extend(other.map(ToString::to_string)),
        "wake" => words.push(other.map_or_else(|| "woke".to_owned(), ToString::to_string)),
        "line" => words.push(format!("line {}", what[3])),
        "timer" | "fire" => words.push("timer".to_owned()),
        "poll" => words.push("poll".to_owned()),
        "yield" => words.push("gives up its turn".to_owned()),
        "complete" => words.push("done".to_owned()),
        "panic" | "note" => words.push(what[3].as_str().expect("a message").to_owned()),
        "cancel" => words.push("cancelled".to_owned()),
        "wait" | "notify" | "leave" | "take" | "release" | "send" | "receive" | "close" | "signal" | "hear" => {
            words.push(run.resource(event).to_owned());
        }
        _ => {}
    }
    words
}

/// The live state beside a row.
fn check_row(run: &Run<'_>, moment: &Moment, ns: u64, row: &Value, what: &str) {
    let chips = |tasks: Vec<usize>, state: &str| -> Vec<Value> {
        tasks.into_iter().map(|task| json!([run.tasks[task], state])).collect()
    };
    let mut running = chips(moment.tasks_in(State::Running), "running");
    running.extend(chips(moment.tasks_in(State::Blocking), "blocking"));
    assert_eq!(without_notes(&row["running"]), running, "{what}: who is running");
    assert_eq!(without_notes(&row["ready"]), chips(moment.tasks_in(State::Ready), "ready"), "{what}: the ready queue");
    let done: Vec<_> = moment
        .done
        .iter()
        .map(|(task, how)| {
            let note = match how.as_str() {
                "panic" => "panicked",
                "cancel" => "cancelled",
                _ => "",
            };
            json!([run.tasks[*task], "done", note])
        })
        .collect();
    assert_eq!(row["done"], Value::from(done), "{what}: who is done");
    let timers = moment.timers();
    let whose = timers.iter().map(|(task, _)| *task).collect();
    assert_eq!(without_notes(&row["timers"]), chips(whose, "timer"), "{what}: the timers");
    for (chip, (_, due)) in row["timers"].as_array().expect("a list").iter().zip(timers) {
        let note = chip[2].as_str().expect("a text");
        assert!(says_what_is_left(note, due, ns), "{what}: {note:?} is left until {due} ns at {ns} ns");
    }
}

fn without_notes(chips: &Value) -> Vec<Value> {
    chips.as_array().expect("a list").iter().map(|chip| json!([chip[0], chip[1]])).collect()
}

/// Whether a note such as `497 ms` is the time from `ns` to `due`, to three digits.
#[allow(clippy::cast_precision_loss)] // three digits are compared
fn says_what_is_left(note: &str, due: u64, ns: u64) -> bool {
    if due == u64::MAX {
        return note == "never";
    }
    if due <= ns {
        return note == if due == ns { "now" } else { "late" };
    }
    let Some((number, unit)) = note.split_once('\u{a0}') else { return false };
    let unit = match unit {
        "ns" => 1.0,
        "µs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "min" => 6e10,
        "h" => 3.6e12,
        "days" => 8.64e13,
        _ => return false,
    };
    let left = (due - ns) as f64;
    number.replace(',', "").parse().is_ok_and(|number: f64| (number * unit - left).abs() <= left * 0.005)
}

/// What the page calls a state, if a task in it has a place in the program.
fn name_of(state: State) -> Option<&'static str> {
    match state {
        State::NotThere | State::Done => None,
        State::Ready => Some("ready"),
        State::Running => Some("running"),
        State::Blocking => Some("blocking"),
        State::Waiting => Some("waiting"),
    }
}
