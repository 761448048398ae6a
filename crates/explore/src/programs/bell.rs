//! A bell that wakes only the tasks that listen when it rings.

use crate::{note, touch};
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};

/// A bell. A clone is the same bell.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Mutex<Rung>>);

#[derive(Debug, Default)]
struct Rung {
    times: u32,
    listening: Vec<Waker>,
}

impl Bell {
    fn with<T>(&self, action: impl FnOnce(&mut Rung) -> T) -> T {
        touch("bell");
        action(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Wakes the tasks that listen now.
    #[track_caller]
    pub fn ring(&self) {
        note("rings the bell");
        let listening = self.with(|rung| {
            rung.times += 1;
            std::mem::take(&mut rung.listening)
        });
        listening.into_iter().for_each(Waker::wake);
    }

    /// Listens from this call on: the future that it returns is ready once the bell has rung after that.
    #[track_caller]
    pub fn listen(&self) -> impl Future<Output = ()> + use<> {
        note("listens");
        let bell = self.clone();
        let before = bell.with(|rung| rung.times);
        poll_fn(move |context| {
            bell.with(|rung| {
                if rung.times > before {
                    return Poll::Ready(());
                }
                rung.listening.push(context.waker().clone());
                Poll::Pending
            })
        })
    }
}
