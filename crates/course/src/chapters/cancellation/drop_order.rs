//! Chapter 10: in which order a cancelled task drops what it holds.

use super::select::timeout;
use crate::{say, seconds, sleep};

/// Something that a painter has until it is dropped, and says so then.
#[derive(Debug)]
pub struct Held(pub &'static str);

impl Drop for Held {
    fn drop(&mut self) {
        say(format!("drops the {}", self.0));
    }
}

/// The outer function: an argument and two variables.
pub async fn paint_ceiling(_key: Held) {
    let _ladder = Held("ladder");
    let _bucket = Held("bucket");
    mix_paint().await;
}

/// The inner function: the outer function awaits it.
pub async fn mix_paint() {
    let _spoon = Held("spoon");
    sleep(seconds(3)).await;
}

/// Cancels the painting after one second.
pub async fn cancelled() {
    timeout(seconds(1), paint_ceiling(Held("key"))).await;
}

#[cfg(test)]
mod tests {
    use super::super::assert_log;
    use super::*;
    use crate::watch;

    #[test]
    fn the_innermost_await_is_dropped_first_and_the_arguments_last() {
        let log = "
  1.0 s  main: drops the spoon
  1.0 s  main: drops the bucket
  1.0 s  main: drops the ladder
  1.0 s  main: drops the key
";
        assert_log(&watch("drop order", cancelled()), log);
    }

    #[test]
    fn a_future_that_was_never_polled_holds_only_its_arguments() {
        let seen = watch("never polled", async { drop(paint_ceiling(Held("key"))) });
        seen.assert_said(&["main: drops the key"], "no line of the function has run");
    }
}
