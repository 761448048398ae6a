//! `docs/python/workers.py` on tokio: three workers take jobs from a queue, until the time is over.

use async_channel::Receiver;
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};

const JOBS: Range<u32> = 0..9;
const LIMIT: Duration = Duration::from_millis(250);

type Results = Arc<Mutex<BTreeMap<u32, String>>>;

async fn paint(job: u32) -> Result<(), String> {
    sleep(Duration::from_millis(100)).await;
    if job == 4 { Err("out of blue".to_owned()) } else { Ok(()) }
}

async fn work(queue: Receiver<u32>, results: Results) {
    while let Ok(job) = queue.recv().await {
        let result = match paint(job).await {
            Ok(()) => "dry".to_owned(),
            Err(error) => format!("failed, {error}"),
        };
        results.lock().expect("no worker panics while it holds the lock").insert(job, result);
    }
}

/// Waits for all workers. A worker that panics ends the wait.
async fn join_all(workers: &mut JoinSet<()>) -> Result<(), JoinError> {
    while let Some(ended) = workers.join_next().await {
        ended?;
    }
    Ok(())
}

/// What the program prints.
pub(crate) async fn report() -> Result<Vec<String>, JoinError> {
    let (sender, queue) = async_channel::unbounded();
    for job in JOBS {
        sender.try_send(job).expect("the queue is open");
    }
    drop(sender); // no job will follow, so a worker that finds the queue empty ends
    let results = Results::default();
    let mut workers = JoinSet::new();
    for _ in 0..3 {
        workers.spawn(work(queue.clone(), Arc::clone(&results)));
    }
    let mut lines = Vec::new();
    if let Ok(ended) = timeout(LIMIT, join_all(&mut workers)).await {
        ended?;
    } else {
        workers.shutdown().await; // cancels the workers, and waits until they have been dropped
        lines.push("the time is over".to_owned());
    }
    for job in JOBS {
        let results = results.lock().expect("no worker panics while it holds the lock");
        let result = results.get(&job).map_or("not done", String::as_str);
        lines.push(format!("job {job}: {result}"));
    }
    Ok(lines)
}

fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    for line in runtime.block_on(report())? {
        println!("{line}");
    }
    Ok(())
}
