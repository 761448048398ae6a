// Chapter 1, about 10 minutes: wait until each canvas is dry, and see how long the painter does nothing.
// docs/01-canvas-and-blocking.md
//
// There is one easel. A canvas stays on it until it is painted and dry. Then the painter hangs it up, and puts the next
// canvas on the easel.
//
// This painter hangs each canvas up while it is wet. Make the painter wait until the canvas is dry. There are several
// ways to do it: the table of chapter 1 has what you need. (A loop that only asks does not end: in virtual time, asking takes
// no time.)

use paintdry_course::{Canvas, PAINTING, say, watch_blocking};

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

fn paint_all() {
    for name in NAMES {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        // TODO: wait until the canvas is dry.
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
    let idle = seen.took().saturating_sub(PAINTING * 3); // `PAINTING` is how long the work on one canvas takes
    println!("{}\nIn {:?} the painter waited for {idle:?}.", seen.log(), seen.took());
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
            "each canvas should be dry when the painter hangs it up: wait after `paint`",
        );
        seen.assert_took(seconds(9), "each of three canvases is on the easel for one second of work and two of drying");
    }
}
