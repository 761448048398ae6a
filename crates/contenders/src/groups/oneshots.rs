//! Oneshot channels: pairs of tasks that call each other.

use crate::by_hand::{async_std, generator, smol, tokio};
use crate::contender::{Contender, Kind, contender};
use crate::floors::sync as floors;
use crate::groups::group::{Group, os_threads, pair, threads_of};
use crate::job::{Job, Oneshots};
use crate::kits::{self, oneshots};
use crate::sync::{AsyncChannel, AsyncStd, Futures, Tokio};
use ::smol::LocalExecutor;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const FLOOR: &str = "boxed futures in a VecDeque";
const ONE: &str = "async-channel's bounded(1); it has no oneshot";

/// The group of [`Job::Oneshots`].
pub(super) fn group(oneshots: Oneshots) -> Group {
    let job = Job::Oneshots(oneshots);
    let mut contenders = with_their_own_channel(oneshots);
    contenders.extend(with_another_channel(oneshots));
    contenders.extend(without_a_runtime(oneshots));
    Group {
        title: "Oneshot channels".to_owned(),
        what: format!(
            "{} pairs of tasks are spawned. In each, one task calls the other {} times. A call is a number and a new oneshot \
             channel for the answer, and the answer brings a channel for the next call. So a message is one channel: made, sent \
             to once and received from once. The tasks live long, so that spawning them hardly counts. The time of a pass is \
             divided by its {} messages. A row named only after a runtime has the channel that its authors recommend. The rows \
             \"with\" another channel show whether the channel or the scheduler makes a difference: a channel needs only a \
             waker, so each works on every runtime.",
            oneshots.pairs,
            thousands(oneshots.round_trips),
            thousands(job.operations()),
        ),
        per: "a message",
        job,
        floor: FLOOR,
        contenders,
        pairs: vec![
            pair("generator", FLOOR),
            pair("tokio", "tokio with futures' oneshot"),
            pair("tokio-multi", "tokio-multi with futures' oneshot"),
            pair("smol", "smol with futures' oneshot"),
            pair("smol", "smol with tokio's oneshot"),
            pair("smol-global", "smol-global with tokio's oneshot"),
        ],
    }
}

fn with_their_own_channel(job: Oneshots) -> Vec<Contender> {
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator", Kind::ByHand, 1, EventLoop::new(), |it, T| kits::pass(|| {
            generator::run_joined(it, oneshots::tasks::<T, Futures>(job))
        }))
        .how("futures' oneshot"),
        contender!("tokio", Kind::ByHand, 1, tokio::current_thread(), |it, T| kits::pass(|| {
            tokio::run(it, oneshots::tasks::<T, Tokio>(job))
        }))
        .how("tokio::sync::oneshot")
        .full(),
        contender!("tokio-multi", Kind::ByHand, workers, tokio::multi_thread(), |it, T| kits::pass(|| {
            tokio::run(it, oneshots::tasks::<T, Tokio>(job))
        }))
        .how("tokio::sync::oneshot")
        .full(),
        contender!("async-std", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| kits::pass(
            || { async_std::run(oneshots::tasks::<T, AsyncStd>(job)) }
        ))
        .how("its channel::bounded(1); it has no oneshot")
        .full(),
        contender!("smol", Kind::ByHand, 1, LocalExecutor::new(), |it, T| kits::pass(|| {
            smol::run(it, oneshots::tasks::<T, AsyncChannel>(job))
        }))
        .how(format!("LocalExecutor, {ONE}"))
        .full(),
        contender!("smol-global", Kind::ByHand, threads_of::<paintdry_smol::Global>(), (), |(), T| kits::pass(|| {
            smol::run_global(oneshots::tasks::<T, AsyncChannel>(job))
        }))
        .how(ONE)
        .full(),
    ]
}

fn with_another_channel(job: Oneshots) -> Vec<Contender> {
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    let global = threads_of::<paintdry_smol::Global>();
    vec![
        contender!("tokio with futures' oneshot", Kind::ByHand, 1, tokio::current_thread(), |it, T| kits::pass(|| {
            tokio::run(it, oneshots::tasks::<T, Futures>(job))
        })),
        contender!("tokio-multi with futures' oneshot", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            kits::pass(|| tokio::run(it, oneshots::tasks::<T, Futures>(job)))
        }),
        contender!("smol with futures' oneshot", Kind::ByHand, 1, LocalExecutor::new(), |it, T| kits::pass(|| {
            smol::run(it, oneshots::tasks::<T, Futures>(job))
        })),
        contender!("smol with tokio's oneshot", Kind::ByHand, 1, LocalExecutor::new(), |it, T| kits::pass(|| {
            smol::run(it, oneshots::tasks::<T, Tokio>(job))
        })),
        contender!("smol-global with tokio's oneshot", Kind::ByHand, global, (), |(), T| kits::pass(|| {
            smol::run_global(oneshots::tasks::<T, Tokio>(job))
        })),
    ]
    .into_iter()
    .map(Contender::full)
    .collect()
}

fn without_a_runtime(job: Oneshots) -> Vec<Contender> {
    vec![
        contender!(FLOOR, Kind::Floor, 1, (), |(), T| floors::polled_oneshots::<T>(job))
            .how("Rc<Cell> for each message, Waker::noop"),
        os_threads(2 * job.pairs, || {
            contender!("OS threads", Kind::Threads, 2 * job.pairs, (), |(), T| floors::oneshots_of_threads::<T>(job))
                .how("std's sync_channel(1) for each message")
        }),
    ]
}
