// Three canvases, and an async function that paints one. It is called for each of them, and nothing happens: in the log
// the painter only goes home. The compiler warns of that.
//
// Calling an async function runs none of its lines. It makes a future, and a future does nothing before it is polled.
//
// Have all three painted and dry before the painter goes home. One after another will do.

use paintdry_course::{Canvas, say, watch};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

async fn paint_all() {
    for name in NAMES {
        paint_one(name).await; // Changed: awaited, it is polled until it is complete
    }
    say("painter: goes home");
}

fn main() {
    println!("{}", watch("lazy1", paint_all()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn all_are_dry_before_the_painter_goes_home() {
        let seen = watch("lazy1", paint_all());
        seen.assert_ended();
        let said = seen.said();
        for name in NAMES {
            for done in ["painted", "dry"] {
                let times = said.iter().filter(|said| **said == format!("{name}: {done}")).count();
                let sentence = format!("the {name} should be {done} once, and is {times} times: who polls its future?");
                seen.assert(times == 1, &sentence);
            }
        }
        let last = said.last().map(String::as_str);
        seen.assert(last == Some("painter: goes home"), "the painter should stay until all three are dry");
        seen.assert(seen.took() >= seconds(5), "three canvases need at least five seconds");
    }
}
