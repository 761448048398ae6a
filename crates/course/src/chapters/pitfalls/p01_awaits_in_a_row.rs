//! Pitfall 1: awaits in one block run in a row.

use crate::chapters::blocking::NAMES;
use crate::replays::Replay;
use crate::{Canvas, watch};
use futures::future::join_all;

/// Fails: the next canvas begins when the last one is dry.
pub async fn in_a_row() {
    for name in NAMES {
        paint_one(name).await;
    }
}

/// Cured: all begin before the first is dry.
pub async fn joined() {
    join_all(NAMES.map(paint_one)).await;
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
        name: "09-01-awaits-in-a-row",
        title: "Pitfall 1: awaits in a row",
        file: file!(),
        text: include_str!("p01_awaits_in_a_row.rs"),
        runs: || {
            vec![
                watch("", in_a_row()).recorded("in a row", "fails: three awaits in a row"),
                watch("", joined()).recorded("joined", "cured: one await for all three"),
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
    fn in_a_row_they_take_nine_seconds() {
        let seen = watch("in a row", in_a_row());
        seen.assert_took(seconds(9), "the next is begun when the last is dry");
        let log = "
  1.0 s  sky: painted
  3.0 s  sky: dry
  4.0 s  sea: painted
  6.0 s  sea: dry
  7.0 s  sun: painted
  9.0 s  sun: dry
";
        assert_log(&seen, log);
    }

    #[test]
    fn joined_they_take_five_seconds() {
        let seen = watch("joined", joined());
        seen.assert_took(seconds(5), "three seconds of work, and the last canvas dries for two");
    }
}
