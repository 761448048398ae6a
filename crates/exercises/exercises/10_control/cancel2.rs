// This painter waits until the canvas is dry, and says every 600 ms that it is still wet. `select!` polls both futures and
// goes on with the one that is ready first. The other one is dropped at the end of the round, with all its progress.
//
// So in each round the drying begins anew, and never comes to its end. Let it live longer than a round.

use futures::{FutureExt, select};
use paintdry_course::{DRYING, milliseconds, say, sleep};
use std::pin::pin;

async fn wait_until_dry() {
    for _round in 0..10 {
        // TODO: this makes a new drying in each round.
        let mut drying = pin!(dry().fuse());
        let mut tick = pin!(sleep(milliseconds(600)).fuse());
        select! {
            () = drying => return say("dry"),
            () = tick => say("still wet"),
        }
    }
    say("given up");
}

async fn dry() {
    sleep(DRYING).await;
}

fn main() {
    println!("{}", paintdry_course::watch("cancel2", wait_until_dry()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn the_drying_goes_on_from_round_to_round() {
        let seen = watch("cancel2", wait_until_dry());
        seen.assert_took(seconds(2), "drying takes two seconds, whoever looks meanwhile");
        let expected = ["main: still wet", "main: still wet", "main: still wet", "main: dry"];
        seen.assert_said(&expected, "the painter should look at 0.6, 1.2 and 1.8 seconds");
    }
}
