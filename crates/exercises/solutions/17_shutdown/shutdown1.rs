// Chapter 17, about 25 minutes: close a workshop without losing a canvas, and within a limit.
// docs/17-time-limits-and-shutdown.md
//
// Two painters take orders from a channel. At second 4 the bell rings, and the workshop closes. This program goes home at
// once: two canvases are cut off while they are painted, and the orders that wait are forgotten.
//
// Close the workshop in four steps:
// 1. Accept no more orders: `orders.close()`. (A receiver of a closed channel still gets the orders that are in it.)
// 2. Take the orders that wait out of the channel (`incoming.try_recv()`), and return them: their customers must know.
// 3. Let the painters finish the canvases that they have begun, but wait for `LIMIT` at most. `with_timeout` is below, and
//    `futures::future::join_all(tasks)` is a future of the ends of all tasks. Lend it to `with_timeout` with `&mut`.
// 4. If a painter is not done by then, abort all (`AbortHandle::abort`), and await that future to its end. `abort` only asks
//    (chapter 10).

use futures::future::{AbortHandle, Either, abortable, join_all, select};
use paintdry_course::{say, seconds, sleep, spawn};
use smol::channel::{Receiver, unbounded};
use std::pin::pin;
use std::time::Duration;

/// How long the workshop waits for its painters after the bell.
const LIMIT: Duration = seconds(5);

/// Paints until the bell rings. Returns the orders that no painter has begun.
async fn open_until_the_bell(names: [&'static str; 6]) -> Vec<&'static str> {
    let (orders, incoming) = unbounded();
    let (mut tasks, mut handles) = (Vec::new(), Vec::<AbortHandle>::new());
    for painter in ["ada", "bob"] {
        let (painting, handle) = abortable(paint(incoming.clone()));
        tasks.push(spawn(painter, painting));
        handles.push(handle);
    }
    for name in names {
        orders.send(name).await.expect("the painters are there");
    }
    bell().await;
    // Changed: four steps. The channel is closed first, so no order can come in while the others are taken out. A painter
    // whose `recv` finds a closed and empty channel ends, after the canvas that it has begun.
    orders.close();
    let mut left = Vec::new();
    while let Ok(name) = incoming.try_recv() {
        left.push(name);
    }
    let mut all_end = join_all(tasks);
    if with_timeout(LIMIT, &mut all_end).await.is_none() {
        handles.iter().for_each(AbortHandle::abort);
        all_end.await;
    }
    left
}

async fn bell() {
    sleep(seconds(4)).await;
    say("the bell rings");
}

/// Ends when the channel is closed and empty. You need not change it.
async fn paint(incoming: Receiver<&'static str>) {
    while let Ok(name) = incoming.recv().await {
        let time = if name == "fresco" { seconds(100) } else { seconds(3) };
        sleep(time).await;
        say(format!("has painted the {name}"));
    }
}

/// Awaits `work`, but not longer than `limit`. You need not change it.
async fn with_timeout<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), pin!(sleep(limit))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}

fn main() {
    let names = ["sky", "sea", "sun", "tree", "boat", "bird"];
    println!("{}", paintdry_course::watch("shutdown1", open_until_the_bell(names)).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn what_has_begun_is_finished_and_the_rest_is_returned() {
        let seen = watch("shutdown1", open_until_the_bell(["sky", "sea", "sun", "tree", "boat", "bird"]));
        seen.assert_ended();
        let painted = seen.said().iter().filter(|said| said.contains("has painted")).count();
        let sentence = format!(
            "at the bell 2 canvases are painted and 2 are begun: 4 should be painted at the end, and {painted} are"
        );
        seen.assert(painted == 4, &sentence);
        seen.assert_result(vec!["boat", "bird"], "the orders that no painter has begun should be returned");
        seen.assert_took(seconds(6), "the painters have begun two canvases at second 3, and need 3 s for them");
    }

    #[test]
    fn no_canvas_keeps_the_workshop_open_for_ever() {
        let seen = watch("shutdown1 fresco", open_until_the_bell(["sky", "fresco", "sun", "tree", "boat", "bird"]));
        seen.assert_took(seconds(9), "the bell rings at second 4, and the limit is 5 s");
        seen.assert_result(vec!["tree", "boat", "bird"], "the orders that no painter has begun should be returned");
        let alive = seen.left_alive();
        seen.assert(
            alive == 0,
            &format!("no task should be left at the end, and {alive} are: are they aborted, and awaited?"),
        );
    }
}
