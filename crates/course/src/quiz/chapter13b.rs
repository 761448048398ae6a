//! Chapter 13b, streams.

use super::{Answer, list, time, times};
use crate::chapters::channels::buffered::{as_they_dry, given, in_order, one_by_one};
use crate::chapters::channels::streams::{dry_canvases, pulls};
use crate::{seconds, sleep, watch};
use futures::StreamExt;

pub(super) fn answers() -> Vec<Answer> {
    vec![
        Answer { name: "chapter13b::three_ways_to_dry", text: three_ways_to_dry },
        Answer { name: "chapter13b::order_as_they_dry", text: order_as_they_dry },
        Answer { name: "chapter13b::a_loop_that_frames", text: a_loop_that_frames },
        Answer { name: "chapter13b::painted_for_one", text: painted_for_one },
    ]
}

fn three_ways_to_dry() -> String {
    let took = [
        watch("then", given(one_by_one())).took(),
        watch("buffered", given(in_order())).took(),
        watch("buffer_unordered", given(as_they_dry())).took(),
    ];
    times(&took)
}

fn order_as_they_dry() -> String {
    let given = watch("order as they dry", given(as_they_dry())).result();
    list(&given.iter().map(|(name, _)| *name).collect::<Vec<_>>())
}

fn a_loop_that_frames() -> String {
    time(watch("a loop that frames", pulls()).took())
}

fn painted_for_one() -> String {
    let seen = watch("painted for one", async {
        dry_canvases().take(1).collect::<Vec<_>>().await;
        sleep(seconds(10)).await;
    });
    list(&seen.said().iter().filter_map(|said| said.strip_suffix(": painted")).collect::<Vec<_>>())
}
