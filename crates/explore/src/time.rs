//! Time in a run: the sleeps of tasks, which a recording shows, and turns that take time.

use crate::run::with_run;
use std::time::Duration;

/// Lets virtual time pass in the turn of the current task, as if its thread were at work: no other task can run meanwhile, and
/// the timers that become due fire when the turn is over.
///
/// In a program that works, sleep with [`ExploredLoop::sleep`](paintdry_core::Runtime::sleep): if the exploration is
/// [`pruned`](crate::Explorer::pruned), it knows of these sleeps that they depend on the time at which they begin.
///
/// # Panics
/// If neither an event loop nor a runtime at the turnstile runs on this thread.
pub fn work(duration: Duration) {
    let at_the_turnstile = with_run(|run| run.work_at_the_turnstile).flatten();
    at_the_turnstile.unwrap_or(paintdry_generator::work)(duration);
    with_run(|run| run.work(duration));
}

/// Sleeps, and with it the thread, so no other task can run meanwhile: what `std::thread::sleep` does, in virtual time.
///
/// # Panics
/// As [`work`].
pub fn sleep_blocking(duration: Duration) {
    let _sleeping = Sleeping::begin(duration);
    with_run(|run| run.recorder.iter_mut().for_each(|recorder| recorder.block(run.current)));
    work(duration);
    with_run(|run| run.recorder.iter_mut().for_each(|recorder| recorder.unblock(run.current)));
}

/// A sleep in a run. Its timer is in the recording, if there is one.
pub(crate) struct Sleeping {
    timer: Option<u32>,
}

impl Sleeping {
    /// The current task begins to sleep. A sleep of zero is a yield, and has no timer.
    pub(crate) fn begin(duration: Duration) -> Self {
        let timer = with_run(|run| {
            if let Some((hashes, _)) = &mut run.seen {
                hashes.clock_read(run.current);
            }
            let recorder = run.recorder.as_mut().filter(|_| !duration.is_zero())?;
            Some(recorder.timer(run.current, duration))
        });
        Self { timer: timer.flatten() }
    }
}

impl Drop for Sleeping {
    fn drop(&mut self) {
        let Some(timer) = self.timer else { return };
        with_run(|run| run.recorder.iter_mut().for_each(|recorder| recorder.forget_timer(timer)));
    }
}
