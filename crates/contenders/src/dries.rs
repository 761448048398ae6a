//! Who takes part in [`Job::Dries`](crate::job::Job::Dries): `paintdry scale` runs each of them in a process of its own. They are started when they are
//! asked for, and have run a task before, if they are runtimes.

use crate::by_hand::generator;
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::dries as floors;
use crate::job::Dries;
use crate::through_trait::drying_on;
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;

/// Any runtime, through the trait.
pub fn on_runtime<R: Runtime>(job: Dries) -> Contender {
    drying_on::<R>(job)
}

/// Generators written by hand, without what `async` adds to the loop.
pub fn generators_by_hand(job: Dries) -> Contender {
    contender!("generators by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| {
        generator::dries_of_generators::<T>(it, job)
    })
}

/// Futures on the generator loop's own API, without what the trait adds.
pub fn generator_by_hand(job: Dries) -> Contender {
    contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| generator::dries::<T>(it, job))
}

/// A binary heap of boxed closures.
pub fn boxed_closures(job: Dries) -> Contender {
    contender!("boxed closures in a BinaryHeap", Kind::Floor, 1, (), |(), T| floors::boxed_closures::<T>(job))
}

/// A binary heap of boxed futures.
pub fn boxed_futures(job: Dries) -> Contender {
    contender!("boxed futures in a BinaryHeap", Kind::Floor, 1, (), |(), T| floors::boxed_futures::<T>(job))
}

/// An OS thread for each canvas.
pub fn threads(job: Dries) -> Contender {
    contender!("OS threads", Kind::Threads, job.tasks, (), |(), T| floors::threads::<T>(job))
}

/// One canvas after another.
pub fn one_after_another(job: Dries) -> Contender {
    contender!("one after another", Kind::Floor, 1, (), |(), T| floors::one_after_another::<T>(job))
        .leaving_out(&[Part::Spawns])
}

/// compio.
#[cfg(all(target_os = "linux", feature = "compio"))]
pub fn compio(job: Dries) -> Contender {
    crate::peers::compio::drying(job)
}

/// monoio.
#[cfg(all(target_os = "linux", feature = "peers"))]
pub fn monoio(job: Dries) -> Contender {
    crate::peers::monoio::drying(job)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contender::Fault;
    use crate::job::Job;
    use crate::kits::dries;
    use crate::prove::prove;
    use std::time::Duration;

    const JOB: Dries = Dries { tasks: 5, drying: Duration::from_micros(1_234) };

    fn all() -> Vec<Contender> {
        let all: Vec<fn(Dries) -> Contender> = vec![
            on_runtime::<EventLoop>,
            on_runtime::<paintdry_tokio::MultiThread>,
            on_runtime::<paintdry_smol::Local>,
            generators_by_hand,
            generator_by_hand,
            boxed_closures,
            boxed_futures,
            threads,
            one_after_another,
        ];
        #[cfg(all(target_os = "linux", feature = "compio"))]
        let all = [all, vec![compio]].concat();
        #[cfg(all(target_os = "linux", feature = "peers"))]
        let all = [all, vec![monoio]].concat();
        all.into_iter().map(|contender| contender(JOB)).collect()
    }

    #[test]
    fn each_dries_all_canvases_and_none_is_early() {
        for contender in all() {
            match prove(&contender, &Job::Dries(JOB)) {
                Err(Fault::Absent(reason)) if contender.kind == Kind::Peer => {
                    assert!(reason.starts_with("it cannot start here"), "{contender:?}: {reason}");
                    continue;
                }
                proved => assert_eq!(proved, Ok(()), "{contender:?}"),
            }
            let pass = contender.time().expect("it was proved");
            assert_eq!(pass.results, 5, "{contender:?}");
            assert!(pass.time >= JOB.drying, "{contender:?}: {pass:?}");
        }
    }

    #[test]
    fn the_size_is_that_of_the_task_alone() {
        let bytes = |contender: fn(Dries) -> Contender| contender(JOB).time().map(|pass| pass.task_bytes);
        assert_eq!(bytes(generators_by_hand), Ok(Some(size_of::<Duration>())));
        assert_eq!(bytes(threads), Ok(Some(size_of::<Duration>())));
        assert_eq!(bytes(on_runtime::<EventLoop>), bytes(generator_by_hand));
        assert_eq!(bytes(one_after_another), Ok(Some(0)));
    }

    #[test]
    fn sleeps_that_are_short_are_a_fault_and_so_are_canvases_that_are_not_dry() {
        let pass = dries::pass(Dries { drying: Duration::MAX, ..JOB }, 0..5, |tasks| Ok(tasks.map(drop).collect()));
        let reason = "its tasks had ended before the canvases were dry, so its sleeps are short";
        assert_eq!(pass, Err(Fault::Failed(reason.to_owned())));
        let pass = dries::pass(JOB, 0..3, |tasks| Ok(tasks.map(drop).collect()));
        assert_eq!(pass, Err(Fault::Failed("only 3 of 5 canvases are dry".to_owned())));
    }
}
