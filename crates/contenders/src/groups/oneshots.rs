//! Oneshot channels: pairs of tasks that call each other.

use crate::contender::{Contender, Kind, contender};
use crate::floors::sync as floors;
use crate::groups::channels::rows;
use crate::groups::group::{Group, os_threads, pair};
use crate::job::{Job, Oneshots};
use crate::sync::{AsyncChannel, AsyncStd, Futures, Tokio};
use paintdry_core::thousands;

const FLOOR: &str = "boxed futures in a VecDeque";
const ONE: &str = "async-channel's bounded(1); it has no oneshot";

/// The group of [`Job::Oneshots`].
pub(super) fn group(oneshots: Oneshots) -> Group {
    let job = Job::Oneshots(oneshots);
    let mut contenders = on_runtimes(oneshots);
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

fn on_runtimes(job: Oneshots) -> Vec<Contender> {
    rows!(oneshots, job, {
        generator "generator" Futures, "futures' oneshot";
        tokio "tokio" Tokio, "tokio::sync::oneshot";
        tokio_multi "tokio-multi" Tokio, "tokio::sync::oneshot";
        async_std "async-std" AsyncStd, "its channel::bounded(1); it has no oneshot";
        smol "smol" AsyncChannel, format!("LocalExecutor, {ONE}");
        smol_global "smol-global" AsyncChannel, ONE;
        tokio "tokio with futures' oneshot" Futures, "";
        tokio_multi "tokio-multi with futures' oneshot" Futures, "";
        smol "smol with futures' oneshot" Futures, "";
        smol "smol with tokio's oneshot" Tokio, "";
        smol_global "smol-global with tokio's oneshot" Tokio, "";
    })
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
