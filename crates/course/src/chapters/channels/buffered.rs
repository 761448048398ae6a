//! Chapter 13: some canvases of a stream dry at the same time, but not all.

use crate::replays::Replay;
use crate::{now, say, seconds, sleep, spawn, watch};
use futures::{Stream, StreamExt, stream};
use std::pin::pin;
use std::time::Duration;

/// How many racks there are.
const RACKS: usize = 2;

/// The canvases, and for how many seconds each dries.
pub const DRYINGS: [(&str, u64); 4] = [("sky", 3), ("sea", 1), ("sun", 1), ("tree", 2)];

async fn dry((name, time): (&'static str, u64)) -> &'static str {
    say(format!("{name}: dries"));
    sleep(seconds(time)).await;
    say(format!("{name}: dry"));
    name
}

/// One canvas after the other.
pub fn one_by_one() -> impl Stream<Item = &'static str> {
    stream::iter(DRYINGS).then(dry)
}

/// At most two at the same time, in the order of the canvases. One that is dry too early keeps its rack until its turn comes.
pub fn in_order() -> impl Stream<Item = &'static str> {
    stream::iter(DRYINGS).map(dry).buffered(RACKS)
}

/// At most two at the same time, in the order in which they are dry.
pub fn as_they_dry() -> impl Stream<Item = &'static str> {
    stream::iter(DRYINGS).map(dry).buffer_unordered(RACKS)
}

/// Each name, and when the stream gave it.
pub async fn given(canvases: impl Stream<Item = &'static str>) -> Vec<(&'static str, Duration)> {
    canvases.map(|name| (name, now())).collect().await
}

/// Two canvases, and for how many seconds each of their two coats dries.
const COATS: [(&str, u64); 2] = [("sky", 1), ("sea", 3)];

async fn two_coats((name, time): (&'static str, u64)) -> &'static str {
    for coat in ["first", "second"] {
        say(format!("{name}: {coat} coat"));
        sleep(seconds(time)).await;
    }
    name
}

/// Fails: while it frames the sky, it does not poll the sea, which gets its second coat too late.
pub async fn frames_between() {
    let mut canvases = pin!(stream::iter(COATS).map(two_coats).buffer_unordered(RACKS));
    while let Some(name) = canvases.next().await {
        sleep(seconds(3)).await;
        say(format!("{name}: framed"));
    }
}

/// Cured: each canvas is a task, which the runtime polls.
pub async fn frames_between_tasks() {
    let tasks = stream::iter(COATS).map(|canvas| spawn(canvas.0, two_coats(canvas)));
    let mut canvases = pin!(tasks.buffer_unordered(RACKS));
    while let Some(name) = canvases.next().await {
        sleep(seconds(3)).await;
        say(format!("{}: framed", name.expect("painting does not fail")));
    }
}

/// The replay page.
pub(super) fn replay() -> Replay {
    Replay {
        name: "13-buffered",
        title: "Two racks, and a stream of canvases",
        file: file!(),
        text: include_str!("buffered.rs"),
        runs: || {
            vec![
                watch("", given(one_by_one())).recorded("then", "one canvas after the other"),
                watch("", given(in_order())).recorded("buffered", "two racks, in the order of the canvases"),
                watch("", given(as_they_dry())).recorded("buffer_unordered", "two racks, as they get dry"),
                watch("", frames_between()).recorded("futures", "fails: while main frames one, it polls no other"),
                watch("", frames_between_tasks()).recorded("tasks", "cured: the runtime polls each task"),
            ]
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given_at(canvases: impl Stream<Item = &'static str>) -> Vec<(&'static str, u64)> {
        let given = watch("given", given(canvases)).result();
        given.into_iter().map(|(name, at)| (name, at.as_secs())).collect()
    }

    #[test]
    fn one_by_one_they_take_seven_seconds() {
        assert_eq!(given_at(one_by_one()), [("sky", 3), ("sea", 4), ("sun", 5), ("tree", 7)]);
    }

    #[test]
    fn in_order_a_dry_canvas_keeps_its_rack() {
        assert_eq!(given_at(in_order()), [("sky", 3), ("sea", 3), ("sun", 4), ("tree", 5)]);
    }

    #[test]
    fn unordered_a_rack_is_free_as_soon_as_its_canvas_is_dry() {
        assert_eq!(given_at(as_they_dry()), [("sea", 1), ("sun", 2), ("sky", 3), ("tree", 4)]);
    }

    #[test]
    fn a_future_in_a_buffer_rests_while_the_loop_does_something_else() {
        let seen = watch("futures", frames_between());
        assert_eq!(seen.times_of("sea: second coat"), [seconds(5)], "its first coat is dry at second 3");
        seen.assert_took(seconds(11), "the sea is dry at second 8");
    }

    #[test]
    fn a_task_continues() {
        let seen = watch("tasks", frames_between_tasks());
        assert_eq!(seen.times_of("sea: second coat"), [seconds(3)]);
        seen.assert_took(seconds(9), "the sea is dry at second 6");
    }
}
