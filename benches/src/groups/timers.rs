//! Timers: sleepers that are spawned together and sleep for times that are spread out.

use crate::by_hand;
use crate::contender::{Contender, Fault, Kind, Late, Pass};
use crate::floors::timers as floors;
use crate::groups::{Group, pair, threads_of, threads_row};
use crate::job::{Job, Timers, checksum};
use crate::through_trait::row;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;
use std::time::{Duration, Instant};

/// What a sleeper gives when it woke: its number, and the time since the start of the pass.
pub type Woke = (usize, Duration);

/// The pass of sleepers, in whatever order. `start` was read before the first spawn; the clock is read here, so call it
/// when the last was joined.
///
/// # Errors
/// If one woke early.
pub fn pass(timers: &Timers, start: Instant, woke: &[Woke]) -> Result<Pass, Fault> {
    let time = start.elapsed().saturating_sub(timers.ideal());
    let mut woke = woke.to_vec();
    woke.sort_unstable();
    let lateness = |&(n, woke): &Woke| {
        woke.checked_sub(timers.duration(n)).ok_or_else(|| Fault::Failed(format!("sleeper {n} woke early")))
    };
    let late = Late::of(woke.iter().map(lateness).collect::<Result<_, _>>()?);
    Ok(Pass { time, results: checksum(woke.iter().map(|&(n, _)| n as u64)), late })
}

const CLOSURES: &str = "boxed closures in a BinaryHeap";
const FUTURES: &str = "boxed futures in a BinaryHeap";

/// The group of [`Job::Timers`].
///
/// # Panics
/// If it is another job.
#[must_use]
pub fn group(job: Job) -> Group {
    let Job::Timers(timers) = job else { panic!("{job:?} is not a job of this group") };
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(timers));
    contenders.extend(without_a_runtime(timers));
    Group {
        id: String::new(),
        title: format!("Timers, {} sleepers", thousands(timers.sleepers as u64)),
        what: format!(
            "{} tasks are spawned, each sleeps once, for {:?} to twice as long, spread evenly and out of order, and all are \
             joined. The clock starts before the first spawn. The time is what of the pass is above the longest sleep; how \
             late a sleeper is counts from the start of the pass, too, so it includes the spawning.",
            thousands(timers.sleepers as u64),
            timers.shortest,
        ),
        per: "a pass, above the longest sleep",
        job,
        floor: CLOSURES,
        contenders,
        pairs: vec![pair("generators by hand", CLOSURES), pair("generator by hand", FUTURES)],
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        row::<EventLoop>(job, "sleep"),
        row::<paintdry_tokio::CurrentThread>(job, "time::sleep, granularity 1 ms").full(),
        row::<paintdry_tokio::MultiThread>(job, "time::sleep, granularity 1 ms").full(),
        row::<paintdry_async_std::Global>(job, "task::sleep").full(),
        row::<paintdry_smol::Local>(job, "Timer::after").full(),
        row::<paintdry_smol::Global>(job, "Timer::after").full(),
    ]
}

fn written_by_hand(timers: Timers) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    let row = Kind::ByHand;
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generators by hand", row, 1, EventLoop::new(), |it, T| {
            generator::timers_of_generators::<T>(it, timers)
        })
        .how("Request::Sleep"),
        contender!("generator by hand", row, 1, EventLoop::new(), |it, T| generator::timers::<T>(it, timers))
            .how("sleep"),
        contender!("tokio by hand", row, 1, tokio::current_thread(), |it, T| tokio::timers::<T>(it, timers))
            .how("time::sleep, granularity 1 ms")
            .full(),
        contender!("tokio-multi by hand", row, workers, tokio::multi_thread(), |it, T| {
            tokio::timers::<T>(it, timers)
        })
        .how("time::sleep, granularity 1 ms")
        .full(),
        contender!("async-std by hand", row, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::timers::<T>(timers)
        })
        .how("task::sleep")
        .full(),
        contender!("smol by hand", row, 1, LocalExecutor::new(), |it, T| smol::timers::<T>(it, timers))
            .how("Timer::after")
            .full(),
    ]
}

fn without_a_runtime(timers: Timers) -> Vec<Contender> {
    vec![
        contender!(CLOSURES, Kind::Floor, 1, (), |(), T| floors::boxed_closures::<T>(timers))
            .how("thread::sleep to the next"),
        contender!(FUTURES, Kind::Floor, 1, (), |(), T| floors::boxed_futures::<T>(timers))
            .how("thread::sleep to the next"),
        threads_row(timers.sleepers, || {
            contender!("OS threads", Kind::Threads, timers.sleepers, (), |(), T| floors::threads::<T>(timers))
                .how("thread::sleep")
        }),
    ]
}
