//! Wake from another thread: a task and a plain OS thread pass a ball to and fro, on one core and on two.

use crate::by_hand;
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::wakes as floors;
use crate::groups::group::{Group, threads_of};
use crate::job::{Cores, Job, Wakes};
use crate::pin::{self, pin_this_thread};
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const PARKED: &str = "a thread that parks";

/// The group of [`Job::Wakes`]. It leaves this thread pinned, so that every thread that a contender starts is pinned as well.
pub(super) fn group(wakes: Wakes) -> Group {
    let _ = pin::choose(wakes.cores).map(|[core, _]| pin_this_thread(core)); // if it cannot be, each pass says so
    let job = Job::Wakes(wakes);
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(wakes));
    let floor = contender!(PARKED, Kind::Floor, 1, (), |(), T| floors::parked_thread::<T>(wakes));
    contenders.push(floor.how("park and unpark").leaving_out(&[Part::Spawns]));
    let (title, shows) = match wakes.cores {
        Cores::Same => (
            "Wake from another thread, on the same core",
            "All threads are pinned to one core, so none moves, and there is no sleeping core to wake. A round trip is two \
             switches between threads, which cost the same for all, and what the runtime itself adds to a wake.",
        ),
        Cores::Others => (
            "Wake from another thread, on another core",
            "The runtime's threads are pinned to one core and the plain thread to another. Each wake finds the other core idle, \
             so a round trip includes twice what the system needs to wake a sleeping core. That is often most of it.",
        ),
    };
    Group {
        title: title.to_owned(),
        what: format!(
            "A task and a plain OS thread pass a ball to and fro, {} times. A round trip is one wake of the task by the thread \
             and one unpark of the thread by the task. {shows} A runtime that has a worker for each core finds one core, as \
             under `taskset`, and starts one worker. The time of a pass is divided by its round trips.",
            thousands(wakes.round_trips)
        ),
        per: "a round trip",
        job,
        floor: PARKED,
        contenders,
        pairs: Vec::new(),
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        contender_on::<EventLoop>(job, "the task on the caller's thread"),
        contender_on::<paintdry_tokio::CurrentThread>(job, "the task on the caller's thread").full(),
        contender_on::<paintdry_tokio::MultiThread>(job, "the task on a worker").full(),
        contender_on::<paintdry_async_std::Global>(job, "the task on a worker").full(),
        contender_on::<paintdry_smol::Local>(job, "the task on the caller's thread").full(),
        contender_on::<paintdry_smol::Global>(job, "the task on the executor's thread").full(),
    ]
}

fn written_by_hand(wakes: Wakes) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| generator::wakes::<T>(it, wakes))
            .how("the task on the caller's thread"),
        contender!("tokio by hand", Kind::ByHand, 1, tokio::current_thread(), |it, T| tokio::wakes::<T>(it, wakes))
            .how("the task on the caller's thread, which waits in epoll")
            .full(),
        contender!("tokio by hand, timers only", Kind::ByHand, 1, tokio::timers_only(), |it, T| {
            tokio::wakes::<T>(it, wakes)
        })
        .how("enable_time: the caller's thread parks"),
        contender!("tokio-multi by hand", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::wakes::<T>(it, wakes)
        })
        .how("the task on a worker")
        .full(),
        contender!("async-std by hand", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::wakes::<T>(wakes)
        })
        .how("the task on a worker")
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, smol::Local::new(smol::Waiting::OnTheReactor), |it, T| {
            smol::wakes::<T>(it, wakes)
        })
        .how("the task on the caller's thread, which waits in epoll")
        .full(),
        contender!(
            "smol by hand, without its reactor",
            Kind::ByHand,
            1,
            smol::Local::new(smol::Waiting::Parked),
            |it, T| smol::wakes::<T>(it, wakes)
        )
        .how("futures_lite's block_on: the caller's thread parks"),
    ]
}
