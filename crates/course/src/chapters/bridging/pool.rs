//! Chapter 18: work that blocks, on a pool of threads.

use crate::replays::Replay;
use crate::{milliseconds, offload, say, seconds, sleep, sleep_blocking, spawn, watch, yield_now};
use futures::future::join_all;
use paintdry_smol::smol::lock::Semaphore;
use std::sync::Arc;

/// The canvases that are scanned.
const CANVASES: [&str; 4] = ["sky", "sea", "sun", "moon"];

/// A library that was written for plain code: it blocks its thread for a second.
fn scan(canvas: &str) {
    sleep_blocking(seconds(1));
    say(format!("{canvas} is scanned"));
}

/// The threads that a runtime keeps for closures that block, as they are in the virtual time of the course.
#[derive(Debug, Clone)]
pub struct Pool {
    threads: Arc<Semaphore>, // a permit for each thread
}

impl Pool {
    /// A pool of at most this number of threads.
    #[must_use]
    pub fn new(threads: usize) -> Self {
        Self { threads: Arc::new(Semaphore::new(threads)) }
    }

    /// Waits for a free thread, and runs `work` on it.
    pub async fn run<T: Send + 'static>(&self, name: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _thread = self.threads.acquire().await;
        offload(name, work).await
    }
}

/// Scans four canvases in the task that needs them.
#[expect(clippy::unused_async, reason = "it is the mistake that is shown")]
pub async fn scans_in_the_task() {
    for canvas in CANVASES {
        scan(canvas);
    }
}

/// Scans this number of canvases on a pool.
pub async fn scans_on_a_pool(canvases: usize, threads: usize) {
    let pool = Pool::new(threads);
    let names = CANVASES.into_iter().cycle().take(canvases);
    join_all(names.map(|canvas| pool.run(canvas, move || scan(canvas)))).await;
}

/// Runs the scans beside a heart that beats every 300 ms, on one thread.
async fn beside_a_heart(scans: impl Future<Output = ()>) {
    spawn("heart", async {
        loop {
            sleep(milliseconds(300)).await;
            say("beat");
        }
    });
    yield_now().await; // the heart begins
    scans.await;
}

