// Chapter 10, about 15 minutes: keep the progress of a future from one round of a select loop to the next.
// docs/10-cancellation-and-structure.md
//
// This painter waits until the canvas is dry, and says every 600 ms that it is still wet. In each round, `select` polls two
// futures, and is ready as soon as one of them is: `Either::Left` is the first, and `Either::Right` the second. At the end of the
// round both are dropped, with all their progress.
//
// So the drying begins again in each round, and never ends. Let it live longer than a round.
//
// `pin!` keeps a future in a variable of the block around it, and gives a pinned reference, which `select` asks for. To lend a
// pinned future instead of giving it away, write `future.as_mut()`.

use futures::future::{Either, select};
use paintdry_course::{DRYING, milliseconds, say, sleep};
use std::pin::pin;

async fn wait_until_dry() {
    for _round in 0..10 {
        // TODO: this makes a new drying in each round.
        let mut drying = pin!(dry());
        let tick = pin!(sleep(milliseconds(600)));
        match select(drying.as_mut(), tick).await {
            Either::Left(_) => return say("dry"),
            Either::Right(_) => say("still wet"),
        }
    }
    say("gives up");
}

async fn dry() {
    sleep(DRYING).await; // two seconds
}

fn main() {
    println!("{}", paintdry_course::watch("cancel2", wait_until_dry()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn the_drying_continues_from_round_to_round() {
        let seen = watch("cancel2", wait_until_dry());
        seen.assert_took(seconds(2), "drying takes two seconds, if the loop does not begin it again");
        let expected = ["main: still wet", "main: still wet", "main: still wet", "main: dry"];
        seen.assert_said(&expected, "the painter should say that it is wet at 0.6, 1.2 and 1.8 seconds");
    }
}
