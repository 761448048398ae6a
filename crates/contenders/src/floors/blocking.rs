//! The floors of handing closures to other threads: a pool that does no more than that, and a thread for each closure.

use crate::contender::{Fault, Pass};
use crate::floors::join;
use crate::job::Blocking;
use crate::kits::{blocking::call, pass};
use crate::tally::Tally;
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};

/// Threads that take closures from a queue until it is closed. They catch no panic, and their number stays as it is.
pub(crate) struct Pool {
    queue: Arc<Queue>,
    threads: io::Result<Vec<JoinHandle<()>>>,
}

type Closure = Box<dyn FnOnce() + Send>;

/// `None` closes it.
#[derive(Default)]
struct Queue {
    closures: Mutex<VecDeque<Option<Closure>>>,
    is_pushed: Condvar,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, VecDeque<Option<Closure>>> {
        self.closures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, closure: Option<Closure>) {
        self.lock().push_back(closure);
        self.is_pushed.notify_one();
    }

    /// Runs closures until it finds that the queue is closed.
    fn run(&self) {
        loop {
            let has_none = |closures: &mut VecDeque<_>| closures.is_empty();
            let waited = self.is_pushed.wait_while(self.lock(), has_none);
            let next = waited.unwrap_or_else(PoisonError::into_inner).pop_front();
            match next.flatten() {
                Some(closure) => closure(),
                None => return,
            }
        }
    }
}

impl Pool {
    pub(crate) fn start(count: usize) -> Self {
        let queue = Arc::new(Queue::default());
        let start = |_| {
            let queue = Arc::clone(&queue);
            thread::Builder::new().spawn(move || queue.run())
        };
        let threads = (0..count).map(start).collect();
        Self { queue, threads }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        if let Ok(threads) = &mut self.threads {
            for _ in threads.iter() {
                self.queue.push(None);
            }
            for thread in threads.drain(..) {
                let _ = thread.join(); // one that panicked has ended, too
            }
        }
    }
}

/// The caller waits for the results of a batch on a channel.
pub(crate) fn pool<T: Tally>(pool: &Pool, job: Blocking) -> Result<Pass, Fault> {
    if let Err(error) = &pool.threads {
        return Err(Fault::Absent(format!("no thread: {error}")));
    }
    let (sender, receiver) = mpsc::channel();
    pass(|| {
        let mut outputs = vec![0; job.calls];
        for batch in job.batches() {
            for n in batch.clone() {
                let sender = sender.clone();
                pool.queue.push(Some(Box::new(move || _ = sender.send((n, call::<T>(n))))));
            }
            for (n, output) in receiver.iter().take(batch.len()) {
                outputs[n] = output;
            }
        }
        Ok(outputs)
    })
}

/// An OS thread for each closure.
pub(crate) fn threads<T: Tally>(job: Blocking) -> Result<Pass, Fault> {
    pass(|| {
        let mut outputs = Vec::with_capacity(job.calls);
        for batch in job.batches() {
            outputs.extend(join(batch.map(|n| thread::Builder::new().spawn(move || call::<T>(n))))?);
        }
        Ok(outputs)
    })
}
