//! Select: tasks that choose between two futures, of which one is ready after a yield and the other is dropped.

use crate::by_hand;
use crate::contender::{Contender, Kind, contender};
use crate::floors::selects as floors;
use crate::groups::group::{Group, pair, threads_of};
use crate::job::Job;
use crate::through_trait::contender_on;
use paintdry_core::thousands;
use paintdry_generator::EventLoop;
use smol::LocalExecutor;

const BOXED_FUTURES: &str = "boxed futures in a VecDeque";
const FUNCTION: &str = "future::select of the crate futures";

/// The group of [`Job::Selects`].
pub(super) fn group(tasks: usize, rounds: u64) -> Group {
    let job = Job::Selects { tasks, rounds };
    let mut contenders = through_the_trait(job);
    contenders.extend(written_by_hand(tasks, rounds));
    let floor = contender!(BOXED_FUTURES, Kind::Floor, 1, (), |(), T| floors::boxed_futures::<T>(tasks, rounds));
    contenders.push(floor.how(format!("{FUNCTION}, Waker::noop")));
    Group {
        title: format!("Select, {} tasks", thousands(tasks as u64)),
        what: format!(
            "{} tasks are spawned and joined. Each chooses {} times between one yield and the next message of a channel of the \
             crate futures. Nothing is ever sent, so the yield is first, and the other future is dropped while it waits. The \
             time of a pass is divided by the number of choices, so it includes one yield for each.",
            thousands(tasks as u64),
            thousands(rounds),
        ),
        per: "a select",
        job,
        floor: BOXED_FUTURES,
        contenders,
        pairs: vec![pair("generator by hand", BOXED_FUTURES)],
    }
}

fn through_the_trait(job: Job) -> Vec<Contender> {
    let how = |yields| format!("{FUNCTION}, {yields}");
    vec![
        contender_on::<EventLoop>(job, &how("yield_now")),
        contender_on::<paintdry_tokio::CurrentThread>(job, &how("task::yield_now")).full(),
        contender_on::<paintdry_tokio::MultiThread>(job, &how("task::yield_now")).full(),
        contender_on::<paintdry_async_std::Global>(job, &how("task::yield_now")).full(),
        contender_on::<paintdry_smol::Local>(job, &how("future::yield_now")).full(),
        contender_on::<paintdry_smol::Global>(job, &how("future::yield_now")).full(),
    ]
}

fn written_by_hand(tasks: usize, rounds: u64) -> Vec<Contender> {
    use by_hand::{async_std, generator, smol, tokio};
    const TOKIO: &str = "tokio::select!, in random order, task::yield_now";
    const SMOL: &str = "future::or, future::yield_now";
    let workers = threads_of::<paintdry_tokio::MultiThread>();
    vec![
        contender!("generator by hand", Kind::ByHand, 1, EventLoop::new(), |it, T| {
            generator::selects::<T>(it, tasks, rounds)
        })
        .how(format!("{FUNCTION}, yield_now")),
        contender!("tokio by hand", Kind::ByHand, 1, tokio::current_thread(), |it, T| {
            tokio::selects::<T>(it, tasks, rounds)
        })
        .how(TOKIO)
        .full(),
        contender!("tokio-multi by hand", Kind::ByHand, workers, tokio::multi_thread(), |it, T| {
            tokio::selects::<T>(it, tasks, rounds)
        })
        .how(TOKIO)
        .full(),
        contender!("async-std by hand", Kind::ByHand, threads_of::<paintdry_async_std::Global>(), (), |(), T| {
            async_std::selects::<T>(tasks, rounds)
        })
        .how(format!("{FUNCTION}, because its race is unstable; task::yield_now"))
        .full(),
        contender!("smol by hand", Kind::ByHand, 1, LocalExecutor::new(), |it, T| {
            smol::selects::<T>(it, tasks, rounds)
        })
        .how(SMOL)
        .full(),
        contender!("smol-global by hand", Kind::ByHand, threads_of::<paintdry_smol::Global>(), (), |(), T| {
            smol::selects_global::<T>(tasks, rounds)
        })
        .how(SMOL)
        .full(),
    ]
}
