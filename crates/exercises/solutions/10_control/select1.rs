// Chapter 10, about 15 minutes: race a send against a clock, and lose no message.
// docs/10-cancellation-and-structure.md
//
// The painter sends canvases to the hanger, who needs three seconds for each. While the channel is full, she says each
// second that there is no room. But each round drops the losing future, and this one owns a canvas: `send` is not cancel
// safe.
//
// Hang all five canvases, in order. The painter should still say each second that there is no room.
//
// There are two cures. You know one of them from chapter 9: keep the future, and poll it again in the next round. For the
// other, look at `reserve` of `tokio::sync::mpsc::Sender`: it waits for room, owns no message, and returns a permit, whose
// `send` does not wait.

use futures::future::{Either, select};
use paintdry_course::{say, seconds, sleep, spawn};
use std::pin::pin;
use tokio::sync::mpsc::{Receiver, Sender, channel};

async fn morning() {
    let (wall, canvases) = channel(1);
    let hanger = spawn("hanger", hang(canvases));
    deliver(wall).await;
    hanger.await.expect("hanging does not fail");
}

async fn deliver(wall: Sender<String>) {
    for name in ["sky", "sea", "sun", "tree", "boat"] {
        let canvas = name.to_owned();
        // Changed: races the wait for room, which owns nothing. If the clock wins, the dropped future loses only its place
        // in the queue of the senders. The canvas is sent when there is a permit, and that does not wait. The
        // other cure is `let mut sending = pin!(wall.send(canvas))` before the loop, and `sending.as_mut()` in it.
        let permit = loop {
            match select(pin!(wall.reserve()), pin!(sleep(seconds(1)))).await {
                Either::Left((permit, _)) => break permit.expect("the hanger is there"),
                Either::Right(_) => say("there is no room"),
            }
        };
        permit.send(canvas);
    }
}

/// Needs three seconds for each canvas. You need not change it.
async fn hang(mut canvases: Receiver<String>) {
    while let Some(canvas) = canvases.recv().await {
        sleep(seconds(3)).await;
        say(format!("{canvas} hangs"));
    }
}

fn main() {
    println!("{}", paintdry_course::watch("select1", morning()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn all_canvases_hang() {
        let seen = watch("select1", morning());
        seen.assert_ended();
        let said = seen.said();
        let hung: Vec<_> =
            said.iter().filter_map(|said| said.strip_prefix("hanger: ")?.strip_suffix(" hangs")).collect();
        let sentence =
            format!("all five canvases should hang, in their order, and these do: {hung:?}. What does a round drop?");
        seen.assert(hung == ["sky", "sea", "sun", "tree", "boat"], &sentence);
        seen.assert_took(seconds(15), "five canvases of 3 s each");
        let complaints = said.iter().filter(|said| *said == "main: there is no room").count();
        let sentence = format!(
            "the painter should say each second that there is no room, which is 6 to 9 times; it was {complaints}"
        );
        seen.assert((6..=9).contains(&complaints), &sentence);
    }
}
