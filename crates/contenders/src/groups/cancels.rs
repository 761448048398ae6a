//! Cancel and join: tasks that wait for ever are cancelled from outside.

use crate::by_hand;
use crate::contender::{Contender, Kind, contender};
use crate::floors::cancels as floors;
use crate::groups::group::{Group, pair, threads_of};
use crate::job::Job;
use crate::kits::cancels::drop_all;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;

const BOXED_FUTURES: &str = "boxed futures in a Vec";

/// The group of [`Job::Cancels`]. The trait has no cancel, so there is no form through it.
pub(super) fn group(tasks: usize) -> Group {
    let mut contenders = written_by_hand(tasks);
    contenders.extend(without_a_runtime(tasks));
    Group {
        title: format!("Cancel and join, {} tasks", thousands(tasks as u64)),
        what: format!(
            "{0} tasks are spawned that wait for ever. When all wait, each is cancelled, all at once or one by one, \
             and joined. The time from before the first cancel until every task is joined and its destructor has run is divided \
             by {0}. The spawns are not in it.",
            thousands(tasks as u64)
        ),
        per: "a task",
        job: Job::Cancels { tasks },
        floor: BOXED_FUTURES,
        contenders,
        pairs: vec![
            pair("tokio, one by one", "tokio"),
            pair("smol, one by one", "smol"),
            pair("smol, handles dropped", "smol"),
            pair("async-std, one by one", "async-std"),
        ],
    }
}

fn written_by_hand(tasks: usize) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    // https://docs.rs/tokio/latest/tokio/task/struct.JoinSet.html#method.shutdown aborts all, and then joins each.
    const TOKIO: &str = "abort of all, then a join of each";
    // https://docs.rs/smol/latest/smol/struct.Task.html#method.cancel cancels and joins.
    const AT_ONCE: &str = "join_all of cancel";
    const ONE_BY_ONE: &str = "cancel().await of one after the other";
    const DROPPED: &str = "the handles dropped; no join, but a latch";
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    let (on_async_std, on_smol) = (threads_of::<paintdry_async_std::Global>(), threads_of::<paintdry_smol::Global>());
    vec![
        contender!("generator", Kind::ByHand, 1, EventLoop::new(), |it, T| generator::cancels::<T>(it, tasks))
            .how("cancel of all, then a join of each"),
        contender!("generator, handles dropped", Kind::ByHand, 1, EventLoop::new(), |it, T| {
            generator::cancels_by_drop::<T>(it, tasks)
        })
        .how("cancel_on_drop; no join, but a latch"),
        contender!("tokio", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            tokio::cancels::<T>(it, tasks, tokio::abort_all)
        })
        .how(TOKIO)
        .full(),
        contender!("tokio, one by one", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            tokio::cancels::<T>(it, tasks, tokio::abort_one_by_one)
        })
        .how("abort and join of one after the other")
        .full(),
        contender!("tokio-multi", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::cancels::<T>(it, tasks, tokio::abort_all)
        })
        .how(format!("{TOKIO}, in block_on"))
        .full(),
        contender!("tokio-multi, from a task", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::cancels_from_a_task::<T>(it, tasks)
        })
        .how(format!("{TOKIO}, on a worker"))
        .full(),
        contender!("async-std", Kind::ByHand, on_async_std, (), |(), T| {
            async_std::cancels::<T>(tasks, async_std::cancel_all)
        })
        .how(AT_ONCE)
        .full(),
        contender!("async-std, one by one", Kind::ByHand, on_async_std, (), |(), T| {
            async_std::cancels::<T>(tasks, async_std::cancel_one_by_one)
        })
        .how(ONE_BY_ONE)
        .full(),
        contender!("smol", Kind::ByHand, 1, LocalExecutor::new(), |it, T| {
            smol::cancels::<T>(it, tasks, smol::cancel_all)
        })
        .how(AT_ONCE)
        .full(),
        contender!("smol, one by one", Kind::ByHand, 1, LocalExecutor::new(), |it, T| {
            smol::cancels::<T>(it, tasks, smol::cancel_one_by_one)
        })
        .how(ONE_BY_ONE)
        .full(),
        contender!("smol, handles dropped", Kind::ByHand, 1, LocalExecutor::new(), |it, T| {
            smol::cancels::<T>(it, tasks, drop_all)
        })
        .how(DROPPED)
        .full(),
        contender!("smol-global", Kind::ByHand, on_smol, (), |(), T| {
            smol::cancels_global::<T>(tasks, smol::cancel_all)
        })
        .how(AT_ONCE)
        .full(),
        contender!("smol-global, handles dropped", Kind::ByHand, on_smol, (), |(), T| {
            smol::cancels_global::<T>(tasks, drop_all)
        })
        .how(DROPPED)
        .full(),
    ]
}

fn without_a_runtime(tasks: usize) -> Vec<Contender> {
    vec![
        contender!(BOXED_FUTURES, Kind::Floor, 1, (), |(), T| floors::boxed_futures::<T>(tasks))
            .how("dropped, one after the other"),
        Contender::absent("OS threads", Kind::Threads, "a thread cannot be cancelled from outside"),
    ]
}
