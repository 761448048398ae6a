//! Pitfall 4: a future does nothing until it is polled.

use crate::chapters::blocking::NAMES;
use crate::replays::Replay;
use crate::{Canvas, say, watch};
use futures::future::join_all;

/// Fails: three futures are made, and dropped.
pub async fn not_polled() {
    let paintings = NAMES.map(paint_one);
    say(format!("has {} paintings", paintings.len()));
}

/// Cured: an await polls what it waits for.
pub async fn polled() {
    let paintings = NAMES.map(paint_one);
    say(format!("has {} paintings", paintings.len()));
    join_all(paintings).await;
}

/// A second of work, and two of waiting.
async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// The replay: the failure above the cure.
pub(super) fn replay() -> Replay {
    Replay {
        name: "09-04-not-polled",
        title: "Pitfall 4: a future that is not polled",
        file: file!(),
        text: include_str!("p04_not_polled.rs"),
        runs: || {
            vec![
                watch("", not_polled()).recorded("not polled", "fails: three futures, and no await"),
                watch("", polled()).recorded("polled", "cured: joined and awaited"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::seconds;

    #[test]
    fn futures_that_are_dropped_have_painted_nothing() {
        let seen = watch("not polled", not_polled());
        seen.assert_took(seconds(0), "no task has worked");
        let log = "
  0.0 s  main: has 3 paintings
";
        assert_log(&seen, log);
    }

    #[test]
    fn an_await_polls_them() {
        let seen = watch("polled", polled());
        seen.assert_took(seconds(5), "they begin at the await");
        let log = "
  0.0 s  main: has 3 paintings
  1.0 s  sky: painted
  2.0 s  sea: painted
  3.0 s  sun: painted
  3.0 s  sky: dry
  4.0 s  sea: dry
  5.0 s  sun: dry
";
        assert_log(&seen, log);
    }
}
