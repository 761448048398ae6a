// Chapter 11, about 10 minutes: measure work that was done, and report what came of it.
// docs/11-measuring.md
//
// This benchmark says how long it takes to paint and dry some canvases, one after another. It reports that any number of them
// takes no time. But it has measured how long it takes to make futures and drop them.
//
// A benchmark has to do the work, and to report what was done, not what was planned: a torn canvas does not count.
// (In real time there is another trap. The optimiser may remove work if nothing uses its result. To use it, give it to
// `std::hint::black_box`.)
//
// `impl AsyncFn(usize) -> Option<Canvas>` is an async function or an async closure: a call of it makes a future. `now` is the time
// since the start of the program.

use paintdry_course::{Canvas, now};
use std::time::Duration;

#[derive(Debug, PartialEq)]
struct Report {
    dry: usize,
    took: Duration,
}

/// Times `paint_one`, which returns a dry canvas, or nothing if the canvas is torn.
async fn bench(canvases: usize, paint_one: impl AsyncFn(usize) -> Option<Canvas>) -> Report {
    let mut dry = 0;
    let start = now();
    for number in 0..canvases {
        // Changed: awaited, so the work is done; and counted by its result, not by the number of calls.
        if paint_one(number).await.is_some_and(|canvas| canvas.is_dry()) {
            dry += 1;
        }
    }
    Report { dry, took: now() - start }
}

async fn paint_one(number: usize) -> Option<Canvas> {
    let mut canvas = Canvas::new(&format!("canvas {number}"));
    canvas.paint();
    canvas.dry().await;
    Some(canvas)
}

fn main() {
    println!("{:?}", paintdry_course::watch("bench1", bench(4, paint_one)).result());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn the_report_is_of_work_that_was_done() {
        let seen = watch("bench1", bench(4, paint_one));
        let dry = seen.said().iter().filter(|said| said.ends_with(": dry")).count();
        let sentence =
            format!("4 canvases should be dry, and {dry} are: does the benchmark await the futures that it makes?");
        seen.assert(dry == 4, &sentence);
        let report = Report { dry: 4, took: seconds(12) };
        seen.assert_result(report, "one after another, each canvas takes three seconds");
    }

    #[test]
    fn a_torn_canvas_does_not_count() {
        let torn_is_2 = async |number| if number == 2 { None } else { paint_one(number).await };
        let report = Report { dry: 3, took: seconds(9) };
        watch("bench1 torn", bench(4, torn_is_2)).assert_result(report, "canvas 2 is torn, so only three get dry");
    }
}
