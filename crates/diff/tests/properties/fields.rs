//! What a comparison leaves out: each field of a recorded run is changed, and each event is taken out.

use paintdry_diff::{Run, diff};
use paintdry_studio::{Clock, Recording};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A run with each kind of event, at times so far apart that each may be a nanosecond later.
fn recorded() -> Value {
    let events = json!([
        [0, "spawn", 0, null],
        [10, "poll", 0, 0],
        [20, "line", 0, 1],
        [30, "spawn", 1, 0],
        [40, "spawn", 2, 0],
        [50, "spawn", 3, 0],
        [60, "join", 0, 1],
        [70, "pending", 0],
        [80, "poll", 1, 0],
        [90, "note", 1, "boils"],
        [100, "take", 1, 0, 0],
        [110, "timer", 1, 0, 300],
        [120, "pending", 1],
        [130, "poll", 2, 0],
        [140, "wait", 2, 0, 1, "take"],
        [150, "pending", 2],
        [160, "poll", 3, 0],
        [170, "wait", 3, 2, 2, "hear"],
        [180, "pending", 3],
        [300, "fire", 1, 0],
        [310, "wake", 1, "timer"],
        [320, "poll", 1, 0],
        [330, "release", 1, 0, 0, 1],
        [340, "notify", 2, 0, 1],
        [350, "wake", 2, 1],
        [360, "signal", 1, 2, 1],
        [370, "notify", 3, 2, 2],
        [380, "wake", 3, 1],
        [390, "timer", 1, 1, 420],
        [400, "block", 1],
        [420, "unblock", 1],
        [430, "yield", 1],
        [440, "pending", 1],
        [450, "poll", 2, 0],
        [460, "take", 2, 0, 1],
        [470, "send", 2, 1, 3, 1],
        [480, "release", 2, 0, 1, 2],
        [490, "wait", 2, 1, 4, "receive"],
        [500, "leave", 2, 1, 4],
        [510, "close", 2, 1],
        [520, "panic", 2, "no brush"],
        [530, "poll", 3, 0],
        [540, "hear", 3, 2, 2],
        [550, "receive", 3, 1, 5, 0],
        [560, "pending", 3],
        [570, "poll", 1, 0],
        [575, "cancel", 3],
        [580, "complete", 1],
        [590, "wake", 0, 1],
        [600, "wake", 0, "thread"],
        [610, "poll", 0, 0],
        [630, "complete", 0]
    ]);
    let mut recording = serde_json::to_value(Recording::of_program("tea", Clock::Virtual, Vec::new())).expect("JSON");
    recording["sources"] = json!([{"name": "tea", "file": "tea.rs", "first_line": 1, "text": "fn brew() {\n}"}]);
    recording["runs"] = json!([{
        "runtime": "generator", "version": "1", "about": "one thread", "threads": 1, "source": "tea", "wall_ns": 630,
        "error": null, "tasks": ["main", "ada", "bob", "cyd"], "events": events, "resources": [
            {"kind": "mutex", "name": "kettle", "capacity": 1}, {"kind": "channel", "name": "cups", "capacity": 2},
            {"kind": "signal", "name": "whistle", "capacity": null}
        ]
    }]);
    recording
}

fn read(json: &Value) -> Option<Recording> {
    Recording::read(&json.to_string()).ok()
}

/// Whether the comparison takes the changed run for the same. `None` if it is no recording.
fn is_same(changed: &Value) -> Option<bool> {
    let (left, right) = (read(&recorded())?, read(changed)?);
    let compared = diff(&Run::of(&left, 0)?, &Run::of(&right, 0)?);
    Some(compared.difference().is_none())
}

/// Other values for a field, of which the first that a recording may have is taken.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_u64().expect("there are whole numbers alone");
            [Some(number + 1), number.checked_sub(1)].into_iter().flatten().map(Value::from).collect()
        }
        Value::String(text) => {
            vec![json!(format!("{text}!")), json!("thread"), json!("runtime"), json!("semaphore"), json!(null)]
        }
        _ => vec![json!(1), json!("broken")],
    }
}

/// Whether the run with this field changed counts as the same; `None` if any other value is refused.
fn is_left_out(pointer: &str) -> Option<bool> {
    let recording = recorded();
    let old = recording.pointer(pointer).expect("it is there");
    others(old).into_iter().filter(|other| other != old).find_map(|other| {
        let mut changed = recording.clone();
        *changed.pointer_mut(pointer)? = other;
        is_same(&changed)
    })
}

fn kind(event: &Value) -> String {
    event[1].as_str().expect("the name of a kind").to_owned()
}

/// The kinds of events, each with the positions in its list that do not count.
#[test]
fn each_field_of_an_event_counts_but_these() {
    let mut left_out: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, event) in recorded()["runs"][0]["events"].as_array().expect("a list").iter().enumerate() {
        let fields = (0..event.as_array().expect("a list").len()).filter(|field| *field != 1);
        let same = fields.filter(|field| is_left_out(&format!("/runs/0/events/{number}/{field}")) == Some(true));
        left_out.entry(kind(event)).or_default().extend(same);
    }
    left_out.retain(|_, fields| !fields.is_empty());
    let known: BTreeMap<String, BTreeSet<usize>> =
        LEFT_OUT.iter().map(|(kind, fields)| ((*kind).to_owned(), fields.iter().copied().collect())).collect();
    assert_eq!(left_out, known);
}

