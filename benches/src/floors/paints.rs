//! The floor of painting: plain threads that divide the canvases among them. And a thread for each canvas.

use crate::contender::{Fault, Pass};
use crate::groups::paints;
use crate::job::Paints;
use crate::tally::Tally;
use paintdry_core::{Canvas, Painted, TaskError, clock, paint_blocking};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

/// `threads` threads. Each takes the next canvas until none is left, and at the end sleeps once, until its last canvas
/// is dry: with that, all of its canvases are.
///
/// # Errors
/// If there is no thread.
pub fn shared_out<T: Tally>(threads: usize, job: Paints) -> Result<Pass, Fault> {
    let start = Instant::now();
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
        let looked_at = |canvas: Canvas| {
            let painted_at = canvas.painted_at().unwrap_or_default();
            let dry_at = now();
            Painted { painted_at, dry_at, looks: 1 + u64::from(canvas.is_dry(dry_at)) }
        };
        canvases.into_iter().map(looked_at).collect::<Vec<_>>()
    };
    let painted = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().map_err(TaskError::from_panic)).flatten().map(Ok).collect()
    });
    paints::pass(start.elapsed(), painted)
}

/// An OS thread for each canvas, on as many cores as there are.
///
/// # Errors
/// If there is no thread.
pub fn thread_for_each<T: Tally>(job: Paints) -> Result<Pass, Fault> {
    let start = Instant::now();
    let start_one = |_| {
        T::spawned(1);
        thread::Builder::new().spawn(move || {
            let sleep = |duration| {
                thread::sleep(duration);
                T::slept(1);
            };
            paint_blocking(Canvas::new(job.drying), job.strokes, job.drying, clock(), sleep)
        })
    };
    let threads = (0..job.canvases).map(start_one).collect::<Result<Vec<_>, _>>();
    let threads = threads.map_err(|error| Fault::Absent(format!("no thread: {error}")))?;
    let painted = threads.into_iter().map(|thread| thread.join().map_err(TaskError::from_panic)).collect();
    paints::pass(start.elapsed(), painted)
}
