//! What a recording holds at most: the reader, the schema and the page on the format say the same, and what the recorder
//! writes is within it.

use paintdry_core::{Runtime, thousands};
use paintdry_studio::{
    BlockingStudio, Clock, Event, EventKind, Host, RecordedRun, RecordedWorkload, Recording, RecordingError, Resource,
    ResourceKind, Source, Studio, WatchedRun, at_line, limits, name_task, note, sleep_blocking, sync,
};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Duration;

const DAYS: Duration = Duration::from_secs(120 * 24 * 60 * 60);

fn recording(runs: Vec<RecordedRun>) -> Recording {
    let workload = RecordedWorkload::Program { name: "tea".to_owned() };
    let host = Host { os: "linux".to_owned(), cores: 2, rustc: "1.88.0".to_owned() };
    let mut recording = Recording::new(Clock::Virtual, workload, host, Vec::new());
    recording.runs = runs;
    recording
}

fn run(tasks: Vec<String>, events: Vec<Event>) -> RecordedRun {
    let wall_ns = events.last().map_or(0, |event| event.ns);
    RecordedRun {
        runtime: "generator".to_owned(),
        version: "0.1.0".to_owned(),
        about: "ours".to_owned(),
        threads: Some(1),
        source: None,
        wall_ns,
        error: None,
        tasks,
        events,
        resources: Vec::new(),
    }
}

fn small() -> Recording {
    recording(vec![run(vec!["main".to_owned()], vec![Event { ns: 0, task: 0, what: EventKind::Spawn { by: None } }])])
}

/// What is too much of in a recording that is like a small one but for `change`.
fn too_large(change: impl FnOnce(&mut Recording)) -> Option<String> {
    let mut recording = small();
    change(&mut recording);
    match recording.check() {
        Ok(()) => None,
        Err(RecordingError::TooLarge { what, has, most }) if has > most => Some(what),
        Err(error) => panic!("{error}"),
    }
}

fn size(count: u64) -> usize {
    usize::try_from(count).expect("a test's machine can count that far")
}

fn resource(name: String) -> Resource {
    Resource { kind: ResourceKind::Mutex, name, capacity: Some(1) }
}

fn source(text: String) -> Source {
    Source { name: "s".to_owned(), file: "s.rs".to_owned(), first_line: 1, text }
}

#[test]
fn as_much_as_is_allowed_is_taken_and_no_more() {
    let event = Event { ns: 0, task: 0, what: EventKind::Yield };
    let polled_on = |thread: u32| Event { ns: 0, task: 0, what: EventKind::Poll { thread: Some(thread) } };
    let last = u32::try_from(limits::THREADS - 1).expect("some thousands");
    for more in [0, 1] {
        let many = |most: u64| size(most) + more;
        let resources = || vec![resource(String::new()); many(limits::RESOURCES)];
        let found = [
            too_large(|recording| recording.runs = vec![run(Vec::new(), Vec::new()); many(limits::RUNS)]),
            too_large(|recording| recording.sources = vec![source(String::new()); many(limits::SOURCES)]),
            too_large(|recording| recording.sources = vec![source("\n".repeat(many(limits::SOURCE_LINES) - 1))]),
            too_large(|recording| recording.sources = vec![source("ä".repeat(many(limits::SOURCE_TEXT)))]),
            too_large(|recording| recording.runs[0].tasks = vec![String::new(); many(limits::TASKS)]),
            too_large(|recording| recording.runs[0].resources = resources()),
            too_large(|recording| recording.runs[0].threads = Some(limits::THREADS + more as u64)),
            too_large(|recording| recording.runs[0].events.push(polled_on(last + u32::from(more == 1)))),
            too_large(|recording| recording.runs[0].events = vec![event.clone(); many(limits::EVENTS)]),
            too_large(|recording| recording.runs[0].tasks[0] = "ä".repeat(many(limits::TEXT))),
            too_large(|recording| recording.runs[0].error = Some("ä".repeat(many(limits::TEXT)))),
            too_large(|recording| {
                let note = EventKind::Note("x".repeat(many(limits::TEXT)).into());
                recording.runs[0].events.push(Event { ns: 0, task: 0, what: note });
            }),
        ];
        let words = [
            "runs",
            "sources",
            "lines in source 0",
            "characters in source 0",
            "tasks in all its runs",
            "resources in all its runs",
            "threads in all its runs",
            "threads in all its runs",
            "events in all its runs",
            "characters in the name of task 0 of run 0",
            "characters in the error of run 0",
            "characters in the text of event 1 of run 0",
        ];
        assert_eq!(found, words.map(|word| (more == 1).then(|| word.to_owned())));
    }
}

