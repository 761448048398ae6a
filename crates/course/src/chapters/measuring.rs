//! Chapter 11: a heartbeat that measures queue time, and measurements that count their work.

use super::blocking::NAMES;
use crate::replays::Replay;
use crate::{Canvas, gather, milliseconds, now, say, seconds, sleep, spawn, watch, work, yield_now};
use std::time::Duration;

/// Paints one canvas, waits until it is dry, and counts it.
async fn paint_one(name: &'static str) -> u32 {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    1
}

/// A measurement: how long it took, and how many canvases were dry at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// From the first line to the last.
    pub took: Duration,
    /// What was done in that time.
    pub dry: u32,
}

/// Measures coroutines that are never polled.
#[must_use]
pub fn measured_wrongly() -> Measured {
    let start = now();
    let painters = NAMES.map(paint_one);
    drop(painters);
    Measured { took: now() - start, dry: 0 }
}

/// Measures coroutines that run to their end, and counts what they did.
pub async fn measured() -> Measured {
    let start = now();
    let dry = gather(NAMES.map(paint_one)).await;
    Measured { took: now() - start, dry: dry.iter().sum() }
}

/// Beats every 100 ms for two seconds, and returns how late the most delayed beat was.
pub async fn heartbeat() -> Duration {
    let interval = milliseconds(100);
    let mut longest_delay = Duration::ZERO;
    for _ in 0..20 {
        let due = now() + interval;
        sleep(interval).await;
        longest_delay = longest_delay.max(now() - due);
    }
    say(format!("a beat was up to {} ms late", longest_delay.as_millis()));
    longest_delay
}

/// A second of work, in one go.
pub async fn in_one_go() {
    sleep(milliseconds(450)).await;
    work(seconds(1));
}

/// A second of work, with a yield after every ten milliseconds.
pub async fn in_pieces() {
    sleep(milliseconds(450)).await;
    for _ in 0..100 {
        work(milliseconds(10));
        yield_now().await;
    }
}

/// A heartbeat beside this work.
pub async fn beside(job: impl Future<Output = ()> + Send + 'static) -> Duration {
    let working = spawn("work", job);
    let beating = spawn("heartbeat", heartbeat());
    working.await.expect("work does not fail");
    beating.await.expect("a heartbeat does not fail")
}

/// The replay pages of this chapter.
#[must_use]
pub fn replays() -> Vec<Replay> {
    vec![Replay {
        name: "11-heartbeat",
        title: "A heartbeat beside a second of work",
        file: file!(),
        text: include_str!("measuring.rs"),
        runs: || {
            vec![
                watch("", beside(in_one_go())).recorded("in one go", "one poll of a second"),
                watch("", beside(in_pieces())).recorded("in pieces", "a yield after every ten milliseconds"),
            ]
        },
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Seen;
    use paintdry_studio::Event;

    #[test]
    fn futures_that_are_not_polled_take_no_time() {
        let seen = watch("wrongly", async { measured_wrongly() });
        assert_eq!(seen.result(), Measured { took: Duration::ZERO, dry: 0 });
    }

    #[test]
    fn canvases_that_are_counted_are_dry() {
        assert_eq!(watch("rightly", measured()).result(), Measured { took: seconds(5), dry: 3 });
    }

    #[test]
    fn a_long_poll_is_a_gap_in_the_heartbeat() {
        let seen = watch("in one go", beside(in_one_go()));
        assert_eq!(seen.result(), milliseconds(950)); // due at 0.5 s, after the work at 1.45 s
    }

    #[test]
    fn with_yields_no_beat_is_later_than_a_piece() {
        let seen = watch("in pieces", beside(in_pieces()));
        let late = seen.result();
        assert!(late <= milliseconds(10), "{late:?}");
    }

    #[test]
    fn with_yields_the_work_ends_at_the_same_time() {
        fn end(seen: &Seen<Duration>) -> Duration {
            let work = seen.tasks().iter().position(|task| task == "work").expect("it is spawned");
            let is_end = |event: &&Event| event.task as usize == work && event.what.is_end();
            Duration::from_nanos(seen.events().iter().find(is_end).expect("it ends").ns)
        }
        assert_eq!(end(&watch("one go, its end", beside(in_one_go()))), milliseconds(1_450));
        assert_eq!(end(&watch("pieces, their end", beside(in_pieces()))), milliseconds(1_450));
    }
}
