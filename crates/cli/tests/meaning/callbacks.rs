//! Callbacks: no runtime has them; a task that calls a function does the same.

use crate::{HOUR, Log, on_tokio};
use futures::future::join_all;

#[test]
fn spawned_calls_are_made_in_order_on_one_thread() {
    let log = Log::default();
    let call = |name| {
        let log = log.clone();
        async move { log.note(name) }
    };
    on_tokio(async { join_all([tokio::spawn(call("first")), tokio::spawn(call("second"))]).await });
    let executor = smol::LocalExecutor::new();
    smol::block_on(
        executor.run(async { join_all([executor.spawn(call("first")), executor.spawn(call("second"))]).await }),
    );
    assert_eq!(log.take(), ["first", "second", "first", "second"]);
}

#[test]
fn a_call_that_is_cancelled_is_not_made() {
    let log = Log::default();
    let noting = log.clone();
    on_tokio(async {
        let call = tokio::spawn(async move { (tokio::time::sleep(HOUR).await, noting.note("never")) });
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    });
    let (asleep, awake) = (log.clone(), log.clone());
    crate::on_async_std(async {
        let call = async_std::task::spawn(async move { (async_std::task::sleep(HOUR).await, asleep.note("never")) });
        assert_eq!(call.cancel().await, None);
    });
    crate::on_smol(async {
        let call = smol::spawn(async move { (smol::Timer::after(HOUR).await, awake.note("never")).1 });
        assert_eq!(call.cancel().await, None);
    });
    assert!(log.take().is_empty());
}
