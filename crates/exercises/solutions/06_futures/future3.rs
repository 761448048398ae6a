// `paint_async` is an async function. The compiler makes an enum of it, with a variant for each place at which it can
// stand, and a `poll` that goes from one to the next. `Painting` is that enum, written by hand.
//
// One step is missing: what happens when a painting that dries is polled. The log has to be the same for both.
//
// The pause is a future of another type, and must not move once it has been polled; this enum may. So the pause is pinned
// in a box: the box moves, and what is in it stays. It is polled by `pause.as_mut().poll(context)`.

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

/// What stands between two awaits: look, and pause if it is wet.
fn look(canvas: Canvas) -> Painting {
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
                    look(canvas)
                }
                // Changed: polling the pause hands on the waker, so that somebody wakes the task when the pause is over. The
                // loop does the same with the next pause.
                Painting::Drying(canvas, mut pause) => {
                    if pause.as_mut().poll(context).is_pending() {
                        *state = Painting::Drying(canvas, pause);
                        return Poll::Pending;
                    }
                    look(canvas)
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
        assert_eq!(by_hand.log(), by_the_compiler.log(), "they say the same, but not at the same times");
        for name in NAMES {
            let (polls, expected) = (by_hand.polls_of(name), by_the_compiler.polls_of(name));
            let sentence = format!("{name} is polled {polls} times, and in its async form {expected} times");
            by_hand.assert(polls == expected, &sentence);
        }
    }
}
