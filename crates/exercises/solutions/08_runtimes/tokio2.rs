// Chapter 8, about 15 minutes: await instead of starting a runtime inside a runtime, or use another thread.
// docs/08-three-runtimes.md
//
// If a thread runs a runtime, it must not run a second one inside it: the second `block_on` would hold the thread, and no task of the
// first runtime could run. If both are tokio, the second `block_on` panics. Run the test, and read what it says. (The `block_on`
// of another crate would block the thread without a message.)
//
// This program does it twice. Where the code is yours, await. Where it is not, call it on another thread:
// `tokio::task::spawn_blocking` does that, and in this course `offload`.
//
// `Runtime` is the trait of chapter 8, and `CurrentThread` is tokio on one thread behind that trait: `start` makes a runtime, and
// `run_until_complete` is its `block_on`. `Studio<R>` is the runtime `R` in virtual time.

use paintdry_core::{Runtime, gather};
use paintdry_course::{Canvas, offload, say};
use paintdry_studio::Studio;
use paintdry_tokio::CurrentThread;

type Watched = Studio<CurrentThread>; // tokio, in virtual time

async fn paint_three() {
    // Changed: no runtime runs on the other thread, so the library may start one there. Meanwhile this thread can run tasks.
    let colour = offload("mixer", || library::mix("red", "yellow")).await;
    let painters = ["sky", "sea", "sun"].map(|name| paint_one(name, colour.clone()));
    for ended in gather::<Watched, _>(painters).await {
        ended.unwrap_or_else(|error| panic!("{error}"));
    }
}

async fn paint_one(name: &'static str, colour: String) {
    let mut canvas = Canvas::new(name);
    canvas.paint();
    say(colour);
    canvas.dry().await; // Changed: the runtime that runs this task can do the waiting.
}

/// A library that you cannot change. Its function is not async.
mod library {
    use super::{CurrentThread, Runtime};

    /// Says what two colours make. To wait for the answer it starts a runtime, which its signature does not show.
    pub fn mix(one: &str, other: &str) -> String {
        CurrentThread::start().run_until_complete(async { format!("mixed of {one} and {other}") })
    }
}

fn main() {
    println!("{}", paintdry_course::watch_on::<CurrentThread, _>("tokio2", paint_three()).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_course::{seconds, watch_on};

    #[test]
    fn no_runtime_runs_inside_another() {
        let seen = watch_on::<CurrentThread, _>("tokio2", paint_three());
        let message = seen.panicked().unwrap_or_default();
        let sentence = format!(
            "a line still starts a runtime inside this one. There are two: `library::mix`, which you cannot await, and the \
             last line of `paint_one`, which you can. Tokio says: {message}"
        );
        seen.assert(message.is_empty(), &sentence);
        seen.assert_took(seconds(5), "each canvas dries while the others are painted");
        for name in ["sky", "sea", "sun"] {
            let mixed = seen.times_of(&format!("{name}: mixed of red and yellow")).len();
            seen.assert(mixed == 1, &format!("the {name} should be painted in the colour that the library mixes"));
            let dry = seen.times_of(&format!("{name}: dry")).len();
            seen.assert(dry == 1, &format!("the {name} should be dry at the end"));
        }
    }
}
