//! The engine: proves that all contenders of a group do the same work, and then times them in turn.
//!
//! Each round gives every contender one sample, in a shuffled order; so a machine that is slow for a while is slow for all,
//! and a ratio within a round is fair. A sample is as many passes as fill a few milliseconds.

use fastrand::Rng;
use paintdry_contenders::contender::{Contender, Fault, Pass};
use paintdry_contenders::job::Job;
use paintdry_contenders::prove::prove;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Makes glibc's allocator keep freed memory. By default it returns the end of its heap to the system as soon as 128 KiB of
/// it are free, and the next pass would pay for the same pages again: some nanoseconds of each yield. It learns from the
/// largest piece that is freed, up to 32 MiB, and then keeps twice as much. On other allocators this has no effect.
pub(crate) fn keep_freed_memory() {
    drop(black_box(Vec::<u8>::with_capacity((32 << 20) - (64 << 10))));
}

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sampling {
    /// How many samples each contender gives.
    pub(crate) rounds: usize,
    /// A contender whose samples would take longer than this in all gives fewer of them, spread over the rounds ...
    pub(crate) budget: Duration,
    /// ... but at least this many.
    pub(crate) fewest: usize,
    /// How long one sample is at least.
    pub(crate) sample: Duration,
    /// From which the order in each round follows.
    pub(crate) seed: u64,
}

/// What one contender came to.
pub(crate) struct Measured<'a> {
    /// The contender.
    pub(crate) contender: &'a Contender,
    /// Its samples, or why there are none.
    pub(crate) outcome: Result<Samples, Fault>,
}

/// The samples of one contender.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Samples {
    /// Nanoseconds for one operation, for each round in which it took part.
    pub(crate) rounds: Vec<Option<f64>>,
    /// How many passes were one sample.
    pub(crate) passes: u32,
    /// The median and the worst lateness of the sleepers, in nanoseconds, one for each pass.
    pub(crate) late: Vec<(f64, f64)>,
    /// How long the pass took that warmed up, with all that is not timed: by it the samples are planned.
    pub(crate) warm_up: Duration,
}

/// One timed pass, whose results are checked.
fn timed(contender: &Contender, expected: u64) -> Result<Pass, Fault> {
    let pass = contender.time()?;
    if pass.results == expected { Ok(pass) } else { Err(Fault::Failed("wrong results in a timed pass".to_owned())) }
}

/// Proves all of `contenders` and runs those that pass once, timed but not measured: that warms up. A contender that takes long is
/// warm from the pass that was counted.
pub(crate) fn proved<'a>(contenders: &'a [Contender], job: &Job) -> Vec<Measured<'a>> {
    let expected = job.demands().results;
    let samples = |contender| {
        let mut start = Instant::now();
        prove(contender, job)?;
        if start.elapsed() < LONG {
            start = Instant::now();
            timed(contender, expected)?;
        }
        Ok(Samples { rounds: Vec::new(), passes: 1, late: Vec::new(), warm_up: start.elapsed() })
    };
    contenders.iter().map(|contender| Measured { contender, outcome: samples(contender) }).collect()
}

/// A pass that takes longer needs no second one to warm up.
const LONG: Duration = Duration::from_millis(500);

/// Proves all of `contenders`, and times those that pass.
pub(crate) fn measure<'a>(contenders: &'a [Contender], job: &Job, sampling: &Sampling) -> Vec<Measured<'a>> {
    let mut measured = proved(contenders, job);
    let plans: Vec<_> =
        measured.iter_mut().map(|row| row.outcome.as_mut().map_or(0, |row| plan(row, sampling))).collect();
    let mut random = Rng::with_seed(sampling.seed);
    let mut order: Vec<usize> = (0..measured.len()).collect();
    for round in 0..sampling.rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let Measured { contender, outcome } = &mut measured[index];
            let Ok(samples) = outcome else { continue };
            if !takes_part(round, plans[index], sampling.rounds) {
                samples.rounds.push(None);
            } else if let Err(fault) = sample(contender, samples, job) {
                *outcome = Err(fault); // what it gave before counts for nothing
            }
        }
    }
    measured
}

/// Sets the size of a sample, and gives the number of samples that there is time for.
fn plan(samples: &mut Samples, sampling: &Sampling) -> usize {
    let pass = samples.warm_up.max(Duration::from_nanos(1));
    let times = |whole: Duration| u32::try_from(whole.as_nanos() / pass.as_nanos()).unwrap_or(u32::MAX);
    samples.passes = times(sampling.sample).saturating_add(1).min(MOST_PASSES);
    let affordable = times(sampling.budget) / samples.passes;
    usize::try_from(affordable).unwrap_or(usize::MAX).clamp(sampling.fewest.min(sampling.rounds), sampling.rounds)
}

/// A sample of more passes is not needed for any clock.
const MOST_PASSES: u32 = 10_000;

/// Whether a contender that takes part in `samples` of `rounds` rounds takes part in this one. They are spread over the
/// run, and a contender of fewer rounds takes part only when those with more do, so that there is a ratio for each.
fn takes_part(round: usize, samples: usize, rounds: usize) -> bool {
    // With its bits reversed, a count jumps to and fro: 0, half, a quarter, three quarters ...
    let before = (0..rounds).filter(|other| other.reverse_bits() < round.reverse_bits()).count();
    before < samples
}

/// Times one sample.
fn sample(contender: &Contender, samples: &mut Samples, job: &Job) -> Result<(), Fault> {
    let expected = job.demands().results;
    let mut time = Duration::ZERO;
    for _ in 0..samples.passes {
        let pass = timed(contender, expected)?;
        time += pass.time;
        samples.late.extend(pass.late.map(|late| (nanoseconds(late.median), nanoseconds(late.worst))));
    }
    let operations = as_f64(job.operations()) * f64::from(samples.passes);
    samples.rounds.push(Some(nanoseconds(time) / operations));
    Ok(())
}

fn nanoseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e9
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
