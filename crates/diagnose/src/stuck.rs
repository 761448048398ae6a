//! A run in which no task can run any more: who waits for whom, and where that begins.

use crate::facts::{Cause, Facts, Poll, Task};
use crate::finding::Confidence::{Is, LooksLike};
use crate::kind::Kind;
use crate::report::Found;
use crate::shared;
use crate::words::{and, name, shortened, time};
use paintdry_studio::RecordedState;
use std::collections::{BTreeSet, HashMap};

pub(crate) fn find(facts: &Facts<'_>, found: &mut Vec<Found>) {
    if !facts.is_stuck() {
        return;
    }
    let waits = |task: &u32| facts.task(*task).state == RecordedState::Waiting;
    let waiting: Vec<u32> = facts.numbers().filter(waits).collect();
    let joined: Vec<_> = facts.numbers().map(|task| joined(facts, task)).collect();
    if let Some(why) = shared::why_stuck(facts, &joined) {
        found.push(why);
        return;
    }
    // Tasks that wait for the end of another only follow it.
    let mut roots: Vec<u32> = waiting.into_iter().filter(|task| joined[*task as usize].is_none()).collect();
    // An exploration records no joins. There a main task that only makes tasks waits for these.
    let only_makes_tasks = |task: u32| {
        let Task { notes, lines, timers, joins, .. } = facts.task(task);
        notes.is_empty() && lines.is_empty() && timers.is_empty() && joins.is_empty()
    };
    if roots.len() > 1 && roots[0] == 0 && only_makes_tasks(0) {
        roots.remove(0);
    }
    if roots.is_empty() {
        return;
    }
    let after = followers(facts, &roots, &joined);
    if let Some((task, poll)) = roots.iter().find_map(|task| Some((*task, futurelock(facts, *task)?))) {
        found.push(of_futurelock(facts, task, &poll, &roots));
    } else if let Some((victim, woken)) = stale_wake(facts, &roots, &joined) {
        found.push(of_stale_wake(facts, victim, &woken));
    } else if roots.len() > 1 {
        found.push(of_deadlock(facts, &roots, &after, &joined));
    } else {
        found.push(of_lost_wake(facts, roots[0], &after, &joined));
    }
}

/// The task for whose end this one waits.
fn joined(facts: &Facts<'_>, task: u32) -> Option<u32> {
    let alive = |other: &u32| !matches!(facts.task(*other).state, RecordedState::Done | RecordedState::Absent);
    let last = facts.polls_of(task).next_back().map_or(0, |poll| poll.from);
    let joins = facts.task(task).joins.iter().rev();
    // A join that began before the last poll may have been given up: it counts if the task has not moved on since.
    let moved_on = facts.polls_of(task).rfind(|poll| poll.acts > 0).map_or(0, |poll| poll.from);
    joins.take_while(|(at, _)| *at >= last.min(moved_on)).map(|(_, other)| *other).find(alive)
}

/// The tasks that wait for the end of one of these, directly or not.
fn followers(facts: &Facts<'_>, roots: &[u32], joined: &[Option<u32>]) -> Vec<u32> {
    let mut waiters: HashMap<u32, Vec<u32>> = HashMap::new();
    for (task, other) in (0..).zip(joined) {
        if let Some(other) = other {
            waiters.entry(*other).or_default().push(task);
        }
    }
    let (mut open, mut following) = (roots.to_vec(), BTreeSet::new());
    while let Some(task) = open.pop() {
        let next = waiters.remove(&task).unwrap_or_default();
        following.extend(&next);
        open.extend(next);
    }
    following.retain(|task| facts.task(*task).state == RecordedState::Waiting && roots.binary_search(task).is_err());
    following.into_iter().collect()
}

