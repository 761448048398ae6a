//! Other libraries that run tasks, as contenders. Each is used as its users would.
//!
//! Left out: glommio, because it takes a minute of compiling and 70 crates for a third runtime on `io_uring`; embassy, which
//! is made for microcontrollers and keeps its timers in a list; may, which needs `unsafe` for a spawn.

mod corosensei;
mod genawaiter;
mod local_pool;
mod shared;
#[cfg(all(target_os = "linux", feature = "compio"))]
pub(crate) mod compio;
#[cfg(all(target_os = "linux", feature = "compio"))]
mod flume;
#[cfg(target_os = "linux")]
mod local_sync;
#[cfg(target_os = "linux")]
pub(crate) mod monoio;
#[cfg(all(target_os = "linux", feature = "compio"))]
mod synchrony;
#[cfg(test)]
mod tests;

use crate::contender::Contender;
use crate::job::Job;
#[cfg(not(all(target_os = "linux", feature = "compio")))]
use crate::peers::shared::absent;

/// Those that can do `job`, and those that are absent with their reason.
pub(crate) fn contenders(job: &Job) -> Vec<Contender> {
    let mut contenders = match job {
        Job::Yields { .. }
        | Job::Spawns { .. }
        | Job::Selects { .. }
        | Job::Cancels { .. }
        | Job::Timers(_)
        | Job::Timeouts(_)
        | Job::Oneshots(_)
        | Job::Mpsc(_)
        | Job::Locks(_) => {
            vec![local_pool::peer(job), genawaiter::peer(job), corosensei::peer(job)]
        }
        // The first three run tasks, and nothing besides.
        Job::Blocking(_) | Job::Files(_) | Job::Echo(_) => Vec::new(),
        _ => return Vec::new(), // few of them could do the other jobs
    };
    #[cfg(target_os = "linux")]
    contenders.push(monoio::peer(job));
    #[cfg(not(target_os = "linux"))]
    contenders.push(absent("monoio", "it is tried on Linux only"));
    #[cfg(all(target_os = "linux", feature = "compio"))]
    contenders.extend([compio::peer(job)].into_iter().chain(compio::variants(job)));
    #[cfg(not(all(target_os = "linux", feature = "compio")))]
    contenders.push(absent("compio", "it needs Linux, Rust 1.95 and `--features compio`"));
    contenders
}
