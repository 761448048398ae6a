//! The side of a round that runs the contenders: proves that they do the same work, or takes a sample of each.

use super::{CpuTime, Head, Lateness, Line, Sample};
use fastrand::Rng;
use paintdry_contenders::contender::{Contender, Fault, Pass};
use paintdry_contenders::groups::group::Group;
use paintdry_contenders::job::Job;
use paintdry_contenders::prove::prove;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A sample of more passes is not needed for any clock.
const MOST_PASSES: u32 = 10_000;

/// A pass that takes longer needs none before it that warms up.
const LONG: Duration = Duration::from_millis(500);

/// What a process of a round is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order<'a> {
    /// Prove that all do the same work.
    Prove,
    /// Take a sample of all but those with the names `without`.
    Sample {
        /// How long a sample takes at least.
        at_least: Duration,
        /// From which the order of the contenders follows.
        seed: u64,
        /// Who takes no part.
        without: &'a [String],
    },
}

/// Does what `order` says with the contenders of `group`, and tells `write` of it.
pub(crate) fn run(group: &Group, order: Order<'_>, write: &mut impl FnMut(Line)) {
    write(Line::Group(Head::of(group)));
    let mut places: Vec<usize> = (0..group.contenders.len()).collect();
    let (at_least, without) = match order {
        Order::Prove => (None, [].as_slice()),
        Order::Sample { at_least, seed, without } => {
            keep_freed_memory();
            Rng::with_seed(seed).shuffle(&mut places);
            (Some(at_least), without)
        }
    };
    for place in places {
        let contender = &group.contenders[place];
        if without.contains(&contender.name) {
            continue;
        }
        write(Line::Next(place));
        let done = match at_least {
            None => prove(contender, &group.job).map(|()| Line::Proved(place)),
            Some(at_least) => sample(contender, &group.job, at_least).map(|sample| Line::Sampled(place, sample)),
        };
        write(done.unwrap_or_else(|fault| Line::Fault(place, fault)));
    }
}

/// Makes glibc's allocator keep freed memory. By default it returns the end of its heap to the system as soon as 128 KiB of
/// it are free, and the next pass would pay for the same pages again: some nanoseconds of each yield. It learns from the
/// largest piece that is freed, up to 32 MiB, and then keeps twice as much. On other allocators this has no effect.
fn keep_freed_memory() {
    drop(black_box(Vec::<u8>::with_capacity((32 << 20) - (64 << 10))));
}

/// One pass that warms up, and then as many as fill the time `at_least`. How many is planned by how long the first one took with all
/// that is not timed, such as sleeping.
fn sample(contender: &Contender, job: &Job, at_least: Duration) -> Result<Sample, Fault> {
    let expected = job.demands().results;
    let begun = Instant::now();
    let first = timed(contender, expected)?;
    let took = begun.elapsed();
    let passes = at_least.as_nanos() / took.as_nanos().max(1);
    let passes = u32::try_from(passes).unwrap_or(u32::MAX).saturating_add(1).min(MOST_PASSES);
    let mut time = Duration::ZERO;
    let (mut late, mut cpu) = (Vec::new(), Vec::new());
    let each = |time: Duration| nanoseconds(time) / as_f64(job.operations());
    let mut long = (took >= LONG).then_some(first);
    for _ in 0..passes {
        let pass = long.take().map_or_else(|| timed(contender, expected), Ok)?;
        time += pass.time;
        late.extend(pass.late.map(|late| Lateness {
            median: nanoseconds(late.median),
            p99: nanoseconds(late.p99),
            p999: nanoseconds(late.p999),
            worst: nanoseconds(late.worst),
        }));
        cpu.extend(pass.cpu.map(|cpu| CpuTime { server: each(cpu.server), client: each(cpu.client) }));
    }
    let operations = as_f64(job.operations()) * f64::from(passes);
    let (late, cpu) = (Lateness::median_of(&late), CpuTime::median_of(&cpu));
    Ok(Sample { ns: nanoseconds(time) / operations, passes, late, cpu })
}

/// One timed pass, whose results are checked.
fn timed(contender: &Contender, expected: u64) -> Result<Pass, Fault> {
    let pass = contender.time()?;
    if pass.results == expected { Ok(pass) } else { Err(Fault::Failed("wrong results in a timed pass".to_owned())) }
}