/// The last poll of a task, if it was woken for it and did nothing: the future that the wake is for is not polled any more. A timer
/// counts only if the task has moved on since it set it.
fn futurelock(facts: &Facts<'_>, task: u32) -> Option<Poll> {
    let last = *facts.polls_of(task).next_back()?;
    let is_for_another = match last.cause {
        Cause::Timer(timer) => {
            let Task { notes, lines, .. } = facts.task(task);
            let mut acts = notes.iter().chain(lines.iter().map(|(at, _)| at));
            acts.any(|at| (facts.timers[timer].set..last.from).contains(at))
        }
        Cause::Task(_) => !is_for_a_join(facts, &last),
        Cause::Itself => true,
        Cause::Spawn | Cause::Yield | Cause::Other => false,
    };
    (last.acts == 0 && is_for_another).then_some(last)
}

/// Whether a poll was for the end of a task: that one wakes the task that joins it. A task that joins several does nothing then
/// that shows, and needs none of it.
fn is_for_a_join(facts: &Facts<'_>, poll: &Poll) -> bool {
    let Cause::Task(by) = poll.cause else { return false };
    let has_ended = facts.task(by).end.is_some_and(|end| end < poll.from);
    has_ended && facts.task(poll.task).joined.get(&by).is_some_and(|at| *at < poll.from)
}

/// A task that waits for the end of a stuck one was woken meanwhile, and did nothing: the wake was for a future that it has
/// handed to the other one. If another task wakes it, that is only likely if it had waited for the future itself, before it made the
/// stuck one. Otherwise it may wait for several things in one future.
fn stale_wake(facts: &Facts<'_>, roots: &[u32], joined: &[Option<u32>]) -> Option<(u32, Poll)> {
    let of = |victim: u32| {
        let giver = facts.task(victim).by.filter(|by| joined[*by as usize] == Some(victim))?;
        let (since, _) = facts.task(giver).joins.iter().rev().find(|(_, other)| *other == victim)?;
        let made = facts.task(victim).spawn?;
        let had_waited = facts.polls_of(giver).next().is_some_and(|poll| poll.to < made);
        let in_vain = |poll: &&Poll| {
            let is_for_the_victim = match poll.cause {
                Cause::Itself => true,
                Cause::Task(_) => had_waited && !is_for_a_join(facts, poll),
                _ => false,
            };
            poll.from > *since && poll.acts == 0 && is_for_the_victim
        };
        Some((victim, *facts.polls_of(giver).find(in_vain)?))
    };
    roots.iter().copied().find_map(of)
}

fn of_futurelock(facts: &Facts<'_>, task: u32, poll: &Poll, roots: &[u32]) -> Found {
    let this = name(facts.run, task);
    let others: Vec<_> = roots.iter().filter(|root| **root != task).map(|root| name(facts.run, *root)).collect();
    let also = if others.is_empty() { String::new() } else { format!(", and {} with it", and(&others)) };
    let mut tasks = vec![task];
    tasks.extend(roots.iter().filter(|root| **root != task));
    Found::new(Kind::Futurelock, LooksLike, tasks, poll.from)
        .what(format!("{this} waits for ever{also}, and no longer polls a future of its own"))
        .why(format!(
            "At {} {this} was woken{}, was polled, and did nothing: the wake was for a future that it has kept and no longer \
             polls. That future may hold, or may have been given, what {this} waits for.",
            time(poll.from_ns),
            if matches!(poll.cause, Cause::Timer(_)) { " by a timer" } else { "" }
        ))
}

fn of_stale_wake(facts: &Facts<'_>, victim: u32, woken: &Poll) -> Found {
    let (this, other) = (name(facts.run, victim), name(facts.run, woken.task));
    let woke = match woken.cause {
        Cause::Task(by) => format!("{} woke {other}", name(facts.run, by)),
        _ => format!("{other} woke itself"),
    };
    Found::new(Kind::StaleWaker, LooksLike, vec![victim, woken.task], woken.ready.unwrap_or(woken.from))
        .what(format!("{this} waits for a wake that went to {other}"))
        .why(format!(
            "At {} {woke}, and {other} did nothing, while {this} was waiting. A future that moves to another task must \
             store the waker of its latest poll.",
            time(woken.from_ns)
        ))
}

