//! Wake from another thread: a task and a plain OS thread pass a ball to and fro.

use crate::by_hand;
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::wakes as floors;
use crate::groups::group::{Group, threads_of};
use crate::job::Job;
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;

const PARKED: &str = "a thread that parks";

/// The group of [`Job::Wakes`].
pub(super) fn group(round_trips: u64) -> Group {
    let job = Job::Wakes { round_trips };
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(round_trips));
    let floor = contender!(PARKED, Kind::Floor, 1, (), |(), T| floors::parked_thread::<T>(round_trips));
    contenders.push(floor.how("park and unpark").leaving_out(&[Part::Spawns]));
    Group {
        title: "Wake from another thread".to_owned(),
        what: format!(
            "A task and a plain OS thread pass a ball to and fro, {} times. A round trip is one wake of the task by the thread \
             and one unpark of the thread by the task, and much of it is the operating system's. The time of a pass is divided \
             by its round trips.",
            thousands(round_trips)
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

fn written_by_hand(round_trips: u64) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| generator::wakes::<T>(
            it,
            round_trips
        ))
        .how("the task on the caller's thread"),
        contender!("tokio by hand", Kind::ByHand, 1, tokio::current_thread(), |it, T| tokio::wakes::<T>(
            it,
            round_trips
        ))
        .how("the task on the caller's thread")
        .full(),
        contender!("tokio-multi by hand", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::wakes::<T>(it, round_trips)
        })
        .how("the task on a worker")
        .full(),
        contender!("async-std by hand", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::wakes::<T>(round_trips)
        })
        .how("the task on a worker")
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, LocalExecutor::new(), |it, T| smol::wakes::<T>(it, round_trips))
            .how("the task on the caller's thread")
            .full(),
    ]
}
