//! Chapter 11, measuring.

use super::Answer;
use crate::chapters::measuring::{beside, measured_wrongly};
use crate::{milliseconds, now, seconds, sleep, spawn, watch, work, yield_now};
use std::time::Duration;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter11::two_halves", text: two_halves },
        Answer { name: "chapter11::the_other_milliseconds", text: the_other_milliseconds },
        Answer { name: "chapter11::half_of_the_processor_time", text: half_of_the_processor_time },
        Answer { name: "chapter11::not_polled", text: not_polled },
    ]
}

fn two_halves() -> String {
    let job = async {
        sleep(milliseconds(450)).await;
        work(milliseconds(500));
        yield_now().await;
        work(milliseconds(500));
    };
    format!("{} ms", watch("two halves", beside(job)).result().as_millis())
}

fn not_polled() -> String {
    let measured = watch("not polled", async { measured_wrongly() }).result();
    format!("{} canvases in {} s", measured.dry, measured.took.as_secs_f64())
}

/// A request that is polled for 2 ms, and waits for the database for 30 ms, and then for something else.
async fn request(something_else: Duration) -> Duration {
    work(milliseconds(1));
    sleep(milliseconds(30)).await;
    sleep(something_else).await;
    work(milliseconds(1));
    now()
}

fn the_other_milliseconds() -> String {
    let waits = watch("waits for something else", request(milliseconds(48))).result();
    let is_queued = watch("is in the queue", async {
        let request = spawn("request", request(Duration::ZERO));
        spawn("busy", async { work(milliseconds(78)) });
        request.await.expect("a request does not fail")
    });
    match [waits, is_queued.result()].map(|took| took.as_millis()) {
        [80, 80] => "It waited for something else, or it was ready and in the queue".to_owned(),
        other => format!("{other:?} ms"),
    }
}

/// The rounds of a loop in ten seconds, and the processor time that they need.
fn ten_seconds(round: Duration, cost: Duration) -> (u32, Duration) {
    let seen = watch("ten seconds", async move {
        let mut rounds = 0;
        while now() < seconds(10) {
            work(cost);
            sleep(round.saturating_sub(cost)).await;
            rounds += 1;
        }
        (rounds, rounds * cost)
    });
    seen.result()
}

/// Half of the processor time can be half of the rounds, or rounds at half of the price.
fn half_of_the_processor_time() -> String {
    let (rounds, time) = ten_seconds(milliseconds(10), milliseconds(2));
    let half_as_often = ten_seconds(milliseconds(20), milliseconds(2));
    let half_the_price = ten_seconds(milliseconds(10), milliseconds(1));
    if half_as_often == (rounds / 2, time / 2) && half_the_price == (rounds, time / 2) {
        "You cannot know before you count the rounds".to_owned()
    } else {
        format!("{rounds} {time:?}, {half_as_often:?}, {half_the_price:?}")
    }
}
