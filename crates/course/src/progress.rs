//! The end of patience with a generator that is resumed again and again without progress.

use paintdry_generator::{Generator, GeneratorState};
use paintdry_studio::now;
use std::panic::resume_unwind;
use std::time::Duration;

/// More resumes at one moment than this are no progress.
const MOST_AT_ONE_MOMENT: u32 = 30;

/// A generator that panics if it is resumed again and again while no time passes: as long as it asks for its turn,
/// no time can pass, so it would never end. [`within_a_second`](crate::within_a_second) would also find it, but
/// without its log.
pub(crate) struct Progressing<G> {
    generator: G,
    moment: Duration,
    resumes: u32,
}

impl<G> Progressing<G> {
    pub(crate) fn new(generator: G) -> Self {
        Self { generator, moment: Duration::ZERO, resumes: 0 }
    }
}

impl<G: Generator> Generator for Progressing<G> {
    type Return = G::Return;

    fn resume(&mut self) -> GeneratorState<G::Return> {
        let state = self.generator.resume();
        self.resumes = if now() == self.moment { self.resumes + 1 } else { 1 };
        self.moment = now();
        if self.resumes == MOST_AT_ONE_MOMENT && matches!(state, GeneratorState::Yielded(_)) {
            // Not panic!, which prints it again for each task.
            resume_unwind(Box::new(format!(
                "resumed {} times at {:.1} s and still not complete. Does it remember how far it is? \
                 If it waits: only a Sleep lets time pass",
                self.resumes,
                self.moment.as_secs_f64()
            )));
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{say, seconds, watch_generators};
    use paintdry_generator::Request;

    /// Asks for the same thing this many times.
    struct Asking(Request, u32);

    impl Generator for Asking {
        type Return = ();

        fn resume(&mut self) -> GeneratorState<()> {
            if self.1 == 0 {
                return GeneratorState::Complete(());
            }
            self.1 -= 1;
            say("asks");
            GeneratorState::Yielded(self.0)
        }
    }

    #[test]
    fn a_generator_without_progress_ends_with_a_message() {
        let seen = watch_generators("endless", [("painter", Asking(Request::Turn, u32::MAX))]);
        assert!(seen.panicked().is_some_and(|message| message.contains("resumed 30 times at 0.0 s")), "{seen:?}");
        assert_eq!(seen.said().len(), 30);
    }

    #[test]
    fn many_resumes_are_progress_if_time_passes() {
        let seen = watch_generators("patient", [("painter", Asking(Request::Sleep(seconds(1)), 100))]);
        seen.assert_took(seconds(100), "a hundred sleeps of a second");
    }
}
