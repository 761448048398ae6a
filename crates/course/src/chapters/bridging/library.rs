//! Chapter 18: a library that starts tasks, and does not know on which runtime.

use futures::channel::oneshot;
use futures::future::BoxFuture;

/// Starts a task that runs by itself, on the runtime of the caller.
pub type Spawner<'a> = &'a dyn Fn(BoxFuture<'static, ()>);

/// Starts to count the strokes of a picture, and returns the future of their number.
pub fn count_strokes(picture: &str, spawner: Spawner<'_>) -> oneshot::Receiver<usize> {
    let (promise, future) = oneshot::channel();
    let picture = picture.to_owned();
    spawner(Box::pin(async move {
        let strokes = picture.chars().filter(|c| !c.is_whitespace()).count();
        let _ = promise.send(strokes); // the receiver may be gone
    }));
    future
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_core::Runtime;
    use paintdry_generator::EventLoop;

    const PICTURE: &str = "| - / |";

    #[test]
    fn each_runtime_is_one_line() {
        let counts = |spawner: Spawner<'_>| count_strokes(PICTURE, spawner);
        let our_loop = EventLoop::start();
        let ours = async { counts(&|task| drop(EventLoop::spawn(task))).await };
        let ours = Runtime::run_until_complete(&our_loop, ours);
        let tokio = tokio::runtime::Runtime::new().expect("there is memory left");
        let tokios = tokio.block_on(async { counts(&|task| drop(tokio::spawn(task))).await });
        let smols = smol::block_on(counts(&|task| smol::spawn(task).detach()));
        let async_stds = async_std::task::block_on(counts(&|task| drop(async_std::task::spawn(task))));
        assert_eq!([ours, tokios, smols, async_stds], [Ok(4); 4]);
    }

    #[test]
    fn a_spawner_that_drops_the_handle_on_smol_breaks_the_promise() {
        let executor = smol::LocalExecutor::new();
        let count = count_strokes(PICTURE, &|task| drop(executor.spawn(task)));
        assert_eq!(smol::block_on(executor.run(count)), Err(oneshot::Canceled));
    }
}
