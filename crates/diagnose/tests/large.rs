//! Runs with very many tasks or timers, and results that stay short. (With a search through all tasks for each of them, these tests
//! would take minutes or hours.)

use paintdry_diagnose::{Diagnosis, Kind, diagnose};
use paintdry_studio::{Aim, Clock, Event, EventKind, RecordedRun, Recording, Resource, ResourceKind, WakeSource};
use std::time::Duration;

const MANY: u32 = 30_000;

const SPAWN: EventKind = EventKind::Spawn { by: Some(0) };
const POLL: EventKind = EventKind::Poll { thread: 0 };

/// A main task that makes this number of tasks; then these events.
fn diagnosed(
    tasks: u32,
    error: Option<&str>,
    kind: ResourceKind,
    events: impl IntoIterator<Item = Event>,
) -> Diagnosis {
    let main = [EventKind::Spawn { by: None }, POLL].map(|what| Event { ns: 0, task: 0, what });
    let spawns = (1..=tasks).map(|task| Event { ns: 0, task, what: SPAWN });
    let names = (0..=tasks).map(|task| if task == 0 { "main".to_owned() } else { format!("task {task}") }).collect();
    let events = main.into_iter().chain(spawns).chain(events).collect();
    let mut run = RecordedRun::new("generator", "", Duration::ZERO, names, events);
    run.error = error.map(str::to_owned);
    run.resources = vec![Resource { kind, name: "brush".to_owned(), capacity: Some(1) }];
    let mut recording = Recording::of_program("many", Clock::Virtual, Vec::new());
    recording.runs.push(run);
    diagnose(&recording).expect("it is within the limits")
}

/// A run that is stuck: main waits, and each task waits after these events.
fn stuck(tasks: u32, kind: ResourceKind, events: impl Fn(u32) -> Vec<EventKind>) -> Diagnosis {
    let of = |task: u32| {
        let whole = [vec![POLL], events(task), vec![EventKind::Pending]].concat();
        whole.into_iter().map(move |what| Event { ns: 0, task, what })
    };
    let main = Event { ns: 0, task: 0, what: EventKind::Pending };
    let diagnosis = diagnosed(tasks, Some("stalled"), kind, std::iter::once(main).chain((1..=tasks).flat_map(of)));
    assert!(diagnosis.to_string().len() < 3_000, "{diagnosis}");
    diagnosis
}

