//! Waits that begin again, come in a row, or ask instead of being woken. Sound programs have such waits as well.

use crate::facts::{Cause, Facts, Poll, Timer};
use crate::finding::Confidence::LooksLike;
use crate::kind::Kind;
use crate::report::Found;
use crate::words::{and, name, shortened, time};
use paintdry_core::thousands;
use paintdry_studio::EventKind;
use std::collections::{BTreeMap, BTreeSet};

/// A task that looks so often in a row, after a sleep of the same length each time, polls.
const LOOKS: usize = 10;

/// A sleep that is set so often and never fires is restarted in a loop.
const RESTARTS: usize = 8;

pub(crate) fn find(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let acting: Vec<usize> = (0..).zip(&facts.polls).filter(|(_, poll)| poll.acts > 0).map(|(at, _)| at).collect();
    for task in facts.numbers() {
        restarted(facts, task, found);
        in_a_row(facts, task, &acting, found);
    }
    polling(facts, found);
}

/// Whether two sleeps have the same length, as far as real time can tell.
fn alike(one: u64, other: u64) -> bool {
    one.abs_diff(other) <= one / 20
}

fn restarted(facts: &Facts<'_>, task: u32, found: &mut Vec<Found>) {
    let timers: Vec<&Timer> = facts.task(task).timers.iter().map(|timer| &facts.timers[*timer]).collect();
    let this = name(facts.run, task);
    // Another timer ends the wait, and both are set again.
    let begins_again = |poll: &&Poll| {
        let Cause::Timer(tick) = poll.cause else { return None };
        let tick = &facts.timers[tick];
        let set_later = &timers[timers.partition_point(|timer| timer.set <= poll.from)..];
        let set_here = &set_later[..set_later.partition_point(|timer| timer.set < poll.to)];
        let again = |length: u64| set_here.iter().any(|timer| alike(timer.length(), length));
        let is_cut = |timer: &&&Timer| {
            timer.fired.is_none() && timer.due_ns > poll.from_ns && !alike(timer.length(), tick.length())
        };
        let before = &timers[..timers.partition_point(|timer| timer.set < poll.from)];
        let cut = before.iter().rev().take(RESTARTS).filter(is_cut).find(|timer| again(timer.length()))?;
        again(tick.length()).then_some((cut.length(), tick.length()))
    };
    let candidates = facts.polls_of(task).filter(|_| timers.len() > 2);
    let rounds: Vec<_> = candidates.filter_map(|poll| Some((poll, begins_again(&poll)?))).collect();
    let lengths: BTreeSet<u64> =
        timers.iter().filter(|timer| timer.fired.is_some()).map(|timer| timer.length()).collect();
    // A longer sleep that is cut may be a timeout: it has to happen again and again, and the sleep must never be over.
    let is_one = |(_, (wait, tick)): &&(&Poll, (u64, u64))| {
        // Of all lengths, the next shorter and the next longer one are the most alike.
        let mut nearest = lengths.range(..wait).next_back().into_iter().chain(lengths.range(wait..).next());
        let mut never = || !nearest.any(|length| alike(*length, *wait));
        wait < tick || rounds.len() >= 3 && never()
    };
    if let Some((poll, (wait, tick))) = rounds.iter().find(is_one).copied() {
        let count = rounds.len() as u64;
        found.push(
            Found::new(Kind::RestartedWait, LooksLike, vec![task], poll.from)
                .what(format!("a timer of {} ends a wait of {this}, which then begins again from its start", time(tick)))
                .why(format!(
                    "A sleep of {} was dropped before it was over, {}, and set again. What the dropped future held is lost, and what \
                     it waited for starts over.",
                    time(wait),
                    crate::words::times(count)
                )),
        );
        return;
    }
    // Or anything else ends it, and it never fires.
    let mut by_length: BTreeMap<u64, Vec<&Timer>> = BTreeMap::new();
    for timer in timers {
        by_length.entry(timer.length()).or_default().push(timer);
    }
    for (length, timers) in by_length {
        let (first, last) = (timers[0], timers[timers.len() - 1]);
        let is_long = last.set_ns - first.set_ns >= length.saturating_mul(3);
        if length == 0 || timers.len() < RESTARTS || !is_long || timers.iter().any(|timer| timer.fired.is_some()) {
            continue;
        }
        found.push(
            Found::new(Kind::RestartedWait, LooksLike, vec![task], first.set)
                .what(format!("{this} set a timer of {} {} times, and it never fired", time(length), thousands(timers.len() as u64)))
                .why(
                    "Each time something else came first, and the sleep was dropped and began again. If it is a timeout, all is well. \
                     If it is to happen regularly, make the sleep once, outside the loop.",
                ),
        );
    }
}

/// A stretch in which a task waits for its own timers, and only looks in between.
struct Pause {
    from: usize,
    to: usize,
    ns: u64,
    line: Option<u32>,
    /// What the task says when it is over.
    said: Option<usize>,
}

