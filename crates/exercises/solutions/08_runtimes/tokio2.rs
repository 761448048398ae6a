// A thread that runs a runtime must not run a second one inside it: `block_on` would hold the thread, and with it every
// task of the first. tokio refuses its own `block_on` there with a panic. Run the test and read it. (The `block_on` of
// another crate would block the thread in silence.)
//
// Here it happens twice. Where the code is yours, await instead. Where it is not, give the call to another thread:
// `tokio::task::spawn_blocking`, or in this course `offload`.

use paintdry_core::{Runtime, gather};
use paintdry_course::{Canvas, offload, say};
use paintdry_studio::Studio;
use paintdry_tokio::CurrentThread;

type Watched = Studio<CurrentThread>; // tokio, in virtual time

async fn paint_three() {
    // Changed: on another thread no runtime runs yet, and this one can go on with other tasks meanwhile.
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
    canvas.dry().await; // Changed: the runtime that runs this task waits for it, too
}

/// Somebody else's code, which is not async. You cannot change it.
mod library {
    use super::{CurrentThread, Runtime};

    /// Says what two colours make. It waits for the answer, with a runtime that it hides.
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
    fn no_runtime_runs_within_another() {
        let seen = watch_on::<CurrentThread, _>("tokio2", paint_three());
        seen.assert_took(seconds(5), "each canvas dries while the others are painted");
        for name in ["sky", "sea", "sun"] {
            let mixed = seen.times_of(&format!("{name}: mixed of red and yellow")).len();
            seen.assert(mixed == 1, &format!("{name} should be painted in the colour that the library mixes"));
            let dry = seen.times_of(&format!("{name}: dry")).len();
            seen.assert(dry == 1, &format!("{name} should be dry at the end"));
        }
    }
}
