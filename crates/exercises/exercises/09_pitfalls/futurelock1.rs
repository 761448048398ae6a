// Chapter 9, about 15 minutes: end the deadlock of a future that holds a lock and is not polled.
// docs/09c-pitfalls-dropped-or-held.md
//
// The main task paints the sky. It also looks at the clock: after two seconds it needs the pot of blue itself, to repair
// the frame. The future `sky` holds the pot, and would give it back at second 3. But the program is stuck: the message of
// the watchdog names who waits for the pot, and who holds it.
//
// `repair` is awaited in an arm of the `select`. Which futures does the main task poll meanwhile?
//
// Let both be done: the sky first, and then the frame.

use futures::future::{Either, select};
use paintdry_course::{Canvas, say, seconds, sleep};
use paintdry_studio::sync::Mutex;
use std::pin::pin;

async fn paint_and_repair() {
    let blue = Mutex::new("pot of blue", ());
    // TODO: who polls `sky` while the main task repairs the frame?
    let mut sky = pin!(paint("sky", blue.clone()));
    match select(sky.as_mut(), pin!(sleep(seconds(2)))).await {
        Either::Left(_) => repair(blue).await,
        Either::Right(_) => {
            repair(blue).await;
            sky.await;
        }
    }
}

/// Holds the pot until the canvas is dry. You need not change it.
async fn paint(name: &'static str, blue: Mutex<()>) {
    let _blue = blue.lock().await;
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

/// Needs the pot for a second. You need not change it.
async fn repair(blue: Mutex<()>) {
    say("needs the blue");
    let _blue = blue.lock().await;
    sleep(seconds(1)).await;
    say("has repaired the frame");
}

fn main() {
    println!("{}", paintdry_course::watch("futurelock1", paint_and_repair()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn the_sky_is_dry_and_the_frame_is_repaired() {
        let seen = watch("futurelock1", paint_and_repair());
        seen.assert_took(seconds(4), "the sky is dry at second 3, and then the frame takes a second");
        let has_said = |text: &str| seen.said().iter().filter(|said| said.ends_with(text)).count() == 1;
        seen.assert(has_said("needs the blue"), "the main task should need the blue once, at second 2");
        seen.assert(
            seen.times_of("main: needs the blue") == [seconds(2)],
            "it should need the blue at second 2, while the sky dries",
        );
        for end in ["sky: dry", "has repaired the frame"] {
            seen.assert(has_said(end), &format!("the log should have `{end}` once"));
        }
    }
}