fn pauses(facts: &Facts<'_>, task: u32) -> Vec<Pause> {
    let mut pauses: Vec<Pause> = Vec::new();
    let polls: Vec<&Poll> = facts.polls_of(task).collect();
    let mut is_open = false;
    for pair in polls.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        if !matches!(after.cause, Cause::Timer(_)) {
            is_open = false;
            continue;
        }
        let ns = after.from_ns.saturating_sub(before.to_ns);
        if let Some(pause) = pauses.last_mut().filter(|_| is_open) {
            (pause.to, pause.ns) = (after.from, pause.ns.saturating_add(ns));
        } else {
            let line = facts.line_at(task, before.to);
            pauses.push(Pause { from: before.to, to: after.from, ns, line, said: None });
        }
        is_open = after.acts == after.timers;
        if !is_open {
            let notes = &facts.task(task).notes;
            let next = notes.get(notes.partition_point(|at| *at < after.from)).copied();
            if let Some(pause) = pauses.last_mut() {
                pause.said = next.filter(|at| *at < after.to);
            }
        }
    }
    pauses
}

/// Waits at one line that are about different things, while no other task does anything. `acting` are the polls that do something.
fn in_a_row(facts: &Facts<'_>, task: u32, acting: &[usize], found: &mut Vec<Found>) {
    let mut by_line: BTreeMap<u32, Vec<Pause>> = BTreeMap::new();
    let fires = last_fires(facts, task);
    let is_quiet = |pause: &Pause| is_quiet(facts, task, pause, &fires, acting);
    for pause in pauses(facts, task).into_iter().filter(|pause| pause.said.is_some() && is_quiet(pause)) {
        if let Some(line) = pause.line {
            by_line.entry(line).or_default().push(pause);
        }
    }
    for (_, pauses) in by_line {
        let said = |pause: &Pause| match pause.said.map(|at| &facts.run.events[at].what) {
            Some(EventKind::Note(text)) => text.to_string(),
            _ => String::new(),
        };
        let mut about: Vec<_> = pauses.iter().map(said).collect();
        about.dedup();
        let total = pauses.iter().map(|pause| pause.ns).fold(0, u64::saturating_add);
        let longest = pauses.iter().map(|pause| pause.ns).max().unwrap_or(0);
        let saved = total - longest;
        if about.len() < 2 || about.len() < pauses.len() || saved < facts.noticeable_ns() || saved < facts.end_ns / 5 {
            continue;
        }
        let this = name(facts.run, task);
        let about: Vec<_> = about.iter().map(|said| format!("\"{}\"", shortened(said, 30))).collect();
        found.push(
            Found::new(Kind::WaitsInARow, LooksLike, vec![task], pauses[1].from)
                .what(format!("{this} waits {} times in a row, and nothing else happens meanwhile", pauses.len()))
                .why(format!(
                    "The waits end with {}. If none needs the result of the one before, join them: then they overlap, and up to {} \
                     are saved.",
                    and(&about),
                    time(saved)
                ))
                .cost(saved),
        );
    }
}

/// For each timer of the task, the last event at which it or one before it fired; 0 if none did.
fn last_fires(facts: &Facts<'_>, task: u32) -> Vec<usize> {
    let fired = facts.task(task).timers.iter().map(|timer| facts.timers[*timer].fired.unwrap_or(0));
    fired
        .scan(0, |last, fired| {
            *last = fired.max(*last);
            Some(*last)
        })
        .collect()
}

/// Whether no other task did anything during this wait.
fn is_quiet(facts: &Facts<'_>, task: u32, pause: &Pause, fires: &[usize], acting: &[usize]) -> bool {
    let timers = &facts.task(task).timers;
    let set = timers.partition_point(|timer| facts.timers[*timer].set < pause.to);
    if set > 0 && fires[set - 1] > pause.to {
        return false; // another future of the task waits as well
    }
    let before = |event: usize| acting.partition_point(|poll| facts.polls[*poll].from < event);
    acting[before(pause.from)..before(pause.to)].iter().all(|poll| facts.polls[*poll].task == task)
}

fn polling(facts: &Facts<'_>, found: &mut Vec<Found>) {
    let mut tasks = Vec::new();
    let mut worst: Option<(usize, &Poll, u64)> = None;
    for task in facts.numbers() {
        let (mut looks, mut first, mut length) = (0, None, 0);
        let mut most: Option<(usize, &Poll, u64)> = None;
        for poll in facts.polls_of(task) {
            let timer = match poll.cause {
                Cause::Timer(timer) if poll.acts == 1 && poll.timers == 1 => Some(&facts.timers[timer]),
                _ => None,
            };
            let Some(timer) = timer.filter(|timer| looks == 0 || alike(timer.length(), length)) else {
                (looks, first) = (0, None);
                continue;
            };
            looks += 1;
            length = timer.length();
            let first = *first.get_or_insert(poll);
            if most.is_none_or(|(most, ..)| looks > most) {
                most = Some((looks, first, length));
            }
        }
        if let Some((looks, first, length)) = most.filter(|(looks, ..)| *looks >= LOOKS) {
            tasks.push(task);
            if worst.is_none_or(|(most, ..)| looks > most) {
                worst = Some((looks, first, length));
            }
        }
    }
    let Some((looks, first, length)) = worst else { return };
    let (this, others) = (name(facts.run, first.task), tasks.len() - 1);
    let also = match others {
        0 => String::new(),
        1 => ", and so did another task".to_owned(),
        more => format!(", and so did {} other tasks", thousands(more as u64)),
    };
    tasks.sort_by_key(|task| *task != first.task);
    found.push(
        Found::new(Kind::Polling, LooksLike, tasks, first.from)
            .what(format!("{this} woke up every {}, {looks} times in a row, and did nothing that shows{also}", time(length)))
            .why(format!(
                "If it looks whether something has changed, it sees the change up to {} late, and another task can wake it instead.",
                time(length)
            )),
    );
}
