//! Counts the schedules of a program: runs one after another, as the explorer does, but continues after a failure.

use paintdry_explore::{Choice, Ended, Played, Why};
use serde::Serialize;

/// What has been counted so far. A page gets it with each answer and sends it back with the next request (`state.rs`).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Survey {
    /// The choices of the next run, and how many tasks were ready at each.
    pub(crate) prefix: Vec<(u32, u32)>,
    pub(crate) schedules: u64,
    pub(crate) kinds: Kinds,
    pub(crate) most_choices: usize,
    pub(crate) end: Option<End>,
    pub(crate) shortest_failing: Option<Found>,
    pub(crate) passing: Option<Found>,
    /// For a tree: every schedule.
    pub(crate) leaves: Vec<Leaf>,
}

/// Why a survey is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Complete,
    Limit,
}

/// How a run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Passed,
    Stuck,
    Panicked,
    Starved,
    /// With an error.
    Failed,
}

/// How many runs have ended in each way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Kinds {
    pub(crate) passed: u64,
    pub(crate) stuck: u64,
    pub(crate) panicked: u64,
    pub(crate) starved: u64,
    pub(crate) failed: u64,
}

/// A schedule that is worth showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Found {
    pub(crate) choices: Vec<u32>,
    pub(crate) turns: u64,
    pub(crate) departures: usize,
    pub(crate) kind: Kind,
}

/// A schedule in a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leaf {
    pub(crate) choices: Vec<Chosen>,
    pub(crate) kind: Kind,
    pub(crate) turns: u64,
}

/// The position of the task that was chosen, how many were ready, and which task that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) position: u32,
    pub(crate) of: u32,
    pub(crate) task: u32,
}

/// What bounds a survey.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// The choices that all schedules begin with.
    pub(crate) root: usize,
    pub(crate) limit: u64,
    /// Whether to keep every schedule, for a tree.
    pub(crate) keeps_leaves: bool,
}

impl Survey {
    /// Begins with the schedules that begin with these choices.
    pub(crate) fn begin(choices: &[u32]) -> Self {
        // How many tasks are ready at them does not matter: they stay as they are.
        Self { prefix: choices.iter().map(|chosen| (*chosen, 0)).collect(), ..Self::default() }
    }

    /// The choices of the next run.
    pub(crate) fn next(&self) -> Vec<u32> {
        self.prefix.iter().map(|(chosen, _)| *chosen).collect()
    }

    /// Counts a run, and finds the next one: it changes the last choice that has another option.
    pub(crate) fn count(&mut self, played: &Played, bounds: Bounds) {
        let found = Found::of(played);
        self.schedules += 1;
        *self.kinds.of(found.kind) += 1;
        self.most_choices = self.most_choices.max(played.choices.len());
        if bounds.keeps_leaves {
            self.leaves.push(leaf(played, found.kind));
        }
        let best = if found.kind == Kind::Passed { &mut self.passing } else { &mut self.shortest_failing };
        let rank = |found: &Found| match found.kind {
            Kind::Passed => (found.departures as u64, found.turns),
            _ => (found.turns, found.departures as u64),
        };
        if best.as_ref().is_none_or(|best| rank(&found) < rank(best)) {
            *best = Some(found);
        }
        self.advance(&played.choices, bounds);
    }

    fn advance(&mut self, made: &[Choice], bounds: Bounds) {
        self.prefix = made.iter().map(|choice| (choice.chosen, choice.of)).collect();
        while self.prefix.len() > bounds.root && self.prefix.pop_if(|(chosen, of)| *chosen + 1 == *of).is_some() {}
        match self.prefix.get_mut(bounds.root..).and_then(<[_]>::last_mut) {
            None => self.end = Some(End::Complete),
            Some((chosen, _)) => *chosen += 1,
        }
        if self.end.is_none() && self.schedules >= bounds.limit {
            self.end = Some(End::Limit);
        }
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.end == Some(End::Complete)
    }

    pub(crate) fn failing(&self) -> u64 {
        self.schedules - self.kinds.passed
    }

    /// The part of the tree of choices below the root that has been tried, in thousandths.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 1,000")]
    pub(crate) fn progress(&self, root: usize) -> u32 {
        let (mut done, mut width) = (0.0, 1000.0);
        for (chosen, of) in self.prefix.iter().skip(root) {
            width /= f64::from(*of);
            done += width * f64::from(*chosen);
        }
        if self.end.is_some() { 1000 } else { done as u32 }
    }
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Passed, Self::Stuck, Self::Panicked, Self::Starved, Self::Failed];

    /// # Panics
    /// If the run has not ended.
    pub(crate) fn of(ended: &Ended) -> Self {
        match ended {
            Ended::Passed => Self::Passed,
            Ended::Failed(Why::Stuck { .. }) => Self::Stuck,
            Ended::Failed(Why::Panicked { .. }) => Self::Panicked,
            Ended::Failed(Why::Starved { .. }) => Self::Starved,
            Ended::Failed(_) => Self::Failed,
            Ended::Undecided { .. } | Ended::DoesNotFit { .. } => unreachable!("it has not ended"),
        }
    }
}

impl Kinds {
    pub(crate) fn of(&mut self, kind: Kind) -> &mut u64 {
        match kind {
            Kind::Passed => &mut self.passed,
            Kind::Stuck => &mut self.stuck,
            Kind::Panicked => &mut self.panicked,
            Kind::Starved => &mut self.starved,
            Kind::Failed => &mut self.failed,
        }
    }
}

impl Found {
    /// The choices, without those of the loop's own order at the end.
    fn of(played: &Played) -> Self {
        let mut choices: Vec<_> = played.choices.iter().map(|choice| choice.chosen).collect();
        let departures = choices.iter().filter(|chosen| **chosen > 0).count();
        while choices.pop_if(|chosen| *chosen == 0).is_some() {}
        Self { choices, turns: played.turn_count, departures, kind: Kind::of(&played.ended) }
    }
}

fn leaf(played: &Played, kind: Kind) -> Leaf {
    let number = |name| (0..).zip(played.tasks()).find(|(_, known)| *known == name).map_or(0, |(number, _)| number);
    let chosen = played.turns.iter().filter(|turn| turn.of > 1);
    let choices =
        chosen.map(|turn| Chosen { position: turn.position, of: turn.of, task: number(&turn.task) }).collect();
    Leaf { choices, kind, turns: played.turn_count }
}