/// With the reasons. A change that contradicts another event is refused, as most changes of a claim's number are.
const LEFT_OUT: [(&str, &[usize]); 17] = [
    // When a task becomes ready, or its thread continues, shows in what the task does then.
    ("fire", &[0]),
    ("join", &[0]),
    ("pending", &[0]),
    ("spawn", &[0]),
    ("unblock", &[0, 2]),
    ("wake", &[0, 3]), // the runtime may call the waker on a thread that polls no task
    // Which thread polls is for the runtime to say.
    ("poll", &[3]),
    // Numbers of timers and claims are names.
    ("timer", &[3]),
    ("hear", &[4]),
    // How many messages and listeners there are depends on the order of turns, and so does who drops a guard,
    ("receive", &[4, 5]),
    ("release", &[5]),
    ("send", &[4, 5]),
    ("signal", &[4]),
    // and whether a task has to wait, and who closes a channel.
    ("close", &[0, 2]),
    ("leave", &[0, 2]),
    ("notify", &[0, 2]),
    ("wait", &[0, 2]),
];

/// A recording may begin after its main task, and so without its `spawn`.
#[test]
fn each_event_counts_but_these() {
    let recording = recorded();
    let mut left_out = BTreeSet::new();
    for number in 0..recording["runs"][0]["events"].as_array().expect("a list").len() {
        let mut changed = recording.clone();
        let event = changed["runs"][0]["events"].as_array_mut().expect("a list").remove(number);
        if is_same(&changed) == Some(true) {
            left_out.insert(kind(&event));
        }
    }
    assert_eq!(
        left_out.iter().map(String::as_str).collect::<Vec<_>>(),
        ["close", "leave", "notify", "spawn", "unblock"]
    );
}

#[test]
fn each_field_of_a_run_counts_but_these() {
    let mut left_out = Vec::new();
    let fields = ["about", "error", "runtime", "source", "threads", "version", "wall_ns"];
    let of_lists = ["tasks/0", "tasks/1", "resources/0/capacity", "resources/0/kind", "resources/0/name"];
    for field in fields.into_iter().chain(of_lists) {
        if is_left_out(&format!("/runs/0/{field}")) == Some(true) {
            left_out.push(field);
        }
    }
    // What ran it, and on what, is not what its tasks did; nothing happens between the last event and the end; the main task has no
    // other in its place, whatever it is called; and what a resource is shows in what tasks do with it.
    let known = [
        "about",
        "runtime",
        "source",
        "threads",
        "version",
        "wall_ns",
        "tasks/0",
        "resources/0/capacity",
        "resources/0/kind",
    ];
    assert_eq!(left_out, known);
}

/// An error that the tasks show is one, whatever its words are.
#[test]
fn the_error_of_a_run_counts() {
    let says = |left: Value, right: Value| {
        let of = |error: Value| {
            let mut recording = recorded();
            recording["runs"][0]["error"] = error;
            read(&recording).expect("it is a recording")
        };
        let (left, right) = (of(left), of(right));
        let run = |recording, name| Run::of(recording, 0).expect("it has a run").called(name);
        let compared = diff(&run(&left, "one"), &run(&right, "two"));
        (compared.is_same(), compared.to_string())
    };
    let expected = "All tasks do the same. But the run ends without an error in one, and fails with “no tea” in two.\n\n\
                    Why: both ran on generator, so the program differs, or what it was given.";
    assert_eq!(says(json!(null), json!("no tea")), (false, expected.to_owned()));
    assert!(!says(json!("no milk"), json!("no tea")).0);
    assert!(!says(json!(null), json!("stuck: ada waits")).0);
    assert!(says(json!("stalled: bob waits"), json!("stuck: ada waits")).0);
    assert!(says(json!("bob panics at tea.rs:7: no brush"), json!("it panics: no brush")).0);
}

/// A task that the main task of one run has made, and that a run without a main task does not have, is missing.
#[test]
fn a_task_beside_a_missing_main_task_counts() {
    let of = |tasks: Value, events: Value| {
        let mut recording = recorded();
        (recording["runs"][0]["tasks"], recording["runs"][0]["events"]) = (tasks, events);
        read(&recording).expect("it is a recording")
    };
    let tokio = of(
        json!(["main", "ada", "bob"]),
        json!([
            [0, "spawn", 0, null],
            [0, "poll", 0, 0],
            [0, "spawn", 1, 0],
            [0, "spawn", 2, 0],
            [0, "pending", 0],
            [0, "poll", 1, 0],
            [0, "complete", 1],
            [0, "poll", 2, 0],
            [0, "complete", 2]
        ]),
    );
    let blocking = of(json!(["ada"]), json!([[0, "spawn", 0, null], [0, "poll", 0, 0], [0, "complete", 0]]));
    let run = |recording| Run::of(recording, 0).expect("it has a run");
    for (left, right) in [(&tokio, &blocking), (&blocking, &tokio)] {
        let compared = diff(&run(left), &run(right));
        let task = compared.difference().map(|first| first.task.as_str());
        assert_eq!((compared.is_same(), task), (false, Some("bob")), "{compared}");
    }
}
