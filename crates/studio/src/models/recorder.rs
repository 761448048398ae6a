//! No event is lost, doubled or before its cause, also while other threads take notes and while the run ends.

use super::in_every_order;
use crate::clock::Time;
use crate::event::{Event, EventKind, WakeSource};
use crate::facts::TaskFacts;
use crate::log::Logs;
use crate::primitives::AtomicBool;
use loom::sync::mpsc;
use loom::thread;
use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Release};

/// What two threads note, and a clock on which all of it happens at once.
struct Notes {
    logs: Logs,
    clock: Time,
    is_woken: AtomicBool,
}

impl Notes {
    fn new() -> Arc<Self> {
        Arc::new(Self { logs: Logs::new(true), clock: Time::stopped(), is_woken: AtomicBool::new(false) })
    }

    fn spawn(&self, task: u32) {
        self.logs.record_spawn(&Arc::new(TaskFacts::new(task)), &self.clock, None);
    }

    fn note(&self, task: u32, what: EventKind) {
        self.logs.record(task, &self.clock, what);
    }

    /// Makes a task, and wakes it.
    fn cause(&self) {
        self.spawn(0);
        self.note(0, EventKind::Line(1));
        self.note(0, EventKind::Wake(WakeSource::Thread));
        self.is_woken.store(true, Release);
    }

    /// Polls it if it is woken, and says whether it was.
    fn effect(&self) -> bool {
        let is_woken = self.is_woken.load(Acquire);
        if is_woken {
            self.logs.record_poll(0, &self.clock);
            self.note(0, EventKind::Line(2));
        }
        is_woken
    }
}

/// What has happened to the task, in order, as far as it can be told before the end.
fn all(is_polled: bool) -> Vec<EventKind> {
    let mut all = vec![
        EventKind::Spawn { by: None },
        EventKind::Line(1),
        EventKind::Wake(WakeSource::Thread),
        EventKind::Poll { thread: Some(0) },
        EventKind::Line(2),
    ];
    all.truncate(if is_polled { 5 } else { 3 });
    all
}

fn whats_of(task: u32, events: &[Event]) -> Vec<EventKind> {
    events.iter().filter(|event| event.task == task).map(|event| event.what.clone()).collect()
}

#[test]
fn a_cause_is_noted_before_its_effect() {
    in_every_order("recorder: a cause and its effect", 3, || {
        let notes = Notes::new();
        let causing = Arc::clone(&notes);
        let other = thread::spawn(move || causing.cause());
        let is_polled = notes.effect();
        other.join().unwrap();
        let (names, events) = notes.logs.end(0);
        assert_eq!(whats_of(0, &events), all(is_polled));
        assert_eq!(names.len(), 1);
    });
}

#[test]
fn what_is_noted_while_the_run_ends_is_there_with_its_causes_or_not_at_all() {
    in_every_order("recorder: notes and the end", 3, || {
        let notes = Notes::new();
        let (causing, polling) = (Arc::clone(&notes), Arc::clone(&notes));
        let causing = thread::spawn(move || causing.cause());
        let polling = thread::spawn(move || polling.effect());
        let (names, events) = notes.logs.end(0);
        causing.join().unwrap();
        polling.join().unwrap();
        assert_eq!(names.is_empty(), events.is_empty(), "events and their tasks: {names:?}, {events:?}");
        assert_eq!(whats_of(0, &events), all(true)[..events.len()]);
    });
}

#[test]
fn an_effect_is_not_there_without_its_cause_when_both_threads_have_notes_already() {
    in_every_order("recorder: the end between a cause and its effect", 4, || {
        let notes = Notes::new();
        let (begun, have_begun) = mpsc::channel();
        let (causing, polling) = (Arc::clone(&notes), Arc::clone(&notes));
        let causing_begun = begun.clone();
        let causing = thread::spawn(move || {
            causing.spawn(1);
            causing_begun.send(()).unwrap();
            causing.cause();
        });
        let polling = thread::spawn(move || {
            polling.spawn(2);
            begun.send(()).unwrap();
            polling.effect();
        });
        (0..2).for_each(|_| have_begun.recv().unwrap());
        let (_, events) = notes.logs.end(0);
        causing.join().unwrap();
        polling.join().unwrap();
        let of_task = whats_of(0, &events);
        assert_eq!(of_task, all(true)[..of_task.len()]);
    });
}

#[test]
fn of_two_threads_that_note_at_once_nothing_is_lost_or_doubled() {
    in_every_order("recorder: two threads", 3, || {
        let notes = Notes::new();
        let others = [0, 1].map(|task| {
            let notes = Arc::clone(&notes);
            thread::spawn(move || {
                notes.spawn(task);
                notes.note(task, EventKind::Fire { timer: 0 });
                notes.note(task, EventKind::Yield);
            })
        });
        for other in others {
            other.join().unwrap();
        }
        let (names, events) = notes.logs.end(0);
        assert_eq!((names.len(), events.len()), (2, 6));
        for task in [0, 1] {
            assert_eq!(
                whats_of(task, &events),
                [EventKind::Spawn { by: None }, EventKind::Fire { timer: 0 }, EventKind::Yield]
            );
        }
    });
}
