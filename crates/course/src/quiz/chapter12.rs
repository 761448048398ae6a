//! Chapter 12, your own runtime.

use super::Answer;
use paintdry_core::Runtime;
use paintdry_own_runtime::OwnRuntime;
use std::future::poll_fn;
use std::task::Poll;

pub(super) fn answers() -> Vec<Answer> {
    vec![Answer { name: "chapter12::ten_wakes", text: ten_wakes }]
}

fn ten_wakes() -> String {
    let polls = OwnRuntime::start().run_until_complete(async {
        let (promise, future) = futures::channel::oneshot::channel();
        let (mut promise, mut polls) = (Some(promise), 0);
        let waiting = OwnRuntime::spawn(poll_fn(move |context| {
            polls += 1;
            match promise.take() {
                Some(promise) => {
                    let _ = promise.send(context.waker().clone());
                    Poll::Pending
                }
                None => Poll::Ready(polls),
            }
        }));
        let waker = future.await.expect("the task leaves its waker");
        (0..10).for_each(|_| waker.wake_by_ref());
        waiting.await.expect("waiting does not fail")
    });
    match polls {
        2 => "Once".to_owned(),
        other => format!("{} times", other - 1),
    }
}
