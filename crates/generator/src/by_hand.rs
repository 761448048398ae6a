//! A generator written by hand as a task keeps it: it may sleep between two of its turns.

use crate::coroutine::IntoCoroutine;
use crate::generator::{Generator, GeneratorState, Request};
use crate::sleep::{Sleep, sleep};
use crate::task::Coroutine;
use std::pin::Pin;
use std::task::Context;

impl<G: Generator> IntoCoroutine<false> for G {
    type Return = G::Return;

    fn into_coroutine(self) -> impl Coroutine<Return = G::Return> {
        ByHand { generator: self, sleep: Sleep::over() }
    }
}

pin_project_lite::pin_project! {
    /// A generator written by hand in its task. It may move, so it is not pinned.
    struct ByHand<G> {
        generator: G,
        sleep: Sleep,
    }
}

impl<G: Generator> Coroutine for ByHand<G> {
    type Return = G::Return;

    #[inline]
    fn resume(self: Pin<&mut Self>, context: &mut Context<'_>) -> GeneratorState<G::Return> {
        let this = self.project();
        loop {
            if !this.sleep.is_over() && Pin::new(&mut *this.sleep).poll(context).is_pending() {
                return GeneratorState::Yielded(Request::Wait);
            }
            match this.generator.resume() {
                GeneratorState::Yielded(Request::Sleep(duration)) => *this.sleep = sleep(duration),
                state => return state,
            }
        }
    }
}
