// A canvas has to be painted, which is one second of work, before it can dry, which takes two more.
//
// This painter only waits. Let it paint.

use paintdry_course::{Canvas, say};

fn paint_one() {
    let mut canvas = Canvas::new("sky");
    canvas.paint(); // added
    match canvas.wet_for() {
        Some(left) => say(format!("wet for {left:?}")),
        None => say("blank"),
    }
}

fn main() {
    println!("{}", paintdry_course::watch_blocking("paint1", paint_one).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch_blocking};

    #[test]
    fn the_canvas_is_painted() {
        let seen = watch_blocking("paint1", paint_one);
        seen.assert_said(&["sky: painted", "sky: wet for 2s"], "a canvas is wet as soon as it is painted");
        seen.assert_took(seconds(1), "painting is one second of work, and nobody waits for the drying yet");
    }
}