fn of_deadlock(facts: &Facts<'_>, roots: &[u32], after: &[u32], joined: &[Option<u32>]) -> Found {
    let names: Vec<_> = roots.iter().map(|task| name(facts.run, *task)).collect();
    let said: Vec<_> = roots.iter().filter_map(|task| last_words(facts, *task)).take(3).collect();
    let said = if said.is_empty() { String::new() } else { format!(" Before that, {}.", said.join("; ")) };
    let last = last_poll(facts, roots);
    Found::new(Kind::Deadlock, LooksLike, roots.to_vec(), last)
        .what(format!("{} wait for wakes that never come{}", and(&names), follows(facts, after, joined)))
        .why(format!("Each may hold what another one needs, or the wake came before they waited for it.{said}"))
}

fn of_lost_wake(facts: &Facts<'_>, task: u32, after: &[u32], joined: &[Option<u32>]) -> Found {
    let this = name(facts.run, task);
    let never = facts.task(task).timers.iter().any(|timer| facts.timers[*timer].due_ns == u64::MAX);
    let why = match (facts.polls_of(task).next_back(), never) {
        (_, true) => format!("{this} sleeps until a time that never comes."),
        (None, _) => format!("{this} was never polled."),
        (Some(last), _) => format!(
            "{this} was polled last at {}, and no timer is set and no task can run that could wake it. Its waker was not kept, \
             or the wake came before {this} waited for it.",
            time(last.from_ns)
        ),
    };
    let in_vain =
        facts.polls_of(task).next_back().and_then(|last| wake_in_vain(facts, task, last.from)).unwrap_or_default();
    let said = last_words(facts, task).map_or_else(String::new, |said| format!(" Before that, {said}."));
    Found::new(Kind::LostWake, Is, vec![task], last_poll(facts, &[task]))
        .what(format!("{this} waits for a wake that never comes{}", follows(facts, after, joined)))
        .why(why + &said + &in_vain)
}

/// The last wake since this event that did nothing in another task: it may have been meant for this one.
fn wake_in_vain(facts: &Facts<'_>, task: u32, since: usize) -> Option<String> {
    let others = facts.numbers().filter(|other| *other != task).flat_map(|other| facts.polls_of(other));
    let in_vain = others.filter(|poll| poll.from > since && poll.acts == 0 && !is_for_a_join(facts, poll));
    let by = |poll: &Poll| match poll.cause {
        Cause::Task(by) if by != poll.task => Some(by),
        _ => None,
    };
    let (poll, by) = in_vain.filter_map(|poll| Some((poll, by(poll)?))).max_by_key(|(poll, _)| poll.from)?;
    let (this, other, by) = (name(facts.run, task), name(facts.run, poll.task), name(facts.run, by));
    Some(format!(
        " At {} {by} woke {other}, which did nothing: that wake may have been meant for {this}.",
        time(poll.from_ns)
    ))
}

fn last_poll(facts: &Facts<'_>, tasks: &[u32]) -> usize {
    let ends = tasks.iter().filter_map(|task| facts.polls_of(*task).next_back()).map(|poll| poll.to);
    ends.max().unwrap_or(0).min(facts.run.events.len().saturating_sub(1))
}

/// Which tasks wait for the end of which others: `, and main waits for the end of ada`.
fn follows(facts: &Facts<'_>, tasks: &[u32], joined: &[Option<u32>]) -> String {
    if tasks.is_empty() {
        return String::new();
    }
    let names = |tasks: &[u32]| and(&tasks.iter().map(|task| name(facts.run, *task)).collect::<Vec<_>>());
    let mut others: Vec<u32> = tasks.iter().filter_map(|task| joined[*task as usize]).collect();
    others.sort_unstable();
    others.dedup();
    let wait = if tasks.len() == 1 { "waits" } else { "wait" };
    let end = if others.len() == 1 { "the end" } else { "the ends" };
    format!(", and {} {wait} for {end} of {}", names(tasks), names(&others))
}

/// What the task said last: `ada said "finds no blue"`.
fn last_words(facts: &Facts<'_>, task: u32) -> Option<String> {
    let said = facts.said_before(task, usize::MAX)?;
    Some(format!("{} said \"{}\"", name(facts.run, task), shortened(said, 60)))
}
