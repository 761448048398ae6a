//! A job: an order on its way to a rack, with the promise of its answer.
//!
//! The promise is that of chapter 5. Around it is only a `touch`, from which an exploration learns that two tasks share it.

use crate::order::{Answer, Order};
use futures::channel::oneshot;
use paintdry_explore::{touch, touching};
use std::pin::Pin;
use std::task::{Context, Poll};

/// An order that waits for a rack.
#[derive(Debug)]
pub struct Job {
    /// What to paint.
    pub order: Order,
    /// Where the answer goes.
    pub promise: Promise,
}

/// The writing half of an answer.
#[derive(Debug)]
pub struct Promise {
    sender: Option<oneshot::Sender<Answer>>,
    name: String,
}

/// A promise, and the future of its answer: `None` if the promise is dropped. `name` is that of the order.
pub fn promise(name: &str) -> (Promise, impl Future<Output = Option<Answer>> + Send + use<>) {
    let (sender, receiver) = oneshot::channel();
    (Promise { sender: Some(sender), name: name.to_owned() }, Awaited { receiver, name: name.to_owned() })
}

impl Promise {
    /// Fulfils the promise. If no task waits for the answer any more, it is dropped.
    pub fn fulfil(mut self, answer: Answer) {
        touch(&self.name);
        let _ = self.sender.take().map(|sender| sender.send(answer));
    }

    /// Waits until no task waits for the answer any more.
    pub async fn unwanted(&mut self) {
        if let Some(sender) = &mut self.sender {
            touching(&self.name, sender.cancellation()).await;
        }
    }
}

/// A promise that is dropped is broken, which the task that waits learns.
impl Drop for Promise {
    fn drop(&mut self) {
        touch(&self.name);
    }
}

/// The future of the answer. When it is dropped, no task waits for the answer any more.
struct Awaited {
    receiver: oneshot::Receiver<Answer>,
    name: String,
}

impl Future for Awaited {
    type Output = Option<Answer>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Answer>> {
        touch(&self.name);
        Pin::new(&mut self.receiver).poll(context).map(Result::ok)
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        touch(&self.name);
    }
}
