//! Time limits that are not reached: each timer is set, and soon cleared.

use crate::by_hand;
use crate::contender::{Contender, Kind, contender};
use crate::floors::timeouts::{LazyHeap, Tree, boxed_futures};
use crate::groups::group::{Group, pair, threads_of};
use crate::job::{Job, Timeouts};
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;

const HEAP: &str = "boxed futures, deadlines in a BinaryHeap";
const TREE: &str = "boxed futures, deadlines in a BTreeSet";

/// The group of [`Job::Timeouts`].
pub(super) fn group(timeouts: Timeouts) -> Group {
    let job = Job::Timeouts(timeouts);
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(timeouts));
    contenders.extend(without_a_runtime(timeouts));
    let tasks = thousands(timeouts.tasks as u64);
    Group {
        title: format!("Time limits, {tasks} tasks"),
        what: format!(
            "{tasks} tasks are spawned and joined. Each waits {} times for one yield, with a limit of {:?} to twice as long, \
             spread evenly and out of order. The yield gives up its turn, so each timer is set, and each is cleared before it is \
             due. The time of a pass is divided by the number of limits, so it includes one yield for each.",
            thousands(timeouts.rounds),
            timeouts.shortest,
        ),
        per: "a limit",
        job,
        floor: HEAP,
        contenders,
        pairs: vec![pair("generator by hand", HEAP), pair("smol by hand", TREE)],
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    const TIMEOUT: &str = "core's timeout: future::select";
    let how = |sleep, yields| format!("{TIMEOUT} of {yields} and {sleep}");
    vec![
        contender_on::<EventLoop>(job, &how("sleep", "yield_now")),
        contender_on::<paintdry_tokio::CurrentThread>(job, &how("time::sleep, granularity 1 ms", "task::yield_now"))
            .full(),
        contender_on::<paintdry_tokio::MultiThread>(job, &how("time::sleep, granularity 1 ms", "task::yield_now"))
            .full(),
        contender_on::<paintdry_async_std::Global>(job, &how("task::sleep", "task::yield_now")).full(),
        contender_on::<paintdry_smol::Local>(job, &how("Timer::after", "future::yield_now")).full(),
        contender_on::<paintdry_smol::Global>(job, &how("Timer::after", "future::yield_now")).full(),
    ]
}

fn written_by_hand(timeouts: Timeouts) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    // https://docs.rs/tokio/latest/tokio/time/fn.sleep.html: it has millisecond granularity.
    const TOKIO: &str = "time::timeout of task::yield_now; a wheel of 1 ms";
    // https://docs.rs/smol/latest/smol/struct.Timer.html: its example of a timeout
    const SMOL: &str = "future::or of yield_now and Timer::after; a queue of operations, a BTreeMap behind a lock";
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| {
            generator::timeouts::<T>(it, timeouts)
        })
        .how("timeout of yield_now; a BinaryHeap behind a lock, cleared lazily"),
        contender!("tokio by hand", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            tokio::timeouts::<T>(it, timeouts)
        })
        .how(TOKIO)
        .full(),
        contender!("tokio-multi by hand", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::timeouts::<T>(it, timeouts)
        })
        .how(TOKIO)
        .full(),
        contender!("async-std by hand", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::timeouts::<T>(timeouts)
        })
        .how("future::timeout of task::yield_now; smol's timers")
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, LocalExecutor::new(), |it, T| smol::timeouts::<T>(it, timeouts))
            .how(SMOL)
            .full(),
        contender!("smol-global by hand", Kind::ByHand, threads_of::<paintdry_smol::Global>(), (), |(), T| {
            smol::timeouts_global::<T>(timeouts)
        })
        .how(SMOL)
        .full(),
    ]
}

fn without_a_runtime(timeouts: Timeouts) -> Vec<Contender> {
    vec![
        contender!(HEAP, Kind::Floor, 1, (), |(), T| boxed_futures::<T, LazyHeap>(timeouts))
            .how("in a VecDeque, Waker::noop; cleared lazily"),
        contender!(TREE, Kind::Floor, 1, (), |(), T| boxed_futures::<T, Tree>(timeouts))
            .how("in a VecDeque, Waker::noop; removed at once"),
    ]
}
