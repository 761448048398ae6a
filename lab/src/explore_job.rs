//! A request for all schedules, or for the tree of their choices, and its answer.

use crate::program::Program;
use crate::request::Asked;
use crate::survey::{Bounds, Found, Kinds, Survey};
use crate::tree::{Node, tree};
use crate::values::Values;
use paintdry_explore::{Ended, Play, Played, Then};
use serde::Serialize;

/// How many schedules are counted, unless the request says otherwise,
const COUNTED: u64 = 10_000;

/// and how many are drawn.
const DRAWN: u64 = 200;

pub(crate) struct ExploreJob {
    program: &'static Program,
    values: Values,
    bounds: Bounds,
    survey: Survey,
    /// How many schedules this answer may still count.
    pub(crate) steps: u64,
}

#[derive(Serialize)]
pub(crate) struct Answer {
    schedules: u64,
    failing: u64,
    kinds: Kinds,
    most_choices: usize,
    complete: bool,
    finished: bool,
    /// In thousandths.
    progress: u32,
    shortest_failing: Option<Found>,
    passing: Option<Found>,
    goals: Vec<&'static str>,
    state: Option<String>,
    /// `None` while it is not finished, and if no tree is asked for.
    root: Option<Node>,
}

impl ExploreJob {
    pub(crate) fn new(asked: &Asked<'_>, is_tree: bool) -> Result<Self, String> {
        let program = crate::catalogue::named(asked.program)?;
        let values = Values::read(program.parameters, &asked.parameters)?;
        let limit = asked.limit.unwrap_or(if is_tree { DRAWN } else { COUNTED });
        let steps = asked.steps.unwrap_or(u64::MAX);
        if limit == 0 || steps == 0 {
            return Err("nothing can be explored in no steps; take a limit and steps of at least 1".to_owned());
        }
        let bounds = Bounds { root: asked.choices.len(), limit, keeps_leaves: is_tree };
        let survey = match asked.state {
            Some(state) => state.parse().map_err(|()| "the state is not that of an answer; leave it out".to_owned())?,
            None => Survey::begin(&asked.choices),
        };
        Ok(Self { program, values, bounds, survey, steps })
    }

    pub(crate) fn play(&self) -> impl FnOnce() -> Played + use<> {
        let (program, values, choices) = (self.program, self.values.clone(), self.survey.next());
        let is_recorded = self.bounds.keeps_leaves;
        move || {
            let names = if is_recorded { (program.tasks)(&values) } else { Vec::new() };
            let play = Play { choices: &choices, then: Then::OwnOrder, names: &names, is_recorded };
            program.play(&values, play)
        }
    }

    /// The answer, or `None` if there are more schedules to try first. The error is a sentence.
    pub(crate) fn hear(&mut self, played: &Played) -> Result<Option<Answer>, String> {
        if let Ended::DoesNotFit { choice } = played.ended {
            return Err(format!(
                "choice {choice} asks for a task that is not ready; take the choices of a run of this program"
            ));
        }
        self.survey.count(played, self.bounds);
        self.steps -= 1;
        let is_over = self.survey.end.is_some();
        Ok((is_over || self.steps == 0).then(|| self.answer(is_over)))
    }

    fn answer(&mut self, is_over: bool) -> Answer {
        let survey = std::mem::take(&mut self.survey);
        let root =
            if is_over { tree(&survey.leaves, self.bounds.root, &(self.program.tasks)(&self.values)) } else { None };
        Answer {
            schedules: survey.schedules,
            failing: survey.failing(),
            kinds: survey.kinds,
            most_choices: survey.most_choices,
            complete: survey.is_complete(),
            finished: is_over,
            progress: survey.progress(self.bounds.root),
            shortest_failing: survey.shortest_failing.clone(),
            passing: survey.passing.clone(),
            goals: self.program.reached_by_all(&self.values, &survey),
            state: (!is_over).then(|| survey.to_string()),
            root,
        }
    }
}