fn kinds(diagnosis: &Diagnosis) -> Vec<Kind> {
    diagnosis.findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn many_sound_tasks() {
    let join = |other| Event { ns: 0, task: 0, what: EventKind::Join { other } };
    let runs = (1..=MANY).flat_map(|task| [POLL, EventKind::Complete].map(|what| Event { ns: 0, task, what }));
    let diagnosis = diagnosed(MANY, None, ResourceKind::Mutex, (1..=MANY).map(join).chain(runs));
    assert_eq!(kinds(&diagnosis), []);
}

#[test]
fn many_sleeps_of_one_task() {
    let tick = |timer: u32| {
        let (ns, due_ns) = (u64::from(timer), u64::from(timer) + 1);
        let set = [EventKind::Note(ns.to_string().into()), EventKind::Timer { timer, due_ns }, EventKind::Pending];
        let woken = [EventKind::Fire { timer }, EventKind::Wake(WakeSource::Timer), POLL];
        set.map(|what| Event { ns, task: 0, what }).into_iter().chain(woken.map(|what| Event {
            ns: due_ns,
            task: 0,
            what,
        }))
    };
    assert_eq!(kinds(&diagnosed(0, None, ResourceKind::Mutex, (0..MANY).flat_map(tick))), []);
}

#[test]
fn many_tasks_without_a_wake() {
    assert_eq!(kinds(&stuck(MANY, ResourceKind::Mutex, |_| Vec::new())), [Kind::Deadlock]);
}

#[test]
fn many_tasks_that_wait_for_each_other() {
    let next = |task: u32| if task < MANY { vec![EventKind::Join { other: task + 1 }] } else { Vec::new() };
    assert_eq!(kinds(&stuck(MANY, ResourceKind::Mutex, next)), [Kind::LostWake]);
}

#[test]
fn many_tasks_that_wait_for_each_other_in_a_circle() {
    let diagnosis = stuck(MANY, ResourceKind::Mutex, |task| vec![EventKind::Join { other: task % MANY + 1 }]);
    assert_eq!(kinds(&diagnosis), [Kind::JoinCycle]);
    let what = &diagnosis.findings[0].what;
    assert!(what.starts_with("task 1 waits for the end of task 2; "), "{what}");
    assert!(what.ends_with("; and so on, in a circle of 30,000 tasks"), "{what}");
}

#[test]
fn many_tasks_at_one_lock() {
    let take = |claim: u32| match claim {
        1 => vec![EventKind::Take { resource: 0, claim }],
        _ => vec![EventKind::Wait { resource: 0, claim, to: Aim::Take }],
    };
    assert_eq!(kinds(&stuck(MANY, ResourceKind::Mutex, take)), [Kind::Deadlock]);
}

/// Half of them have sent, and the other half waits for messages.
#[test]
fn many_tasks_at_one_channel() {
    let use_it = |task: u32| {
        if task.is_multiple_of(2) {
            return vec![EventKind::Wait { resource: 0, claim: 2 * task, to: Aim::Receive }];
        }
        let send = EventKind::Send { resource: 0, claim: 2 * task, length: 1 };
        vec![send, EventKind::Receive { resource: 0, claim: 2 * task + 1, length: 0 }]
    };
    assert_eq!(kinds(&stuck(MANY, ResourceKind::Channel, use_it)), [Kind::Deadlock]);
}

/// Each of many tasks is late because of each of many polls.
#[test]
fn many_tasks_that_are_late() {
    const POLLS: u32 = 500;
    const LATE: u32 = 10_000;
    let of = |ns: u64, task: u32, what: EventKind| Event { ns, task, what };
    let late = || POLLS + 1..=POLLS + LATE;
    let end = u64::from(POLLS) + 1;
    let sets = late().flat_map(|task| {
        let timer = EventKind::Timer { timer: task, due_ns: 1 };
        [of(0, task, POLL), of(0, task, timer), of(0, task, EventKind::Pending)]
    });
    let fires = late().flat_map(|task| {
        [of(1, task, EventKind::Fire { timer: task }), of(1, task, EventKind::Wake(WakeSource::Timer))]
    });
    let works =
        (1..=POLLS).flat_map(|task| [of(task.into(), task, POLL), of(u64::from(task) + 1, task, EventKind::Complete)]);
    let ends = late().flat_map(|task| [of(end, task, POLL), of(end, task, EventKind::Complete)]);
    let main = of(0, 0, EventKind::Pending);
    let events = std::iter::once(main).chain(sets).chain(fires).chain(works).chain(ends);
    let diagnosis = diagnosed(POLLS + LATE, None, ResourceKind::Mutex, events);
    let named: usize = diagnosis.findings.iter().map(|finding| finding.tasks.len()).sum();
    assert!(kinds(&diagnosis).contains(&Kind::LongPoll) && named < 100_000, "{named} tasks are named");
}

/// The poll ends before its thread would have woken up, as no runtime does.
#[test]
fn a_strange_order_of_events_is_no_panic() {
    let events = [
        (0, EventKind::Timer { timer: 0, due_ns: 5 }),
        (0, EventKind::Line(1)),
        (0, EventKind::Block),
        (3, EventKind::Pending),
        (6, EventKind::Fire { timer: 0 }),
        (6, POLL),
        (9, EventKind::Complete),
    ];
    let events = events.map(|(ns, what)| Event { ns, task: 0, what });
    let diagnosis = diagnosed(0, None, ResourceKind::Mutex, events);
    assert_eq!(diagnosis.runs, 1);
}

/// The task is polled three times at once, and holds the lock for longer than numbers reach.
#[test]
fn polls_of_one_task_that_overlap_are_no_panic() {
    let (take, release) =
        (EventKind::Take { resource: 0, claim: 0 }, EventKind::Release { resource: 0, claim: 0, by: None });
    for end in [8, u64::MAX] {
        let events = [(0, POLL), (0, POLL), (2, EventKind::Pending), (5, take.clone()), (end, release.clone())];
        let events = events.map(|(ns, what)| Event { ns, task: 0, what });
        assert_eq!(diagnosed(0, None, ResourceKind::Mutex, events).runs, 1);
    }
    let events = [(0, POLL), (0, take), (u64::MAX, release)].map(|(ns, what)| Event { ns, task: 0, what });
    assert_eq!(diagnosed(0, None, ResourceKind::Mutex, events).runs, 1);
}
