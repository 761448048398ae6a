//! The coroutines of core for the checks about faults: a check chooses what happens at one of their awaits.

use crate::checks::GIVE_UP;
use futures::channel::oneshot;
use paintdry_core::{Canvas, Runtime, TaskError, amap, clock, gather, paint, timed_future_with};
use std::future::poll_fn;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

pub(crate) type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A value that a coroutine owns and returns. Its clones are counted: at the end none may be left.
pub(crate) type Live = Arc<()>;

/// The message with which the coroutines panic.
pub(crate) const BROKE: &str = "the brush broke";

/// One of core's coroutines, with a promise for its results.
#[derive(Clone, Copy)]
pub(crate) struct Coroutine {
    pub(crate) name: &'static str,
    /// How many awaits it has ...
    pub(crate) awaits: u32,
    /// ... and how many results it gives.
    pub(crate) results: usize,
    start: fn(Arc<Awaits>, oneshot::Sender<Vec<Live>>, Live) -> Boxed,
}

/// A coroutine that has not begun, and the future of its results.
pub(crate) struct Started {
    pub(crate) coroutine: Boxed,
    pub(crate) results: oneshot::Receiver<Vec<Live>>,
}

impl Coroutine {
    /// The future around the coroutine owns a clone as well: a panic drops the coroutine's variables, but not the future.
    pub(crate) fn start(&self, awaits: Awaits, live: &Live) -> Started {
        let (promise, results) = oneshot::channel();
        let mut coroutine = (self.start)(Arc::new(awaits), promise, Live::clone(live));
        let owned = Live::clone(live);
        let coroutine = poll_fn(move |context| {
            let _ = &owned;
            coroutine.as_mut().poll(context)
        });
        Started { coroutine: Box::pin(coroutine), results }
    }
}

pub(crate) fn coroutines<R: Runtime>() -> [Coroutine; 4] {
    [
        Coroutine { name: "amap", awaits: 4, results: 4, start: mapping::<R> },
        Coroutine { name: "paint", awaits: 3, results: 4, start: painting::<R> },
        Coroutine { name: "gather", awaits: 3, results: 3, start: gathering::<R> },
        Coroutine { name: "timed_future", awaits: 2, results: 1, start: timing::<R> },
    ]
}

/// Each coroutine, once for each of its awaits, with the number of the await.
pub(crate) fn each_await<R: Runtime>() -> impl Iterator<Item = (Coroutine, u32)> {
    coroutines::<R>().into_iter().flat_map(|coroutine| (0..coroutine.awaits).map(move |at| (coroutine, at)))
}

fn mapping<R: Runtime>(awaits: Arc<Awaits>, promise: oneshot::Sender<Vec<Live>>, live: Live) -> Boxed {
    Box::pin(amap(promise, move |_| Live::clone(&live), 0..4, move || awaits.next::<R>()))
}

/// Time passes at the awaits, so it sees wet paint three times and dry paint once.
fn painting<R: Runtime>(awaits: Arc<Awaits>, promise: oneshot::Sender<Vec<Live>>, live: Live) -> Boxed {
    const SECOND: Duration = Duration::from_secs(1);
    let seen = Arc::clone(&awaits);
    let now = move || SECOND * seen.reached.load(Ordering::SeqCst);
    Box::pin(async move {
        let painted = paint(Canvas::new(3 * SECOND), 10, SECOND, now, move |_| awaits.next::<R>()).await;
        let _ = promise.send((0..painted.looks).map(|_| Live::clone(&live)).collect());
    })
}

/// Three tasks with one await each. If one panics, so does the gather.
fn gathering<R: Runtime>(awaits: Arc<Awaits>, promise: oneshot::Sender<Vec<Live>>, live: Live) -> Boxed {
    let parts = (0..3).map(move |_| {
        let (awaits, live) = (Arc::clone(&awaits), Live::clone(&live));
        async move {
            awaits.next::<R>().await;
            live
        }
    });
    Box::pin(async move {
        match gather::<R, _>(parts).await.into_iter().collect() {
            Ok(results) => drop(promise.send(results)),
            Err(TaskError::Panicked(message)) => resume_unwind(Box::new(message)),
            Err(_) => {} // a cancelled part breaks the promise, which the check sees
        }
    })
}

fn timing<R: Runtime>(awaits: Arc<Awaits>, promise: oneshot::Sender<Vec<Live>>, live: Live) -> Boxed {
    Box::pin(async move {
        let two_awaits = async {
            awaits.next::<R>().await;
            awaits.next::<R>().await;
            live
        };
        let _ = promise.send(vec![timed_future_with("two awaits", two_awaits, clock(), |_| ()).await]);
    })
}

/// What happens at an await without a fault.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pause {
    Yield,
    Sleep,
}

enum Fault {
    Panic,
    /// Reports that the await is reached, and waits.
    Hold(oneshot::Sender<()>, oneshot::Receiver<()>),
}

/// What happens at the awaits of one coroutine.
pub(crate) struct Awaits {
    pause: Pause,
    reached: AtomicU32,
    at: u32,
    fault: Mutex<Option<Fault>>,
}

impl Awaits {
    /// A pause of the runtime at each await.
    pub(crate) fn only(pause: Pause) -> Self {
        Self { pause, reached: AtomicU32::new(0), at: 0, fault: Mutex::default() }
    }

    /// A panic at await `at`, a yield at the others.
    pub(crate) fn panic_at(at: u32) -> Self {
        Self { at, fault: Mutex::new(Some(Fault::Panic)), ..Self::only(Pause::Yield) }
    }

    /// A wait at await `at`, a yield at the others.
    pub(crate) fn hold_at(at: u32) -> (Self, Held) {
        let ((reached, is_reached), (release, is_released)) = (oneshot::channel(), oneshot::channel());
        let fault = Mutex::new(Some(Fault::Hold(reached, is_released)));
        (Self { at, fault, ..Self::only(Pause::Yield) }, Held { is_reached, release })
    }

    fn next<R: Runtime>(self: &Arc<Self>) -> impl Future<Output = ()> + Send + use<R> {
        let awaits = Arc::clone(self);
        async move {
            let is_it = awaits.reached.fetch_add(1, Ordering::SeqCst) == awaits.at;
            let fault = if is_it { awaits.fault.lock().unwrap_or_else(PoisonError::into_inner).take() } else { None };
            match fault {
                Some(Fault::Panic) => resume_unwind(Box::new(BROKE)), // which prints nothing, unlike `panic!`
                Some(Fault::Hold(reached, is_released)) => {
                    let _ = reached.send(());
                    let _ = is_released.await;
                }
                None => {}
            }
            match awaits.pause {
                Pause::Yield => R::yield_now().await,
                Pause::Sleep => R::sleep(Duration::from_micros(200)).await, // not over at its first poll
            }
        }
    }
}

/// The check's half of an await that waits: until `release` is used or dropped.
pub(crate) struct Held {
    pub(crate) is_reached: oneshot::Receiver<()>,
    pub(crate) release: oneshot::Sender<()>,
}

/// Waits until no clone is left, because another thread may still be dropping a task. Returns the number of clones if it has not
/// become smaller for two seconds.
pub(crate) async fn left<R: Runtime>(live: &Live) -> usize {
    let number = || Arc::strong_count(live) - 1;
    let (mut since, mut fewest) = (Instant::now(), number());
    while fewest > 0 && since.elapsed() < GIVE_UP {
        R::sleep(Duration::from_millis(1)).await;
        if number() < fewest {
            (since, fewest) = (Instant::now(), number());
        }
    }
    number()
}
