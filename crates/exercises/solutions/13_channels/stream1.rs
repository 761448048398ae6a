// Chapter 13, about 15 minutes: write a stream that gives each value as soon as it is there.
// docs/13b-streams.md
//
// This stream of dry canvases keeps its caller waiting: it gives the first canvas when the last one is dry. And a caller
// who wants only one canvas gets three painted.
//
// Make it yield each canvas when that canvas is dry, and paint the next one only when it is asked for it.
//
// `futures::stream::unfold(state, step)` makes a stream from a function. For each item the stream calls `step(state)` and
// awaits the future that it returns. `Some((item, state))` is the next item, with the state for the next call. `None` ends
// the stream.

use futures::{Stream, StreamExt, stream};
use paintdry_course::{Canvas, say};
use std::pin::pin;

const NAMES: [&str; 3] = ["sky", "sea", "sun"];

fn dry_canvases() -> impl Stream<Item = &'static str> {
    // Changed: the state is the iterator of the names. Each item is one call of the closure, so the stream is pending while
    // a canvas dries, and does nothing between two calls. `stream::iter(NAMES).then(paint_one)` is shorter, and does the
    // same.
    stream::unfold(NAMES.into_iter(), |mut names| async move {
        let name = names.next()?;
        Some((paint_one(name).await, names))
    })
}

async fn paint_one(name: &'static str) -> &'static str {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    canvas.dry().await;
    name
}

/// Hangs the first canvases of the stream. You need not change it.
async fn hang(count: usize) {
    let mut canvases = pin!(dry_canvases().take(count));
    while let Some(name) = canvases.next().await {
        say(format!("{name}: on the wall"));
    }
}

fn main() {
    println!("{}", paintdry_course::watch("stream1", hang(3)).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch};

    #[test]
    fn each_canvas_is_given_when_it_is_dry() {
        let seen = watch("stream1", hang(3));
        seen.assert_ended();
        for (name, time) in NAMES.into_iter().zip([3, 6, 9]) {
            let times = seen.times_of(&format!("{name}: on the wall"));
            let sentence = format!("the {name} is dry after {time} s, and should hang then; it hangs at {times:?}");
            seen.assert(times == [seconds(time)], &sentence);
        }
    }

    #[test]
    fn a_canvas_that_is_not_asked_for_is_not_painted() {
        let seen = watch("stream1 one", hang(1));
        let expected = ["sky: painted", "sky: dry", "sky: on the wall"];
        seen.assert_said(&expected, "one canvas is asked for, so the stream should paint one");
    }
}
