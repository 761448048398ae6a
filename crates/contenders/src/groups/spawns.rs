//! Spawn and join: tasks that do nothing but give a number.

use crate::by_hand;
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::spawns as floors;
use crate::groups::group::{Group, os_threads, pair, threads_of};
use crate::job::Job;
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const BOXED_FUTURES: &str = "boxed futures in a VecDeque";

/// The group of [`Job::Spawns`].
pub(super) fn group(tasks: usize) -> Group {
    let job = Job::Spawns { tasks };
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(tasks));
    contenders.extend(without_a_runtime(tasks));
    Group {
        title: format!("Spawn and join, {} tasks", thousands(tasks as u64)),
        what: format!(
            "{0} tasks are spawned, and then each is joined; a task only doubles a number. The time of a pass, from before \
             the first spawn to after the last join, is divided by {0}.",
            thousands(tasks as u64)
        ),
        per: "a task",
        job,
        floor: BOXED_FUTURES,
        contenders,
        pairs: vec![
            pair("generators by hand", "boxed closures in a VecDeque"),
            pair("generator by hand", BOXED_FUTURES),
        ],
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        contender_on::<EventLoop>(job, "its spawn"),
        contender_on::<paintdry_tokio::CurrentThread>(job, "tokio::spawn").full(),
        contender_on::<paintdry_tokio::MultiThread>(job, "tokio::spawn in block_on").full(),
        contender_on::<paintdry_async_std::Global>(job, "task::spawn").full(),
        contender_on::<paintdry_smol::Local>(job, "LocalExecutor::spawn").full(),
        contender_on::<paintdry_smol::Global>(job, "smol::spawn").full(),
    ]
}

fn written_by_hand(tasks: usize) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, smol_static, smol_threads, tokio, tokio_local};
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generators by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| {
            generator::spawns_of_generators::<T>(it, tasks)
        })
        .how("create_task of a Generator"),
        contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| generator::spawns::<T>(it, tasks))
            .how("create_task"),
        contender!("tokio by hand", Kind::ByHand, 1, tokio::current_thread(), |it, T| tokio::spawns::<T>(it, tasks))
            .how("tokio::spawn")
            .full(),
        contender!("tokio by hand, timers only", Kind::ByHand, 1, tokio::timers_only(), |it, T| tokio::spawns::<T>(
            it, tasks
        ))
        .how("enable_time: its driver has no sockets to poll"),
        contender!("tokio by hand, JoinSet", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            tokio::spawns_in_a_join_set::<T>(it, tasks)
        })
        .how("JoinSet::spawn, join_next")
        .full(),
        contender!("tokio by hand, LocalSet", Kind::ByHand, 1, tokio_local::Set::new(), |it, T| {
            tokio_local::spawns_in_a_set::<T>(it, tasks)
        })
        .how("spawn_local")
        .full(),
        contender!("tokio by hand, LocalRuntime", Kind::ByHand, 1, tokio_local::local_runtime(), |it, T| {
            tokio_local::spawns::<T>(it, tasks)
        })
        .how("spawn_local")
        .full(),
        contender!("tokio-multi by hand", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::spawns::<T>(it, tasks)
        })
        .how("tokio::spawn in block_on")
        .full(),
        contender!("tokio-multi by hand, from a task", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::spawns_from_a_task::<T>(it, tasks)
        })
        .how("tokio::spawn on a worker, where a server's code runs")
        .full(),
        contender!("async-std by hand", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::spawns::<T>(tasks)
        })
        .how("task::spawn")
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, smol::Local::new(smol::Waiting::OnTheReactor), |it, T| {
            smol::spawns::<T>(it, tasks)
        })
        .how("LocalExecutor::spawn")
        .full(),
        contender!(
            "smol by hand, without its reactor",
            Kind::ByHand,
            1,
            smol::Local::new(smol::Waiting::Parked),
            |it, T| smol::spawns::<T>(it, tasks)
        )
        .how("LocalExecutor::spawn, futures_lite's block_on"),
        contender!("smol by hand, StaticLocalExecutor", Kind::ByHand, 1, smol_static::local(), |it, T| {
            smol_static::spawns::<T>(it, tasks)
        })
        .how("its spawn; from async-executor")
        .full(),
        contender!(
            format!("smol by hand, {workers} threads"),
            Kind::ByHand,
            workers,
            smol_threads::Threads::start(workers),
            |it, T| smol_threads::spawns::<T>(it, tasks)
        )
        .how("an Executor that the threads run")
        .full(),
        contender!(
            format!("smol by hand, StaticExecutor, {workers} threads"),
            Kind::ByHand,
            workers,
            smol_static::threads(workers),
            |it, T| smol_threads::spawns::<T>(it, tasks)
        )
        .how("a StaticExecutor that the threads run; from async-executor")
        .full(),
        contender!("smol-global by hand", Kind::ByHand, threads_of::<paintdry_smol::Global>(), (), |(), T| {
            smol::spawns_global::<T>(tasks)
        })
        .how("smol::spawn")
        .full(),
    ]
}

fn without_a_runtime(tasks: usize) -> Vec<Contender> {
    vec![
        contender!("plain loop", Kind::Floor, 1, (), |(), _T| floors::plain_loop(tasks))
            .how("no tasks")
            .leaving_out(&[Part::Spawns]),
        contender!("boxed closures in a VecDeque", Kind::Floor, 1, (), |(), T| floors::boxed_closures::<T>(tasks))
            .how("dyn FnOnce"),
        contender!(BOXED_FUTURES, Kind::Floor, 1, (), |(), T| floors::boxed_futures::<T>(tasks))
            .how("dyn, Waker::noop"),
        os_threads(tasks, || {
            contender!("OS threads", Kind::Threads, tasks, (), |(), T| floors::threads::<T>(tasks)).how("thread::spawn")
        }),
    ]
}
