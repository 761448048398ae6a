//! The proof that a contender does the work that is demanded. One that has not given it is not timed.

use crate::contender::{Contender, Fault, Part};
use crate::job::Job;
use crate::work::Work;
use std::fmt::Write;

/// Runs one pass of `contender` that is counted, and compares what it did with what `job` demands.
///
/// # Errors
/// Why it cannot be timed: it is absent, it failed, or its work is not that of the others.
pub fn prove(contender: &Contender, job: &Job) -> Result<(), Fault> {
    let mut demanded = job.demands();
    for part in contender.leaves_out {
        match part {
            Part::Yields => demanded.yields = 0,
            Part::Spawns => demanded.spawns = 0,
            Part::Sleeps => demanded.sleeps = 0,
        }
    }
    let done = contender.count()?;
    if done == demanded { Ok(()) } else { Err(Fault::Failed(differences(&done, &demanded))) }
}

/// Where the work differs: "199 yields instead of 200".
fn differences(done: &Work, demanded: &Work) -> String {
    let mut text = String::new();
    let parts = [
        ("yields", done.yields, demanded.yields),
        ("spawns", done.spawns, demanded.spawns),
        ("sleeps", done.sleeps, demanded.sleeps),
        ("wakes", done.wakes, demanded.wakes),
        ("cancels", done.cancels, demanded.cancels),
    ];
    for (name, done, demanded) in parts.into_iter().filter(|(_, done, demanded)| done != demanded) {
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}{done} {name} instead of {demanded}");
    }
    if done.results != demanded.results {
        text.push_str(if text.is_empty() { "wrong results" } else { ", and wrong results" });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contender::{Kind, Pass};
    use crate::job::double;
    use crate::kits::yields;
    use crate::tally::{Off, On, Tally};

    const JOB: Job = Job::Yields { tasks: 2, items: 3 };

    /// What a cheat does otherwise.
    #[derive(Clone, Copy, PartialEq)]
    enum Cheat {
        Not,
        SkipsAYield,
        SkipsATask,
        RoundsAResult,
    }

    fn pass<T: Tally>(cheat: Cheat) -> Result<Pass, Fault> {
        yields::pass(2, |promises| {
            for (n, promise) in promises.into_iter().enumerate() {
                let cheats = n == 1;
                T::spawned(u64::from(!(cheats && cheat == Cheat::SkipsATask)));
                T::yielded(if cheats && cheat == Cheat::SkipsAYield { 2 } else { 3 });
                let mut results: Vec<_> = (0..3).map(double).collect();
                if cheats && cheat == Cheat::RoundsAResult {
                    results[2] = 5;
                }
                promise.send(results).expect("the future is here");
            }
            Ok(())
        })
    }

    fn contender(cheat: Cheat) -> Contender {
        Contender::new("c", Kind::Peer, 1, (), move |()| pass::<On>(cheat), move |()| pass::<Off>(cheat))
    }

    fn refusal(contender: &Contender) -> String {
        prove(contender, &JOB).expect_err("it cheats").to_string()
    }

    #[test]
    fn a_contender_that_does_the_work_may_be_timed_and_one_that_does_other_work_is_refused() {
        assert_eq!(prove(&contender(Cheat::Not), &JOB), Ok(()));
        assert_eq!(refusal(&contender(Cheat::SkipsAYield)), "refused: 5 yields instead of 6");
        assert_eq!(refusal(&contender(Cheat::SkipsATask)), "refused: 1 spawns instead of 2");
        assert_eq!(refusal(&contender(Cheat::RoundsAResult)), "refused: wrong results");
    }

    #[test]
    fn a_part_that_is_left_out_must_be_said_and_must_be_left_out() {
        let plain_loop = |parts| {
            let pass = |()| crate::floors::yields::plain_loop(2, 3);
            let contender =
                Contender::new("plain loop", Kind::Floor, 1, (), move |(): &()| pass(()), move |()| pass(()));
            prove(&contender.leaving_out(parts), &JOB).map_err(|fault| fault.to_string())
        };
        assert_eq!(plain_loop(&[Part::Yields, Part::Spawns]), Ok(()));
        assert_eq!(plain_loop(&[Part::Yields]), Err("refused: 0 spawns instead of 2".to_owned()));
        assert_eq!(refusal(&contender(Cheat::Not).leaving_out(&[Part::Yields])), "refused: 6 yields instead of 0",);
    }
}
