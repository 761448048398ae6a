//! A bounded channel: producers that send to one consumer.

use crate::contender::{Contender, Kind, contender};
use crate::floors::sync as floors;
use crate::groups::channels::rows;
use crate::groups::group::{Group, os_threads, pair};
use crate::job::{Job, Mpsc};
use crate::sync::{AsyncChannel, AsyncStd, Tokio};
use paintdry_core::thousands;

const FLOOR: &str = "boxed futures in a VecDeque";
const ASYNC_CHANNEL: &str = "async-channel";

/// The group of [`Job::Mpsc`].
pub(super) fn group(mpsc: Mpsc) -> Group {
    let job = Job::Mpsc(mpsc);
    let producers = if mpsc.producers == 1 { "1 producer".to_owned() } else { format!("{} producers", mpsc.producers) };
    let mut contenders = on_runtimes(mpsc);
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

fn on_runtimes(job: Mpsc) -> Vec<Contender> {
    rows!(mpsc, job, {
        generator "generator" AsyncChannel, ASYNC_CHANNEL;
        tokio "tokio" Tokio, "tokio::sync::mpsc";
        tokio_multi "tokio-multi" Tokio, "tokio::sync::mpsc";
        async_std "async-std" AsyncStd, "its channel, which is async-channel 1";
        smol "smol" AsyncChannel, format!("LocalExecutor, {ASYNC_CHANNEL}");
        smol_global "smol-global" AsyncChannel, ASYNC_CHANNEL;
        tokio "tokio with async-channel" AsyncChannel, "";
        tokio_multi "tokio-multi with async-channel" AsyncChannel, "";
        smol "smol with tokio's mpsc" Tokio, "";
        smol_global "smol-global with tokio's mpsc" Tokio, "";
    })
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