#[test]
fn a_task_has_no_event_after_its_end() {
    for end in [EventKind::Complete, EventKind::Panic("broke".into()), EventKind::Cancel] {
        let mut recording = small();
        let event = |what| Event { ns: 0, task: 0, what };
        recording.runs[0].events.push(event(end));
        assert_eq!(recording.check(), Ok(()));
        recording.runs[0].events.push(event(EventKind::Unblock));
        let refused = recording.check().expect_err("it has events after its end").to_string();
        assert!(refused.contains("event 2 of run 0 is of a task that has ended"), "{refused}");
    }
}

/// Each of its lines has a number in its file, and the largest is that of an event's line.
#[test]
fn the_last_line_of_a_source_has_a_number() {
    let with_lines = |lines: usize| {
        let mut recording = small();
        let text = "\n".repeat(lines - 1);
        recording.sources = vec![Source { first_line: u32::MAX - 1, ..source(text) }];
        recording.check().map_err(|error| error.to_string())
    };
    assert_eq!(with_lines(2), Ok(()));
    let refused = with_lines(3).expect_err("its last line has no number");
    assert!(refused.contains("source 0 ends at a line above 4294967295"), "{refused}");
}

#[test]
fn all_runs_together_are_held_to_the_limits() {
    let half = |limit: u64| size(limit) / 2;
    let twice = |run: &RecordedRun, more: &RecordedRun| vec![run.clone(), more.clone()];
    let small = &small().runs[0];
    let of = |run: RecordedRun| too_large(|recording| recording.runs = twice(&run, &run));
    let and_one =
        |run: RecordedRun| too_large(|recording| recording.runs = [twice(&run, &run), twice(small, small)].concat());
    let tasks = RecordedRun { tasks: vec![String::new(); half(limits::TASKS)], events: Vec::new(), ..small.clone() };
    assert_eq!((of(tasks.clone()), and_one(tasks)), (None, Some("tasks in all its runs".to_owned())));
    let threads = RecordedRun { threads: Some(limits::THREADS / 2), ..small.clone() };
    assert_eq!((of(threads.clone()), and_one(threads)), (None, Some("threads in all its runs".to_owned())));
    let events = RecordedRun { events: vec![small.events[0].clone(); half(limits::EVENTS)], ..small.clone() };
    assert_eq!((of(events.clone()), and_one(events)), (None, Some("events in all its runs".to_owned())));
    let texts = RecordedRun { tasks: vec!["x".repeat(50_000); size(limits::TEXTS) / 100_000 - 1], ..small.clone() };
    assert_eq!(of(texts.clone()), None);
    let found = too_large(|recording| recording.runs = [twice(&texts, &texts), twice(&texts, &texts)].concat());
    assert_eq!(found, Some("bytes in all its texts".to_owned()));
}

/// What the schema allows, and this page's reader does not, or the other way round, would be two formats.
#[test]
fn the_schema_and_the_page_on_the_format_state_the_same_limits() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    if !docs.exists() {
        return; // a published crate has none beside it
    }
    let read = |name: &str| fs::read_to_string(docs.join(name)).expect("it is there");
    let schema: Value = serde_json::from_str(&read("recording.schema.json")).expect("it is JSON");
    for (pointer, limit) in [
        ("/properties/runs/maxItems", limits::RUNS),
        ("/properties/sources/maxItems", limits::SOURCES),
        ("/$defs/source/properties/text/maxLength", limits::SOURCE_TEXT),
        ("/$defs/text/maxLength", limits::TEXT),
        ("/$defs/run/properties/tasks/maxItems", limits::TASKS),
        ("/$defs/run/properties/threads/maximum", limits::THREADS),
        ("/$defs/run/properties/events/maxItems", limits::EVENTS),
        ("/$defs/run/properties/resources/maxItems", limits::RESOURCES),
        ("/$defs/task/maximum", limits::TASKS - 1),
        ("/$defs/resource/maximum", limits::RESOURCES - 1),
        ("/$defs/claim/maximum", u32::MAX.into()),
        ("/$defs/length/maximum", u32::MAX.into()),
        ("/$defs/thread/maximum", limits::THREADS - 1),
        ("/$defs/count/maximum", limits::COUNT),
        ("/$defs/timer/maximum", u32::MAX.into()),
        ("/$defs/line/maximum", u32::MAX.into()),
        ("/$defs/ns/maximum", u64::MAX),
    ] {
        assert_eq!(schema.pointer(pointer), Some(&json!(limit)), "{pointer}");
    }
    let page = read("recording.md");
    let stated = [limits::BYTES, limits::RUNS, limits::SOURCES, limits::SOURCE_LINES, limits::SOURCE_TEXT];
    let stated = stated.into_iter().chain([
        limits::TASKS,
        limits::RESOURCES,
        limits::THREADS,
        limits::EVENTS,
        limits::TEXT,
        limits::TEXTS,
    ]);
    for limit in stated.chain([limits::COUNT]).map(thousands) {
        assert!(page.contains(&format!("| {limit} |")), "docs/recording.md does not state {limit}");
    }
}

