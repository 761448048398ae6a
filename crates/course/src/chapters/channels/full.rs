//! Chapter 13: what happens when a channel is full, on each runtime.

use crate::replays::Replay;
use crate::{say, seconds, sleep, watch_on};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::sync::channel;
use paintdry_studio::{RecordedRun, Studio, name_task};

/// A customer with five orders, a channel with room for two, and a painter who needs two seconds for each.
pub async fn five_orders<R: Runtime>() {
    let (orders, incoming) = channel("orders", 2);
    let painter = Studio::<R>::spawn(async move {
        name_task("painter");
        while let Some(order) = incoming.receive().await {
            sleep(seconds(2)).await;
            say(format!("has painted the {order}"));
        }
    });
    for order in ["sky", "sea", "sun", "tree", "boat"] {
        orders.send(order).await.expect("the painter is there");
        say(format!("has sent the {order}"));
    }
    drop(orders);
    painter.await.expect("painting does not fail");
}

fn on<R: Runtime>(about: &str) -> RecordedRun {
    watch_on::<R, _>("", five_orders::<R>()).recorded(R::NAME, about)
}

/// The replay page: the same on each runtime.
pub(super) fn replay() -> Replay {
    Replay {
        name: "13-full-channel",
        title: "A full channel, on every runtime",
        file: file!(),
        text: include_str!("full.rs"),
        runs: || {
            vec![
                on::<EventLoop>("main sends five orders into a channel with room for two"),
                on::<paintdry_tokio::CurrentThread>("one thread"),
                on::<paintdry_tokio::MultiThread>("a worker for each core"),
                on::<paintdry_async_std::Global>("a thread for each core"),
                on::<paintdry_smol::Local>("one thread"),
                on::<paintdry_smol::Global>("a thread of the process"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch;
    use futures::future::join;
    use std::sync::mpsc::sync_channel;

    /// At second 0 there is room for two orders, and for a third, because the painter takes the first. Then each order waits until the
    /// painter takes another one.
    #[test]
    fn a_full_channel_makes_the_sender_wait_on_every_runtime() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, five_orders::<R>());
            seen.assert_took(seconds(10), "five orders of two seconds");
            let sent = ["sky", "sea", "sun", "tree", "boat"]
                .map(|order| seen.times_of(&format!("main: has sent the {order}")));
            assert_eq!(sent.concat(), [0, 0, 0, 2, 4].map(seconds), "{}", R::NAME);
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    /// The channels of the crates wait alike; `try_send` refuses instead.
    #[test]
    fn the_channels_of_the_crates_wait_as_well() {
        let seen = watch("tokio's", async {
            let (orders, mut incoming) = tokio::sync::mpsc::channel(1);
            orders.try_send("sky").expect("there is room");
            assert!(orders.try_send("sea").is_err(), "it is full");
            let receives = async {
                sleep(seconds(2)).await;
                incoming.recv().await
            };
            join(orders.send("sea"), receives).await.1
        });
        seen.assert_took(seconds(2), "the sender waits for room");
        assert_eq!(seen.result(), Some("sky"));

        let seen = watch("async-channel's", async {
            let (orders, incoming) = async_channel::bounded(1);
            orders.try_send("sky").expect("there is room");
            assert!(orders.try_send("sea").is_err(), "it is full");
            assert_eq!(orders.force_send("sea"), Ok(Some("sky")), "it takes the place of the oldest");
            let receives = async {
                sleep(seconds(2)).await;
                incoming.recv().await
            };
            join(orders.send("sun"), receives).await.1
        });
        seen.assert_took(seconds(2), "the sender waits for room");
        assert_eq!(seen.result(), Ok("sea"));
    }

    /// The channel of the standard library would block the thread, which the painter needs.
    #[test]
    fn a_std_channel_is_for_threads() {
        let (orders, incoming) = sync_channel(1);
        orders.try_send("sky").expect("there is room");
        assert!(orders.try_send("sea").is_err(), "`send` would block this thread");
        assert_eq!(incoming.recv(), Ok("sky"));
    }
}
