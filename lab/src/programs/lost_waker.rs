//! A future by hand: it waits until the canvas is dry, and may forget to keep the waker.

use super::{PAINTERS, boxed};
use paintdry_core::{Runtime, gather};
use paintdry_explore::{ExploredLoop, name_task, note};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

#[derive(Default)]
struct Canvas {
    is_dry: bool,
    wakers: Vec<Waker>,
}

pub(crate) async fn lost_waker(painters: usize, drying: u32, keeps_waker: bool) {
    let canvas = Arc::<Mutex<Canvas>>::default();
    let painters = PAINTERS.into_iter().take(painters).map(|name| {
        let canvas = canvas.clone();
        boxed(async move {
            name_task(name);
            poll_fn(move |context| {
                let mut canvas = canvas.lock().unwrap_or_else(PoisonError::into_inner);
                if canvas.is_dry {
                    note("finds it dry");
                    return Poll::Ready(());
                }
                if keeps_waker {
                    note("finds it wet, and leaves a waker");
                    canvas.wakers.push(context.waker().clone());
                } else {
                    note("finds it wet, and leaves no waker");
                }
                Poll::Pending
            })
            .await;
        })
    });
    let dries = boxed(dries(drying, canvas.clone()));
    gather::<ExploredLoop, _>(painters.chain([dries])).await;
}

/// Dries for some turns, and then calls every waker that was left.
async fn dries(turns: u32, canvas: Arc<Mutex<Canvas>>) {
    name_task("canvas");
    for _ in 0..turns {
        ExploredLoop::yield_now().await;
    }
    let wakers = {
        let mut canvas = canvas.lock().unwrap_or_else(PoisonError::into_inner);
        canvas.is_dry = true;
        std::mem::take(&mut canvas.wakers)
    };
    note(format_args!("is dry, and wakes {}", wakers.len()));
    wakers.into_iter().for_each(Waker::wake);
}
