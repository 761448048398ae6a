//! Chapter 15: a future that holds another future, with a library that projects the pin, with a box, and with a lent
//! one.

use pin_project_lite::pin_project;
use std::pin::Pin;
use std::task::{Context, Poll};

pin_project! {
    /// Counts how often the future inside it is polled.
    #[derive(Debug)]
    pub struct Counted<F> {
        polls: u32,
        #[pin]
        future: F,
    }
}

impl<F> Counted<F> {
    /// Begins to count.
    pub fn new(future: F) -> Self {
        Self { polls: 0, future }
    }
}

impl<F: Future> Future for Counted<F> {
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        *this.polls += 1; // a `&mut u32`
        let polled = this.future.poll(context); // a `Pin<&mut F>`
        polled.map(|output| (output, *this.polls))
    }
}

/// The same without a library. The box may move, so this type may, and needs no projection.
#[derive(Debug)]
pub struct CountedInABox<F> {
    polls: u32,
    future: Pin<Box<F>>,
}

impl<F> CountedInABox<F> {
    /// Begins to count.
    pub fn new(future: F) -> Self {
        Self { polls: 0, future: Box::pin(future) }
    }
}

impl<F: Future> Future for CountedInABox<F> {
    type Output = (F::Output, u32);

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.polls += 1;
        let polled = this.future.as_mut().poll(context);
        polled.map(|output| (output, this.polls))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{seconds, sleep, watch, watch_on, yield_now};
    use paintdry_core::Runtime;
    use paintdry_studio::Studio;

    async fn two_waits() -> &'static str {
        sleep(seconds(2)).await;
        yield_now().await;
        "dry"
    }

    #[test]
    fn each_wait_is_one_poll_more() {
        let seen = watch("counted", async { [Counted::new(two_waits()).await, CountedInABox::new(two_waits()).await] });
        assert_eq!(seen.result(), [("dry", 3), ("dry", 3)]);
    }

    #[test]
    fn it_counts_on_every_runtime() {
        fn check<R: Runtime>() {
            let counted = Counted::new(async { Studio::<R>::sleep(seconds(2)).await });
            let seen = watch_on::<R, _>(R::NAME, async { Studio::<R>::spawn(counted).await });
            seen.assert_took(seconds(2), "the sleep");
            let ((), polls) = seen.result().expect("it does not panic");
            assert!(polls >= 2, "{}: {polls}", R::NAME); // a runtime may poll once too often
        }
        check::<paintdry_generator::EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    /// The box makes it `Unpin`, so it can be polled by `&mut`.
    #[test]
    fn only_the_one_with_a_box_may_move() {
        fn may_move<T: Unpin>(_: &T) {}
        may_move(&CountedInABox::new(two_waits()));
        may_move(&Counted::new(std::future::ready(()))); // may move because its future may
    }
}
