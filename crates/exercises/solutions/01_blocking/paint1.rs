// Chapter 1, about 5 minutes: paint a canvas, and read in the log that its paint is wet.
// docs/01-canvas-and-blocking.md
//
// Painting a canvas is one second of work. After that it dries, which takes two more seconds. This canvas is still blank.
// Paint it.
//
// The test runs `paint_one` in virtual time: a clock that jumps to the next event, so you never wait. `watch_blocking` runs a
// program and reports what it has seen. The tests call this report `seen`. It has the result of the program, the time that
// it took, and each line that the program said with `say`.

use paintdry_course::{Canvas, say, watch_blocking};

fn paint_one() {
    let mut canvas = Canvas::new("sky");
    canvas.paint(); // Changed: only a painted canvas can be wet, and this second of work paints it.

    match canvas.wet_for() {
        Some(left) => say(format!("sky: wet for {left:?}")),
        None => say("sky: blank"),
    }
}

fn main() {
    println!("{}", watch_blocking("paint1", paint_one).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    #[test]
    fn the_canvas_is_painted() {
        let seen = watch_blocking("paint1", paint_one);
        seen.assert_said(
            &["sky: painted", "sky: wet for 2s"],
            "the canvas should be painted before its paint can be wet",
        );
        seen.assert_took(seconds(1), "painting is one second of work, and this program does not wait for the drying");
    }
}
