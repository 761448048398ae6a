//! From a failing schedule to the shortest one: the fewest departures from the loop's own order, and then the fewest turns.

use crate::attempt::Attempts;
use crate::failure::Why;
use crate::run::{Choice, EarlyEnd, Run};
use std::mem::{self, Discriminant, discriminant};

/// The search for a shorter schedule ends after this many runs, or this many turns in all of them.
const MOST_RUNS: usize = 3_000;
const MOST_TURNS: u64 = 3_000_000;

pub(crate) struct Shortening<'a> {
    attempts: Attempts<'a>,
    kind: Discriminant<Why>,
    runs: usize,
    turns: u64,
}

impl<'a> Shortening<'a> {
    /// Searches for failures like this one.
    pub(crate) fn new(attempts: Attempts<'a>, why: &Why) -> Self {
        Self { attempts, kind: discriminant(why), runs: 0, turns: 0 }
    }

    /// The choices of the shortest failing schedule that was found; the search begins with these.
    pub(crate) fn shortest(mut self, found: Vec<u32>) -> Vec<u32> {
        let most = departures(&found);
        self.with_fewest_departures(most).unwrap_or_else(|| self.without_needless_departures(found))
    }

    /// Tries the loop's own order first, then all orders that depart from it once, then twice, and so on. `None` if there are too
    /// many.
    fn with_fewest_departures(&mut self, most: usize) -> Option<Vec<u32>> {
        let mut level = vec![Vec::new()];
        for _ in 0..=most {
            let mut shortest: Option<(u64, Vec<u32>)> = None;
            let mut next = Vec::new();
            for choices in level {
                if self.is_over() {
                    break;
                }
                let (fails, run) = self.tried(&choices);
                match &shortest {
                    _ if !fails => {}
                    Some((turns, _)) if *turns <= run.turns => {}
                    _ => shortest = Some((run.turns, choices.clone())),
                }
                if shortest.is_none() && next.len() < MOST_RUNS {
                    next.extend(one_more(&choices, &run.choices));
                }
            }
            if shortest.is_some() || self.is_over() {
                return shortest.map(|(_, choices)| choices);
            }
            level = next;
        }
        None
    }

    /// Removes departures as long as the program still fails.
    fn without_needless_departures(&mut self, found: Vec<u32>) -> Vec<u32> {
        let mut best = found;
        for position in (0..best.len()).rev() {
            let mut fewer = best.clone();
            if mem::take(&mut fewer[position]) != 0 && !self.is_over() && self.tried(&fewer).0 {
                best = fewer;
            }
        }
        best
    }

    fn is_over(&self) -> bool {
        self.runs >= MOST_RUNS || self.turns >= MOST_TURNS
    }

    /// Whether it fails in the same way with these choices.
    fn tried(&mut self, choices: &[u32]) -> (bool, Run) {
        let (why, run) = self.attempts.tried(choices);
        self.runs += 1;
        self.turns += run.turns;
        let fits = !matches!(run.stop, Some(EarlyEnd::NotRepeated { .. }));
        (fits && why.is_some_and(|why| discriminant(&why) == self.kind), run)
    }
}

fn departures(choices: &[u32]) -> usize {
    choices.iter().filter(|choice| **choice != 0).count()
}

/// The schedules with one more departure, after all departures of this one, whose run made these choices.
fn one_more(schedule: &[u32], made: &[Choice]) -> Vec<Vec<u32>> {
    let later = made.iter().enumerate().skip(schedule.len());
    let departing = |(position, choice): (usize, &Choice)| {
        (1..choice.of).map(move |other| {
            let mut choices = schedule.to_vec();
            choices.resize(position, 0); // the loop's own order
            choices.push(other);
            choices
        })
    };
    later.flat_map(departing).take(MOST_RUNS).collect()
}
