//! Chapter 9, pitfalls: too late, or never.

use super::{Answer, list, time};
use crate::chapters::blocking::NAMES;
use crate::chapters::pitfalls::{
    p01_awaits_in_a_row, p02_join_is_not_parallel, p03_blocking_in_a_task, p04_not_polled, p05_spawned_and_left,
    p06_lost_waker,
};
use crate::{Canvas, TwoThreads, milliseconds, say, seconds, sleep, sleep_blocking, spawn, watch, watch_on};
use futures::future::join_all;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter09::made_first", text: made_first },
        Answer { name: "chapter09::joined_on_two_threads", text: joined_on_two_threads },
        Answer { name: "chapter09::behind_two_that_block", text: behind_two_that_block },
        Answer { name: "chapter09::five_seconds_later", text: five_seconds_later },
        Answer { name: "chapter09::a_guess", text: a_guess },
        Answer { name: "chapter09::the_one_that_hangs", text: the_one_that_hangs },
    ]
}

async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

async fn makes_both_first() {
    let (sky, sea) = (paint_one("sky"), paint_one("sea"));
    sky.await;
    sea.await;
}

fn made_first() -> String {
    time(watch("made first", makes_both_first()).took())
}

fn joined_on_two_threads() -> String {
    time(watch_on::<TwoThreads, _>("joined on two threads", join_all(NAMES.map(paint_one))).took())
}

fn behind_two_that_block() -> String {
    let seen = watch("behind two that block", async {
        let clerk = spawn("clerk", async {
            sleep(seconds(1)).await;
            say("continues");
        });
        for name in ["b", "c"] {
            spawn(name, async { sleep_blocking(seconds(1)) });
        }
        clerk.await.expect("the clerk does not fail");
    });
    time(seen.times_of("clerk: continues")[0])
}

fn five_seconds_later() -> String {
    let seen = watch("five seconds later", async {
        let _sky = paint_one("sky");
        sleep(seconds(5)).await;
    });
    if seen.said().is_empty() { "nothing".to_owned() } else { seen.said().join("\n") }
}

fn a_guess() -> String {
    let seen = watch("a guess", async {
        for name in NAMES {
            spawn(name, paint_one(name));
        }
        sleep(milliseconds(4_500)).await;
    });
    let dry: Vec<_> = NAMES.into_iter().filter(|name| !seen.times_of(&format!("{name}: dry")).is_empty()).collect();
    list(&dry)
}

fn the_one_that_hangs() -> String {
    let hang = [
        watch("the first", p01_awaits_in_a_row::in_a_row()),
        watch("the second", p02_join_is_not_parallel::joined()),
        watch("the third", p03_blocking_in_a_task::blocks()),
        watch("the fourth", p04_not_polled::not_polled()),
        watch("the fifth", p05_spawned_and_left::left()),
        watch("the sixth", p06_lost_waker::moves(p06_lost_waker::Keeps::None)),
    ]
    .map(|seen| seen.stalled().is_some());
    match hang {
        [false, false, false, false, false, true] => "The sixth: Pending without a waker".to_owned(),
        other => format!("{other:?}"),
    }
}
