// Chapter 5, about 10 minutes: await three futures at the same time, in five seconds instead of nine.
// docs/05-promises-and-gather.md
//
// The program makes a future for each of three canvases, and awaits each before it makes the next. This takes nine seconds, as
// long as the blocking painter took: the program does not continue after an `.await` until that future is ready, so nothing
// overlaps.
//
// While one canvas dries, the next could be painted. Await all three at the same time: then it takes five seconds.
//
// You need `join_all` of chapter 5. Its path is `futures::future::join_all`, and the exercises can already use the crate
// `futures`. Write the line without looking at the chapter.

use futures::future::join_all;
use paintdry_course::{Canvas, watch};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

async fn paint_one(name: &'static str) -> Canvas {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    canvas
}

async fn paint_all() -> Vec<Canvas> {
    // Changed: `join_all` makes one future of all three. A poll of it polls each one that is not done. `gather`, with a task
    // for each canvas, does it as well.
    join_all(NAMES.map(paint_one)).await
}

fn main() {
    println!("{}", watch("await1", paint_all()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn while_one_dries_the_next_is_painted() {
        let names = async { paint_all().await.iter().map(|canvas| canvas.name().to_owned()).collect::<Vec<_>>() };
        let seen = watch("await1", names);
        seen.assert_took(
            seconds(5),
            "three seconds of painting, and then the last canvas dries for two, so await all three at the same time",
        );
        let expected = ["sky: painted", "sea: painted", "sun: painted", "sky: dry", "sea: dry", "sun: dry"];
        seen.assert_said(&expected, "the canvases should be painted in the order of NAMES");
        seen.assert_result(NAMES, "the canvases should come back in the order of NAMES");
    }
}