fn nanoseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e9
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_contenders::contender::{Cpu, Kind};
    use paintdry_contenders::tally::{Off, On, Tally};
    use std::cell::Cell;
    use std::rc::Rc;

    const JOB: Job = Job::Yields { tasks: 2, items: 3 };

    /// What a cheat does otherwise.
    #[derive(Clone, Copy, PartialEq)]
    enum Cheat {
        Not,
        SkipsAYield,
        RoundsAResult,
    }

    fn pass<T: Tally>(cheat: Cheat) -> Pass {
        T::spawned(2);
        T::yielded(if cheat == Cheat::SkipsAYield { 5 } else { 6 });
        let results = JOB.demands().results + u64::from(cheat == Cheat::RoundsAResult);
        Pass::new(Duration::from_micros(60), results)
    }

    fn contender(name: &str, cheat: Cheat) -> Contender {
        Contender::new(name, Kind::Peer, 1, (), move |()| Ok(pass::<On>(cheat)), move |()| Ok(pass::<Off>(cheat)))
    }

    fn group(contenders: Vec<Contender>) -> Group {
        let (title, what) = ("Yields".to_owned(), "Two tasks yield.".to_owned());
        Group { title, what, per: "a yield", job: JOB, floor: "floor", contenders, pairs: Vec::new() }
    }

    fn lines(contenders: Vec<Contender>, order: Order<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        run(&group(contenders), order, &mut |line| lines.push(line));
        assert!(matches!(lines.remove(0), Line::Group(_)));
        lines
    }

    const SAMPLE: Order<'static> = Order::Sample { at_least: Duration::ZERO, seed: 1, without: &[] };

    #[test]
    fn a_contender_that_does_other_work_fails_the_proof() {
        let contenders = vec![
            contender("a", Cheat::Not),
            contender("b", Cheat::SkipsAYield),
            Contender::absent("c", Kind::Peer, "no"),
        ];
        let fault = Fault::Failed("5 yields instead of 6".to_owned());
        let expected = [
            Line::Next(0),
            Line::Proved(0),
            Line::Next(1),
            Line::Fault(1, fault),
            Line::Next(2),
            Line::Fault(2, Fault::Absent("no".to_owned())),
        ];
        assert_eq!(lines(contenders, Order::Prove), expected);
    }

    #[test]
    fn a_sample_is_the_time_of_one_operation_after_one_pass_that_warms_up() {
        let passes = Rc::new(Cell::new(0));
        let counter = Rc::clone(&passes);
        let count = move |(): &()| {
            counter.set(counter.get() + 1);
            let cpu = Some(Cpu { server: Duration::from_micros(30), client: Duration::from_micros(12) });
            Ok(Pass { cpu, ..pass::<Off>(Cheat::Not) }) // 60 µs and 6 yields
        };
        let contender = Contender::new("a", Kind::Peer, 1, (), |()| Ok(pass::<On>(Cheat::Not)), count);
        let cpu = Some(CpuTime { server: 5_000.0, client: 2_000.0 });
        let sample = Sample { ns: 10_000.0, passes: 1, late: None, cpu };
        assert_eq!(lines(vec![contender], SAMPLE), [Line::Next(0), Line::Sampled(0, sample)]);
        assert_eq!(passes.get(), 2);
    }

    #[test]
    fn results_are_checked_in_timed_passes_too_and_a_panic_ends_one_contender_only() {
        let panics = |(): &()| -> Result<Pass, Fault> { std::panic::resume_unwind(Box::new("oh")) };
        let contenders = vec![
            contender("late", Cheat::RoundsAResult),
            Contender::new("panics", Kind::Peer, 1, (), |()| Ok(pass::<On>(Cheat::Not)), panics),
            contender("good", Cheat::Not),
        ];
        let lines = lines(contenders, SAMPLE);
        let failed = |reason: &str| Fault::Failed(reason.to_owned());
        assert!(lines.contains(&Line::Fault(0, failed("wrong results in a timed pass"))), "{lines:?}");
        assert!(lines.contains(&Line::Fault(1, failed("the task panicked: oh"))), "{lines:?}");
        assert!(lines.iter().any(|line| matches!(line, Line::Sampled(2, _))), "{lines:?}");
    }

    #[test]
    fn the_seed_decides_the_order_and_contenders_that_are_left_out_do_not_run() {
        let order = |seed, without| {
            let contenders = ["a", "b", "c", "d", "e"].map(|name| contender(name, Cheat::Not)).into();
            let lines = lines(contenders, Order::Sample { at_least: Duration::ZERO, seed, without });
            lines.iter().filter_map(|line| if let Line::Next(place) = line { Some(*place) } else { None }).collect()
        };
        let [one, same, other]: [Vec<_>; 3] = [order(1, &[]), order(1, &[]), order(2, &[])];
        assert_eq!(one, same);
        assert_ne!(one, other);
        let mut without = order(1, &["b".to_owned()]);
        without.sort_unstable();
        assert_eq!(without, [0, 2, 3, 4]);
    }
}
