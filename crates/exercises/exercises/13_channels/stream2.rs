// Chapter 13, about 10 minutes: work on some items of a stream at the same time, and keep their order.
// docs/13b-streams.md
//
// Twelve canvases have to dry, and there are four racks. This stream dries one canvas after the other, so three racks are
// always empty.
//
// Let up to four canvases dry at the same time, never more. The stream should give them in the order of their numbers.
//
// `stream.map(function)` makes a stream of futures from an async function. Which methods of `StreamExt` await some of them
// at the same time? The chapter has two.

use futures::{StreamExt, stream};
use paintdry_course::{say, seconds, sleep};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

const CANVASES: u32 = 12;
const RACKS: usize = 4;

async fn dry_all(workshop: &Workshop) -> Vec<u32> {
    // TODO: `then` awaits each future before it makes the next one.
    stream::iter(1..=CANVASES).then(|number| workshop.dry_one(number)).collect().await
}

/// Counts the canvases. You need not change it.
#[derive(Default)]
struct Workshop {
    on_racks: AtomicUsize,
    most_on_racks: AtomicUsize,
}

impl Workshop {
    /// Each third canvas needs three seconds, and the others need one.
    async fn dry_one(&self, number: u32) -> u32 {
        let on_racks = self.on_racks.fetch_add(1, SeqCst) + 1;
        self.most_on_racks.fetch_max(on_racks, SeqCst);
        sleep(seconds(if number.is_multiple_of(3) { 3 } else { 1 })).await;
        self.on_racks.fetch_sub(1, SeqCst);
        say(format!("canvas {number} is dry"));
        number
    }
}

fn main() {
    let workshop = Workshop::default();
    let seen = paintdry_course::watch("stream2", dry_all(&workshop));
    println!("At most {:?} canvases at the same time, {:?}\n{}", workshop.most_on_racks, seen.took(), seen.log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::watch;

    #[test]
    fn four_racks_are_used_and_the_order_is_kept() {
        let workshop = Workshop::default();
        let seen = watch("stream2", dry_all(&workshop));
        seen.assert_ended();
        let most = workshop.most_on_racks.load(SeqCst);
        let sentence =
            format!("there are {RACKS} racks, and at most {most} canvases dry at the same time; it should be {RACKS}");
        seen.assert(most == RACKS, &sentence);
        let expected: Vec<_> = (1..=CANVASES).collect();
        seen.assert_result(expected, "the stream should give the canvases in the order of their numbers");
        seen.assert_took(seconds(7), "four racks, and a canvas that is dry early keeps its rack until its turn comes");
    }
}
