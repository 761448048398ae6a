//! The loop's futures in `select!` of the futures crate, which needs to know of each whether it has returned its result.

use futures::select;
use paintdry_generator::{Error, EventLoop, Sleep, shield, sleep, yield_now};
use std::time::Duration;

#[test]
fn select_takes_the_loops_futures_as_they_are_and_gets_each_result_once() {
    let event_loop = EventLoop::new();
    let task = |panics| {
        event_loop.create_task(async move {
            if panics {
                std::panic::resume_unwind(Box::new(""))
            }
        })
    };
    let (mut ends, mut panics, mut cancelled) = (task(false).unwrap(), task(true).unwrap(), task(false).unwrap());
    let mut owned = task(false).unwrap().cancel_on_drop();
    let (promise, mut broken) = event_loop.create_future::<()>();
    let mut all = event_loop.gather([yield_now(), yield_now()]).unwrap();
    let mut none = event_loop.gather::<Sleep, _>([]).unwrap();
    let (mut no_time, mut moment) = (sleep(Duration::ZERO), sleep(Duration::from_millis(1)));
    cancelled.cancel();
    drop(promise);
    let seen = event_loop.run_until_complete(async {
        let mut shielded = shield(yield_now());
        let mut seen = Vec::new();
        while seen.len() < 100 {
            select! {
                result = ends => seen.push(("ends", result.err())),
                result = panics => seen.push(("panics", result.err())),
                result = cancelled => seen.push(("cancelled", result.err())),
                result = owned => seen.push(("owned", result.err())),
                result = broken => seen.push(("broken", result.err())),
                result = shielded => seen.push(("shielded", result.err())),
                results = all => seen.push((if results.len() == 2 { "all" } else { "not all" }, None)),
                results = none => seen.push((if results.is_empty() { "none" } else { "some" }, None)),
                () = no_time => seen.push(("no time", None)),
                () = moment => seen.push(("moment", None)),
                complete => break,
            }
        }
        seen.sort_unstable_by_key(|(what, _)| *what);
        seen
    });
    let expected = [
        ("all", None),
        ("broken", Some(Error::Broken)),
        ("cancelled", Some(Error::Cancelled)),
        ("ends", None),
        ("moment", None),
        ("no time", None),
        ("none", None),
        ("owned", None),
        ("panics", Some(Error::Panicked(String::new()))),
        ("shielded", None),
    ];
    assert_eq!(seen.unwrap(), expected);
}
