//! Chapter 17: a task is stopped at each of its awaits. Where is its canvas afterwards?

use crate::replays::Replay;
use crate::{milliseconds, say, seconds, sleep, watch_on};
use async_channel::{Receiver, Sender, bounded};
use futures::future::{abortable, join};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{RecordedRun, Studio, name_task};
use std::time::Duration;

/// Takes an order, paints it, lets it dry, and hangs it on the wall when there is room.
async fn deliver(orders: Receiver<&'static str>, wall: Sender<&'static str>) {
    let Ok(canvas) = orders.recv().await else { return }; // stopped here: it has taken nothing
    sleep(seconds(1)).await; // stopped here: it holds the canvas
    sleep(seconds(2)).await; // stopped here: it holds the canvas
    let _ = wall.send(canvas).await; // stopped here: the message of `send` is lost
}

/// A way to stop a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Its handle is dropped, which detaches the task or cancels it.
    Drop,
    /// It is aborted.
    Abort,
}

/// A moment in each of its awaits, and one after its end.
pub const MOMENTS: [Duration; 5] =
    [milliseconds(500), milliseconds(1500), milliseconds(3000), milliseconds(5000), milliseconds(6500)];

/// Where the canvas is at second 8, if the task is stopped at `moment`. The order comes at second 1; the wall has room at second 6.
pub async fn place_of_the_canvas<R: Runtime>(stop: Stop, moment: Duration) -> &'static str {
    let (orders, incoming) = bounded(1);
    let (wall, hung) = bounded(1);
    wall.send("an old canvas").await.expect("it is open");
    let (delivery, handle) = abortable(deliver(incoming.clone(), wall));
    let mut painter = Some(Studio::<R>::spawn(async move {
        name_task("painter");
        let _ = delivery.await; // an error says that it was aborted
    }));
    let stops = async {
        sleep(moment).await;
        say(if stop == Stop::Drop { "drops the handle" } else { "aborts the task" });
        match stop {
            Stop::Drop => drop(painter.take()),
            Stop::Abort => handle.abort(),
        }
    };
    let orders_and_makes_room = async {
        sleep(seconds(1)).await;
        orders.send("sky").await.expect("it is open");
        sleep(seconds(5)).await;
        hung.recv().await.expect("the old canvas is there");
        sleep(seconds(2)).await;
    };
    join(stops, orders_and_makes_room).await;
    let place = match (incoming.try_recv(), hung.try_recv()) {
        (Ok(_), _) => "in the queue",
        (_, Ok(_)) => "on the wall",
        _ => "lost",
    };
    say(format!("the sky is {place}"));
    place
}

fn on<R: Runtime>(stop: Stop, about: &str) -> RecordedRun {
    watch_on::<R, _>("", place_of_the_canvas::<R>(stop, MOMENTS[2])).recorded(R::NAME, about)
}

/// The replay page: stopped while the canvas dries.
pub(super) fn replay() -> Replay {
    Replay {
        name: "17-lost",
        title: "A task is stopped while its canvas dries",
        file: file!(),
        text: include_str!("lost.rs"),
        runs: || {
            vec![
                on::<EventLoop>(Stop::Abort, "aborted at second 3: the canvas is lost"),
                on::<EventLoop>(Stop::Drop, "the handle is dropped: the task continues"),
                on::<paintdry_tokio::CurrentThread>(Stop::Drop, "the same on tokio"),
                on::<paintdry_async_std::Global>(Stop::Drop, "the same on async-std"),
                on::<paintdry_smol::Local>(Stop::Drop, "on smol that cancels the task: the canvas is lost"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places<R: Runtime>(stop: Stop) -> [&'static str; 5] {
        MOMENTS.map(|moment| watch_on::<R, _>(R::NAME, place_of_the_canvas::<R>(stop, moment)).result())
    }

    #[test]
    fn an_aborted_task_loses_what_it_holds_on_every_runtime() {
        fn check<R: Runtime>() {
            let expected = ["in the queue", "lost", "lost", "lost", "on the wall"];
            assert_eq!(places::<R>(Stop::Abort), expected, "{}", R::NAME);
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn a_dropped_handle_loses_it_where_that_cancels() {
        fn check<R: Runtime>() {
            let expected = if R::CANCELS_ON_DROP {
                ["in the queue", "lost", "lost", "lost", "on the wall"]
            } else {
                ["on the wall"; 5]
            };
            assert_eq!(places::<R>(Stop::Drop), expected, "{}", R::NAME);
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }
}
