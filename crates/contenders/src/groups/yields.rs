//! The cost of a yield: `amap`, K tasks side by side.

use crate::by_hand;
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::yields as floors;
use crate::groups::group::{Group, os_threads, pair, threads_of};
use crate::job::Job;
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

const BOXED_MACHINES: &str = "boxed state machines in a VecDeque";
const BOXED_FUTURES: &str = "boxed futures in a VecDeque";
const GENERATORS: &str = "generators by hand";

/// The group of [`Job::Yields`].
pub(super) fn group(tasks: usize, items: u64) -> Group {
    let job = Job::Yields { tasks, items };
    let what = format!(
        "{} tasks are spawned and joined. Each doubles {items_text} numbers, gives up its turn after each, and puts the \
         results on a promise. The time of a pass, from before the first spawn to after the last join, is divided by its {} \
         yields; so each holds 1/{items_text} of a spawn and of a join.",
        thousands(tasks as u64),
        thousands(job.operations()),
        items_text = thousands(items),
    );
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(tasks, items));
    contenders.extend(without_a_runtime(tasks, items));
    Group {
        title: format!("The cost of a yield, {} tasks", thousands(tasks as u64)),
        what,
        per: "a yield",
        job,
        floor: BOXED_MACHINES,
        contenders,
        pairs: vec![pair(GENERATORS, BOXED_MACHINES), pair("generator by hand", BOXED_FUTURES)],
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        contender_on::<EventLoop>(job, "its spawn, yield_now"),
        contender_on::<paintdry_tokio::CurrentThread>(job, "tokio::spawn, task::yield_now").full(),
        contender_on::<paintdry_tokio::MultiThread>(job, "tokio::spawn in block_on, task::yield_now").full(),
        contender_on::<paintdry_async_std::Global>(job, "task::spawn, task::yield_now").full(),
        contender_on::<paintdry_smol::Local>(job, "LocalExecutor::spawn, future::yield_now").full(),
        contender_on::<paintdry_smol::Global>(job, "smol::spawn, future::yield_now").full(),
    ]
}

fn written_by_hand(tasks: usize, items: u64) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, smol_static, smol_threads, tokio, tokio_local};
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!(GENERATORS, Kind::ByHand, 1, EventLoop::new(), |it, T| generator::yields_of_generators::<T>(
            it, tasks, items
        ))
        .how("create_task of a Generator, Request::Turn"),
        contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| generator::yields::<T>(
            it, tasks, items
        ))
        .how("create_task, yield_now"),
        contender!("tokio by hand", Kind::ByHand, 1, tokio::current_thread(), |it, T| tokio::yields::<T>(
            it, tasks, items
        ))
        .how("tokio::spawn, task::yield_now")
        .full(),
        contender!("tokio by hand, timers only", Kind::ByHand, 1, tokio::timers_only(), |it, T| tokio::yields::<T>(
            it, tasks, items
        ))
        .how("enable_time: its driver has no sockets to poll"),
        contender!("tokio by hand, unconstrained", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            tokio::yields_unconstrained::<T>(it, tasks, items)
        })
        .how("tokio::spawn, task::yield_now, each future in coop::unconstrained")
        .full(),
        contender!("tokio by hand, LocalSet", Kind::ByHand, 1, tokio_local::Set::new(), |it, T| {
            tokio_local::yields_in_a_set::<T>(it, tasks, items)
        })
        .how("spawn_local, task::yield_now")
        .full(),
        contender!("tokio by hand, LocalRuntime", Kind::ByHand, 1, tokio_local::local_runtime(), |it, T| {
            tokio_local::yields::<T>(it, tasks, items)
        })
        .how("spawn_local, task::yield_now")
        .full(),
        contender!("tokio by hand, another yield", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            tokio::yields_waking_itself::<T>(it, tasks, items)
        })
        .how("tokio::spawn, a future that wakes itself")
        .full(),
        contender!("tokio-multi by hand", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::yields::<T>(it, tasks, items)
        })
        .how("tokio::spawn in block_on, task::yield_now")
        .full(),
        contender!("tokio-multi by hand, from a task", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::yields_from_a_task::<T>(it, tasks, items)
        })
        .how("tokio::spawn on a worker, where a server's code runs; task::yield_now")
        .full(),
        contender!("async-std by hand", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::yields::<T>(tasks, items)
        })
        .how("task::spawn, task::yield_now")
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, smol::Local::new(smol::Waiting::OnTheReactor), |it, T| {
            smol::yields::<T>(it, tasks, items)
        })
        .how("LocalExecutor::spawn, future::yield_now")
        .full(),
        contender!(
            "smol by hand, without its reactor",
            Kind::ByHand,
            1,
            smol::Local::new(smol::Waiting::Parked),
            |it, T| smol::yields::<T>(it, tasks, items)
        )
        .how("LocalExecutor::spawn, future::yield_now, futures_lite's block_on"),
        contender!("smol by hand, StaticLocalExecutor", Kind::ByHand, 1, smol_static::local(), |it, T| {
            smol_static::yields::<T>(it, tasks, items)
        })
        .how("its spawn, future::yield_now; from async-executor")
        .full(),
        contender!(
            format!("smol by hand, {workers} threads"),
            Kind::ByHand,
            workers,
            smol_threads::Threads::start(workers),
            |it, T| smol_threads::yields::<T>(it, tasks, items)
        )
        .how("an Executor that the threads run, future::yield_now")
        .full(),
        contender!(
            format!("smol by hand, StaticExecutor, {workers} threads"),
            Kind::ByHand,
            workers,
            smol_static::threads(workers),
            |it, T| smol_threads::yields::<T>(it, tasks, items)
        )
        .how("a StaticExecutor that the threads run, future::yield_now; from async-executor")
        .full(),
        contender!("smol-global by hand", Kind::ByHand, threads_of::<paintdry_smol::Global>(), (), |(), T| {
            smol::yields_global::<T>(tasks, items)
        })
        .how("smol::spawn, future::yield_now")
        .full(),
    ]
}

fn without_a_runtime(tasks: usize, items: u64) -> Vec<Contender> {
    vec![
        contender!("plain loop", Kind::Floor, 1, (), |(), _T| floors::plain_loop(tasks, items))
            .how("one sequence after another")
            .leaving_out(&[Part::Yields, Part::Spawns]),
        contender!("state machines swept in a Vec", Kind::Floor, 1, (), |(), T| floors::swept_in_a_vec::<T>(
            tasks, items
        ))
        .how("one type, not boxed"),
        contender!(BOXED_MACHINES, Kind::Floor, 1, (), |(), T| floors::boxed_machines::<T>(tasks, items))
            .how("dyn, pop and push"),
        contender!(BOXED_FUTURES, Kind::Floor, 1, (), |(), T| floors::boxed_futures::<T>(tasks, items))
            .how("dyn, Waker::noop"),
        os_threads(tasks, || {
            contender!("OS threads", Kind::Threads, tasks, (), |(), T| floors::threads::<T>(tasks, items))
                .how("thread::spawn, thread::yield_now")
        }),
    ]
}
