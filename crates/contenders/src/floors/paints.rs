//! The floor of painting: plain threads that divide the canvases among them. And a thread for each canvas.

use crate::contender::{Fault, Pass};
use crate::floors::join;
use crate::job::Paints;
use crate::kits::pass;
use crate::tally::Tally;
use paintdry_core::{Canvas, clock, paint_blocking};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

/// `threads` threads. Each takes the next canvas until none is left, and at the end sleeps once, until its last canvas
/// is dry: with that, all of its canvases are.
pub(crate) fn shared_out(threads: usize, job: Paints) -> Result<Pass, Fault> {
    let next = AtomicUsize::new(0);
    let work = || {
        let now = clock();
        let mut canvases = Vec::new();
        while next.fetch_add(1, Relaxed) < job.canvases {
            let mut canvas = Canvas::new(job.drying);
            canvas.paint(job.strokes, now);
            canvases.push(canvas);
        }
        if let Some(last) = canvases.last().and_then(Canvas::painted_at) {
            thread::sleep((last + job.drying).saturating_sub(now()));
        }
        // Each was looked at when it was painted, and now.
        canvases.into_iter().map(|canvas| 1 + u64::from(canvas.is_dry(now()))).collect::<Vec<_>>()
    };
    pass(|| {
        thread::scope(|scope| {
            let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let looks = threads.into_iter().map(|thread| thread.join().map_err(Fault::from_panic));
            Ok(looks.collect::<Result<Vec<_>, _>>()?.concat())
        })
    })
}

/// An OS thread for each canvas, on as many cores as there are.
pub(crate) fn thread_for_each<T: Tally>(job: Paints) -> Result<Pass, Fault> {
    let start = |_| {
        T::spawned(1);
        thread::Builder::new().spawn(move || {
            let sleep = |duration| {
                thread::sleep(duration);
                T::slept(1);
            };
            paint_blocking(Canvas::new(job.drying), job.strokes, job.drying, clock(), sleep).looks
        })
    };
    pass(|| join((0..job.canvases).map(start)))
}
