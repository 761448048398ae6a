//! `docs/python/workers.py` on our loop: three workers take jobs from a queue, until the time is over.

use async_channel::Receiver;
use paintdry_generator::{Error, EventLoop, TaskGroup, sleep, task_group, timeout};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::time::Duration;

const JOBS: Range<u32> = 0..9;
const LIMIT: Duration = Duration::from_millis(250);

type Results = Rc<RefCell<BTreeMap<u32, String>>>;

async fn paint(job: u32) -> Result<(), String> {
    sleep(Duration::from_millis(100)).await;
    if job == 4 { Err("out of blue".to_owned()) } else { Ok(()) }
}

async fn work(queue: Receiver<u32>, results: Results) -> Result<(), Error> {
    while let Ok(job) = queue.recv().await {
        let result = match paint(job).await {
            Ok(()) => "dry".to_owned(),
            Err(error) => format!("failed, {error}"),
        };
        results.borrow_mut().insert(job, result);
    }
    Ok(())
}

/// What the program prints.
pub(crate) async fn report() -> Result<Vec<String>, Error> {
    let (sender, queue) = async_channel::unbounded();
    for job in JOBS {
        sender.try_send(job).expect("the queue is open");
    }
    drop(sender); // no job will follow, so a worker that finds the queue empty ends
    let results = Results::default();
    let group = task_group(async |group: TaskGroup| {
        for _ in 0..3 {
            group.create_task(work(queue.clone(), Rc::clone(&results)))?;
        }
        Ok(())
    });
    let mut lines = Vec::new();
    if let Ok(ended) = timeout(LIMIT, group).await {
        ended?;
    } else {
        lines.push("the time is over".to_owned()); // the group has been dropped, and its tasks with it
    }
    for job in JOBS {
        let results = results.borrow();
        let result = results.get(&job).map_or("not done", String::as_str);
        lines.push(format!("job {job}: {result}"));
    }
    Ok(lines)
}

fn main() -> Result<(), Error> {
    let event_loop = EventLoop::new();
    for line in event_loop.run_until_complete(report())?? {
        println!("{line}");
    }
    event_loop.close()
}
