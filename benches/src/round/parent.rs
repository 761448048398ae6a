//! The side of a round that starts the processes and gathers what they write. No runtime is started in this one.

use super::{Head, Line, Sample};
use paintdry_contenders::contender::Fault;
use paintdry_contenders::groups::group::Group;
use paintdry_terminal::program::{Dialogue, Silence};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fmt, io};

/// No contender may take longer for its passes in one round.
const LIMIT: Duration = Duration::from_secs(120);

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sampling {
    /// How many rounds a group has.
    pub(crate) rounds: usize,
    /// A group whose rounds would take longer than this in all has fewer ...
    pub(crate) budget: Duration,
    /// ... but at least this many.
    pub(crate) fewest: usize,
    /// How long one sample is at least.
    pub(crate) sample: Duration,
    /// From which the order in each round follows.
    pub(crate) seed: u64,
    /// Whether each contender takes part twice.
    pub(crate) twin: bool,
    /// Whether contenders that take long are left out.
    pub(crate) quick: bool,
}

/// A group that was measured.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Measured {
    /// What it is.
    pub(crate) head: Head,
    /// The samples of each contender, one for each round, or why there are none.
    pub(crate) outcomes: Vec<Result<Vec<Sample>, Fault>>,
}

/// Why a group cannot be measured at all.
#[derive(Debug)]
pub(crate) enum NoRound {
    /// The process of the round cannot be started.
    NotStarted(io::Error),
    /// It wrote something else than lines.
    Nonsense(String),
}

impl fmt::Display for NoRound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotStarted(error) => {
                write!(f, "a round is a process of its own, and this one cannot be started: {error}")
            }
            Self::Nonsense(said) => write!(f, "the process of a round did not say what it measured: {said}"),
        }
    }
}

impl std::error::Error for NoRound {}

/// Starts the process of a round, which is this program with other options, and gives `hear` each of its lines.
fn listen(options: &[String], hear: &mut impl FnMut(Line)) -> Result<(), NoRound> {
    let mut command = Command::new(env::current_exe().map_err(NoRound::NotStarted)?);
    command.args(options);
    let mut process = Dialogue::start(command).map_err(NoRound::NotStarted)?;
    let mut running = None;
    let silence = loop {
        match process.listen(LIMIT) {
            Ok(line) => {
                let line = serde_json::from_str(&line).map_err(|_| NoRound::Nonsense(line))?;
                running = if let Line::Next(place) = line { Some(place) } else { None };
                hear(line);
            }
            Err(silence) => break silence,
        }
    };
    let said = process.end();
    if let Some(place) = running {
        hear(Line::Fault(place, Fault::Failed(last_words(silence, &said))));
    }
    Ok(())
}

/// Why the contender that ran last gave no answer.
fn last_words(silence: Silence, said: &str) -> String {
    match silence {
        Silence::TimedOut => format!("it took more than {LIMIT:?} and was stopped"),
        Silence::Ended => {
            let last = said.lines().map(str::trim).rfind(|line| !line.is_empty());
            format!("it ended its process; the last words were: {}", last.unwrap_or("none"))
        }
    }
}

/// Proves the contenders of the group `id`, and then measures them; only those of `runtimes`, if there are any. `progress` is told
/// how many rounds are done, and of how many.
pub(crate) fn measure(
    id: &str,
    runtimes: &[String],
    sampling: &Sampling,
    progress: &mut impl FnMut(usize, usize),
) -> Result<Measured, NoRound> {
    let options = |more: &[String]| {
        let mut options = vec!["--bench".to_owned(), "--round".to_owned(), id.to_owned()];
        options.extend(sampling.twin.then(|| "--twin".to_owned()));
        options.extend(sampling.quick.then(|| "--quick".to_owned()));
        options.extend(runtimes.iter().flat_map(|name| ["--runtime".to_owned(), name.clone()]));
        options.extend_from_slice(more);
        options
    };
    let mut measured = prove(&options(&["--prove".to_owned()]))?;
    let mut rounds = sampling.rounds;
    let mut round = 0;
    let start = Instant::now();
    while round < rounds {
        let seed = sampling.seed.wrapping_mul(1_000_003).wrapping_add(round as u64);
        let mut more =
            vec!["--seed".to_owned(), seed.to_string(), "--sample".to_owned(), sampling.sample.as_micros().to_string()];
        more.extend(measured.without().into_iter().flat_map(|name| ["--without".to_owned(), name]));
        let mut lines = Vec::new();
        listen(&options(&more), &mut |line| lines.push(line))?;
        // A round in which a contender failed is repeated without it, so that all rows have a sample of each round.
        if measured.take(lines) {
            round += 1;
            if round == 1 {
                rounds = affordable(start.elapsed(), sampling);
            }
            progress(round, rounds);
        }
    }
    Ok(measured)
}

