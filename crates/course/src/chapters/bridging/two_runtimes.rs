//! Chapter 18: a future that needs tokio, on another runtime.

use std::future::poll_fn;
use std::pin::pin;
use std::time::Duration;
use tokio::runtime::Handle;

/// Runs a future that needs tokio on any runtime: each poll is inside the context of that tokio.
pub async fn in_context_of<F: Future>(tokio: &Handle, future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|context| {
        let _context = tokio.enter();
        future.as_mut().poll(context)
    })
    .await
}

/// A library that is written for tokio.
pub async fn needs_tokio() -> &'static str {
    tokio::time::sleep(Duration::from_millis(1)).await;
    "dry"
}

/// Fails: the context is left before the future is polled, and only a poll makes the sleep.
pub async fn enters_for_the_call(tokio: &Handle) -> &'static str {
    let future = {
        let _context = tokio.enter();
        needs_tokio()
    };
    future.await
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::future::join;
    use paintdry_core::Runtime;
    use paintdry_generator::EventLoop;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use tokio::runtime::Builder;

    /// Tokio with one thread, which fires its timers.
    fn tokio() -> tokio::runtime::Runtime {
        Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("there is a thread left")
    }

    #[test]
    fn a_future_for_tokio_runs_elsewhere_if_each_poll_is_in_its_context() {
        fn check<R: Runtime>() {
            let dry = R::start().run_until_complete(in_context_of(tokio().handle(), needs_tokio()));
            assert_eq!(dry, "dry", "{}", R::NAME);
        }
        check::<EventLoop>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
        check::<paintdry_async_std::Global>();
    }

    #[test]
    fn to_enter_for_the_call_is_not_enough() {
        let tokio = tokio();
        let program = AssertUnwindSafe(|| smol::block_on(enters_for_the_call(tokio.handle())));
        assert!(catch_unwind(program).is_err());
    }

    /// Each poll leaves the context before it returns, so two contexts never end in the wrong order.
    #[test]
    fn two_tokios_can_take_turns_in_one_task() {
        let (first, second) = (tokio(), tokio());
        let both = join(in_context_of(first.handle(), needs_tokio()), in_context_of(second.handle(), needs_tokio()));
        assert_eq!(smol::block_on(both), ("dry", "dry"));
    }

    #[test]
    fn timers_of_smol_and_async_std_need_no_context() {
        let timers = || async {
            smol::Timer::after(Duration::from_millis(1)).await;
            async_std::task::sleep(Duration::from_millis(1)).await;
        };
        tokio().block_on(timers());
        Runtime::run_until_complete(&EventLoop::start(), timers());
    }
}
