//! A runtime that is not built in: it takes part in every group, beside the built-in ones, and proves its work as they do.

use crate::contender::Contender;
use crate::job::Job;
use crate::through_trait;
use paintdry_core::Runtime;

/// A runtime of the caller's, for the benches: `paintdry_benches::command::main` takes them.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer {
    how: &'static str,
    on: fn(Job, &str) -> Contender,
}

impl Newcomer {
    /// The newcomer that runs on `R`. `how` says in a few words what it is; the tables show it beside its name.
    #[must_use]
    pub fn of<R: Runtime>(how: &'static str) -> Self {
        Self { how, on: through_trait::contender_on::<R> }
    }

    /// The newcomer as a contender for `job`.
    pub fn contender(&self, job: Job) -> Contender {
        (self.on)(job, self.how)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::{Locks, Mpsc, Oneshots};
    use crate::prove::prove;
    use paintdry_generator::EventLoop;
    use paintdry_tokio::MultiThread;

    #[test]
    fn it_gets_the_channels_and_the_mutex_that_belong_to_no_runtime() {
        let jobs = [
            Job::Oneshots(Oneshots { pairs: 3, round_trips: 5 }),
            Job::Mpsc(Mpsc { producers: 3, messages: 50, capacity: 4 }),
            Job::Locks(Locks { tasks: 4, locks: 5 }),
        ];
        for job in jobs {
            for newcomer in [Newcomer::of::<EventLoop>("one thread"), Newcomer::of::<MultiThread>("several threads")] {
                assert_eq!(prove(&newcomer.contender(job), &job), Ok(()), "{newcomer:?} at {job:?}");
            }
        }
    }
}
