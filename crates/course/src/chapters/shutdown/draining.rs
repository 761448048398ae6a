//! Chapter 17: how a workshop closes. It goes home, or finishes everything, or finishes what it has begun, within a limit.

use crate::chapters::cancellation::select::timeout;
use crate::replays::Replay;
use crate::{say, seconds, sleep, watch_on};
use async_channel::{Receiver, Sender};
use futures::future::{AbortHandle, Aborted, abortable, join_all};
use paintdry_core::Runtime;
use paintdry_generator::EventLoop;
use paintdry_studio::{RecordedRun, Studio, name_task};
use std::time::Duration;

/// Six orders. A painter needs three seconds for each, and a hundred for a fresco.
pub const ORDERS: [&str; 6] = ["sky", "sea", "sun", "tree", "boat", "bird"];

/// The same, but one of them takes too long.
pub const WITH_A_FRESCO: [&str; 6] = ["sky", "sea", "fresco", "tree", "boat", "bird"];

/// A canvas that a painter has begun. If it is dropped before it is done, it says so.
struct InHand(&'static str, bool);

impl Drop for InHand {
    fn drop(&mut self) {
        say(format!("{}{}", self.0, if self.1 { ": done" } else { ": cut off" }));
    }
}

async fn paint(incoming: Receiver<&'static str>) {
    while let Ok(name) = incoming.recv().await {
        say(format!("{name}: begun"));
        let mut canvas = InHand(name, false);
        sleep(seconds(if name == "fresco" { 100 } else { 3 })).await;
        canvas.1 = true;
    }
}

/// A workshop with its queue and two painters.
struct Workshop<R: Runtime> {
    orders: Sender<&'static str>,
    incoming: Receiver<&'static str>,
    painters: Vec<<Studio<R> as Runtime>::Task<Result<(), Aborted>>>,
    handles: Vec<AbortHandle>,
}

/// Opens it, and puts all orders into the queue. The bell rings at second 4.
async fn until_the_bell<R: Runtime>(names: [&'static str; 6]) -> Workshop<R> {
    let (orders, incoming) = async_channel::bounded(6);
    let (mut painters, mut handles) = (Vec::new(), Vec::new());
    for painter in ["ada", "bob"] {
        let (painting, handle) = abortable(paint(incoming.clone()));
        handles.push(handle);
        painters.push(Studio::<R>::spawn(async move {
            name_task(painter);
            painting.await
        }));
    }
    for name in names {
        orders.send(name).await.expect("the painters are there");
    }
    sleep(seconds(4)).await;
    say("the bell rings");
    Workshop { orders, incoming, painters, handles }
}

/// Fails: when the main task ends, so does the program, whatever its tasks hold.
pub async fn goes_home<R: Runtime>() {
    until_the_bell::<R>(ORDERS).await;
}

/// Finishes every order that it has accepted, however long that takes.
pub async fn finishes_all<R: Runtime>(names: [&'static str; 6]) {
    let workshop = until_the_bell::<R>(names).await;
    workshop.orders.close(); // the painters end when the queue is empty
    join_all(workshop.painters).await;
    say("goes home");
}

/// Finishes what it has begun, within `limit`, and says what becomes of the rest.
pub async fn drains<R: Runtime>(names: [&'static str; 6], limit: Duration) {
    let workshop = until_the_bell::<R>(names).await;
    workshop.orders.close(); // 1. accept nothing more
    while let Ok(name) = workshop.incoming.try_recv() {
        say(format!("gives back the order of the {name}")); // 2. give back what has not begun
    }
    let mut all_end = join_all(workshop.painters);
    let in_time = timeout(limit, &mut all_end).await; // 3. wait for what has begun, with a limit
    if in_time.is_none() {
        workshop.handles.iter().for_each(AbortHandle::abort); // 4. cut off the rest, and wait until it has ended
        all_end.await;
    }
    say("goes home");
}

/// The replay page.
pub(super) fn replay() -> Replay {
    fn on<R: Runtime>(name: &str, about: &str, program: impl Future<Output = ()>) -> RecordedRun {
        watch_on::<R, _>("", program).recorded(name, about)
    }
    Replay {
        name: "17-draining",
        title: "A workshop closes at second 4",
        file: file!(),
        text: include_str!("draining.rs"),
        runs: || {
            type R = EventLoop;
            type T = paintdry_tokio::CurrentThread;
            type S = paintdry_smol::Local;
            vec![
                on::<R>("goes home", "fails: two canvases are cut off, and two orders forgotten", goes_home::<R>()),
                on::<R>("finishes all", "nothing is lost, and nobody knows when it closes", finishes_all::<R>(ORDERS)),
                on::<R>("drains", "finishes what has begun, within 5 s", drains::<R>(ORDERS, seconds(5))),
                on::<R>("a fresco", "the limit cuts off what takes too long", drains::<R>(WITH_A_FRESCO, seconds(5))),
                on::<T>("on tokio", "the same with the fresco", drains::<T>(WITH_A_FRESCO, seconds(5))),
                on::<S>("on smol", "the same with the fresco", drains::<S>(WITH_A_FRESCO, seconds(5))),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::Seen;

    /// How many lines end so.
    fn count<T>(seen: &Seen<T>, end: &str) -> usize {
        seen.said().iter().filter(|said| said.ends_with(end)).count()
    }

    #[test]
    fn going_home_at_once_loses_four() {
        let seen = watch_on::<EventLoop, _>("goes home", goes_home::<EventLoop>());
        seen.assert_took(seconds(4), "the bell");
        assert_eq!(count(&seen, ": done"), 2, "two canvases are done");
        assert_eq!(count(&seen, ": dropped before its end"), 0);
    }

    #[test]
    fn finishing_everything_ends_when_all_is_done() {
        let seen = watch_on::<EventLoop, _>("finishes all", finishes_all::<EventLoop>(ORDERS));
        seen.assert_took(seconds(9), "three canvases of three seconds each");
        assert_eq!(count(&seen, ": done"), 6);
        let seen = watch_on::<EventLoop, _>("finishes all", finishes_all::<EventLoop>(WITH_A_FRESCO));
        seen.assert_took(seconds(103), "one painter has the fresco");
    }

    #[test]
    fn what_has_begun_is_finished_on_every_runtime() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, drains::<R>(ORDERS, seconds(5)));
            seen.assert_took(seconds(6), "two canvases were begun at second 3");
            let told = [": done", ": cut off", "the boat", "the bird"].map(|end| count(&seen, end));
            assert_eq!(told, [4, 0, 1, 1], "{}", seen.log());
            assert_eq!(seen.left_alive(), 0);
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn the_limit_holds_on_every_runtime() {
        fn check<R: Runtime>() {
            let seen = watch_on::<R, _>(R::NAME, drains::<R>(WITH_A_FRESCO, seconds(5)));
            seen.assert_took(seconds(9), "the bell at second 4, and five seconds");
            let told = [": done", "fresco: cut off"].map(|end| count(&seen, end));
            assert_eq!(told, [3, 1], "{}", seen.log());
            assert_eq!(seen.left_alive(), 0);
        }
        check::<EventLoop>();
        check::<paintdry_tokio::CurrentThread>();
        check::<paintdry_tokio::MultiThread>();
        check::<paintdry_async_std::Global>();
        check::<paintdry_smol::Local>();
        check::<paintdry_smol::Global>();
    }

    #[test]
    fn the_log_of_the_chapter() {
        let seen = watch_on::<EventLoop, _>("drains", drains::<EventLoop>(WITH_A_FRESCO, seconds(5)));
        let log = "
  0.0 s  sky: begun
  0.0 s  sea: begun
  3.0 s  sky: done
  3.0 s  fresco: begun
  3.0 s  sea: done
  3.0 s  tree: begun
  4.0 s  main: the bell rings
  4.0 s  main: gives back the order of the boat
  4.0 s  main: gives back the order of the bird
  6.0 s  tree: done
  9.0 s  fresco: cut off
  9.0 s  main: goes home
";
        assert_log(&seen, log);
    }
}