/// The recording of a run is read again as it was.
fn is_read_again<T>(watched: WatchedRun<T>) -> Vec<Event> {
    let recording = recording(vec![run(watched.tasks, watched.events)]);
    assert_eq!(recording.check(), Ok(()));
    assert_eq!(Recording::read(&recording.to_json()).as_ref(), Ok(&recording));
    recording.runs.into_iter().flat_map(|run| run.events).collect()
}

fn due_times(events: &[Event]) -> Vec<u64> {
    let due = |event: &Event| match event.what {
        EventKind::Timer { due_ns, .. } => Some(due_ns),
        _ => None,
    };
    events.iter().filter_map(due).collect()
}

fn long_sleeps<R: Runtime>() {
    let watched = Studio::<R>::new(Clock::Virtual).recording().run(async {
        let never = Studio::<R>::spawn(Studio::<R>::sleep(Duration::MAX));
        Studio::<R>::sleep(DAYS + Duration::from_nanos(1)).await;
        drop(never);
    });
    let days = 10_368_000_000_000_001;
    assert_eq!(watched.wall, Duration::from_nanos(days));
    let mut due = due_times(&is_read_again(watched));
    due.sort_unstable();
    assert_eq!(due, [days, u64::MAX], "{}", R::NAME);
}

#[test]
fn a_recording_of_120_days_and_one_of_a_sleep_for_ever_are_read_again() {
    on_every_runtime!(long_sleeps);
}

#[test]
fn a_thread_that_sleeps_for_ever_wakes_at_the_end_of_virtual_time() {
    let studio = BlockingStudio::recording(Clock::Virtual, 1);
    assert_eq!(studio.task("sleeper").run(|| sleep_blocking(Duration::MAX)), Ok(()));
    let events = is_read_again(studio.end());
    let fired = events.iter().find(|event| matches!(event.what, EventKind::Fire { .. })).expect("it wakes");
    assert_eq!(due_times(&events), [fired.ns], "it is due when it fires");
}

#[test]
fn what_a_program_says_is_shortened_to_what_a_recording_holds() {
    type Loop = Studio<paintdry_generator::EventLoop>;
    let watched = Loop::new(Clock::Virtual).recording().run(async {
        let long = "x".repeat(300_000);
        name_task(&long);
        note(&long);
        at_line(7);
        at_line(0); // there is no such line
        let falls = Loop::spawn(async move { std::panic::resume_unwind(Box::new(long)) });
        let ended: Result<(), _> = falls.await;
        assert!(ended.is_err());
    });
    let length = watched.tasks[0].chars().count() as u64;
    assert_eq!(length, limits::TEXT);
    let texts = is_read_again(watched).into_iter().filter_map(|event| match event.what {
        EventKind::Note(text) | EventKind::Panic(text) => Some(text.ends_with("x…")),
        _ => None,
    });
    assert_eq!(texts.collect::<Vec<_>>(), [true, true]);
}

/// A channel without a bound, and long words: each alone made the recording one that could not be read.
#[test]
fn what_a_program_gives_the_recorder_is_within_the_limits() {
    type Watched = Studio<paintdry_generator::EventLoop>;
    let watched = Watched::new(Clock::Virtual).recording().run(async {
        let (orders, _receiver) = sync::channel("orders", usize::MAX);
        orders.send("sky").await.expect("it is open");
    });
    let long = "x".repeat(200_000);
    let recording = recording(vec![watched.recorded(&long, &long)]);
    assert_eq!(recording.runs[0].resources[0].capacity, Some(limits::COUNT));
    recording.check().expect("it can be read again");
}
