//! Blocking code: closures that a task hands to threads which may block.

use crate::by_hand::blocking as by_hand;
use crate::by_hand::tokio::{current_thread, multi_thread};
use crate::contender::{Contender, Kind, contender};
use crate::floors::blocking as floors;
use crate::groups::group::{Group, threads_of};
use crate::job::{Blocking, Job};
use crate::kits::blocking::cores;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;

const POOL: &str = "a pool of threads";

/// How the crate `blocking` does it, which smol and async-std use.
const UNBLOCK: &str = "the pool of the crate blocking, up to 500 threads";

/// The group of [`Job::Blocking`].
pub(super) fn group(job: Blocking) -> Group {
    let mut contenders = on_runtimes(job);
    contenders.extend(without_a_runtime(job));
    let (closures, them) = match job.at_once {
        1 => ("one closure".to_owned(), "it"),
        many => (format!("{many} closures"), "them"),
    };
    Group {
        title: format!("Blocking code, {closures} at a time"),
        what: format!(
            "A task hands {closures} to threads that may block, and joins {them}, {} times. A closure only doubles a number. The \
             time of a pass is divided by its closures, and much of it is the operating system's, which wakes two threads for a \
             closure. Some pools start a thread for each closure that finds none idle, because it may block for long; others \
             have a fixed number or grow slowly. Each row says how many threads its pool may have. The generator loop, smol \
             and async-std share one pool. A row with \"a small pool\" has one that we chose, so it is not compared with the \
             defaults.",
            thousands(job.batches().count() as u64),
        ),
        per: "a closure",
        job: Job::Blocking(job),
        floor: POOL,
        contenders,
        pairs: Vec::new(),
    }
}

fn on_runtimes(job: Blocking) -> Vec<Contender> {
    let (kind, cores) = (Kind::ByHand, cores());
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator", kind, 1, EventLoop::new(), |it, T| by_hand::generator::<T>(it, job))
            .how(format!("smol::unblock: {UNBLOCK}")),
        contender!("tokio", kind, 1, current_thread(), |it, T| by_hand::tokio::<T>(it, job))
            .how("spawn_blocking, up to 512 threads")
            .full(),
        contender!("tokio-multi", kind, workers, multi_thread(), |it, T| by_hand::tokio::<T>(it, job))
            .how("spawn_blocking on a worker, up to 512 threads")
            .full(),
        contender!("tokio-multi, a small pool", kind, cores, by_hand::tokio_with_a_small_pool(cores), |it, T| {
            by_hand::tokio::<T>(it, job)
        })
        .how(format!("spawn_blocking on a worker, up to {cores} threads: max_blocking_threads")),
        contender!("async-std", kind, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            by_hand::async_std::<T>(job)
        })
        .how(format!("spawn_blocking, through a task: {UNBLOCK}"))
        .full(),
        contender!("smol", kind, 1, LocalExecutor::new(), |it, T| by_hand::smol::<T>(it, job))
            .how(format!("unblock: {UNBLOCK}"))
            .full(),
        contender!("smol-global", kind, threads_of::<paintdry_smol::Global>(), (), |(), T| {
            by_hand::smol_global::<T>(job)
        })
        .how(format!("unblock: {UNBLOCK}"))
        .full(),
    ]
}

fn without_a_runtime(job: Blocking) -> Vec<Contender> {
    let cores = cores();
    vec![
        contender!(POOL, Kind::Floor, cores, floors::Pool::start(cores), |it, T| floors::pool::<T>(it, job))
            .how(format!("dyn FnOnce in a VecDeque under a lock, {cores} threads")),
        contender!("OS threads", Kind::Threads, job.at_once, (), |(), T| floors::threads::<T>(job))
            .how("thread::spawn for each closure"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pools_as_they_come_are_compared_with_each_other() {
        let group = group(Blocking { calls: 4, at_once: 2 });
        let ranked: Vec<_> = group.contenders.iter().filter(|it| it.is_full).map(|it| it.name.as_str()).collect();
        assert_eq!(ranked, ["tokio", "tokio-multi", "async-std", "smol", "smol-global"]);
    }
}
