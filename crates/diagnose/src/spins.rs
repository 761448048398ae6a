//! Polls that did nothing, and tasks that had to wait for their turn.

use crate::ended::is_starved;
use crate::facts::{Cause, Facts, Poll};
use crate::finding::Confidence::{Is, LooksLike};
use crate::kind::Kind;
use crate::report::Found;
use crate::words::{and, name, time};
use paintdry_core::thousands;
use paintdry_studio::{Clock, Event, EventKind};
use std::collections::HashMap;

/// A task that is polled so often in a row without doing anything spins. A task that yields while it computes looks the same,
/// so more is needed: that the loop ends with the first timer that fires.
const SPINS: usize = 256;

/// A task that wakes itself gives no sign that it means to let others run, so fewer polls will do, if the loop ends with the
/// first thing that another task does.
const WAKES: usize = 16;

/// A ready task starves if another one is polled so often before it. Smol's executor polls its main future only after 200 others.
const STARVED: usize = 256;

pub(crate) fn find(facts: &Facts<'_>, found: &mut Vec<Found>) {
    livelock(facts, found);
    busy_loops(facts, found);
    starvation(facts, found);
    queue_time(facts, found);
}

fn livelock(facts: &Facts<'_>, found: &mut Vec<Found>) {
    if !facts.run.error.as_deref().is_some_and(is_starved) {
        return;
    }
    let last = facts.polls.len().saturating_sub(SPINS);
    let mut turns: HashMap<u32, u64> = HashMap::new();
    facts.polls[last..].iter().for_each(|poll| *turns.entry(poll.task).or_default() += 1);
    let mut tasks: Vec<u32> = turns.keys().copied().collect();
    tasks.sort_by_key(|task| (std::cmp::Reverse(turns[task]), *task));
    let names: Vec<_> = tasks.iter().map(|task| name(facts.run, *task)).collect();
    let shares: Vec<_> = tasks.iter().map(|task| format!("{} had {}", name(facts.run, *task), turns[task])).collect();
    let event = facts.polls.get(last).map_or(0, |poll| poll.from);
    let take =
        if tasks.len() == 1 { "takes turn after turn, and never ends" } else { "take turns, and none of them ends" };
    found.push(Found::new(Kind::Livelock, Is, tasks, event).what(format!("{} {take}", and(&names))).why(format!(
        "Each turn leaves things as they were. Of the last {} turns {}.",
        facts.polls.len() - last,
        and(&shares)
    )));
}

fn busy_loops(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let fires = positions(facts, |event| matches!(event.what, EventKind::Fire { .. }));
    let acts = positions(facts, |event| {
        matches!(event.what, EventKind::Fire { .. } | EventKind::Note(_) | EventKind::Line(_))
    });
    for task in facts.numbers() {
        let polls: Vec<&Poll> = facts.polls_of(task).collect();
        let is_silent = |poll: &Poll| poll.acts == 0 && poll.is_to_be_continued;
        let worst = stretches(&polls, is_silent)
            .into_iter()
            .filter(|(from, to)| to - from >= WAKES)
            .max_by_key(|(from, to)| to - from);
        let Some((from, to)) = worst else { continue };
        let (begins, ends) = (polls[from], polls[to - 1]);
        let is_left = to == polls.len() && facts.task(task).end.is_none();
        // What is waited for happens right before the loop ends, and nothing like it since it began.
        let ends_it = |events: &[usize]| {
            let first = events[events.partition_point(|at| *at < begins.from)..].first();
            first.is_some_and(|at| *at > polls[to - 2].from)
        };
        let wakes_itself = polls[from + 1..to].iter().all(|poll| poll.cause == Cause::Itself);
        let spins = to - from >= SPINS && (is_left || ends_it(&fires)) || wakes_itself && (is_left || ends_it(&acts));
        if !spins {
            continue;
        }
        let this = name(facts.run, task);
        found.push(
            Found::new(Kind::BusyLoop, LooksLike, vec![task], begins.from)
                .what(format!("{this} was polled {} times in a row and did nothing", thousands((to - from) as u64)))
                .why(format!(
                    "It {} until something has changed, and that keeps a thread busy. Let it wait, and let the task that changes \
                     it call the waker.",
                    if wakes_itself { "wakes itself" } else { "yields" }
                ))
                .cost(ends.to_ns - begins.from_ns),
        );
    }
}

