//! Chapter 7: from plain code into async code, and back.

use futures::StreamExt;
use futures::channel::{mpsc, oneshot};
use std::thread;

/// A thread sends three numbers to a task.
pub async fn from_a_thread() -> u32 {
    let (sender, mut receiver) = mpsc::unbounded();
    thread::spawn(move || {
        for strokes in 1..=3 {
            sender.unbounded_send(strokes).expect("the task listens");
        }
    });
    let mut all = 0;
    while let Some(strokes) = receiver.next().await {
        all += strokes;
    }
    all
}

/// A task sends three numbers to a thread, and gets their sum back.
pub async fn to_a_thread() -> u32 {
    let (sender, receiver) = std::sync::mpsc::channel();
    let (promise, sum) = oneshot::channel();
    thread::spawn(move || promise.send(receiver.iter().sum::<u32>()));
    for strokes in 1..=3 {
        sender.send(strokes).expect("the thread listens"); // it never waits: the channel has no bound
    }
    drop(sender); // ends `iter`
    sum.await.expect("the thread answers")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chapters::smallest_runtime::block_on;
    use crate::{offload, watch};
    use paintdry_generator::EventLoop;
    use std::io;
    use std::thread::ThreadId;

    #[test]
    fn plain_code_calls_async_code() -> io::Result<()> {
        assert_eq!(block_on(from_a_thread()), 6); // chapter 6
        assert_eq!(EventLoop::new().run_until_complete(from_a_thread()), Ok(6)); // our loop
        assert_eq!(tokio::runtime::Runtime::new()?.block_on(from_a_thread()), 6); // tokio
        assert_eq!(smol::block_on(from_a_thread()), 6); // smol
        Ok(())
    }

    #[test]
    fn a_task_asks_a_thread_on_every_runtime() -> io::Result<()> {
        assert_eq!(block_on(to_a_thread()), 6);
        assert_eq!(EventLoop::new().run_until_complete(to_a_thread()), Ok(6));
        assert_eq!(tokio::runtime::Runtime::new()?.block_on(to_a_thread()), 6);
        assert_eq!(smol::block_on(to_a_thread()), 6);
        Ok(())
    }

    /// A function that blocks or computes for long. It returns the thread that it runs on.
    fn grind() -> ThreadId {
        thread::current().id()
    }

    #[test]
    fn async_code_calls_blocking_code_on_another_thread() -> io::Result<()> {
        let ours = async { offload("grinder", grind).await };
        let tokios = async { tokio::task::spawn_blocking(grind).await.expect("grinding does not panic") };
        let smols = async { smol::unblock(grind).await };
        let here = thread::current().id();
        assert_ne!(watch("ours", ours).result(), here);
        assert_ne!(tokio::runtime::Runtime::new()?.block_on(tokios), here);
        assert_ne!(smol::block_on(smols), here);
        Ok(())
    }
}
