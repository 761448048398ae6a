// Three canvases, each an async function, each awaited: and it takes nine seconds, as long as the blocking painter took.
// `.await` goes on to the next line when the future is complete, so nothing overlaps in here.
//
// While one canvas dries, the next could be painted. Await all three at the same time: then it takes five seconds.

use paintdry_course::{Canvas, watch};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

async fn paint_one(name: &'static str) -> Canvas {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    canvas
}

async fn paint_all() -> Vec<Canvas> {
    let mut canvases = Vec::new();
    // TODO: this awaits the canvases one after another.
    for name in NAMES {
        canvases.push(paint_one(name).await);
    }
    canvases
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
        seen.assert_took(seconds(5), "three are painted, and the last one dries; the others dry meanwhile");
        let expected = ["sky: painted", "sea: painted", "sun: painted", "sky: dry", "sea: dry", "sun: dry"];
        seen.assert_said(&expected, "the canvases are painted in the order in which they stand in NAMES");
        seen.assert_result(NAMES, "the canvases should come back in the order in which they were asked for");
    }
}
