// A canvas has to be painted, which is one second of work, before it can dry, which takes two more.
//
// This canvas is still blank when somebody looks at it. Paint it first.

use paintdry_course::{Canvas, say, watch_blocking};

fn paint_one() {
    let mut canvas = Canvas::new("sky");
    // TODO: paint the canvas. That is what the `mut` is for.

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
        seen.assert_said(&["sky: painted", "sky: wet for 2s"], "a canvas is wet as soon as it is painted");
        seen.assert_took(seconds(1), "painting is one second of work, and nobody waits for the drying yet");
    }
}
