//! Start and close of a runtime, with one task in between.

use crate::by_hand::{generator, smol, smol_threads, tokio};
use crate::contender::{Contender, Kind, contender};
use crate::floors::starts as floors;
use crate::groups::group::{Group, threads_of};
use crate::job::Job;
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const BOXED_FUTURE: &str = "a boxed future, polled";

/// Why a runtime that belongs to the process has no figure.
const OF_THE_PROCESS: &str = "its threads start with the first task of the process and never end";

/// How tokio is started. Its runtime opens an epoll instance of its own.
const ALL: &str = "with timers and sockets";

/// Why smol's start is so little.
const OWN_REACTOR: &str =
    "a LocalExecutor; its reactor and the reactor's thread belong to the process, were started before, and stay";

/// The group of [`Job::Starts`].
pub(super) fn group(times: u64) -> Group {
    let job = Job::Starts { times };
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(times));
    Group {
        title: "Start and close".to_owned(),
        what: format!(
            "{0} times, a runtime is started, spawns one task, joins it, and is closed, until its threads have ended. The \
             time of a pass is divided by {0}. The figure depends most on how many threads a runtime starts. smol's is less \
             than its whole start, because its reactor, with a thread, is started once in a process and never closed.",
            thousands(times)
        ),
        per: "a start and close",
        job,
        floor: BOXED_FUTURE,
        contenders,
        pairs: Vec::new(),
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        contender_on::<EventLoop>(job, ""),
        contender_on::<paintdry_tokio::CurrentThread>(job, ALL).full(),
        contender_on::<paintdry_tokio::MultiThread>(job, "with timers and sockets; asks for the number of cores")
            .full(),
        contender_on::<paintdry_smol::Local>(job, OWN_REACTOR).full(),
        Contender::absent("async-std", Kind::Runtime, OF_THE_PROCESS),
        Contender::absent("smol-global", Kind::Runtime, OF_THE_PROCESS),
    ]
}

fn written_by_hand(times: u64) -> Vec<Contender> {
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator by hand", Kind::ByHand, 1, (), |(), T| generator::starts::<T>(times)).how("with close"),
        contender!("tokio by hand", Kind::ByHand, 1, (), |(), T| tokio::starts::<T>(tokio::current_thread, times))
            .how(ALL)
            .full(),
        contender!("tokio by hand, timers only", Kind::ByHand, 1, (), |(), T| {
            tokio::starts::<T>(tokio::timers_only, times)
        })
        .how("enable_time: it opens nothing"),
        contender!("tokio-multi by hand", Kind::ByHand, workers, (), |(), T| tokio::starts::<T>(
            tokio::multi_thread,
            times
        ))
        .how(ALL)
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, (), |(), T| {
            smol::starts::<T>(smol::Waiting::OnTheReactor, times)
        })
        .how(OWN_REACTOR)
        .full(),
        contender!("smol by hand, without its reactor", Kind::ByHand, 1, (), |(), T| {
            smol::starts::<T>(smol::Waiting::Parked, times)
        })
        .how("a LocalExecutor, futures_lite's block_on"),
        contender!(format!("smol by hand, {workers} threads"), Kind::ByHand, workers, (), |(), T| {
            smol_threads::starts::<T>(workers, times)
        })
        .how("an Executor that the threads run; its reactor was started before")
        .full(),
        contender!(BOXED_FUTURE, Kind::Floor, 1, (), |(), T| floors::boxed_future::<T>(times))
            .how("on a thread that parks"),
        contender!("a thread", Kind::Floor, 1, (), |(), T| floors::a_thread::<T>(times)).how("thread::spawn and join"),
    ]
}
