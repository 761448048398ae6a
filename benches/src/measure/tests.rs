//! The engine refuses who does other work, and gives the others their rounds.

use super::*;
use paintdry_contenders::contender::Kind;
use paintdry_contenders::tally::{Off, On, Tally};
use std::cell::Cell;
use std::rc::Rc;

const JOB: Job = Job::Yields { tasks: 2, items: 3 };

const SAMPLING: Sampling = Sampling { rounds: 6, budget: Duration::MAX, fewest: 2, sample: Duration::ZERO, seed: 1 };

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

fn contender(cheat: Cheat) -> Contender {
    Contender::new("c", Kind::Peer, 1, (), move |()| Ok(pass::<On>(cheat)), move |()| Ok(pass::<Off>(cheat)))
}

#[test]
fn a_cheat_is_never_timed() {
    let timed = Rc::new(Cell::new(0));
    let counter = Rc::clone(&timed);
    let cheat = Contender::new(
        "cheat",
        Kind::Peer,
        1,
        (),
        |()| Ok(pass::<On>(Cheat::SkipsAYield)),
        move |()| {
            counter.set(counter.get() + 1);
            Ok(pass::<Off>(Cheat::SkipsAYield))
        },
    );
    let contenders = [contender(Cheat::Not), cheat, Contender::absent("gone", Kind::Peer, "not here")];
    let measured = measure(&contenders, &JOB, &SAMPLING);
    assert_eq!(timed.get(), 0);
    assert_eq!(measured[0].outcome.as_ref().map(|samples| samples.rounds.len()), Ok(6));
    assert_eq!(measured[1].outcome, Err(Fault::Failed("5 yields instead of 6".to_owned())));
    assert_eq!(measured[2].outcome, Err(Fault::Absent("not here".to_owned())));
}

#[test]
fn results_are_checked_in_timed_passes_too_and_a_panic_ends_one_contender_only() {
    let late_cheat = Contender::new(
        "late",
        Kind::Peer,
        1,
        Cell::new(0),
        |_| Ok(pass::<On>(Cheat::Not)),
        |passes| {
            passes.set(passes.get() + 1);
            Ok(pass::<Off>(if passes.get() < 5 { Cheat::Not } else { Cheat::RoundsAResult }))
        },
    );
    let panics = Contender::new(
        "panics",
        Kind::Peer,
        1,
        (),
        |()| std::panic::resume_unwind(Box::new("oh")),
        |()| Ok(pass::<Off>(Cheat::Not)),
    );
    let contenders = [late_cheat, panics, contender(Cheat::Not)];
    let measured = measure(&contenders, &JOB, &SAMPLING);
    assert_eq!(measured[0].outcome, Err(Fault::Failed("wrong results in a timed pass".to_owned())));
    assert_eq!(measured[1].outcome, Err(Fault::Failed("the task panicked: oh".to_owned())));
    assert!(measured[2].outcome.is_ok());
}

#[test]
fn a_sample_is_the_time_of_one_operation() {
    let contenders = [contender(Cheat::Not)]; // 60 µs and 6 yields a pass
    let measured = measure(&contenders, &JOB, &SAMPLING);
    let samples = measured[0].outcome.as_ref().expect("it is right");
    assert_eq!((samples.passes, &samples.rounds), (1, &vec![Some(10_000.0); 6]));
}

#[test]
fn fewer_samples_are_spread_over_the_rounds_and_are_among_those_of_who_gives_more() {
    let rounds = |samples| (0..9).filter(|round| takes_part(*round, samples, 9)).collect::<Vec<_>>();
    assert_eq!(rounds(9), (0..9).collect::<Vec<_>>());
    assert_eq!(rounds(3), [0, 4, 8]);
    for samples in 0..9 {
        assert_eq!(rounds(samples).len(), samples);
        assert!(rounds(samples).iter().all(|round| rounds(samples + 1).contains(round)), "{samples} samples");
    }
}

#[test]
fn who_is_slow_takes_part_in_fewer_rounds() {
    let contenders = [contender(Cheat::Not)];
    let measured = measure(&contenders, &JOB, &Sampling { budget: Duration::ZERO, ..SAMPLING });
    let samples = measured[0].outcome.as_ref().expect("it is right");
    assert_eq!(samples.rounds.iter().filter(|round| round.is_some()).count(), SAMPLING.fewest);
    assert_eq!(samples.rounds.len(), SAMPLING.rounds);
}