/// The stretches in which this holds for one item after another.
fn stretches(polls: &[&Poll], holds: impl Fn(&Poll) -> bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in 0..=polls.len() {
        if at == polls.len() || !holds(polls[at]) {
            if at > from {
                found.push((from, at));
            }
            from = at + 1;
        }
    }
    found
}

fn positions(facts: &Facts<'_>, is_one: impl Fn(&Event) -> bool) -> Vec<usize> {
    facts.run.events.iter().enumerate().filter(|(_, event)| is_one(event)).map(|(at, _)| at).collect()
}

/// What is known of a thread while its polls are read.
#[derive(Default)]
struct Turns {
    /// The event at which each of the last polls of a task began.
    recent: HashMap<u32, Vec<usize>>,
    /// The latest event after which one task was polled very often, and that task.
    since: Option<(usize, u32)>,
}

fn starvation(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let mut threads: HashMap<u32, Turns> = HashMap::new();
    let mut worst: Option<(u64, &Poll, u32)> = None;
    for poll in &facts.polls {
        let Some(thread) = poll.thread else { continue };
        let turns = threads.entry(thread).or_default();
        let ready = poll.ready.filter(|_| !matches!(poll.cause, Cause::Itself | Cause::Yield));
        if let (Some(ready), Some((since, by))) = (ready, turns.since)
            && since > ready
            && by != poll.task
        {
            let waited = poll.from_ns - facts.ns(ready);
            if worst.is_none_or(|(most, ..)| waited > most) {
                worst = Some((waited, poll, by));
            }
        }
        let recent = turns.recent.entry(poll.task).or_default();
        recent.push(poll.from);
        if recent.len() >= STARVED {
            let first = recent[recent.len() - STARVED];
            if turns.since.is_none_or(|(since, _)| first > since) {
                turns.since = Some((first, poll.task));
            }
        }
    }
    if let Some((waited, poll, by)) = worst {
        let (this, other) = (name(facts.run, poll.task), name(facts.run, by));
        found.push(
            Found::new(Kind::Starvation, Is, vec![by, poll.task], poll.ready.unwrap_or(poll.from))
                .what(format!("{this} was ready, and {other} was polled {STARVED} times or more before it"))
                .why(
                    "A scheduler that prefers some tasks can leave others out as long as the preferred ones are ready.",
                )
                .cost(waited),
        );
    }
}

/// In real time: tasks that were ready for long, if no single poll is to blame.
fn queue_time(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let is_known = |kind| matches!(kind, Kind::BlockedThread | Kind::LongPoll | Kind::Starvation | Kind::BusyLoop);
    if facts.clock == Clock::Virtual || !facts.takes_turns || found.iter().any(|found| is_known(found.kind)) {
        return;
    }
    let waited = |poll: &&Poll| poll.ready.map_or(0, |ready| poll.from_ns - facts.ns(ready));
    let late: Vec<&Poll> = facts.polls.iter().filter(|poll| waited(poll) >= facts.noticeable_ns()).collect();
    let Some(worst) = late.iter().max_by_key(|poll| waited(poll)) else { return };
    let this = name(facts.run, worst.task);
    found.push(
        Found::new(Kind::QueueTime, LooksLike, vec![worst.task], worst.ready.unwrap_or(worst.from))
            .what(format!("{this} was ready for {} before a thread polled it", time(waited(worst))))
            .why(format!(
                "{} of {} polls came {} or more after their tasks were ready. The threads had other tasks to poll, or the machine \
                 had other work.",
                thousands(late.len() as u64),
                thousands(facts.polls.len() as u64),
                time(facts.noticeable_ns())
            ))
            .cost(waited(worst)),
    );
}
