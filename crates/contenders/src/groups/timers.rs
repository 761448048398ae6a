//! Timers: sleepers that are spawned together and sleep for times that are spread out.

use crate::by_hand;
use crate::contender::{Contender, Kind, contender};
use crate::floors::timers as floors;
use crate::groups::group::{Group, os_threads, pair, threads_of};
use crate::job::{Job, Timers};
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const CLOSURES: &str = "boxed closures in a BinaryHeap";
const FUTURES: &str = "boxed futures in a BinaryHeap";

/// The group of [`Job::Timers`].
pub(super) fn group(timers: Timers) -> Group {
    let job = Job::Timers(timers);
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(timers));
    contenders.extend(without_a_runtime(timers));
    Group {
        title: format!("Timers, {} sleepers", thousands(timers.sleepers as u64)),
        what: format!(
            "{} tasks are spawned, each sleeps once, and all are joined. The sleeps take from {:?} to twice as long, spread \
             evenly and out of order. The figure is the delay of the last sleeper: how much later it woke than it would have if \
             its sleep had begun with the pass and had been exact. So the delay includes the spawning.",
            thousands(timers.sleepers as u64),
            timers.shortest,
        ),
        per: "the delay of the last sleeper",
        job,
        floor: CLOSURES,
        contenders,
        pairs: vec![pair("generators by hand", CLOSURES), pair("generator by hand", FUTURES)],
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        contender_on::<EventLoop>(job, "sleep"),
        contender_on::<paintdry_tokio::CurrentThread>(job, "time::sleep, granularity 1 ms").full(),
        contender_on::<paintdry_tokio::MultiThread>(job, "time::sleep, granularity 1 ms").full(),
        contender_on::<paintdry_async_std::Global>(job, "task::sleep").full(),
        contender_on::<paintdry_smol::Local>(job, "Timer::after").full(),
        contender_on::<paintdry_smol::Global>(job, "Timer::after").full(),
    ]
}

fn written_by_hand(timers: Timers) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generators by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| {
            generator::timers_of_generators::<T>(it, timers)
        })
        .how("Request::Sleep"),
        contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| generator::timers::<T>(it, timers))
            .how("sleep"),
        contender!("tokio by hand", Kind::ByHand, 1, tokio::current_thread(), |it, T| tokio::timers::<T>(it, timers))
            .how("time::sleep, granularity 1 ms")
            .full(),
        contender!("tokio-multi by hand", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::timers::<T>(it, timers)
        })
        .how("time::sleep, granularity 1 ms")
        .full(),
        contender!("async-std by hand", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::timers::<T>(timers)
        })
        .how("task::sleep")
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, smol::Local::new(smol::Waiting::OnTheReactor), |it, T| {
            smol::timers::<T>(it, timers)
        })
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
        os_threads(timers.sleepers, || {
            contender!("OS threads", Kind::Threads, timers.sleepers, (), |(), T| floors::threads::<T>(timers))
                .how("thread::sleep")
        }),
    ]
}
