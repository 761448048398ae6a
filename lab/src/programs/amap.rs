//! Maps a function over a sequence, in several tasks, which may yield after each item.

use futures::channel::oneshot;
use paintdry_core::{Runtime, gather};
use paintdry_explore::{ExploredLoop, name_task, note};

pub(crate) async fn amap(tasks: usize, items: u32, yields: bool) {
    let (promises, futures): (Vec<_>, Vec<_>) = (0..tasks).map(|_| oneshot::channel()).unzip();
    let named = ["a", "b", "c", "d"].into_iter().zip(promises);
    gather::<ExploredLoop, _>(named.map(|(name, promise)| async move {
        name_task(name);
        let double = |n| {
            note(format_args!("maps {n} to {}", n * 2));
            n * 2
        };
        let yield_now = move || async move {
            if yields {
                ExploredLoop::yield_now().await;
            }
        };
        paintdry_core::amap(promise, double, 1..=items, yield_now).await;
    }))
    .await;
    let expected: Vec<_> = (1..=items).map(|n| n * 2).collect();
    for future in futures {
        assert_eq!(future.await.as_ref(), Ok(&expected), "every promise is kept");
    }
}
