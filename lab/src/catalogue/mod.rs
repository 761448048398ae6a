//! All programs of the lab: those about time, and those about order.

use crate::program::{By, Goal, Program};
use crate::values::Parameter;
use serde::Serialize;

mod order;
mod sharing;
mod time;

/// All of them, in the order in which a page lists them.
pub(crate) const ALL: [&Program; 10] = [
    &time::PAINT,
    &sharing::AMAP,
    &order::LOST_UPDATE,
    &order::LOST_WAKEUP,
    &order::TWO_LOCKS,
    &order::LOST_WAKER,
    &time::NEVER_YIELDS,
    &sharing::SELECT_LOSES,
    &time::BACKPRESSURE,
    &sharing::RETRY,
];

/// The program with this name. The error is a sentence.
pub(crate) fn named(name: &str) -> Result<&'static Program, String> {
    let found = ALL.into_iter().find(|program| program.name == name);
    found.ok_or_else(|| format!("no program is called '{name}'; the catalogue lists them"))
}

/// The goal of most programs with a bug.
const REPAIR: Goal = Goal {
    name: "repair",
    text: "Change the program so that no schedule fails.",
    by: By::Explore(|_, survey| survey.failing() == 0),
};

/// What a page needs of a program.
#[derive(Serialize)]
struct Shown {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    question: &'static str,
    file: &'static str,
    text: &'static str,
    parameters: &'static [Parameter],
    goals: Vec<ShownGoal>,
}

#[derive(Serialize)]
struct ShownGoal {
    name: &'static str,
    text: &'static str,
    by: &'static str,
}

#[derive(Serialize)]
pub(crate) struct Catalogue {
    programs: Vec<Shown>,
}

/// All programs, for a page.
pub(crate) fn catalogue() -> Catalogue {
    let goal = |goal: &Goal| {
        let by = match goal.by {
            By::Run(_) => "run",
            By::Explore(_) => "explore",
        };
        ShownGoal { name: goal.name, text: goal.text, by }
    };
    let programs = ALL.into_iter().map(|program| {
        let Program { name, title, about, question, file, text, parameters, .. } = *program;
        let goals = program.goals.iter().map(goal).collect();
        Shown { name, title, about, question, file, text, parameters, goals }
    });
    Catalogue { programs: programs.collect() }
}
