//! The floor of painting: plain threads that divide the canvases among them. And a thread for each canvas.

use crate::contender::{Fault, Pass};
use crate::floors::join;
use crate::job::Paints;
use crate::kits::pass;
use crate::tally::Tally;
use paintdry_core::{Canvas, clock, paint_blocking};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// What painters share: each takes the next canvas until none is left.
type Taken = Arc<AtomicUsize>;

/// Plain threads that wait for passes: the calling thread, and the others, which start before the clock as a runtime's do.
pub(crate) struct Painters {
    job: Paints,
    others: Vec<(Sender<Taken>, Receiver<Vec<u64>>)>,
}

impl Painters {
    /// Starts all but the calling thread. They end when this is dropped.
    pub(crate) fn start(threads: usize, job: Paints) -> Self {
        let other = |_| {
            let (orders, ordered) = channel();
            let (looks, looked) = channel();
            // If the system gives no thread, this end of the channels is dropped, and the pass fails.
            let paint_all = move || ordered.into_iter().all(|taken| looks.send(share(&taken, job)).is_ok());
            let _ = thread::Builder::new().spawn(paint_all);
            (orders, looked)
        };
        Self { job, others: (1..threads).map(other).collect() }
    }

    /// All threads paint and dry the canvases of the job.
    pub(crate) fn pass(&self) -> Result<Pass, Fault> {
        let ended = || Fault::Failed("a painter's thread has ended".to_owned());
        pass(|| {
            let taken = Taken::default();
            for (orders, _) in &self.others {
                orders.send(Arc::clone(&taken)).map_err(|_| ended())?;
            }
            let mut looks = share(&taken, self.job);
            for (_, looked) in &self.others {
                looks.extend(looked.recv().map_err(|_| ended())?);
            }
            Ok(looks)
        })
    }
}

/// The share of one thread. It sleeps once, at the end, until its last canvas is dry: with that, all of its canvases are.
fn share(taken: &Taken, job: Paints) -> Vec<u64> {
    let now = clock();
    let mut canvases = Vec::new();
    while taken.fetch_add(1, Relaxed) < job.canvases {
        let mut canvas = Canvas::new(job.drying);
        canvas.paint(job.strokes, now);
        canvases.push(canvas);
    }
    if let Some(last) = canvases.last().and_then(Canvas::painted_at) {
        thread::sleep((last + job.drying).saturating_sub(now()));
    }
    // Each was looked at when it was painted, and now.
    canvases.into_iter().map(|canvas| 1 + u64::from(canvas.is_dry(now()))).collect()
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
