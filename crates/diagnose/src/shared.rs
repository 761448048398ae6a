//! Locks, channels and signals: who waits for what, who holds it, and who no longer polls what was notified.

use crate::circle::of_circle;
use crate::facts::{Claim, Facts, Uses};
use crate::finding::Confidence::{Is, LooksLike};
use crate::kind::{Kind, Severity};
use crate::report::Found;
use crate::waiting::{distinct, for_what, is_waiting, thing, waits_for};
use crate::words::{and, name, time};
use paintdry_studio::{Aim, RecordedState};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A hold that made others wait for this share of the run or less is not worth a hint.
const SHARE: u64 = 4;

/// In a run that did not get stuck.
pub(crate) fn find(facts: &Facts<'_>, found: &mut Vec<Found>) {
    if facts.is_stuck() {
        return;
    }
    late_futurelocks(facts, found);
    held_across_awaits(facts, found);
}

/// Why a stuck run is stuck, if its locks, channels and joins say so.
pub(crate) fn why_stuck(facts: &Facts<'_>, joined: &[Option<u32>]) -> Option<Found> {
    let held = facts.claims.all.iter().rev().filter(|claim| claim.holds());
    let held: HashMap<_, _> = held.map(|claim| ((claim.resource, claim.task), claim)).collect();
    let waiting = || facts.claims.all.iter().filter(|claim| claim.waits() && is_waiting(facts, claim.task));
    let lent = waiting().find_map(|claim| of_unpolled(facts, claim));
    let lent = lent.or_else(|| waiting().find_map(|claim| of_own(facts, claim, &held)));
    lent.or_else(|| of_circle(facts, joined)).or_else(|| {
        let alive = facts.claims.uses.iter().map(|(resource, uses)| (*resource, Alive::of(facts, uses))).collect();
        waiting().find_map(|claim| of_channel(facts, claim, &alive))
    })
}

/// The first poll of the claim's task after it was notified in which it did not try again.
fn unpolled(facts: &Facts<'_>, claim: &Claim) -> Option<usize> {
    let notified = claim.notified?;
    facts.poll_after(claim.task, notified).map(|poll| poll.from)
}

/// A claim that was notified and is not polled any more: what it waits for may be free, and no other claim is notified.
fn of_unpolled(facts: &Facts<'_>, claim: &Claim) -> Option<Found> {
    let polled = unpolled(facts, claim)?;
    let (this, thing) = (name(facts.run, claim.task), thing(facts, claim.resource));
    let others = waits_for(facts, claim.resource, claim.task);
    let names: Vec<_> = others.iter().map(|task| name(facts.run, *task)).collect();
    let also = match names.as_slice() {
        [] => String::new(),
        [one] => format!(", and {one} waits for it as well"),
        several => format!(", and {} wait for it as well", and(several)),
    };
    Some(
        Found::new(Kind::Futurelock, Is, [vec![claim.task], others].concat(), polled)
            .what(format!("{this} no longer polls a future that was notified by {thing}{also}"))
            .why(format!(
                "The future is next in the queue of {thing}, since {}, so no other one is. {this} has kept it, and awaits \
                 something else. Make it a task, poll it in a join, or drop it before the await.",
                time(facts.ns(claim.notified.unwrap_or(polled)))
            )),
    )
}

/// A task waits for something that it holds itself.
fn of_own(facts: &Facts<'_>, claim: &Claim, held: &HashMap<(u32, u32), &Claim>) -> Option<Found> {
    let own = held.get(&(claim.resource, claim.task)).filter(|_| claim.aim == Some(Aim::Take))?;
    let (this, thing) = (name(facts.run, claim.task), thing(facts, claim.resource));
    let others = waits_for(facts, claim.resource, claim.task);
    Some(
        Found::new(Kind::Futurelock, Is, [vec![claim.task], others].concat(), claim.waited.unwrap_or(0))
            .what(format!("{this} waits for {thing}, which {this} itself holds"))
            .why(format!(
                "It took it at {}. If another future of {this} holds it, {this} has to poll that future while it waits: make it a \
                 task, poll both in a join, or drop it before the await.",
                time(facts.ns(own.taken.unwrap_or(0)))
            )),
    )
}

/// Of the tasks that have used a channel, the first two that have not ended: any other task than a given one is among them.
struct Alive {
    senders: Vec<u32>,
    receivers: Vec<u32>,
}

impl Alive {
    fn of(facts: &Facts<'_>, uses: &Uses) -> Self {
        let first = |tasks: &BTreeSet<u32>| {
            tasks.iter().copied().filter(|task| facts.task(*task).state != RecordedState::Done).take(2).collect()
        };
        Self { senders: first(&uses.senders), receivers: first(&uses.receivers) }
    }
}

