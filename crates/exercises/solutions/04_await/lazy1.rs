// Chapter 4, about 5 minutes: await a future, because calling an async function runs none of its lines.
// docs/04-from-yield-to-await.md
//
// `paint_one` is an async function that paints one canvas. This program calls it for three canvases, and nothing happens:
// in the log the painter only goes home. The compiler warns about it.
//
// A call of an async function makes a future, and a future does nothing until it is polled. Make sure that all three
// canvases are painted and dry before the painter goes home. One after another will do.
//
// `canvas.dry().await` does what `dry_blocking` does, but other tasks can run while it waits. `watch` runs a future as the main
// task of our event loop, and reports what it has seen.

use paintdry_course::{Canvas, say, watch};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

async fn paint_one(name: &str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
}

async fn paint_all() {
    for name in NAMES {
        paint_one(name).await; // Changed: `.await` polls the future until it is complete.
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
                let sentence = format!(
                    "the {name} should be {done} once, and is {done} {times} times: does the program await its future?"
                );
                seen.assert(times == 1, &sentence);
            }
        }
        let last = said.last().map(String::as_str);
        seen.assert(last == Some("painter: goes home"), "the painter should stay until all three are dry");
        seen.assert(seen.took() >= seconds(5), "three canvases need at least five seconds");
    }
}
