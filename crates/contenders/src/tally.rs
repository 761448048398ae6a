//! Counting what a pass does. The counted program and the timed one are the same source, generic over a [`Tally`]:
//! with [`On`] its yields, spawns, sleeps, wakes and cancels are counted, with [`Off`] the compiler finds nothing to do.

use crate::work::Work;
use futures::FutureExt;
use pin_project_lite::pin_project;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// Where a program notes what it does. It is a type and not a value, so that nothing of it is left in a timed pass.
pub trait Tally: Send + Sync + 'static {
    /// `times` turns were given up.
    fn yielded(times: u64);
    /// `times` tasks were started.
    fn spawned(times: u64);
    /// `times` sleeps ended.
    fn slept(times: u64);
    /// `times` wakers were called by another thread.
    fn woken(times: u64);
    /// `times` tasks, or futures inside a task, were dropped while they waited.
    fn cancelled(times: u64);
}

/// Counts nothing: what is timed.
#[derive(Debug, Clone, Copy)]
pub struct Off;

impl Tally for Off {
    #[inline]
    fn yielded(_: u64) {}
    #[inline]
    fn spawned(_: u64) {}
    #[inline]
    fn slept(_: u64) {}
    #[inline]
    fn woken(_: u64) {}
    #[inline]
    fn cancelled(_: u64) {}
}

/// Counts everything, on any thread: this is what is proved.
#[derive(Debug, Clone, Copy)]
pub struct On;

static YIELDS: AtomicU64 = AtomicU64::new(0);
static SPAWNS: AtomicU64 = AtomicU64::new(0);
static SLEEPS: AtomicU64 = AtomicU64::new(0);
static WAKES: AtomicU64 = AtomicU64::new(0);
static CANCELS: AtomicU64 = AtomicU64::new(0);

impl Tally for On {
    fn yielded(times: u64) {
        YIELDS.fetch_add(times, Relaxed);
    }
    fn spawned(times: u64) {
        SPAWNS.fetch_add(times, Relaxed);
    }
    fn slept(times: u64) {
        SLEEPS.fetch_add(times, Relaxed);
    }
    fn woken(times: u64) {
        WAKES.fetch_add(times, Relaxed);
    }
    fn cancelled(times: u64) {
        CANCELS.fetch_add(times, Relaxed);
    }
}

/// Runs `pass`, which gives the checksum of its results, and says what [`On`] counted meanwhile. One pass at a time
/// counts in a process; a second caller waits.
///
/// # Errors
/// Those of `pass`.
pub fn counted<E>(pass: impl FnOnce() -> Result<u64, E>) -> Result<Work, E> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let counters = [&YIELDS, &SPAWNS, &SLEEPS, &WAKES, &CANCELS];
    for counter in counters {
        counter.store(0, Relaxed);
    }
    let results = pass()?;
    let [yields, spawns, sleeps, wakes, cancels] = counters.map(|counter| counter.load(Relaxed));
    Ok(Work { results, yields, spawns, sleeps, wakes, cancels })
}

pin_project! {
    struct CountedYield<F, T> {
        #[pin]
        future: F,
        tally: PhantomData<T>,
    }
}

impl<F: Future<Output = ()>, T: Tally> Future for CountedYield<F, T> {
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let polled = self.project().future.poll(context);
        if polled.is_pending() {
            T::yielded(1);
        }
        polled
    }
}

/// Counts the turns that `future`, a runtime's yield, gives up: each poll that is pending. A yield that is ready at once gave
/// up nothing and is not counted.
#[inline]
pub fn count_yield<T: Tally>(future: impl Future<Output = ()>) -> impl Future<Output = ()> {
    CountedYield { future, tally: PhantomData::<T> }
}

/// Counts the end of `future`, a runtime's sleep.
#[inline]
pub fn count_sleep<T: Tally>(future: impl Future) -> impl Future<Output = ()> {
    future.map(|_| T::slept(1))
}

pin_project! {
    struct CountedCancel<F, T: Tally> {
        #[pin]
        future: F,
        is_waiting: bool,
        tally: PhantomData<T>,
    }

    impl<F, T: Tally> PinnedDrop for CountedCancel<F, T> {
        fn drop(this: Pin<&mut Self>) {
            T::cancelled(u64::from(this.is_waiting));
        }
    }
}

impl<F: Future, T: Tally> Future for CountedCancel<F, T> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let polled = this.future.poll(context);
        *this.is_waiting = polled.is_pending();
        polled
    }
}

/// Counts the drop of `future` while it waits. A future that was never polled, or that has ended, was not cancelled.
#[inline]
pub fn count_cancel<T: Tally, F: Future>(future: F) -> impl Future<Output = F::Output> {
    CountedCancel { future, is_waiting: false, tally: PhantomData::<T> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::{pending, ready};
    use std::thread;

    #[test]
    fn only_a_turn_that_is_given_up_counts() {
        let work = counted(|| {
            futures::executor::block_on(async {
                count_yield::<On>(smol::future::yield_now()).await;
                count_yield::<On>(ready(())).await;
                count_yield::<Off>(smol::future::yield_now()).await;
            });
            Ok::<_, ()>(7)
        });
        assert_eq!(work, Ok(Work { results: 7, yields: 1, ..Work::default() }));
    }

    #[test]
    fn only_a_future_that_is_dropped_while_it_waits_counts_as_cancelled() {
        let work = counted(|| {
            for is_polled in [false, true] {
                let mut waits = Box::pin(count_cancel::<On, _>(pending::<()>()));
                assert!(!is_polled || waits.as_mut().now_or_never().is_none());
            }
            assert_eq!(count_cancel::<On, _>(ready(7)).now_or_never(), Some(7));
            Ok::<_, ()>(0)
        });
        assert_eq!(work, Ok(Work { cancels: 1, ..Work::default() }));
    }

    #[test]
    fn every_thread_counts_and_each_pass_starts_at_zero() {
        for _ in 0..2 {
            let work = counted(|| {
                thread::scope(|scope| {
                    for _ in 0..2 {
                        scope.spawn(|| (On::spawned(3), On::slept(2), On::woken(1), On::cancelled(4)));
                    }
                });
                Ok::<_, ()>(0)
            });
            assert_eq!(work, Ok(Work { spawns: 6, sleeps: 4, wakes: 2, cancels: 8, ..Work::default() }));
        }
    }
}