/// The replay: the same four scans, on no pool and on pools of three sizes.
#[must_use]
pub fn replay() -> Replay {
    Replay {
        name: "18-pool",
        title: "Four scans that block, beside a heart",
        file: file!(),
        text: include_str!("pool.rs"),
        runs: || {
            let on = |threads| watch("", beside_a_heart(scans_on_a_pool(4, threads)));
            vec![
                watch("", beside_a_heart(scans_in_the_task())).recorded("in the task", "fails: the heart cannot beat"),
                on(1).recorded("a pool of one", "one thread for the scans"),
                on(2).recorded("a pool of two", "two threads for the scans"),
                on(4).recorded("a pool of four", "a thread for each scan"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_studio::EventKind;
    use std::sync::atomic::AtomicBool;
    use std::sync::atomic::Ordering::SeqCst;
    use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
    use std::thread;
    use tokio::runtime::{Builder, Handle, Runtime};

    fn beats(scans: impl Future<Output = ()>) -> usize {
        watch("beats", beside_a_heart(scans)).times_of("heart: beat").len()
    }

    #[test]
    fn the_end_of_each_thread_is_in_the_recording() {
        for _ in 0..50 {
            let run = watch("the ends", scans_on_a_pool(2, 2)).recorded("", "");
            let ended = run.events.iter().filter(|event| event.what == EventKind::Complete && event.task > 0).count();
            assert_eq!(ended, 2, "{:?}", run.events);
        }
    }

    #[test]
    fn scans_in_a_task_stop_the_heart() {
        watch("in the task", scans_in_the_task()).assert_took(seconds(4), "one after another");
        assert_eq!(beats(scans_in_the_task()), 0);
    }

    #[test]
    fn a_pool_overlaps_as_many_scans_as_it_has_threads() {
        for (threads, expected, beating) in [(1, 4, 13), (2, 2, 6), (4, 1, 3)] {
            let seen = watch("on a pool", scans_on_a_pool(4, threads));
            seen.assert_took(seconds(expected), "each thread scans one canvas a second");
            assert_eq!(beats(scans_on_a_pool(4, threads)), beating, "{threads} threads");
        }
    }

    /// One thread for the tasks, and one for closures that block.
    fn tokio() -> Runtime {
        Builder::new_current_thread().max_blocking_threads(1).enable_all().build().expect("there is memory left")
    }

    #[test]
    fn tokios_pool_belongs_to_the_runtime_and_the_other_one_to_the_process() {
        let here = || thread::current().name().unwrap_or_default().to_owned();
        let named = Builder::new_current_thread().thread_name("gallery").build().expect("there is memory left");
        let of_tokio = named.block_on(async { tokio::task::spawn_blocking(here).await });
        assert_eq!(of_tokio.expect("it does not panic"), "gallery");
        let of_smol = smol::block_on(smol::unblock(here));
        let of_async_std = async_std::task::block_on(async_std::task::spawn_blocking(here));
        for name in [of_smol, of_async_std] {
            assert!(name.starts_with("blocking-"), "{name}: a thread of the crate blocking");
        }
    }

    #[test]
    fn a_closure_that_waits_for_another_one_of_a_full_pool_waits_for_ever() {
        let has_run = Arc::new(AtomicBool::new(false));
        let set = Arc::clone(&has_run);
        let has_run_meanwhile = tokio().block_on(async {
            let outer = tokio::task::spawn_blocking(move || {
                drop(Handle::current().spawn_blocking(move || set.store(true, SeqCst)));
                (0..1000).any(|_| {
                    thread::yield_now();
                    has_run.load(SeqCst)
                })
            });
            outer.await.expect("it does not panic")
        });
        assert!(!has_run_meanwhile, "the pool has one thread, and the outer closure keeps it");
    }

    /// A closure that has begun. It ends when the first end of a channel is dropped, and says so to the other.
    fn begun(start: impl FnOnce(Box<dyn FnOnce() + Send>)) -> (Sender<()>, Receiver<()>) {
        let ((begun, has_begun), (ended, has_ended)) = (channel(), channel());
        let (end, may_end) = channel::<()>();
        start(Box::new(move || {
            let _ = begun.send(());
            let _ = may_end.recv(); // an error, when the sender is dropped
            let _ = ended.send(());
        }));
        has_begun.recv().expect("it begins");
        (end, has_ended)
    }

    #[test]
    fn dropping_a_tokio_runtime_waits_for_the_closures_that_run() {
        let tokio = tokio();
        let (end, has_ended) = begun(|closure| drop(tokio.spawn_blocking(closure)));
        let helper = thread::spawn(move || drop(end));
        drop(tokio);
        assert_eq!(has_ended.try_recv(), Ok(()));
        helper.join().expect("it does not panic");
    }

    #[test]
    fn a_shutdown_in_the_background_does_not_wait() {
        let tokio = tokio();
        let (end, has_ended) = begun(|closure| drop(tokio.spawn_blocking(closure)));
        tokio.shutdown_background();
        assert_eq!(has_ended.try_recv(), Err(TryRecvError::Empty));
        drop(end);
    }

    #[test]
    fn a_closure_that_has_begun_does_not_end_with_its_handle() {
        let (handles, handle) = channel();
        let (end, has_ended) = begun(|closure| handles.send(smol::unblock(closure)).expect("it is kept"));
        drop(handle.recv().expect("it was kept")); // cancels, on smol
        assert_eq!(has_ended.try_recv(), Err(TryRecvError::Empty));
        drop(end);
        assert_eq!(has_ended.recv(), Ok(()));
    }
}
