// There is one easel. A canvas stays on it while it is painted and until it is dry; then it is hung up, and the next one
// can be painted.
//
// This painter hangs them up wet. Let it wait until the canvas is dry. There are several ways: look into
// `crates/course/src/canvas.rs`. Then run it, and see for how long the painter does nothing.

use paintdry_course::{Canvas, PAINTING, say, watch_blocking};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

fn paint_all() {
    for name in NAMES {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        canvas.dry_blocking(); // Changed: the painter, and with it the thread, does nothing else meanwhile.
        hang_up(&canvas);
    }
}

fn hang_up(canvas: &Canvas) {
    let name = canvas.name();
    if canvas.is_dry() {
        say(format!("{name}: hung up"));
    } else {
        say(format!("{name}: hung up wet, and the paint runs down"));
    }
}

fn main() {
    let seen = watch_blocking("blocking1", paint_all);
    let idle = seen.took().saturating_sub(PAINTING * 3);
    println!("{}\nOf {:?} the painter waited for {idle:?}.", seen.log(), seen.took());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn each_canvas_is_dry_before_the_next_is_painted() {
        let seen = watch_blocking("blocking1", paint_all);
        let hung_up: Vec<_> = seen.said().into_iter().filter(|line| line.contains("hung up")).collect();
        seen.assert(
            hung_up == ["sky: hung up", "sea: hung up", "sun: hung up"],
            "every canvas should be dry when it is hung up",
        );
        seen.assert_took(seconds(9), "each of three canvases is on the easel for one second of work and two of drying");
    }
}
