//! Pitfall 3: a task that blocks its thread, or works without a pause, holds up all others on it.

use crate::replays::Replay;
use crate::{Canvas, Seen, milliseconds, say, seconds, sleep, sleep_blocking, spawn, watch, work, yield_now};
use std::time::Duration;

/// How long a task may work between two awaits.
const PIECE: Duration = milliseconds(200);

/// A task that is ready every two seconds.
async fn heart() {
    for _ in 0..3 {
        sleep(seconds(2)).await;
        say("beat");
    }
}

/// Fails: `sleep_blocking` does what `std::thread::sleep` does.
pub async fn blocks() {
    let mut canvas = Canvas::new("sky");
    canvas.paint();
    sleep_blocking(seconds(2));
    say("dry");
}

/// Cured: the runtime's own sleep gives the thread back.
pub async fn waits() {
    let mut canvas = Canvas::new("sky");
    canvas.paint();
    sleep(seconds(2)).await;
    say("dry");
}

/// Fails: it does not sleep, but works for three seconds without an await.
pub async fn works() {
    work(seconds(3));
    say("the mural is painted");
}

/// Cured: the same work, but the other tasks run after each piece of it.
pub async fn works_in_pieces() {
    for _ in 0..15 {
        work(PIECE);
        yield_now().await;
    }
    say("the mural is painted");
}

/// A painter, beside the heart, on one thread.
fn beside_the_heart(painter: impl Future<Output = ()> + Send + 'static) -> Seen<()> {
    watch("beside the heart", async {
        let heart = spawn("heart", heart());
        let painter = spawn("painter", painter);
        painter.await.expect("painting does not fail");
        heart.await.expect("a heart does not fail");
    })
}

/// The replay: four runs, one above the other.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-03-blocking-in-a-task",
        title: "Pitfall 3: blocking in a task",
        file: file!(),
        text: include_str!("p03_blocking_in_a_task.rs"),
        runs: || {
            vec![
                beside_the_heart(blocks()).recorded("blocks", "fails: the painter sleeps and keeps the thread"),
                beside_the_heart(waits()).recorded("waits", "cured: the painter awaits its sleep"),
                beside_the_heart(works()).recorded("works", "fails: three seconds of work without an await"),
                beside_the_heart(works_in_pieces())
                    .recorded("works in pieces", "cured: the same work, with a yield after each piece"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use paintdry_studio::EventKind;

    /// How long the heart has waited for each beat.
    fn gaps(seen: &Seen<()>) -> Vec<Duration> {
        let beats = seen.events().iter().filter(|event| event.what == EventKind::Note("beat".into()));
        let times: Vec<_> = beats.map(|event| Duration::from_nanos(event.ns)).collect();
        times.iter().zip([Duration::ZERO].iter().chain(&times)).map(|(beat, last)| beat.abs_diff(*last)).collect()
    }

    #[test]
    fn a_blocking_sleep_stops_the_heart() {
        let seen = beside_the_heart(blocks());
        let log = "
  1.0 s  sky: painted
  3.0 s  painter: dry
  3.0 s  heart: beat
  5.0 s  heart: beat
  7.0 s  heart: beat
";
        assert_log(&seen, log);
    }

    #[test]
    fn beside_a_sleep_it_beats_in_time() {
        let seen = beside_the_heart(waits());
        let log = "
  1.0 s  sky: painted
  2.0 s  heart: beat
  3.0 s  painter: dry
  4.0 s  heart: beat
  6.0 s  heart: beat
";
        assert_log(&seen, log);
    }

    #[test]
    fn long_work_stops_it_as_well() {
        assert_eq!(gaps(&beside_the_heart(works())), [seconds(3), seconds(2), seconds(2)]);
    }

    #[test]
    fn work_in_pieces_delays_it_by_two_of_them_at_most() {
        let seen = beside_the_heart(works_in_pieces());
        assert!(seen.log().contains("  3.0 s  painter: the mural is painted"), "the work costs what it did");
        let gaps = gaps(&seen);
        assert_eq!(gaps.len(), 3);
        assert!(gaps.iter().all(|gap| *gap <= seconds(2) + 2 * PIECE), "{gaps:?}");
    }
}
