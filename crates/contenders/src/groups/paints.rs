//! Painting with several threads: the strokes are work for the processors, the drying is waiting.

use crate::by_hand::{smol_threads, tokio};
use crate::contender::{Contender, Kind, Part, contender};
use crate::floors::paints::{Painters, thread_for_each};
use crate::groups::group::{Group, pair};
use crate::job::{Job, Paints};
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;

/// The floor that the others are divided by: one thread.
const ONE_THREAD: &str = "plain threads, 1";

/// The group of [`Job::Paints`].
pub(super) fn group(paints: Paints) -> Group {
    let job = Job::Paints(paints);
    let counts = paints.thread_counts();
    let mut contenders = through_the_trait(job);
    contenders.extend(counts.iter().flat_map(|threads| with_threads(*threads, paints)));
    let each = contender!("OS threads", Kind::Threads, paints.canvases, (), |(), T| thread_for_each::<T>(paints));
    contenders.push(each.how("a thread for each canvas"));
    // How it scales: each number of threads against one.
    let scaling = |name: &str| {
        let name = name.to_owned();
        counts
            .iter()
            .filter(|n| **n > 1)
            .map(move |n| pair(format!("{name}, {n}"), format!("{name}, 1")))
            .collect::<Vec<_>>()
    };
    Group {
        title: "Paint, with work for the processors".to_owned(),
        what: format!(
            "{} painters are spawned. Each makes {} strokes, which is work for the processor, and then sleeps for {:?} until \
             its canvas is dry; all are joined. The time is that of a pass. Nearly all of it is the strokes, which every row \
             makes with the same instructions, and one drying time at the end. No row can do less than the plain threads with \
             the same number of threads: if one is listed as quicker, the difference is noise. Flavours that the course reaches \
             through its trait take their number of threads from the environment when the process starts \
             (TOKIO_WORKER_THREADS, ASYNC_STD_THREAD_COUNT, SMOL_THREADS), so they have one row each. By hand the number is \
             set, and is behind the name.",
            paints.canvases,
            thousands(paints.strokes),
            paints.drying,
        ),
        per: "a pass",
        job,
        floor: ONE_THREAD,
        contenders,
        pairs: ["plain threads", "tokio-multi by hand", "smol by hand"].into_iter().flat_map(scaling).collect(),
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    vec![
        contender_on::<EventLoop>(job, "all on the caller's thread"),
        contender_on::<paintdry_tokio::CurrentThread>(job, "all on the caller's thread").full(),
        contender_on::<paintdry_tokio::MultiThread>(job, "its workers").full(),
        contender_on::<paintdry_async_std::Global>(job, "its threads").full(),
        contender_on::<paintdry_smol::Local>(job, "all on the caller's thread").full(),
        contender_on::<paintdry_smol::Global>(job, "its threads").full(),
    ]
}

fn with_threads(threads: usize, paints: Paints) -> Vec<Contender> {
    let name = |name: &str| format!("{name}, {threads}");
    vec![
        contender!(name("plain threads"), Kind::Floor, threads, Painters::start(threads, paints), |it, _T| it.pass())
            .how("the caller's is one of them; each takes the next canvas, and sleeps once")
            .leaving_out(&[Part::Spawns, Part::Sleeps]),
        contender!(name("tokio-multi by hand"), Kind::ByHand, threads, tokio::with_workers(threads), |it, T| {
            tokio::paints::<T>(it, paints)
        })
        .how("worker_threads of its Builder")
        .full(),
        contender!(name("smol by hand"), Kind::ByHand, threads, smol_threads::Threads::start(threads), |it, T| {
            smol_threads::paints::<T>(it, paints)
        })
        .how("an Executor that the threads run")
        .full(),
    ]
}