/// How many rounds there is time for, by the time of the first.
fn affordable(first: Duration, sampling: &Sampling) -> usize {
    let rounds = sampling.budget.as_nanos() / first.as_nanos().max(1);
    usize::try_from(rounds).unwrap_or(usize::MAX).clamp(sampling.fewest.min(sampling.rounds), sampling.rounds)
}

/// The group, with those that cannot take part. There are no samples yet.
fn prove(options: &[String]) -> Result<Measured, NoRound> {
    let mut measured: Option<Measured> = None;
    listen(options, &mut |line| match (line, &mut measured) {
        (Line::Group(head), _) => measured = Some(Measured::from(head)),
        (line, Some(measured)) => measured.hear(line),
        (_, None) => {}
    })?;
    measured.ok_or_else(|| NoRound::Nonsense("it named no group".to_owned()))
}

impl From<Head> for Measured {
    fn from(head: Head) -> Self {
        let outcomes = vec![Ok(Vec::new()); head.entrants.len()];
        Self { head, outcomes }
    }
}

impl Measured {
    /// The group, before anything is run.
    pub(crate) fn of(group: &Group) -> Self {
        Head::of(group).into()
    }

    /// Who takes no part any more.
    pub(crate) fn without(&self) -> Vec<String> {
        let rows = self.head.entrants.iter().zip(&self.outcomes);
        rows.filter(|(_, outcome)| outcome.is_err()).map(|(entrant, _)| entrant.name.clone()).collect()
    }

    /// Whether a contender did something wrong.
    pub(crate) fn is_refused(&self) -> bool {
        self.outcomes.iter().any(|outcome| matches!(outcome, Err(Fault::Failed(_))))
    }

    /// Takes what a process writes.
    pub(crate) fn hear(&mut self, line: Line) {
        match line {
            Line::Fault(place, fault) => self.outcomes[place] = Err(fault), // the samples that it gave before count for nothing
            Line::Sampled(place, sample) => {
                if let Ok(samples) = &mut self.outcomes[place] {
                    samples.push(sample);
                }
            }
            Line::Group(_) | Line::Next(_) | Line::Proved(_) => {}
        }
    }

    /// Takes what one round gave. If a contender failed, only that is taken; then this is false.
    fn take(&mut self, lines: Vec<Line>) -> bool {
        let is_whole = !lines.iter().any(|line| matches!(line, Line::Fault(..)));
        for line in lines.into_iter().filter(|line| is_whole || matches!(line, Line::Fault(..))) {
            self.hear(line);
        }
        is_whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(ns: f64) -> Sample {
        Sample { ns, passes: 1, late: None, cpu: None }
    }

    #[test]
    fn a_round_in_which_one_contender_fails_does_not_count() {
        let head = Head {
            title: String::new(),
            what: String::new(),
            per: String::new(),
            floor: String::new(),
            entrants: Vec::new(),
            ratios: Vec::new(),
        };
        let mut measured = Measured { head, outcomes: vec![Ok(Vec::new()), Ok(Vec::new())] };
        assert!(measured.take(vec![Line::Sampled(1, sample(2.0)), Line::Sampled(0, sample(1.0))]));
        let fault = Fault::Failed("it took too long".to_owned());
        assert!(!measured.take(vec![Line::Sampled(0, sample(9.0)), Line::Fault(1, fault.clone())]));
        assert!(measured.take(vec![Line::Sampled(0, sample(3.0))]));
        assert_eq!(measured.outcomes, [Ok(vec![sample(1.0), sample(3.0)]), Err(fault)]);
    }

    #[test]
    fn a_slow_group_has_fewer_rounds_but_enough() {
        let second = Duration::from_secs(1);
        let sampling = Sampling {
            rounds: 21,
            budget: 18 * second,
            fewest: 15,
            sample: Duration::ZERO,
            seed: 1,
            twin: false,
            quick: false,
        };
        let affordable = |millis| affordable(Duration::from_millis(millis), &sampling);
        assert_eq!([affordable(0), affordable(100), affordable(1_000), affordable(60_000)], [21, 21, 18, 15]);
    }

    #[test]
    fn a_contender_that_ends_the_process_is_named_with_its_last_words() {
        assert_eq!(last_words(Silence::TimedOut, ""), "it took more than 120s and was stopped");
        let ended = last_words(Silence::Ended, "memory allocation failed\n\n");
        assert_eq!(ended, "it ended its process; the last words were: memory allocation failed");
    }
}
