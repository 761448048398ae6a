//! Spawn and join: tasks that do nothing but give a number.

use crate::by_hand;
use crate::contender::{Contender, Kind, Part, Pass};
use crate::floors::spawns as floors;
use crate::groups::{Group, pair, threads_of, threads_row};
use crate::job::{Job, checksum};
use crate::through_trait::row;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;
use std::time::Instant;

/// The pass of tasks whose outputs stand in the order in which they were spawned. The clock is read here, so call it
/// when the last was joined.
#[must_use]
pub fn pass(start: Instant, outputs: Vec<u64>) -> Pass {
    let time = start.elapsed();
    Pass::new(time, checksum(outputs))
}

const BOXED_FUTURES: &str = "boxed futures in a VecDeque";

/// The group of [`Job::Spawns`].
///
/// # Panics
/// If it is another job.
#[must_use]
pub fn group(job: Job) -> Group {
    let Job::Spawns { tasks } = job else { panic!("{job:?} is not a job of this group") };
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(tasks));
    contenders.extend(without_a_runtime(tasks));
    Group {
        id: String::new(),
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
        row::<EventLoop>(job, "its spawn"),
        row::<paintdry_tokio::CurrentThread>(job, "tokio::spawn").full(),
        row::<paintdry_tokio::MultiThread>(job, "tokio::spawn in block_on").full(),
        row::<paintdry_async_std::Global>(job, "task::spawn").full(),
        row::<paintdry_smol::Local>(job, "LocalExecutor::spawn").full(),
        row::<paintdry_smol::Global>(job, "smol::spawn").full(),
    ]
}

fn written_by_hand(tasks: usize) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    let row = Kind::ByHand;
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generators by hand", row, 1, EventLoop::new(), |it, T| {
            generator::spawns_of_generators::<T>(it, tasks)
        })
        .how("create_task of a Generator"),
        contender!("generator by hand", row, 1, EventLoop::new(), |it, T| generator::spawns::<T>(it, tasks))
            .how("create_task of a future"),
        contender!("tokio by hand", row, 1, tokio::current_thread(), |it, T| tokio::spawns::<T>(it, tasks))
            .how("tokio::spawn")
            .full(),
        contender!("tokio-multi by hand", row, workers, tokio::multi_thread(), |it, T| {
            tokio::spawns::<T>(it, tasks)
        })
        .how("tokio::spawn in block_on")
        .full(),
        contender!("tokio-multi by hand, from a task", row, workers, tokio::multi_thread(), |it, T| {
            tokio::spawns_from_a_task::<T>(it, tasks)
        })
        .how("tokio::spawn on a worker")
        .full(),
        contender!("async-std by hand", row, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            Ok(async_std::spawns::<T>(tasks))
        })
        .how("task::spawn")
        .full(),
        contender!("smol by hand", row, 1, LocalExecutor::new(), |it, T| Ok(smol::spawns::<T>(it, tasks)))
            .how("LocalExecutor::spawn")
            .full(),
        contender!("smol-global by hand", row, threads_of::<paintdry_smol::Global>(), (), |(), T| {
            Ok(smol::spawns_global::<T>(tasks))
        })
        .how("smol::spawn")
        .full(),
    ]
}

fn without_a_runtime(tasks: usize) -> Vec<Contender> {
    let row = Kind::Floor;
    vec![
        contender!("plain loop", row, 1, (), |(), T| Ok(floors::plain_loop::<T>(tasks)))
            .how("no tasks")
            .leaving_out(&[Part::Spawns]),
        contender!("boxed closures in a VecDeque", row, 1, (), |(), T| Ok(floors::boxed_closures::<T>(tasks)))
            .how("dyn FnOnce"),
        contender!(BOXED_FUTURES, row, 1, (), |(), T| Ok(floors::boxed_futures::<T>(tasks))).how("dyn, Waker::noop"),
        threads_row(tasks, || {
            contender!("OS threads", Kind::Threads, tasks, (), |(), T| floors::threads::<T>(tasks)).how("thread::spawn")
        }),
    ]
}