/// A channel that no other task empties or fills, or a signal that came too early.
fn of_channel(facts: &Facts<'_>, claim: &Claim, alive: &HashMap<u32, Alive>) -> Option<Found> {
    let (uses, alive) = (facts.claims.uses.get(&claim.resource)?, alive.get(&claim.resource)?);
    let (this, what, at) = (name(facts.run, claim.task), for_what(facts, claim), claim.waited?);
    let is_alone = |tasks: &[u32]| tasks.iter().all(|task| *task == claim.task);
    let found = |kind| Found::new(kind, Is, vec![claim.task], at);
    match claim.aim? {
        Aim::Send if is_alone(&alive.receivers) => Some(
            found(Kind::FullChannel)
                .what(format!("{this} waits {what}, which is full, and no other task receives from it"))
                .why("A send waits until a task takes a message out. Start the receiver first, or drop it, so that the send fails."),
        ),
        Aim::Receive if is_alone(&alive.senders) => Some(
            found(Kind::LostWake)
                .what(format!("{this} waits {what}, and no other task sends to it"))
                .why("A channel is closed when its last sender is dropped. One of them is kept by a task that does not send."),
        ),
        Aim::Hear => {
            let early = uses.unheard[..uses.unheard.partition_point(|signal| *signal < at)].last()?;
            Some(
                found(Kind::LostWake)
                    .what(format!("{this} waits {what}, which came before {this} listened"))
                    .why(format!(
                        "It was given at {}, when no task listened, and {this} began to listen at {}. Listen first, and then check.",
                        time(facts.ns(*early)),
                        time(facts.ns(at))
                    )),
            )
        }
        _ => None,
    }
}

/// Futures that were notified late in a run that ended all the same, while others waited for the same thing.
fn late_futurelocks(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let mut worst: Option<(u64, &Claim, usize)> = None;
    for (claim, polled, until) in facts.claims.all.iter().filter_map(|claim| claim_gaps(facts, claim)) {
        let waited = others_waited(facts, claim, polled, until);
        if waited >= facts.noticeable_ns() && worst.is_none_or(|(most, ..)| waited > most) {
            worst = Some((waited, claim, polled));
        }
    }
    if let Some((waited, claim, polled)) = worst {
        let (this, thing) = (name(facts.run, claim.task), thing(facts, claim.resource));
        let lock = Found::new(Kind::Futurelock, Is, vec![claim.task], polled)
            .what(format!("{this} did not poll a future that was notified by {thing}, and others waited for it"))
            .why("The future was next in the queue, so no other one was. It was polled late, because its task awaited something else.")
            .cost(waited);
        found.push(Found { severity: Some(Severity::Delay), ..lock });
    }
}

/// From the poll that did not try again to the end of the wait, if there is such a poll.
fn claim_gaps<'a>(facts: &Facts<'_>, claim: &'a Claim) -> Option<(&'a Claim, usize, usize)> {
    let (notified, got) = (claim.was_notified?, claim.got?);
    let first = facts.poll_after(claim.task, notified)?;
    (first.to < got).then_some((claim, first.from, got))
}

/// How long other claims on the same thing waited between these events, the longest of them.
fn others_waited(facts: &Facts<'_>, claim: &Claim, from: usize, to: usize) -> u64 {
    let others = facts.claims.waits_between(claim.resource, from, to).filter(|other| other.task != claim.task);
    let waited = others.filter_map(|other| {
        let since = facts.ns(other.waited?).max(facts.ns(from));
        Some(other.got.map_or(facts.end_ns, |got| facts.ns(got)).min(facts.ns(to)).saturating_sub(since))
    });
    waited.max().unwrap_or(0)
}

/// Locks that were held while their tasks waited, and others waited for the lock.
fn held_across_awaits(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let mut harms: BTreeMap<(u32, u32), (u64, usize)> = BTreeMap::new();
    for claim in facts.claims.all.iter().filter(|claim| claim.taken.is_some()) {
        let taken = claim.taken.unwrap_or(0);
        let released = claim.released.unwrap_or(facts.run.events.len());
        let (from, to) = (facts.ns(taken), facts.ns(released));
        // Only what its task did not work is due to the await.
        let awaited = (to - from).saturating_sub(facts.polled_between(claim.task, from, to));
        let waited = others_waited(facts, claim, taken, released).min(awaited);
        let harm = harms.entry((claim.resource, claim.task)).or_insert((0, taken));
        harm.0 = harm.0.saturating_add(waited);
    }
    let worst = harms.into_iter().max_by_key(|(_, (waited, _))| *waited);
    let Some(((resource, task), (waited, at))) = worst else { return };
    if waited < facts.noticeable_ns() || waited < facts.end_ns / SHARE {
        return;
    }
    let (this, thing) = (name(facts.run, task), thing(facts, resource));
    let others = distinct(facts.claims.waits_for(resource).map(|claim| claim.task).filter(|other| *other != task));
    let names: Vec<_> = others.iter().map(|task| name(facts.run, *task)).collect();
    let wait = if names.len() == 1 { "waits" } else { "wait" };
    found.push(
        Found::new(Kind::LockHeld, LooksLike, [vec![task], others].concat(), at)
            .what(format!("{this} holds {thing} while it awaits something else, and {} {wait} for it", and(&names)))
            .why("If the lock is not needed during the await, give it back before. Then others can have it meanwhile.")
            .cost(waited),
    );
}
