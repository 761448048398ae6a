//! What a recording may say of claims, and what contradicts itself.

use paintdry_studio::{Aim, Clock, Event, EventKind, RecordedRun, Recording, Resource, ResourceKind};
use std::time::Duration;

/// What is wrong with a run of one task that is done, in which these events happen.
fn wrong(events: impl IntoIterator<Item = EventKind>) -> String {
    let resource = |kind, capacity| Resource { kind, name: "a".to_owned(), capacity };
    let events = [EventKind::Spawn { by: None }, EventKind::Cancel].into_iter().chain(events);
    let events = events.map(|what| Event { ns: 0, task: 0, what }).collect();
    let run = RecordedRun::new("none", "made up", Duration::ZERO, vec!["main".to_owned()], events);
    let resources = vec![
        resource(ResourceKind::Mutex, Some(1)),
        resource(ResourceKind::Semaphore, Some(2)),
        resource(ResourceKind::Channel, Some(3)),
        resource(ResourceKind::Signal, None),
    ];
    let mut recording = Recording::of_program("claims", Clock::Virtual, Vec::new());
    recording.runs = vec![RecordedRun { resources, ..run }];
    recording.check().err().map_or_else(String::new, |error| error.to_string())
}

fn wait(resource: u32, claim: u32, to: Aim) -> EventKind {
    EventKind::Wait { resource, claim, to }
}

fn notify(resource: u32, claim: u32) -> EventKind {
    EventKind::Notify { resource, claim }
}

fn leave(resource: u32, claim: u32) -> EventKind {
    EventKind::Leave { resource, claim }
}

fn take(resource: u32, claim: u32) -> EventKind {
    EventKind::Take { resource, claim }
}

fn release(resource: u32, claim: u32) -> EventKind {
    EventKind::Release { resource, claim, by: None }
}

fn send(length: u32) -> EventKind {
    EventKind::Send { resource: 2, claim: 7, length }
}

#[test]
fn a_claim_waits_and_takes_and_gives_back_in_turn() {
    assert_eq!(wrong([take(0, 0), release(0, 0)]), "");
    assert_eq!(wrong([wait(0, 0, Aim::Take), notify(0, 0), wait(0, 0, Aim::Take), notify(0, 0), take(0, 0)]), "");
    assert_eq!(wrong([wait(0, 0, Aim::Take), wait(0, 0, Aim::Take), leave(0, 0)]), "", "another task polls it");
    assert_eq!(wrong([wait(2, 7, Aim::Send), send(3)]), "");
    assert_eq!(wrong([EventKind::Close { resource: 2 }, EventKind::Signal { resource: 3, listeners: 0 }]), "");
}

#[test]
fn a_recording_that_contradicts_itself_is_refused() {
    for (events, words) in [
        (vec![release(0, 0)], "event 2 of run 0 gives back what its claim has not taken"),
        (vec![take(0, 0), release(0, 0), release(0, 0)], "event 4 of run 0 gives back what its claim has not taken"),
        (vec![take(0, 0), take(0, 0)], "is of a claim that has what it wanted"),
        (vec![take(0, 0), release(1, 0)], "is of a claim to another resource"),
        (vec![notify(0, 0)], "notifies a claim that does not wait"),
        (vec![wait(0, 0, Aim::Take), notify(0, 0), notify(0, 0)], "notifies a claim that does not wait"),
        (vec![leave(0, 0)], "ends the wait of a claim that does not wait"),
        (vec![take(0, 0), wait(0, 0, Aim::Take)], "begins to wait with a claim that"),
        (vec![wait(2, 7, Aim::Receive), wait(2, 7, Aim::Send)], "begins to wait with a claim that"),
        (vec![wait(2, 7, Aim::Receive), send(1)], "is not what its claim waits for"),
        (vec![send(4)], "a channel holds more messages than it has room for"),
        (vec![take(2, 0)], "does with its resource what is not done with such a one"),
        (vec![wait(0, 0, Aim::Send)], "does with its resource what is not done with such a one"),
        (vec![EventKind::Close { resource: 3 }], "does with its resource what is not done with such a one"),
        (vec![take(4, 0)], "has a resource that is not in the list of resources"),
    ] {
        let refused = wrong(events);
        assert!(refused.contains(words) && refused.contains("this recording is damaged"), "{words}: {refused}");
    }
}
