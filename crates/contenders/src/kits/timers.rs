//! For passes with sleepers: the tasks, and the pass that says how late each woke.

use crate::contender::{Fault, Late, Pass};
use crate::job::Timers;
use crate::tally::{Tally, count_sleep};
use crate::work::checksum;
use std::time::{Duration, Instant};

/// What a sleeper gives when it woke: its number, and the time since the start of the pass.
pub(crate) type Woke = (usize, Duration);

/// The tasks, on a runtime with this `sleep`.
pub(crate) fn sleepers<T: Tally, S: Future>(
    timers: Timers,
    start: Instant,
    sleep: impl Fn(Duration) -> S + Copy,
) -> impl ExactSizeIterator<Item = impl Future<Output = Woke>> {
    (0..timers.sleepers).map(move |n| {
        T::spawned(1);
        async move {
            count_sleep::<T>(sleep(timers.duration(n))).await;
            (n, start.elapsed())
        }
    })
}

/// Times `run`, which is handed the start of the pass and gives when each sleeper woke, in any order. The time of the pass is how
/// late the last sleeper was: what it woke after the start, less what it slept. Fails if a sleeper woke early.
pub(crate) fn pass(timers: Timers, run: impl FnOnce(Instant) -> Result<Vec<Woke>, Fault>) -> Result<Pass, Fault> {
    let start = Instant::now();
    let mut woke = run(start)?;
    woke.sort_unstable();
    let lateness = |&(n, woke): &Woke| {
        woke.checked_sub(timers.duration(n)).ok_or_else(|| Fault::Failed(format!("sleeper {n} woke early")))
    };
    let late = Late::of(woke.iter().map(lateness).collect::<Result<_, _>>()?);
    let time = late.map_or(Duration::ZERO, |late| late.worst);
    Ok(Pass { late, ..Pass::new(time, checksum(woke.iter().map(|&(n, _)| n as u64))) })
}
