// A runtime is made of parts: an executor, which polls tasks, and timers, which wake them. Here is one whose executor is
// the pool of the crate futures, behind the trait `Runtime`. The pool has no timers, and no yield.
//
// Fill in what is missing. The text of the trait says what each item promises; it is in `crates/core/src/runtime.rs`. The
// parts that other runtimes bring along can be borrowed, if they work on an executor that is not theirs: try and see.

use futures::executor::{LocalPool, LocalSpawner};
use futures::future::{BoxFuture, FutureExt};
use futures::task::SpawnExt;
use paintdry_core::{Runtime, TaskError};
use std::cell::RefCell;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

thread_local! {
    /// Of the pool that runs on this thread, so that `spawn`, which has no `self`, finds it.
    static SPAWNER: RefCell<Option<LocalSpawner>> = const { RefCell::new(None) };
}

struct Pool(RefCell<LocalPool>);

impl Runtime for Pool {
    const NAME: &'static str = "our pool";

    // TODO: the handle below is futures' `RemoteHandle`. What does dropping one do?
    const CANCELS_ON_DROP: bool = false;

    type Task<T: Send + 'static> = BoxFuture<'static, Result<T, TaskError>>;

    fn start() -> Self {
        Self(RefCell::new(LocalPool::new()))
    }

    fn threads(&self) -> usize {
        1
    }

    fn run_until_complete<F: Future>(&self, future: F) -> F::Output {
        let mut pool = self.0.borrow_mut();
        SPAWNER.set(Some(pool.spawner()));
        pool.run_until(future)
    }

    fn spawn<F>(future: F) -> Self::Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let handle = SPAWNER.with_borrow(|spawner| spawner.as_ref().map(|spawner| spawner.spawn_with_handle(future)));
        let handle = handle.and_then(Result::ok).expect("a task is spawned while a pool runs on this thread");
        AssertUnwindSafe(handle).catch_unwind().map(|ended| ended.map_err(TaskError::from_panic)).boxed()
    }

    fn sleep(_duration: Duration) -> impl Future<Output = ()> + Send + 'static {
        // TODO: wait for so long, without holding the thread.
        async {}
    }

    fn yield_now() -> impl Future<Output = ()> + Send + 'static {
        // TODO: give the others a turn.
        async {}
    }
}

fn main() {
    Pool::start().run_until_complete(async {
        println!("painted");
        Pool::sleep(Duration::from_millis(200)).await; // in real time: here nobody watches
        println!("dry, a fifth of a second later");
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_core::gather;
    use paintdry_course::{Canvas, name_task, say, seconds, watch_on, within_a_second};
    use paintdry_studio::Studio;

    /// The same for every runtime.
    fn keeps_its_promises<R: Runtime>() {
        tasks_overlap::<R>();
        a_yield_gives_the_others_a_turn::<R>();
        a_dropped_handle_does_what_the_runtime_says::<R>();
        within_a_second(&format!("a sleep on {}", R::NAME), || R::start().run_until_complete(a_sleep_waits::<R>()));
    }

    fn tasks_overlap<R: Runtime>() {
        let painters = ["sky", "sea", "sun"].map(|name| async move {
            let mut canvas = Canvas::new(name);
            canvas.paint();
            canvas.dry().await;
        });
        let seen = watch_on::<R, _>(&format!("{} overlaps", R::NAME), gather::<Studio<R>, _>(painters));
        seen.assert_took(seconds(5), "spawned tasks run without being awaited, so they overlap");
    }

    fn a_yield_gives_the_others_a_turn<R: Runtime>() {
        let talkers = ["one", "two"].map(|name| async move {
            name_task(name);
            say("begins");
            Studio::<R>::yield_now().await;
            say("goes on");
        });
        let seen = watch_on::<R, _>(&format!("{} yields", R::NAME), gather::<Studio<R>, _>(talkers));
        seen.assert_ended();
        let both_begin = seen.said().iter().take(2).all(|said| said.ends_with("begins"));
        seen.assert(both_begin, "a yield should give the others a turn before it is over");
    }

    fn a_dropped_handle_does_what_the_runtime_says<R: Runtime>() {
        let seen = watch_on::<R, _>(&format!("{} drops", R::NAME), async {
            let task = Studio::<R>::spawn(async {
                Studio::<R>::sleep(seconds(1)).await;
                say("goes on");
            });
            Studio::<R>::yield_now().await;
            drop(task);
            Studio::<R>::sleep(seconds(2)).await;
        });
        seen.assert_ended();
        let (claim, did) = (R::CANCELS_ON_DROP, seen.said().is_empty());
        seen.assert(claim == did, &format!("CANCELS_ON_DROP is {claim}, but that the task was cancelled is {did}"));
    }

    async fn a_sleep_waits<R: Runtime>() {
        let is_over = R::sleep(seconds(3_600)).now_or_never().is_some();
        assert!(!is_over, "{}: a sleep of an hour is over at once", R::NAME);
        R::sleep(Duration::from_millis(1)).await;
    }

    #[test]
    fn our_pool() {
        keeps_its_promises::<Pool>();
    }

    #[test]
    fn our_event_loop() {
        keeps_its_promises::<paintdry_generator::EventLoop>();
    }

    #[test]
    fn tokio() {
        keeps_its_promises::<paintdry_tokio::CurrentThread>();
    }

    #[test]
    fn smol() {
        keeps_its_promises::<paintdry_smol::Local>();
    }
}
