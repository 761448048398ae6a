//! Runs with very many tasks or timers, and results that stay short. (With a search through all tasks for each of them, these tests
//! would take minutes or hours.)

use paintdry_diagnose::{Diagnosis, Kind, diagnose};
use paintdry_studio::{Aim, Clock, Event, EventKind, RecordedRun, Recording, Resource, ResourceKind, WakeSource};
use std::time::Duration;

const MANY: u32 = 30_000;

const SPAWN: EventKind = EventKind::Spawn { by: Some(0) };
const POLL: EventKind = EventKind::Poll { thread: Some(0) };

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

fn at(ns: u64, task: u32, what: EventKind) -> Event {
    Event { ns, task, what }
}

/// The error may say one of their messages, or something else.
#[test]
fn many_panics_and_a_long_error() {
    let panics = (1..=MANY).flat_map(|task| [POLL, EventKind::Panic("no brush".into())].map(|what| at(0, task, what)));
    for (error, more) in [("x".repeat(90_000), 1), (format!("no brush{}", "x".repeat(90_000)), 0)] {
        let diagnosis = diagnosed(MANY, Some(&error), ResourceKind::Mutex, panics.clone());
        assert_eq!(diagnosis.findings.len(), MANY as usize + more);
    }
}

/// The last one is the worst.
#[test]
fn many_long_polls_of_one_task() {
    const POLLS: u32 = 50_000;
    let round = |timer: u32| {
        let ns = 20 * u64::from(timer);
        let end = if timer + 1 == POLLS { 15 } else { 10 };
        let of_late =
            [POLL, EventKind::Timer { timer, due_ns: ns + 1 }, EventKind::Pending].map(|what| at(ns, 2, what));
        let fires = [EventKind::Fire { timer }, EventKind::Wake(WakeSource::Timer)].map(|what| at(ns + 1, 2, what));
        let ends = [EventKind::Yield, EventKind::Pending].map(|what| at(ns + end, 1, what));
        of_late.into_iter().chain([at(ns, 1, POLL)]).chain(fires).chain(ends)
    };
    let last = at(20 * u64::from(POLLS), 2, POLL);
    let events = [at(0, 0, EventKind::Pending)].into_iter().chain((0..POLLS).flat_map(round)).chain([last]);
    let diagnosis = diagnosed(2, None, ResourceKind::Mutex, events);
    let long = diagnosis.findings.iter().find(|finding| finding.kind == Kind::LongPoll).expect("it is found");
    assert_eq!((long.at_ns, long.what.contains(" for 15 ns ")), (20 * u64::from(POLLS - 1), true), "{}", long.what);
}

/// Main joins all tasks, is woken by each of them but the last, and does nothing then. That one waits for ever.
#[test]
fn many_wakes_for_joins() {
    const JOINED: u32 = 100_000;
    let joins = (1..=JOINED).map(|other| at(0, 0, EventKind::Join { other }));
    let waits = [POLL, EventKind::Pending].map(|what| at(0, JOINED, what));
    let ends = (1..JOINED).flat_map(|task| {
        let main = [EventKind::Wake(WakeSource::Task(task)), POLL, EventKind::Pending].map(|what| at(0, 0, what));
        [POLL, EventKind::Complete].map(|what| at(0, task, what)).into_iter().chain(main)
    });
    let events = joins.chain([at(0, 0, EventKind::Pending)]).chain(waits).chain(ends);
    // Main has so many turns before the last of them that these starve.
    let found = [Kind::LostWake, Kind::Starvation];
    assert_eq!(kinds(&diagnosed(JOINED, Some("stalled"), ResourceKind::Mutex, events)), found);
}

/// A task takes very many permits, and is polled very often before it gives them back.
#[test]
fn many_locks_and_many_polls_of_one_task() {
    const LOCKS: u32 = 60_000;
    let end = u64::from(2 * LOCKS);
    let takes = (0..LOCKS).map(|claim| at(0, 0, EventKind::Take { resource: 0, claim }));
    let polls = (0..LOCKS).flat_map(|number| {
        let ns = u64::from(2 * number);
        let [says, yields] = [EventKind::Note("paints".into()), EventKind::Yield].map(|what| at(ns, 0, what));
        [says, yields, at(ns + 1, 0, EventKind::Pending), at(ns + 2, 0, POLL)]
    });
    let releases = (0..LOCKS).map(move |claim| at(end, 0, EventKind::Release { resource: 0, claim, by: None }));
    let events = takes.chain(polls).chain(releases);
    assert_eq!(kinds(&diagnosed(0, None, ResourceKind::Semaphore, events)), []);
}

/// Half of the tasks have sent and ended. The other half waits for messages of one more, which waits as well.
#[test]
fn many_senders_that_have_ended() {
    let of = |task: u32| {
        let send = EventKind::Send { resource: 0, claim: 2 * task, length: 0 };
        let wait = EventKind::Wait { resource: 0, claim: 2 * task, to: Aim::Receive };
        let does = match task {
            _ if task == MANY => [POLL, send, EventKind::Pending],
            _ if task.is_multiple_of(2) => [POLL, wait, EventKind::Pending],
            _ => [POLL, send, EventKind::Complete],
        };
        does.map(|what| at(0, task, what))
    };
    let events = [at(0, 0, EventKind::Pending)].into_iter().chain((1..=MANY).flat_map(of));
    assert_eq!(kinds(&diagnosed(MANY, Some("stalled"), ResourceKind::Channel, events)), [Kind::Deadlock]);
}

/// Of very many senders that wait, the last one waits for the task that waits for a message.
#[test]
fn a_circle_through_one_of_very_many_users() {
    let use_it = |task: u32| {
        let send = EventKind::Send { resource: 0, claim: task, length: 0 };
        match MANY - task {
            0 => vec![EventKind::Wait { resource: 0, claim: task, to: Aim::Receive }],
            1 => vec![send, EventKind::Join { other: MANY }],
            _ => vec![send],
        }
    };
    let diagnosis = stuck(MANY, ResourceKind::Channel, use_it);
    let what = "task 29999 waits for the end of task 30000; task 30000 waits for a message from the channel \"brush\", and task \
                29999 sends to it";
    assert_eq!((diagnosis.findings[0].what.as_str(), diagnosis.findings.len()), (what, 1));
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
