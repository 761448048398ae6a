//! A mutex that tasks lock in turn and hold across a yield.

use crate::by_hand::{async_std, generator, smol, tokio};
use crate::contender::{Contender, Kind, contender};
use crate::floors;
use crate::groups::group::{Group, os_threads, pair, threads_of};
use crate::job::{Job, Locks};
use crate::kits::locks;
use ::smol::LocalExecutor;
use ::smol::future::yield_now;
use ::smol::lock::Mutex;
use ::tokio::{sync as tokio_sync, task as tokio_task};
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const FLOOR: &str = "boxed futures in two VecDeques";

/// The group of [`Job::Locks`].
pub(super) fn group(locks: Locks) -> Group {
    let job = Job::Locks(locks);
    let mut contenders = with_their_own_mutex(locks);
    contenders.extend(with_another_mutex(locks));
    contenders.extend(without_a_runtime(locks));
    Group {
        title: format!("A mutex that {} tasks share", locks.tasks),
        what: format!(
            "{} tasks are spawned. Each locks one mutex {} times. It reads a number, gives up its turn while it holds the lock, \
             writes the number plus one, unlocks, and gives up its turn again. The second turn makes the work equal. Without it, \
             a task could lock async-lock's mutex again at once, because that mutex is not fair, while tokio's fair mutex goes to \
             the next waiter. With it, both pass every lock to another task if all tasks run on one thread. The time of a pass \
             is divided by its {} locks, so it includes two yields for each. A row named only after a runtime has the mutex that \
             its authors recommend, or another one if they have none; each says which. The rows \"with\" another mutex show whether the mutex or the \
             scheduler makes a difference.",
            locks.tasks,
            thousands(locks.locks),
            thousands(job.operations()),
        ),
        per: "a lock taken",
        job,
        floor: FLOOR,
        contenders,
        pairs: vec![
            pair("generator", FLOOR),
            pair("tokio", "tokio with async-lock"),
            pair("tokio-multi", "tokio-multi with async-lock"),
            pair("smol", "smol with tokio's Mutex"),
            pair("smol-global", "smol-global with tokio's Mutex"),
        ],
    }
}

fn with_their_own_mutex(job: Locks) -> Vec<Contender> {
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator", Kind::ByHand, 1, EventLoop::new(), |it, T| locks::pass::<Mutex<_>>(|lock| {
            generator::run_joined(it, locks::tasks::<T, _, _>(job, lock, paintdry_generator::yield_now))
        }))
        .how("async-lock's Mutex, yield_now"),
        contender!("tokio", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            locks::pass::<tokio_sync::Mutex<_>>(|lock| {
                tokio::run(it, locks::tasks::<T, _, _>(job, lock, tokio_task::yield_now))
            })
        })
        .how("tokio::sync::Mutex, task::yield_now")
        .full(),
        contender!("tokio-multi", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            locks::pass::<tokio_sync::Mutex<_>>(|lock| {
                tokio::run(it, locks::tasks::<T, _, _>(job, lock, tokio_task::yield_now))
            })
        })
        .how("tokio::sync::Mutex, task::yield_now")
        .full(),
        contender!("async-std", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            locks::pass::<::async_std::sync::Mutex<_>>(|lock| {
                async_std::run(locks::tasks::<T, _, _>(job, lock, ::async_std::task::yield_now))
            })
        })
        .how("its sync::Mutex, which is async-lock's, task::yield_now")
        .full(),
        contender!("smol", Kind::ByHand, 1, LocalExecutor::new(), |it, T| locks::pass::<Mutex<_>>(|lock| {
            smol::run(it, locks::tasks::<T, _, _>(job, lock, yield_now))
        }))
        .how("LocalExecutor, async-lock's Mutex, future::yield_now")
        .full(),
        contender!("smol-global", Kind::ByHand, threads_of::<paintdry_smol::Global>(), (), |(), T| {
            locks::pass::<Mutex<_>>(|lock| smol::run_global(locks::tasks::<T, _, _>(job, lock, yield_now)))
        })
        .how("async-lock's Mutex, future::yield_now")
        .full(),
    ]
}

fn with_another_mutex(job: Locks) -> Vec<Contender> {
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    let global = threads_of::<paintdry_smol::Global>();
    vec![
        contender!("tokio with async-lock", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            locks::pass::<Mutex<_>>(|lock| tokio::run(it, locks::tasks::<T, _, _>(job, lock, tokio_task::yield_now)))
        })
        .how("task::yield_now"),
        contender!("tokio-multi with async-lock", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            locks::pass::<Mutex<_>>(|lock| tokio::run(it, locks::tasks::<T, _, _>(job, lock, tokio_task::yield_now)))
        })
        .how("task::yield_now"),
        contender!("tokio with another yield", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            locks::pass::<tokio_sync::Mutex<_>>(|lock| tokio::run(it, locks::tasks::<T, _, _>(job, lock, yield_now)))
        })
        .how("tokio::sync::Mutex, a future that wakes itself"),
        contender!("smol with tokio's Mutex", Kind::ByHand, 1, LocalExecutor::new(), |it, T| {
            locks::pass::<tokio_sync::Mutex<_>>(|lock| smol::run(it, locks::tasks::<T, _, _>(job, lock, yield_now)))
        })
        .how("LocalExecutor, future::yield_now"),
        contender!("smol-global with tokio's Mutex", Kind::ByHand, global, (), |(), T| {
            locks::pass::<tokio_sync::Mutex<_>>(|lock| smol::run_global(locks::tasks::<T, _, _>(job, lock, yield_now)))
        })
        .how("future::yield_now"),
    ]
    .into_iter()
    .map(Contender::full)
    .collect()
}

fn without_a_runtime(job: Locks) -> Vec<Contender> {
    vec![
        contender!(FLOOR, Kind::Floor, 1, (), |(), T| floors::locks::boxed_futures::<T>(job))
            .how("one for those that wait; flags, Waker::noop"),
        os_threads(job.tasks, || {
            contender!("OS threads", Kind::Threads, job.tasks, (), |(), T| floors::sync::locks_of_threads::<T>(job))
                .how("std's Mutex, thread::yield_now")
        }),
    ]
}
