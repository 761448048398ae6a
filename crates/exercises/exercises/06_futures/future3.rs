// Chapter 6, about 20 minutes: write the state machine that the compiler makes of an async function.
// docs/06-futures-and-wakers.md
//
// `paint_async` is an async function. The compiler makes an enum of it, with a variant for each place where it can stop, and
// a `poll` that leads from one variant to the next. `Painting` is that enum, written by hand.
//
// One step is missing, for the poll of a painting that dries. The log should be the same for both.
//
// The pause is a future of another type. After its first poll it must not move in memory. This enum may move, so the pause is in
// a pinned box: if the box moves, the future in it stays where it is. To poll it, call `pause.as_mut().poll(context)`.
//
// `mem::replace` puts a new value in a place, and returns the old one. Here it takes the state out, so that `match` owns it.
// `get_mut` gives the `&mut` that is in the `Pin`. The compiler allows it because this enum may move.

use paintdry_course::{Canvas, milliseconds, say, sleep, spawn, watch};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

async fn paint_async(name: &'static str) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    while !canvas.is_dry() {
        say("is wet");
        sleep(milliseconds(500)).await;
    }
    say("is dry");
}

enum Painting {
    Start(&'static str),
    Drying(Canvas, Pin<Box<dyn Future<Output = ()> + Send>>),
    Done,
}

/// The code between two awaits: checks the canvas, and makes a pause if it is wet.
fn check(canvas: Canvas) -> Painting {
    if canvas.is_dry() {
        say("is dry");
        return Painting::Done;
    }
    say("is wet");
    Painting::Drying(canvas, Box::pin(sleep(milliseconds(500))))
}

impl Future for Painting {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let state = self.get_mut();
        loop {
            *state = match mem::replace(state, Painting::Done) {
                Painting::Start(name) => {
                    let mut canvas = Canvas::new(name);
                    canvas.paint();
                    check(canvas)
                }
                // TODO: poll the pause. If it is over, check the canvas again. If not, this state stays.
                Painting::Drying(canvas, pause) => {
                    *state = Painting::Drying(canvas, pause);
                    return Poll::Pending;
                }
                Painting::Done => return Poll::Ready(()),
            }
        }
    }
}

fn main() {
    println!("{}", watch("future3", Painting::Start("sky")).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::seconds;

    const NAMES: [&str; 3] = ["sky", "sea", "sun"];

    async fn all<F: Future<Output = ()> + Send + 'static>(painting: fn(&'static str) -> F) {
        let tasks = NAMES.map(|name| spawn(name, painting(name)));
        for task in tasks {
            task.await.expect("painting does not fail");
        }
    }

    #[test]
    fn the_enum_does_what_the_async_function_does() {
        let by_hand = watch("future3", all(Painting::Start));
        let by_the_compiler = watch("future3, async", all(paint_async));
        let said = by_the_compiler.said();
        let expected: Vec<&str> = said.iter().map(String::as_str).collect();
        by_hand.assert_said(&expected, "the enum should say what the async function says");
        by_hand.assert_took(seconds(5), "each canvas dries while the others are painted");
        let same = by_hand.log() == by_the_compiler.log();
        by_hand.assert(
            same,
            &format!("both should say the same at the same times. The async function:\n{}", by_the_compiler.log()),
        );
        for name in NAMES {
            let (polls, expected) = (by_hand.polls_of(name), by_the_compiler.polls_of(name));
            let sentence = format!("{name} is polled {polls} times, and its async function {expected} times");
            by_hand.assert(polls == expected, &sentence);
        }
    }
}
