//! Faults that are put beside sound programs.

use futures::FutureExt;
use futures::channel::oneshot;
use futures::lock::Mutex;
use paintdry_core::Runtime;
use paintdry_diagnose::Kind;
use paintdry_studio::{note, sleep_blocking, work};
use std::mem;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// A promise is forgotten.
    Forgets,
    /// Two tasks take two locks in opposite orders.
    Locks,
    /// A task blocks its thread beside one that ticks.
    Blocks,
    /// A task works for long beside one that ticks.
    Works,
    Panics,
    /// The main task spawns a task and ends.
    Leaves,
}

pub(crate) const FAULTS: [Fault; 6] =
    [Fault::Forgets, Fault::Locks, Fault::Blocks, Fault::Works, Fault::Panics, Fault::Leaves];

type Rest = Pin<Box<dyn Future<Output = ()> + Send>>;

const fn ms(length: u64) -> Duration {
    Duration::from_millis(length)
}

impl Fault {
    pub(crate) fn expected(self) -> &'static [Kind] {
        match self {
            Self::Forgets => &[Kind::LostWake],
            Self::Locks => &[Kind::Deadlock],
            Self::Blocks => &[Kind::BlockedThread],
            Self::Works => &[Kind::LongPoll],
            Self::Panics => &[Kind::Failed],
            Self::Leaves => &[Kind::NeverPolled],
        }
    }

    /// Starts it. What it returns waits for the end.
    pub(crate) fn on<R: Runtime>(self) -> Rest {
        let tasks = match self {
            Self::Forgets => {
                let (promise, kept) = oneshot::channel::<()>();
                mem::forget(promise);
                vec![R::spawn(kept.map(drop))]
            }
            Self::Locks => {
                let locks = [(); 2].map(|()| Arc::new(Mutex::new(())));
                let [one, other] = locks.clone();
                let both = |first: Arc<Mutex<()>>, second: Arc<Mutex<()>>| async move {
                    let _first = first.lock().await;
                    R::sleep(ms(10)).await;
                    let _second = second.lock().await;
                };
                let [first, second] = locks;
                vec![R::spawn(both(one, other)), R::spawn(both(second, first))]
            }
            Self::Blocks => vec![R::spawn(ticks::<R>()), R::spawn(R::sleep(ms(10)).map(|()| sleep_blocking(ms(100))))],
            Self::Works => vec![R::spawn(ticks::<R>()), R::spawn(R::sleep(ms(10)).map(|()| work(ms(100))))],
            Self::Panics => vec![R::spawn(async { resume_unwind(Box::new("broke")) })],
            Self::Leaves => return async { drop(R::spawn(async {})) }.boxed(),
        };
        async {
            for task in tasks {
                let _ = task.await; // one of them panics
            }
        }
        .boxed()
    }
}

async fn ticks<R: Runtime>() {
    for _ in 0..5 {
        R::sleep(ms(20)).await;
        note("tick");
    }
}
