// This bench says how long a number of canvases take, one after another. It is proud of its figures: any number of canvases
// in no time. It has measured how long it takes to make futures and throw them away.
//
// A bench has to do the work, and to report what was done, not what it had planned: a canvas that is torn counts for
// nothing. (In real time there is a third trap: what nobody uses, the optimiser may leave out. `std::hint::black_box`
// uses it.)

use paintdry_course::{Canvas, now};
use std::time::Duration;

#[derive(Debug, PartialEq)]
struct Report {
    dry: usize,
    took: Duration,
}

/// Times `paint_one`, which gives a dry canvas or, if it is torn, nothing.
async fn bench(canvases: usize, paint_one: impl AsyncFn(usize) -> Option<Canvas>) -> Report {
    let start = now();
    let mut dry = 0;
    for number in 0..canvases {
        // Changed: awaited, and looked at.
        if paint_one(number).await.is_some_and(|canvas| canvas.is_dry()) {
            dry += 1;
        }
    }
    Report { dry, took: now() - start } // Changed: what was counted
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
    fn what_is_reported_was_done() {
        let seen = watch("bench1", bench(4, paint_one));
        let dry = seen.said().iter().filter(|said| said.ends_with(": dry")).count();
        seen.assert(dry == 4, &format!("4 canvases should be dry, and {dry} are: a future does nothing by itself"));
        let report = Report { dry: 4, took: seconds(12) };
        seen.assert_result(report, "one after another, it is three seconds for each canvas");
    }

    #[test]
    fn a_torn_canvas_does_not_count() {
        let torn_is_2 = async |number| if number == 2 { None } else { paint_one(number).await };
        let report = Report { dry: 3, took: seconds(9) };
        watch("bench1 torn", bench(4, torn_is_2)).assert_result(report, "canvas 2 is torn before it is painted");
    }
}
