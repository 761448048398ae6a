// Chapter 18, about 15 minutes: make a library that names tokio work on every runtime.
// docs/18-bridging.md
//
// `gallery` is a library. It paints each canvas in a task of its own, and lets it dry. It calls `tokio::spawn` and
// `tokio::time::sleep`, so it works on tokio only. On smol and on our loop it panics.
//
// It starts tasks and sleeps, so it should take a runtime from its caller, as a type parameter: `R: Runtime`. That is
// the row *all of it* in the table of chapter 18. `paint_all` has the parameter already, and does not use it yet. Give
// it to `paint_one` as well. No line should name tokio any more.
//
// The trait has `R::spawn` and `R::sleep`. If the compiler cannot infer `R` in a call, name it: `paint_one::<R>(name)`.

use paintdry_course::watch_on;
use paintdry_smol::Local;
use paintdry_studio::Studio;

mod gallery {
    use paintdry_core::Runtime;
    use paintdry_course::{Canvas, say, seconds};

    /// Paints the canvases, each in a task, and returns their names when all are dry.
    pub async fn paint_all<R: Runtime>(names: [&'static str; 3]) -> Vec<&'static str> {
        // TODO: this is tokio's `spawn`, whatever `R` is.
        let tasks = names.map(|name| tokio::spawn(paint_one(name)));
        let mut dry = Vec::new();
        for task in tasks {
            dry.push(task.await.expect("painting does not fail"));
        }
        dry
    }

    /// Paints a canvas, and returns its name when it is dry.
    async fn paint_one(name: &'static str) -> &'static str {
        let mut canvas = Canvas::new(name);
        canvas.paint();
        // TODO: this is tokio's `sleep`.
        tokio::time::sleep(seconds(2)).await;
        say(format!("{name}: dry"));
        name
    }
}

fn main() {
    let program = gallery::paint_all::<Studio<Local>>(["sky", "sea", "sun"]);
    println!("{}", watch_on::<Local, _>("library1", program).log());
}

#[cfg(test)]
mod tests {
    use super::*;
    use paintdry_core::Runtime;
    use paintdry_course::seconds;
    use paintdry_generator::EventLoop;
    use paintdry_tokio::CurrentThread;

    /// Runs the library on `R`, in virtual time.
    fn works_on<R: Runtime>() {
        let names = ["sky", "sea", "sun"];
        let seen = watch_on::<R, _>("library1", gallery::paint_all::<Studio<R>>(names));
        let message = seen.panicked().unwrap_or_default();
        let sentence = format!(
            "on {} the library panics: {message}. Which functions of the library name tokio, and could use `R` instead?",
            R::NAME
        );
        seen.assert(message.is_empty(), &sentence);
        seen.assert_ended();
        seen.assert_took(seconds(5), "each canvas dries while the next one is painted");
        seen.assert_result(names.to_vec(), "all three are dry, and their names come back in order");
    }

    #[test]
    fn the_library_works_on_every_runtime() {
        works_on::<Local>();
        works_on::<EventLoop>();
        works_on::<CurrentThread>();
    }
}
