// Chapter 17, about 15 minutes: turn a time limit for each step into a deadline for all steps.
// docs/17-time-limits-and-shutdown.md
//
// A customer waits six seconds for a painting. The painter fetches the canvas (2 s), paints it (3 s) and dries it (4 s),
// and each step may take six seconds. So no step is ever too late, and the customer, who has left at second 6, gets a
// painting at second 9.
//
// A limit is a duration, and begins again wherever it is used. A deadline is a moment, and stays what it is. Compute it
// once, and give each step the time that is left.
//
// `now()` is the time since the program began. `deadline.saturating_sub(now())` is the time that is left, or zero.

use futures::future::{Either, select};
use paintdry_course::{now, say, seconds, sleep};
use std::pin::pin;
use std::time::Duration;

/// The steps, each with its time.
const STEPS: [(&str, Duration); 3] = [("fetch", seconds(2)), ("paint", seconds(3)), ("dry", seconds(4))];

/// Does all steps within `limit`. If the time is over, returns the name of the step that was cut off.
async fn paint_within(limit: Duration) -> Result<(), &'static str> {
    say(format!("begins at {:?}", now()));
    for (name, time) in STEPS {
        // TODO: each step gets the whole limit.
        with_timeout(limit, sleep(time)).await.ok_or(name)?;
        say(format!("{name}: done"));
    }
    Ok(())
}

/// Awaits `work`, but not longer than `limit`. You need not change it.
async fn with_timeout<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    match select(pin!(work), pin!(sleep(limit))).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}

/// The customer comes at second 1. You need not change it.
async fn customer(limit: Duration) -> Result<(), &'static str> {
    sleep(seconds(1)).await;
    paint_within(limit).await
}

fn main() {
    println!("{}", paintdry_course::watch("timeout1", customer(seconds(6))).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn all_steps_together_have_the_limit() {
        let seen = watch("timeout1", customer(seconds(6)));
        seen.assert_took(seconds(7), "the customer comes at second 1 and waits for 6 s, however many steps there are");
        seen.assert_result(Err("dry"), "5 s are enough to fetch and to paint, and 1 s is not enough to dry");
    }

    #[test]
    fn with_enough_time_all_steps_are_done() {
        let seen = watch("timeout1 in time", customer(seconds(10)));
        seen.assert_took(seconds(10), "the steps take 2, 3 and 4 s, after the first second");
        seen.assert_result(Ok(()), "no step is too late");
    }

    #[test]
    fn a_limit_that_is_over_in_the_first_step() {
        let seen = watch("timeout1 at once", customer(seconds(1)));
        seen.assert_took(seconds(2), "1 s is over before the canvas is there");
        seen.assert_result(Err("fetch"), "the first step is cut off");
    }
}
