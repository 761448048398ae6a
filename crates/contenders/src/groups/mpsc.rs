//! A bounded channel: producers that send to one consumer.

use crate::by_hand::{async_std, generator, smol, tokio};
use crate::contender::{Contender, Kind, contender};
use crate::floors::sync as floors;
use crate::groups::group::{Group, os_threads, pair, threads_of};
use crate::job::{Job, Mpsc};
use crate::kits::{self, mpsc};
use crate::sync::{AsyncChannel, AsyncStd, Tokio};
use ::smol::LocalExecutor;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const FLOOR: &str = "boxed futures in a VecDeque";
const ASYNC_CHANNEL: &str = "async-channel";

/// The group of [`Job::Mpsc`].
pub(super) fn group(mpsc: Mpsc) -> Group {
    let job = Job::Mpsc(mpsc);
    let producers = if mpsc.producers == 1 { "1 producer".to_owned() } else { format!("{} producers", mpsc.producers) };
    let mut contenders = with_their_own_channel(mpsc);
    contenders.extend(with_another_channel(mpsc));
    contenders.extend(without_a_runtime(mpsc));
    Group {
        title: format!("A bounded channel, {producers}"),
        what: format!(
            "A consumer and {producers} are spawned. They share a channel that holds {} messages. Each producer sends {} \
             numbers, and the consumer receives until all producers have ended. The time of a pass is divided by its {} \
             messages. A row named only after a runtime has the channel that its authors recommend. The rows \"with\" another \
             channel show whether the channel or the scheduler makes a difference: a channel needs only a waker, so each works \
             on every runtime.",
            mpsc.capacity,
            thousands(mpsc.messages),
            thousands(job.operations()),
        ),
        per: "a message",
        job,
        floor: FLOOR,
        contenders,
        pairs: vec![
            pair("generator", FLOOR),
            pair("tokio", "tokio with async-channel"),
            pair("tokio-multi", "tokio-multi with async-channel"),
            pair("smol", "smol with tokio's mpsc"),
            pair("smol-global", "smol-global with tokio's mpsc"),
        ],
    }
}

fn with_their_own_channel(job: Mpsc) -> Vec<Contender> {
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator", Kind::ByHand, 1, EventLoop::new(), |it, T| kits::pass(|| {
            generator::run_joined(it, mpsc::tasks::<T, AsyncChannel>(job))
        }))
        .how(ASYNC_CHANNEL),
        contender!("tokio", Kind::ByHand, 1, tokio::current_thread(), |it, T| kits::pass(|| {
            tokio::run(it, mpsc::tasks::<T, Tokio>(job))
        }))
        .how("tokio::sync::mpsc")
        .full(),
        contender!("tokio-multi", Kind::ByHand, workers, tokio::multi_thread(), |it, T| kits::pass(|| {
            tokio::run(it, mpsc::tasks::<T, Tokio>(job))
        }))
        .how("tokio::sync::mpsc")
        .full(),
        contender!("async-std", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| kits::pass(
            || { async_std::run(mpsc::tasks::<T, AsyncStd>(job)) }
        ))
        .how("its channel, which is async-channel 1")
        .full(),
        contender!("smol", Kind::ByHand, 1, LocalExecutor::new(), |it, T| kits::pass(|| {
            smol::run(it, mpsc::tasks::<T, AsyncChannel>(job))
        }))
        .how(format!("LocalExecutor, {ASYNC_CHANNEL}"))
        .full(),
        contender!("smol-global", Kind::ByHand, threads_of::<paintdry_smol::Global>(), (), |(), T| kits::pass(|| {
            smol::run_global(mpsc::tasks::<T, AsyncChannel>(job))
        }))
        .how(ASYNC_CHANNEL)
        .full(),
    ]
}

fn with_another_channel(job: Mpsc) -> Vec<Contender> {
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    let global = threads_of::<paintdry_smol::Global>();
    vec![
        contender!("tokio with async-channel", Kind::ByHand, 1, tokio::current_thread(), |it, T| kits::pass(|| {
            tokio::run(it, mpsc::tasks::<T, AsyncChannel>(job))
        })),
        contender!("tokio-multi with async-channel", Kind::ByHand, workers, tokio::multi_thread(), |it, T| kits::pass(
            || tokio::run(it, mpsc::tasks::<T, AsyncChannel>(job))
        )),
        contender!("smol with tokio's mpsc", Kind::ByHand, 1, LocalExecutor::new(), |it, T| kits::pass(|| {
            smol::run(it, mpsc::tasks::<T, Tokio>(job))
        })),
        contender!("smol-global with tokio's mpsc", Kind::ByHand, global, (), |(), T| kits::pass(|| {
            smol::run_global(mpsc::tasks::<T, Tokio>(job))
        })),
    ]
    .into_iter()
    .map(Contender::full)
    .collect()
}

fn without_a_runtime(job: Mpsc) -> Vec<Contender> {
    let threads = job.producers + 1;
    vec![
        contender!(FLOOR, Kind::Floor, 1, (), |(), T| floors::polled_mpsc::<T>(job))
            .how("another VecDeque for the messages, Waker::noop"),
        os_threads(threads, || {
            contender!("OS threads", Kind::Threads, threads, (), |(), T| floors::mpsc_of_threads::<T>(job))
                .how("std's sync_channel")
        }),
    ]
}
