//! Chapter 6: what the trait of futures looks like.

use std::future::ready;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

enum Poll<T> {
    Ready(T),
    Pending,
}

trait Future {
    type Output;
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output>;
}

/// It compiles, so the trait of the standard library has the same type, the same method, and these two answers.
impl<F: std::future::Future> Future for F {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        match std::future::Future::poll(self, context) {
            std::task::Poll::Ready(output) => Poll::Ready(output),
            std::task::Poll::Pending => Poll::Pending,
        }
    }
}

#[test]
fn a_future_of_the_standard_library_answers_as_this_trait_says() {
    let mut context = Context::from_waker(Waker::noop());
    assert!(matches!(Future::poll(pin!(ready(7)), &mut context), Poll::Ready(7)));
    assert!(matches!(Future::poll(pin!(std::future::pending::<()>()), &mut context), Poll::Pending));
}
