//! Files: several tasks read small ones that the system has in memory.

use crate::by_hand::files as by_hand;
use crate::by_hand::tokio::{current_thread, multi_thread};
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::files as floors;
use crate::groups::group::{Group, os_threads, threads_of};
use crate::job::{Files, Job};
use crate::kits::files::Shelf;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;

const LOOP: &str = "std::fs::read in a loop";

/// The group of [`Job::Files`].
pub(super) fn group(job: Files) -> Group {
    let mut contenders = on_runtimes(job);
    contenders.push(
        contender!(LOOP, Kind::Floor, 1, Shelf::new(job), |it, _T| floors::one_by_one(it))
            .how("no tasks")
            .leaving_out(&[Part::Spawns]),
    );
    contenders.push(os_threads(job.tasks, || {
        contender!("OS threads", Kind::Threads, job.tasks, Shelf::new(job), |it, T| floors::threads::<T>(it))
            .how("std::fs::read, a thread for each file")
    }));
    Group {
        title: "Read small files".to_owned(),
        what: format!(
            "{} tasks read a file of 4 KiB each, {} times, as a whole: open, read, close. The files are in the page cache, so no \
             read waits for a disk. The time of a pass is divided by its reads. A program that reads many files at once would \
             give a thread the whole loop instead of each read.",
            job.tasks, job.reads,
        ),
        per: "a read",
        job: Job::Files(job),
        floor: LOOP,
        contenders,
        pairs: Vec::new(),
    }
}

fn on_runtimes(job: Files) -> Vec<Contender> {
    let kind = Kind::ByHand;
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    // tokio can use io_uring instead of its threads, but only in a build with `--cfg tokio_unstable`:
    // https://docs.rs/tokio/latest/tokio/fs/fn.read.html#io_uring-support
    vec![
        contender!("generator", kind, 1, (EventLoop::new(), Shelf::new(job)), |(it, shelf), T| {
            by_hand::generator::<T>(it, shelf)
        })
        .how("smol::fs::read, on threads that may block"),
        contender!("tokio", kind, 1, (current_thread(), Shelf::new(job)), |(it, shelf), T| by_hand::tokio::<T>(
            it, shelf
        ))
        .how("fs::read, on threads that may block")
        .full(),
        contender!("tokio-multi", kind, workers, (multi_thread(), Shelf::new(job)), |(it, shelf), T| {
            by_hand::tokio::<T>(it, shelf)
        })
        .how("fs::read, on threads that may block")
        .full(),
        contender!("async-std", kind, threads_of::<paintdry_async_std::Global>(), Shelf::new(job), |shelf, T| {
            by_hand::async_std::<T>(shelf)
        })
        .how("fs::read, on threads that may block")
        .full(),
        contender!("smol", kind, 1, (LocalExecutor::new(), Shelf::new(job)), |(it, shelf), T| {
            by_hand::smol::<T>(it, shelf)
        })
        .how("fs::read, on threads that may block")
        .full(),
        contender!("smol-global", kind, threads_of::<paintdry_smol::Global>(), Shelf::new(job), |shelf, T| {
            by_hand::smol_global::<T>(shelf)
        })
        .how("fs::read, on threads that may block")
        .full(),
    ]
}
